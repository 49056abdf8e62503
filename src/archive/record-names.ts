// Names for runs and records. Both begin with the time, so that text order is time order and indexes grow at their end.

const NOT_DIGIT = /\D/g

/** Random hex digits that tell runs of different archives apart. */
const RUN_DIGITS = 8

/** Digits of a UTC time to the millisecond: YYYYMMDDHHMMSSmmm. */
const STAMP_DIGITS = 17

/** Characters of a run id. */
export const RUN_ID_LENGTH = STAMP_DIGITS + 1 + RUN_DIGITS

/**
 * `YYYYMMDDHHMMSSmmm-<8 hex digits>`, UTC, greater than `last`, the run before it (or null): the order of names is the
 * order of the log, also when two runs share a millisecond or the clock was set back.
 */
export function newRunId(now: Date, last: string | null): string {
  const stamp = now.toISOString().replace(NOT_DIGIT, '').slice(0, STAMP_DIGITS)
  const floor = last?.slice(0, STAMP_DIGITS) ?? ''
  const kept = stamp > floor ? stamp : String(BigInt(floor) + 1n)
  return `${kept}-${crypto.randomUUID().slice(0, RUN_DIGITS)}`
}

/** A UUID version 7 (RFC 9562): 48 bits of milliseconds, the rest random. */
export function newRecordId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0')
  const [, , third = '', fourth = '', fifth = ''] = crypto.randomUUID().split('-')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${third.slice(1)}-${fourth}-${fifth}`
}
