// Where a post's text may be said to end: before the links, hashtags, mentions, emoji and spaces that follow its last
// sentence. It reads backwards and looks at no more than the last word.
import { FILLER } from './numerals/digits.ts'

/** Links, hashtags and emoji taken off one text. */
const MAX_TURNS = 24
/** No more is looked at of one word, and of one run of blanks (UTF-16 code units). */
const LONGEST_WORD = 260
const LONGEST_BLANK = 40
const BLANK = /\s/
/** Quirk: text copied off X shows its pictures as bare `pic.twitter.com/…`. */
const LINK = /(?:https?:\/\/|pic\.(?:twitter|x)\.com\/)\S{1,200}$/u
const TAG = /(?:#[\p{L}\d_]{1,60}|(?<![\p{L}\d])@[\w.@-]{1,60})$/u
/** Cheap looks. */
const HAS_LINK = /:\/\/|pic\./
const HAS_TAG = /[#@]/
/** Emoji, and the arrows and triangles that point to the next post. */
const ARROW = /[←-⇿▲-◅⟰-⟿⬇⬆]/
const PICTURE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[←-⇿▲-◅⟰-⟿])$/u

/**
 * Offsets at which a folded text may be said to end: as it is, then before each trailing run of blanks, link, tag or
 * emoji.
 */
export function trimmedEnds(tail: string): readonly number[] {
  const ends = [tail.length]
  let end = tail.length
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const before = trimOnce(tail, end)
    if (before === end) break
    end = before
    ends.push(end)
  }
  return ends
}

function trimOnce(tail: string, end: number): number {
  if (end > 0 && isBlank(tail, end - 1)) return skipBack(tail, end, LONGEST_BLANK, true)
  const word = tail.slice(skipBack(tail, end, LONGEST_WORD, false), end)
  const match = (HAS_LINK.test(word) && LINK.exec(word)) || (HAS_TAG.test(word) && TAG.exec(word)) || pictureAt(word)
  return match ? end - match[0].length : end
}

/** No emoji ends in ASCII. */
function pictureAt(word: string): RegExpExecArray | null {
  return word.charCodeAt(word.length - 1) < 128 ? null : PICTURE.exec(word.slice(-2))
}

/** The start of the run of blanks, or of anything else, that ends at `end`. */
function skipBack(tail: string, end: number, most: number, blank: boolean): number {
  let at = end
  while (at > 0 && end - at < most && isBlank(tail, at - 1) === blank) at--
  return at
}

/** Whether white space, or what folds to nothing, stands at an offset. */
export function isBlank(tail: string, at: number): boolean {
  const code = tail.charCodeAt(at)
  if (code < 128) return code === 32 || (code >= 9 && code <= 13)
  return tail[at] === FILLER || BLANK.test(tail[at] ?? '')
}

/** Whether an arrow or triangle that points to the next post stands at an offset. */
export function isArrow(tail: string, at: number): boolean {
  const code = tail.charCodeAt(at)
  return code > 128 && ARROW.test(tail[at] ?? '')
}
