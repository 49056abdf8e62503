// Times as scrapers, exports and spreadsheets write them → ISO 8601, as posts.ts reads it.
import { readDate, type SlashOrder } from '../values/dates.ts'

/** Seconds or milliseconds since 1970, as scrapers write times. */
const EPOCH = /^(\d{9,10})(?:\.\d+)?$|^(\d{12,13})$/
/** `Sun Mar 03 09:12:00 +0000 2024`, `2024-03-03 09:12:00 UTC`: times that name their zone. */
const ZONED = /\d{2}:\d{2}.{0,40}(?:GMT|UTC|[+-]\d{4})/
/** ISO 8601 is read elsewhere, and what begins so and is none stays unread. */
const FROM_YEAR = /^\d{4}-\d\d-\d\d/
const LAST_Z = /Z$/
/** As `momentOf` writes a printed time that names no zone. */
const PRINTED = /T\d\d:\d\d:\d\d\.\d{3}$/
/** Longer ones hold more than a time. In characters. */
const MAX_LENGTH = 60

/**
 * An ISO time, without a zone where none is named; what cannot be read stays as it is. `order` is of dates like
 * 3/4/2024.
 */
export function momentOf(value: string, order: SlashOrder): string {
  const [, seconds, milliseconds] = EPOCH.exec(value.trim()) ?? []
  const counted = seconds === undefined ? Number(milliseconds) : Number(seconds) * 1000
  const time = Number.isNaN(counted) && ZONED.test(value) ? Date.parse(value) : counted
  return Number.isNaN(time) ? printedOf(value, order) : new Date(time).toISOString()
}

/** Whether a time was printed without its zone. */
export function isZoneless(time: string): boolean {
  return PRINTED.test(time)
}

function printedOf(value: string, order: SlashOrder): string {
  if (value.length > MAX_LENGTH || FROM_YEAR.test(value.trim())) return value
  const read = readDate(value, order)
  if (read === null) return value
  return read.hasZone ? read.iso : read.iso.replace(LAST_Z, '')
}
