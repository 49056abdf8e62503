// What the words of a post say about its neighbours: tokens, language, how it opens and ends. Lexical on purpose: it is
// weak evidence, and it must not break in any script.
import { isCommonWord, tellLanguage } from './common-words.ts'
import { type InnerCount, readInnerCount } from './inner-counts.ts'

/** Only this much of a post is read for words, in UTF-16 code units: an article must not cost more than a post. */
const READ_LIMIT = 4000
const STEM_LENGTH = 6
/** No sign of an open or closed end is longer (UTF-16 code units). */
const LONGEST_END = 8
/** Letters and numbers up to U+024F. Text of these, emoji and common punctuation is read by patterns that cost little to make. */
const NEAR = 'ªµºÀ-ÖØ-öø-ɏ'
const NEAR_NUMBERS = '²³¹¼-¾'
const FAR = /(?![\ufe0f\u20e3])[^\0-ɏ\u2000-\u206f\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u{1f300}-\u{1faff}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const NOT_ASCII = /[^\x00-\x7f]/
const NEAR_WORD = new RegExp(`[#@]?[\\w${NEAR}${NEAR_NUMBERS}][\\w${NEAR}${NEAR_NUMBERS}\\u20e3\\ufe0f'’]*`, 'g')
const NEAR_LETTER = new RegExp(`[A-Za-z${NEAR}]`)
const WORD = /[#@]?[\p{L}\p{N}_][\p{L}\p{N}\p{M}_'’]*/gu
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const LINK = /https?:\/\/\S+/g
const LOWER_START = /^["'“‘([]*\p{Ll}/u
const CONTINUED_START = /^(?:\.{2,}|…|["'“‘(]*(?:\.{2,}|…))/u
const OPENERS = [
  'and|but|so|because|also|then|yet|or|plus|however|therefore|thus|still|instead|meanwhile|finally|lastly|anyway|besides|moreover',
  'furthermore|second|third|next|which|who|this|that|these|those|he|she|they|it|his|her|their',
  'y|pero|así|porque|además|también|luego|entonces|et|mais|donc|alors|und|aber|also|denn|deshalb|mas|então|ma|quindi|maar|dus|ook',
  'и|но|а|потому|поэтому|также|однако|затем|потом|ale|więc|potem|ama|sonra|لكن|ثم|أيضا|كذلك|ولكن|אבל|וגם|גם|לכן|लेकिन|और|फिर|इसलिए',
].join('|')
/** Scripts without spaces do not part the word from what follows. */
const UNSPACED_OPENERS = 'そして|しかし|でも|また|だから|それから|但是|而且|所以|然后|另外|不过|그리고|하지만|그래서'
const ADDENDA =
  'p\\.? ?s(?!\\p{L})|eta:|edit:|update:|correction:|addendum|oh,? and|one (?:more|last) thing|in (?:short|conclusion|summary)|to sum up|tl;?dr'
const OPENER = new RegExp(`^["'“‘(]*(?:(?:${OPENERS})(?![\\p{L}\\d_])|${UNSPACED_OPENERS}|${ADDENDA})`, 'iu')
const ADDRESS = /^(@[\p{L}\p{N}_][\p{L}\p{N}_.@-]*)/u
const UNFINISHED_END = /(?:…|\.{3}|[,;:\-–—&+]|=>|->|\b(?:and|or|the|a|of|to|that|y|que|de|et|und))\s*$/iu
const POINTING_END = /(?:👇|⬇️|⤵️|🧵|:|=>|→|->)\s*$/u
const CLOSED_END = /[.!?。！？؟)\]"”’'»]\s*$/u
const LETTERS = /\p{L}/u

export interface Words {
  /** Distinct stems of topical words, tags and mentions, lower case. */
  readonly tokens: readonly string[]
  readonly first: string
  readonly last: string
  /** Index of the language, -1 when it cannot be told. */
  readonly language: number
  /** Opens in mid-sentence: lower case or an ellipsis. */
  readonly opensLow: boolean
  /** Opens with a word that leans on something said before: But, So, The second. */
  readonly opensLeaning: boolean
  /** Whom a post opens by addressing, lower case, or empty: an answer to somebody else as a rule. */
  readonly addressee: string
  readonly endsOpen: boolean
  readonly endsPointing: boolean
  readonly endsClosed: boolean
  readonly count: InnerCount | null
}

/** Reads a post's text, without its marker. */
export function readWords(text: string): Words {
  const read = text.slice(0, READ_LIMIT)
  const plain = (read.includes('://') ? read.replace(LINK, ' ') : read).trim()
  const stop = plain.slice(-LONGEST_END)
  const all = splitWords(plain)
  return {
    tokens: listTokens(all),
    first: all[0] ?? '',
    last: all[all.length - 1] ?? '',
    language: tellLanguage(all),
    opensLow: LOWER_START.test(plain) || CONTINUED_START.test(plain),
    opensLeaning: OPENER.test(plain),
    addressee: readAddressee(plain),
    endsOpen: UNFINISHED_END.test(stop),
    endsPointing: POINTING_END.test(stop),
    endsClosed: CLOSED_END.test(stop),
    count: readInnerCount(plain),
  }
}

function listTokens(words: readonly string[]): readonly string[] {
  const tokens = new Set<string>()
  for (const word of words) if (isTopical(word)) tokens.add(toStem(word))
  return [...tokens]
}

function splitWords(plain: string): readonly string[] {
  if (!NOT_ASCII.test(plain)) return plain.toLowerCase().match(NEAR_WORD) ?? []
  if (!FAR.test(plain)) return (plain.match(NEAR_WORD) ?? []).map((word) => word.toLowerCase())
  return (plain.match(WORD) ?? []).flatMap(splitUnspaced).map((word) => word.toLowerCase())
}

/** The name a text opens with, lower case, or an empty string. */
export function readAddressee(text: string): string {
  return ADDRESS.exec(text)?.[1]?.toLowerCase() ?? ''
}

/** Scripts without spaces give overlapping pairs of characters instead of words. */
function splitUnspaced(word: string): readonly string[] {
  if (word.length < 3 || !UNSPACED.test(word)) return [word]
  const characters = [...word]
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`)
}

/** Whether a token speaks of a topic: not a number, not a word of one or two letters, not a word everybody uses. */
function isTopical(token: string): boolean {
  if (!NEAR_LETTER.test(token) && !LETTERS.test(token)) return false
  return (token.length > 2 || (FAR.test(token) && UNSPACED.test(token))) && !isCommonWord(token)
}

/** The first letters of a long word: "annotate" and "annotation" are one topic in most languages that bend words. */
function toStem(token: string): string {
  return token.length > STEM_LENGTH && !token.startsWith('@') ? token.slice(0, STEM_LENGTH) : token
}
