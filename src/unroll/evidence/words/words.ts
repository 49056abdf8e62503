// What the words of a post say about its neighbours: tokens, language, how it opens and ends. Lexical on purpose: it is
// weak evidence, and it must not break in any script.
import { tellLanguage } from './common-words.ts'
import { type InnerCount, readInnerCount } from './inner-counts.ts'
import { lookUp, type Stem, startVocabulary, type Vocabulary, type Word } from './vocabulary.ts'

/** Only this much of a post is read for words, in UTF-16 code units: an article must not cost more than a post. */
const READ_LIMIT = 4000
/** No sign of an open or closed end is longer (UTF-16 code units). */
const LONGEST_END = 8
/**
 * Letters and numbers up to U+024F. Text of these, emoji and common punctuation is read by patterns that cost little to
 * make.
 */
const NEAR = 'ªµºÀ-ÖØ-öø-ɏ'
const NEAR_NUMBERS = '²³¹¼-¾'
const FAR = /(?![\ufe0f\u20e3])[^\0-ɏ\u2000-\u206f\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u{1f300}-\u{1faff}]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const NOT_ASCII = /[^\x00-\x7f]/
const NEAR_WORD = new RegExp(`[#@]?[\\w${NEAR}${NEAR_NUMBERS}][\\w${NEAR}${NEAR_NUMBERS}\\u20e3\\ufe0f'’]*`, 'g')
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

export interface Words {
  /** Distinct stems of topical words, tags and mentions. */
  readonly tokens: readonly Stem[]
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

/**
 * Reads a post's text, without its marker.
 * @param vocabulary of the posts read with it
 */
export function readWords(text: string, vocabulary: Vocabulary = startVocabulary()): Words {
  const read = text.slice(0, READ_LIMIT)
  const plain = (read.includes('://') ? read.replace(LINK, ' ') : read).trim()
  const stop = plain.slice(-LONGEST_END)
  const all = splitWords(plain).map((written) => lookUp(vocabulary, written))
  return {
    tokens: listTokens(all),
    first: all[0]?.written ?? '',
    last: all.at(-1)?.written ?? '',
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

function listTokens(words: readonly Word[]): readonly Stem[] {
  const tokens = new Set<Stem>()
  for (const { stem } of words) if (stem !== null) tokens.add(stem)
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
