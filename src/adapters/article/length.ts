// How much a text says, so that one limit holds in every script: a Chinese or Japanese sentence has a third of an
// English one's characters.

/** Scripts that write a word in one to three signs. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu
/** Letters of an alphabet that one such sign stands for. */
const LETTERS = 2.5

/** Characters as an alphabet would need them. */
export function lengthOf(text: string): number {
  return text.length + (text.match(DENSE)?.length ?? 0) * (LETTERS - 1)
}
