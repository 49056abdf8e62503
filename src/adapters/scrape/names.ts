// The name line of a comment in a plain-text scrape: who, whether the theme flags the article's author, and the printed
// date if it stands there. Dates are kept as printed: without a time zone they are no moment.
import { splitPostAuthor } from './furniture.ts'

export interface NameLine {
  readonly name: string
  readonly isPostAuthor: boolean
  readonly printedDate: string | null
}

/** Longest name line, in characters; the longest real one seen has 41. */
const MAX_NAME = 60
const MAX_WORDS = 8
/** Longest line that says who or when and nothing else, in characters; a longer one is somebody's words. */
const MAX_LINE = 300
/** A short name may end in a stop ("Jane D."); this many words make it a sentence. */
const WORDS_OF_SENTENCE = 3

const DAY =
  '(?:\\d{1,2}(?:st|nd|rd|th)?[.,]? +(?:de +)?\\p{L}{3,12}\\.?,? +(?:de +)?\\d{4}' +
  '|\\p{L}{3,12}\\.? +\\d{1,2}(?:st|nd|rd|th)?,? +\\d{4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4})'
const TIME =
  '(?:,? *(?:at|um|a las|às|à|@|[-–·|T])? *\\d{1,2}[:.h]\\d{2}(?::\\d{2})?(?: *[ap]\\.? ?m\\.?| *uhr| *h)?(?: *(?:utc|gmt|[a-z]{2,4}))?)?'
const DATE_LINE = new RegExp(
  `^(?:(?:on|am|el|le|posted on|published) +)?(?:\\p{L}{3,12},? +)?(${DAY}${TIME})\\.?$`,
  'iu',
)
const DATE_AT_END = new RegExp(`[ ,–—|·(-]+(?:(?:on|am|el|le) +)?(${DAY}${TIME})\\)?$`, 'iu')
const SAYS =
  / *(?:says|said|wrote|writes|sagte?|schreibt|meint|dice|dijo|dit|a dit|scrive|ha detto|zegt|schreef|pisze)? *:$/iu
const COLON = / *:$/
const SENTENCE_END = /[.!?:;,…]["”’)]?$/u
const SPACES = /\s+/
const WORD = /[\p{L}\p{N}]/u

/** What a line says if it is a comment's name line. The name may be implausible: see `isNameLike`. */
export function readNameLine(text: string): NameLine {
  if (text.length > MAX_LINE) return { name: text, isPostAuthor: false, printedDate: null }
  const spoken = text.replace(SAYS, '')
  const date = DATE_AT_END.exec(spoken)
  const named = date === null ? spoken : spoken.slice(0, date.index).replace(SAYS, '')
  return { ...splitPostAuthor(named.trim()), printedDate: date?.[1] ?? null }
}

/** Whether the line says that somebody says: "Piet says:". */
export function isSpoken(text: string): boolean {
  return text.length <= MAX_LINE && SAYS.test(text) && text.replace(SAYS, '') !== text.replace(COLON, '')
}

/** Whether the words can be a person's name rather than the first words of a text. */
export function isNameLike(name: string): boolean {
  if (name.length > MAX_NAME || !WORD.test(name)) return false
  const words = name.split(SPACES).length
  return words <= MAX_WORDS && (words < WORDS_OF_SENTENCE || !SENTENCE_END.test(name))
}

/** A line that is nothing but a date, as printed; null otherwise. */
export function printedDate(text: string): string | null {
  return text.length > MAX_LINE ? null : (DATE_LINE.exec(text)?.[1] ?? null)
}
