// Years and days of other calendars as Gregorian ones.

/**
 * Years that only the solar Hijri calendar is in at the time of the web: 1951 to 2040. The lunar one passed 1420 in
 * 1999.
 */
const SOLAR_FIRST = 1330
const SOLAR_LAST = 1419
/** Thailand counts from the Buddha's death, 543 years more. */
const BUDDHIST_FIRST = 2443
const BUDDHIST_LAST = 2643
const BUDDHIST_AHEAD = 543
/** 1 Farvardin 1398 was 21 March 2019. */
const KNOWN_YEAR = 1398
const KNOWN_DAY = Date.UTC(2019, 2, 21)
const DAY = 86_400_000
const LONG_MONTHS = 6

/** A day as printed; `month` from 1. */
export interface CalendarDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The Gregorian day of one whose year tells another calendar, or the same. */
export function gregorian(said: CalendarDay): CalendarDay {
  const { year } = said
  if (year >= SOLAR_FIRST && year <= SOLAR_LAST) return ofSolar(said)
  return year >= BUDDHIST_FIRST && year <= BUDDHIST_LAST ? { ...said, year: year - BUDDHIST_AHEAD } : said
}

/** Eight leap years in 33, as the calendar runs from 1210 to 1634. A day that it does not have gives the month 0. */
function ofSolar({ year, month, day }: CalendarDay): CalendarDay {
  const length = month <= LONG_MONTHS ? 31 : month < 12 ? 30 : daysBefore(year + 1) - daysBefore(year) - 336
  if (month < 1 || month > 12 || day < 1 || day > length) return { year: 0, month: 0, day: 0 }
  const before = month <= LONG_MONTHS ? (month - 1) * 31 : LONG_MONTHS * 31 + (month - 1 - LONG_MONTHS) * 30
  const date = new Date(KNOWN_DAY + (daysBefore(year) - daysBefore(KNOWN_YEAR) + before + day - 1) * DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function daysBefore(year: number): number {
  return 365 * year + Math.floor((8 * year + 21) / 33)
}
