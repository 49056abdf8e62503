// Times that stand for "nobody knows": clocks that count from 1970 and were never set, and the first day of the
// calendar, which databases write for no date. A post of that day would be the oldest of its thread, and first in it.

const DAY_MS = 24 * 60 * 60 * 1000
/** The year 1 of Go and .NET, 0 of MySQL; nothing that was ever posted is so old. */
const FIRST_YEAR = 1000
/** Years have four digits, so that times sort as text. */
const LAST_YEAR = 9999
/** Seconds that no platform has counted to before it began (1973); milliseconds taken for seconds are beyond years. */
const FIRST_SECONDS = 100_000_000

/** A moment in milliseconds since 1970 as ISO 8601 in UTC; null where it is none, or stands for none. */
export function isoOf(milliseconds: number): string | null {
  const time = new Date(milliseconds)
  const year = time.getUTCFullYear()
  const isSet = Math.abs(milliseconds) > DAY_MS && year >= FIRST_YEAR && year <= LAST_YEAR
  return isSet ? time.toISOString() : null
}

/** The same of a count of seconds, as platforms and databases keep times. */
export function isoOfSeconds(seconds: number): string | null {
  return seconds < FIRST_SECONDS ? null : isoOf(seconds * 1000)
}
