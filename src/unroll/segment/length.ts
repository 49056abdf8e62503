// How long a post is in the measure of X: the weighted length of twitter-text configuration v3 (2018). Used as soft
// evidence for where a post ends, never as a rule: who pays may write more.

/** Weighted characters a post may have on X since November 2017. */
export const X_LIMIT = 280
/** Every link weighs as much as a t.co address. */
const LINK_WEIGHT = 23
/** An emoji weighs two however many code points it has (configuration v3). */
const EMOJI_WEIGHT = 2

/** Code points that weigh one; all others weigh two. */
const LIGHT: readonly (readonly [first: number, last: number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
]

const LINK =
  /https?:\/\/[^\s]{1,2000}|\b(?:[a-z0-9-]{1,40}\.){1,3}(?:com|org|net|gov|edu|info|io|co|uk|eu|de|fr|es|ly|me|tv|app|dev|ai|ua|ru)\b(?:\/[^\s]{0,500})?/giu
const PLAIN = /^[\t\n -~]*$/
const EMOJI =
  /(?![©®™‼⁉])\p{Extended_Pictographic}(?:\ufe0f?\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\ufe0f\u20e3])*/gu

/** Weighted characters of a text. Linear in its length. */
export function weightedLength(text: string): number {
  if (!text.includes('.') && !text.includes('://')) return weigh(text)
  const parts = text.split(LINK)
  return parts.reduce((sum, part) => sum + weigh(part), (parts.length - 1) * LINK_WEIGHT)
}

function weigh(text: string): number {
  if (PLAIN.test(text)) return text.length
  const emoji = text.match(EMOJI) ?? []
  let weight = emoji.length * EMOJI_WEIGHT
  for (const character of text.replace(EMOJI, '')) weight += isLight(character.codePointAt(0) ?? 0) ? 1 : 2
  return weight
}

function isLight(code: number): boolean {
  return LIGHT.some(([first, last]) => code >= first && code <= last)
}
