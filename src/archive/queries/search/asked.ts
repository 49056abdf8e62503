// What a person typed, as pieces that a post must hold. Words are words, never query syntax.

/** Beginnings of more letters than these stand for few words, which the full-text index lays together in no time. */
const SHORT_LETTERS = 4

export interface Asked {
  /** FTS5 query of all pieces that stand in the full-text index as words; empty when there are none. */
  readonly match: string
  /** The same without the short beginnings of words. */
  readonly sure: string
  readonly hasShortBeginning: boolean
  /**
   * In lower case: pieces of scripts without spaces between words, which the index has only as whole lines, and
   * pictures.
   */
  readonly within: readonly string[]
}

interface Piece {
  readonly text: string
  readonly isBeginning: boolean
}

const PHRASE_OR_WORD = /"([^"]*)"(\*?)|(\S+)/g
const TRAILING_STARS = /(?<!\*)\*+$/
const HAS_WORD = /[\p{L}\p{N}]/u
const HAS_PICTURE = /\p{Extended_Pictographic}/u
/** Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Korean has spaces, but particles hang on its words as endings do. */
const ENDS_IN_HANGUL = /\p{Script=Hangul}$/u
const LETTER = /[\p{L}\p{N}]/gu

/**
 * `"a phrase"` and `prefix*` work; everything else is taken literally. Pieces without a letter, digit or picture are
 * left out.
 */
export function readAsked(words: string): Asked {
  const pieces = [...words.replaceAll('\0', ' ').matchAll(PHRASE_OR_WORD)].map(readPiece).filter(isSought)
  const indexed = pieces.filter((piece) => !isWithin(piece))
  const sure = indexed.filter((piece) => !isShortBeginning(piece))
  return {
    match: indexed.map(toMatch).join(' '),
    sure: sure.map(toMatch).join(' '),
    hasShortBeginning: sure.length < indexed.length,
    within: pieces.filter(isWithin).map(({ text }) => text.toLowerCase()),
  }
}

function readPiece([, phrase, star, word = '']: RegExpMatchArray): Piece {
  const text = phrase ?? word.replace(TRAILING_STARS, '')
  return { text, isBeginning: (phrase === undefined ? word.endsWith('*') : star === '*') || ENDS_IN_HANGUL.test(text) }
}

function isSought({ text }: Piece): boolean {
  return HAS_WORD.test(text) || HAS_PICTURE.test(text)
}

/** Pictures are no words to the index. */
function isWithin({ text }: Piece): boolean {
  return UNSPACED.test(text) || !HAS_WORD.test(text)
}

function isShortBeginning({ text, isBeginning }: Piece): boolean {
  return isBeginning && (text.match(LETTER)?.length ?? 0) <= SHORT_LETTERS
}

function toMatch({ text, isBeginning }: Piece): string {
  return `"${text.replaceAll('"', '""')}"${isBeginning ? '*' : ''}`
}
