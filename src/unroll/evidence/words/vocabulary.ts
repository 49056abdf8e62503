// What single words say by themselves: what they are cut to, whether they speak of a topic, which language they tell.
// The posts of a bag repeat few words many times, so that each is judged once. It reads no text.
import { isCommonWord, languageOf } from './common-words.ts'

const STEM_LENGTH = 6
const NEAR_LETTER = /[A-Za-zªµºÀ-ÖØ-öø-ɏ]/
const LETTERS = /\p{L}/u
/** What a short token may be and speak of a topic: scripts without spaces give pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

export interface Word {
  /** Lower case. */
  readonly written: string
  /** Null where it speaks of no topic. */
  readonly stem: Stem | null
  /** Index of the language that it tells, -1 where it tells none. */
  readonly language: number
}

/** What all words of a topic are cut to. */
export interface Stem {
  readonly written: string
  /** Its place among all stems of the vocabulary. */
  readonly number: number
}

export interface Vocabulary {
  readonly words: Map<string, Word>
  /** In the order in which they were met. */
  readonly stems: Map<string, Stem>
}

export function startVocabulary(): Vocabulary {
  return { words: new Map(), stems: new Map() }
}

/** @param written in lower case */
export function lookUp(vocabulary: Vocabulary, written: string): Word {
  const known = vocabulary.words.get(written)
  if (known !== undefined) return known
  const stem = isTopical(written) ? stemOf(vocabulary, toStem(written)) : null
  const word = { written, stem, language: languageOf(written) }
  vocabulary.words.set(written, word)
  return word
}

function stemOf({ stems }: Vocabulary, written: string): Stem {
  const known = stems.get(written)
  if (known !== undefined) return known
  const stem = { written, number: stems.size }
  stems.set(written, stem)
  return stem
}

/** Whether a word speaks of a topic: not a number, not a word of one or two letters, not a word everybody uses. */
function isTopical(written: string): boolean {
  if (!NEAR_LETTER.test(written) && !LETTERS.test(written)) return false
  return (written.length > 2 || UNSPACED.test(written)) && !isCommonWord(written)
}

/** The first letters of a long word: "annotate" and "annotation" are one topic in most languages that bend words. */
function toStem(written: string): string {
  return written.length > STEM_LENGTH && !written.startsWith('@') ? written.slice(0, STEM_LENGTH) : written
}
