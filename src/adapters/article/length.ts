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

/** Whether a text is as long as an alphabet's of so many characters; only short ones need to be counted. */
export function isAsLong(text: string | null, least: number): boolean {
  return text !== null && (text.length >= least || lengthOf(text) >= least)
}
