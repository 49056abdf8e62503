// A form found at a place of a text: what becomes a candidate when it is read.
import type { FormMatch } from '../form-match.ts'
import type { SidedSpan } from '../place.ts'

/** A back form is sought in this many code units before an end. */
export const BACK_SLICE = 48
/** The number of a marker stands within this of the end of the marker (UTF-16 code units). */
export const REACH = 30
/** What leads or follows a number is passed over so many times. */
export const MAX_LEADS = 14

export interface Hit extends SidedSpan {
  readonly found: FormMatch
}

export const NO_HITS: readonly Hit[] = []

export function toHit(side: Hit['side'], found: FormMatch, start: number): Hit {
  return { side, start, end: start + found.match[0].length, found }
}
