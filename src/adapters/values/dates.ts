// Dates as blog themes print them, in the languages met so far → UTC ISO. Ambiguous ones (3/4/2019) are left unread
// unless somebody knows the order of day and month. Names of months, other scripts and calendars have files of their
// own.
import { type CalendarDay, gregorian } from './calendars.ts'
import { localDates } from './local-dates.ts'
import { type Month, monthOf } from './months.ts'

/** A time read off a page. */
export interface PrintedTime {
  readonly iso: string
  /** False when the page gave no offset: the clock is then taken as UTC, and somebody should say so. */
  readonly hasZone: boolean
}

/** Which comes first in `3/4/2019`; null when nobody knows. */
export type SlashOrder = 'day' | 'month' | null

/** Languages whose readers write the day first whatever the country (CLDR short dates). */
const DAY_LANGUAGES =
  /^(?:de|fr|es|it|pt|nl|pl|cs|sk|da|nb|nn|no|fi|ru|uk|tr|ro|el|hr|sl|bg|ca|gl|id|vi)(?:[-_]|$)|^en[-_](?:gb|au|nz|ie|in|za)$/i
const MONTH_LANGUAGES = /^(?:en[-_](?:us|ph)|es[-_]us)$/i

/** Other numbers of four digits are no years of a page. */
const FIRST_YEAR = 1900
const LAST_YEAR = 2100
const ISO = /(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC\b|GMT\b|[+-]\d\d:?\d\d)?)?/i
const DAY_FIRST =
  /(?<![\d.])(\d{1,2})(?:\.|st|nd|rd|th|º|er)?\s+(?:de\s+|of\s+|d['’])?(\p{L}[\p{L}\p{M}]{1,14})\.?,?\s+(?:de\s+|del\s+)?(\d{4})/giu
/** `28.oct.2012`, `28-Oct-2012` */
const JOINED = /(?<![\d.])(\d{1,2})([.\-/])(\p{L}{3,12})\2(\d{4})/gu
const MONTH_FIRST = /(?<![\p{L}\p{M}])(\p{L}[\p{L}\p{M}]{1,14})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/giu
/** `2019. március 4.`, `2019 m. kovo 4 d.` */
const YEAR_MONTH = /(?<!\d)(\d{4})\.?(?:\s?m\.)?\s+(\p{L}[\p{L}\p{M}]{1,14})\.?\s+(\d{1,2})(?![\d:])/giu
/** `17.7.2011`, `17.07, 2011`; not `28.09.1912:44`, where a page sets the clock right behind a short year. */
const DOTTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2}(?=\.)|\d\d(?=,\s))[.,]\s?(\d{4})(?!:\d)/
/** `28.01.22`; with single digits it would be a version. */
const DOTTED_SHORT = /(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?=\d\d:\d\d|(?![\d.]*\d))/
const YEAR_FIRST = /(?<!\d)(\d{4})(?:[-/.年]|\.\s)(\d{1,2})(?:[-/.月]|\.\s)(\d{1,2})(?!\d)/
/** With two digits of a year only between slashes, where nothing else follows: `8/17/13`. */
const SLASHED = /(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|(?<=\/)\d\d)(?![\d/-])/
const CLOCK = /(?<![\d.:])(\d{1,2})(?::|\s?h\s?)(\d\d)(?::(\d\d))?(?:\s*([ap])(?:\.?\s?m\b\.?|(?!\p{L})))?/iu
/** `10.19 Uhr`, `, 07.30` at the end: with a dot only where nothing else can stand. */
const CLOCK_DOTTED = /(?<![\d.:])(\d{1,2})\.(\d\d)(?=\s*(?:Uhr|$))/i
/** `2015-01-02 03:04 pm` */
const HALF = /^\s?[ap]\.?m\b/i
const HAS_DIGIT = /\p{Nd}/u
/** `12:00:00 UTC`; an offset behind it would be another zone. */
const IN_UTC = /[\d.m]\s?\(?(?:UTC|GMT)\b(?!\s?[+-]?\d)/i
const SHORT_OFFSET = /^([+-]\d\d)(\d\d)$/
const ZONE_NAME = /^(?:UTC|GMT)$/
/**
 * A time for a script to print, as a `data-` attribute or `datetime` holds it: ISO with a clock, or seconds or
 * milliseconds since 1970.
 */
const DATA_NAME = /^data-/
const STAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const SECONDS_NAME = /time|date|stamp|created/
const SECONDS = /^1\d{9}(?:\d{3})?$/

/** How a page in this language writes its dates. */
export function slashOrder(lang: string | null): SlashOrder {
  if (lang === null) return null
  if (MONTH_LANGUAGES.test(lang)) return 'month'
  return DAY_LANGUAGES.test(lang) ? 'day' : null
}

/**
 * What the dates of one page tell of each other: a number above 12 is a day. Null where none is, or they contradict.
 */
export function slashOrderOf(texts: readonly string[]): SlashOrder {
  const dates = texts.map((text) => SLASHED.exec(text)).filter((match) => match !== null)
  const isDayFirst = dates.some((match) => Number(match[1]) > 12)
  const isMonthFirst = dates.some((match) => Number(match[3]) > 12)
  if (isDayFirst === isMonthFirst) return null
  return isDayFirst ? 'day' : 'month'
}

/** The first date in the text, or null. */
export function readDate(text: string | null, order: SlashOrder = null): PrintedTime | null {
  if (text === null || !HAS_DIGIT.test(text)) return null
  const said = localDates(text)
  const iso = ISO.exec(said)
  if (iso !== null) return fromIso(iso)
  const date = readDay(said, order)
  return date === null ? null : fromDay(date, said)
}

/** The time that an element's attributes hold for a script to print, or null. */
export function readStamp(attribs: Readonly<Record<string, string>>): PrintedTime | null {
  for (const [name, value] of Object.entries(attribs)) {
    if (name === 'datetime' && SECONDS.test(value)) return { iso: isoOfSeconds(value), hasZone: true }
    if (!DATA_NAME.test(name)) continue
    if (STAMP.test(value)) return readDate(value)
    if (SECONDS_NAME.test(name) && SECONDS.test(value)) return { iso: isoOfSeconds(value), hasZone: true }
  }
  return null
}

function isoOfSeconds(digits: string): string {
  return new Date(digits.length > 10 ? Number(digits) : Number(digits) * 1000).toISOString()
}

/** The day, and the clock that stands beside it. */
function fromDay({ match, year, month, day }: Day, text: string): PrintedTime | null {
  const rest = text.replace(match, ' ')
  const clock = CLOCK.exec(rest) ?? CLOCK_DOTTED.exec(rest)
  const iso = stamp(year, month, day, clock === null ? [0, 0, 0] : clockOf(clock))
  return iso === null ? null : { iso, hasZone: clock !== null && IN_UTC.test(rest) }
}

function fromIso(match: RegExpExecArray): PrintedTime | null {
  const [, year, month, day, hour, minute = '00', second = '00', zone] = match
  const isHalf = HALF.test(match.input.slice(match.index + match[0].length))
  // Years of other calendars have no clock of ISO's.
  if (hour === undefined || isHalf || !isYear(Number(year)))
    return fromDay(dayOf(`${year}-${month}-${day}`, year, Number(month), day), match.input)

  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(ZONE_NAME, 'Z').replace(SHORT_OFFSET, '$1:$2')
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  if (Number.isNaN(time.getTime()) || !isDay(Number(year), Number(month), Number(day))) return null
  return { iso: time.toISOString(), hasZone: zone !== undefined }
}

interface Day extends CalendarDay {
  /** The words that it was read from. */
  readonly match: string
}

function readDay(text: string, order: SlashOrder): Day | null {
  const named =
    firstNamed(text, DAY_FIRST, { day: 1, month: 2, year: 3 }) ??
    firstNamed(text, JOINED, { day: 1, month: 3, year: 4 }) ??
    firstNamed(text, MONTH_FIRST, { month: 1, day: 2, year: 3 }) ??
    firstNamed(text, YEAR_MONTH, { year: 1, month: 2, day: 3 })
  if (named !== null) return named
  const dotted = DOTTED.exec(text)
  if (dotted !== null) return dayOf(dotted[0], dotted[3], Number(dotted[2]), dotted[1])
  const short = DOTTED_SHORT.exec(text)
  if (short !== null) return dayOf(short[0], `20${short[3]}`, Number(short[2]), short[1])
  const year = YEAR_FIRST.exec(text)
  if (year !== null) return dayOf(year[0], year[1], Number(year[2]), year[3])
  return readSlashed(text, order)
}

/** Without an order, day and month can be told apart only when one of them is above 12, or both are the same. */
function readSlashed(text: string, order: SlashOrder): Day | null {
  const match = SLASHED.exec(text)
  if (match === null) return null
  const [first, second] = [Number(match[1]), Number(match[3])]
  const year = match[4]?.length === 2 ? `20${match[4]}` : match[4]
  if (first > 12 || first === second || (order === 'day' && second <= 12))
    return dayOf(match[0], year, second, match[1])
  return second > 12 || order === 'month' ? dayOf(match[0], year, first, match[3]) : null
}

function dayOf(match: string, year: string | undefined, month: number, day: string | undefined): Day {
  return { match, year: Number(year), month, day: Number(day) }
}

/** The first match whose word is a month; `places` are the numbers of its groups. */
function firstNamed(text: string, pattern: RegExp, places: CalendarDay): Day | null {
  for (const match of text.matchAll(pattern)) {
    const month = monthOf(match[places.month] ?? '')
    const day = { year: Number(match[places.year]), day: Number(match[places.day]), month: month?.number ?? 0 }
    if (month !== null && isOfCalendar(day, month)) return { ...day, match: match[0] }
  }
  return null
}

/** A month of Iran has a year of Iran. */
function isOfCalendar({ year }: CalendarDay, { isSolar }: Month): boolean {
  return !isSolar || !isYear(year)
}

function clockOf([, hour, minute, second, half]: RegExpExecArray): [number, number, number] {
  const twelve = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return [twelve, Number(minute), Number(second ?? 0)]
}

function stamp(
  year: number,
  month: number,
  day: number,
  [hour, minute, second]: [number, number, number],
): string | null {
  const date = gregorian({ year, month, day })
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && isDay(date.year, date.month, date.day)
  return isTime ? new Date(Date.UTC(date.year, date.month - 1, date.day, hour, minute, second)).toISOString() : null
}

/** Whether the calendar has the day, in a year that a page can be of: `Date` takes 31 February for 3 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return isYear(year) && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function isYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR
}
