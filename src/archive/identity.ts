// Names for runs and records. Both begin with the time, so that text order is time order and indexes grow at their end.

const NOT_DIGIT = /\D/g

/** Random hex digits that tell runs of one second apart. */
const RUN_DIGITS = 8

/** Characters of a run id. */
export const RUN_ID_LENGTH = 14 + 1 + RUN_DIGITS

/** `YYYYMMDDHHMMSS-<8 hex digits>`, UTC. */
export function newRunId(now: Date): string {
  const stamp = now.toISOString().replace(NOT_DIGIT, '').slice(0, 14)
  return `${stamp}-${crypto.randomUUID().slice(0, RUN_DIGITS)}`
}

/** A UUID version 7 (RFC 9562): 48 bits of milliseconds, the rest random. */
export function newRecordId(now: Date): string {
  const time = now.getTime().toString(16).padStart(12, '0')
  const [, , third = '', fourth = '', fifth = ''] = crypto.randomUUID().split('-')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${third.slice(1)}-${fourth}-${fifth}`
}
