// Where a candidate stands in its post: at the head, at the tail, on a line of its own, or alone.

import type { Place } from '../marker.ts'
import { isArrow, isBlank } from './ends.ts'

/** No more is looked at on either side of a candidate (UTF-16 code units). */
const WINDOW = 280

/** A candidate's span, and the end of the post that it stands nearer to. */
export interface SidedSpan {
  readonly side: 'head' | 'tail'
  readonly start: number
  readonly end: number
}

export function placeOf(text: string, { side, start, end }: SidedSpan): Place {
  const top = Math.max(0, start - WINDOW)
  const bottom = Math.min(text.length, end + WINDOW)
  const from = skipBlankBack(text, start, top)
  const to = skipBlank(text, end, bottom)
  const first = from === top
  const last = to === bottom
  if (first && last) return 'alone'
  const opensLine = first || isBetween(text, '\n', from, start)
  const closesLine = last || isBetween(text, '\n', end, to)
  if (opensLine && closesLine) return last || !first ? 'own-line-after' : 'own-line-before'
  return side
}

function isBetween(text: string, sign: string, from: number, to: number): boolean {
  const at = from === to ? -1 : text.indexOf(sign, from)
  return at >= 0 && at < to
}

/** The end of the run of blanks and arrows to the next post at `from`, no further than `to`. */
function skipBlank(text: string, from: number, to: number): number {
  let at = from
  while (at < to && (isBlank(text, at) || isArrow(text, at))) at++
  return at
}

/** The start of the run of blanks before `from`, no further back than `to`. */
function skipBlankBack(text: string, from: number, to: number): number {
  let at = from
  while (at > to && isBlank(text, at - 1)) at--
  return at
}
