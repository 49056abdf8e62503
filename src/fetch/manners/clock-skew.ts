// Whether this machine's clock is right, by what servers say of theirs. One server may be wrong; when most of them
// agree that we are, times in the archive are wrong and pages are looked at too early or too late.
import type { Capture } from '../../model.ts'
import { headerOf } from '../redact.ts'

/** Network delay, caches and sloppy servers stay below this. */
const SKEW_LIMIT_MS = 5 * 60_000

/** How far our clock is ahead of the server's, ms; null when it does not say. */
export function clockSkewOf(capture: Capture): number | null {
  const theirs = Date.parse(headerOf(capture.headers, 'date') ?? '')
  // A cache's answer carries the date at which it was made (RFC 9111, 5.1).
  if (Number.isNaN(theirs) || headerOf(capture.headers, 'age') !== null) return null
  return Date.parse(capture.capturedAt) - theirs
}

/** The middle of what hosts say, when it is too much to be chance; null when the clock seems right or nobody says. */
export function judgeClock(skews: readonly number[]): number | null {
  const middle = [...skews].sort((a, b) => a - b)[Math.floor(skews.length / 2)]
  return middle !== undefined && Math.abs(middle) > SKEW_LIMIT_MS ? middle : null
}
