// Dates as blog themes print them, in the languages met so far → UTC ISO. Ambiguous ones (3/4/2019) are left unread unless
// somebody knows the order of day and month.

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
/** How months begin, without accents: Romance, Germanic, Slavic, Turkish and Finnish names. */
const MONTHS = [
  ['jan', 'ene', 'gen', 'sty', 'led', 'oca', 'tammi', 'янв', 'січ'],
  ['feb', 'fev', 'lut', 'uno', 'sub', 'helmi', 'фев', 'лют'],
  ['mar', 'mrt', 'mrz', 'bre', 'maalis', 'мар', 'бер'],
  ['apr', 'abr', 'avr', 'kwi', 'dub', 'nis', 'huhti', 'апр', 'кві', 'кви'],
  ['may', 'mai', 'mag', 'mei', 'maj', 'kve', 'touko', 'мая', 'маи', 'трав'],
  ['jun', 'juin', 'giu', 'cze', 'cerven', 'cervn', 'haz', 'kesa', 'июн', 'чер'],
  ['jul', 'juil', 'lug', 'lip', 'cervenec', 'cervence', 'tem', 'heina', 'июл', 'лип'],
  ['aug', 'ago', 'aou', 'sie', 'srp', 'agu', 'elo', 'авг', 'серп'],
  ['sep', 'set', 'wrz', 'zar', 'eyl', 'syys', 'сен', 'вер'],
  ['oct', 'okt', 'ott', 'out', 'paz', 'rij', 'eki', 'loka', 'окт', 'жов'],
  ['nov', 'lis', 'kas', 'marras', 'ноя', 'лис'],
  ['dec', 'dez', 'dic', 'des', 'gru', 'pros', 'ara', 'joulu', 'дек', 'гру'],
]
/** The longest first: `marraskuu` is not March. */
const STEMS = MONTHS.flatMap((stems, i) => stems.map((stem) => [stem, i + 1] as const)).sort(
  ([one], [other]) => other.length - one.length,
)
/** The source of a pattern for the name of a month, whole or shortened; accents as written. */
export const MONTH_NAME = `(?:${[...STEMS.map(([stem]) => stem), 'mär', 'fév', 'aoû', 'déc', 'şub', 'ağu', 'zář', 'paź', 'čer', 'únor'].join('|')})\\p{L}{0,9}`
const ISO = /(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(Z|UTC\b|GMT\b|[+-]\d\d:?\d\d)?)?/i
const DAY_FIRST =
  /(?<![\d.])(\d{1,2})(?:\.|st|nd|rd|th|º|er)?\s+(?:de\s+|of\s+)?(\p{L}{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})/iu
/** `28.oct.2012`, `28-Oct-2012` */
const JOINED = /(?<![\d.])(\d{1,2})([.\-/])(\p{L}{3,12})\2(\d{4})/u
const MONTH_FIRST = /(\p{L}{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/iu
/** Not `28.09.1912:44`, where a page sets the clock right behind a short year. */
const DOTTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!:\d)/
/** `28.01.22`; with single digits it would be a version. */
const DOTTED_SHORT = /(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?=\d\d:\d\d|(?![\d.]*\d))/
const YEAR_FIRST = /(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)/
/** With two digits of a year only between slashes, where nothing else follows: `8/17/13`. */
const SLASHED = /(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|(?<=\/)\d\d)(?![\d/-])/
const CLOCK = /(?<![\d.:])(\d{1,2})[:h](\d\d)(?::(\d\d))?(?:\s*([ap])(?:\.?\s?m\b\.?|(?!\p{L})))?/iu
/** `10.19 Uhr`, `, 07.30` at the end: with a dot only where nothing else can stand. */
const CLOCK_DOTTED = /(?<![\d.:])(\d{1,2})\.(\d\d)(?=\s*(?:Uhr|$))/i
/** `2015-01-02 03:04 pm` */
const HALF = /^\s?[ap]\.?m\b/i
/** `12:00:00 UTC`; an offset behind it would be another zone. */
const IN_UTC = /[\d.m]\s?\(?(?:UTC|GMT)\b(?!\s?[+-]?\d)/i
const SHORT_OFFSET = /^([+-]\d\d)(\d\d)$/
const ZONE_NAME = /^(?:UTC|GMT)$/
/** A time for a script to print, as a `data-` attribute holds it: ISO with a clock, or seconds or milliseconds since 1970. */
const DATA_NAME = /^data-/
const STAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/
const SECONDS_NAME = /time|date|stamp|created/
const SECONDS = /^1\d{9}(?:\d{3})?$/
const ACCENTS = /\p{M}/gu

/** How a page in this language writes its dates. */
export function slashOrder(lang: string | null): SlashOrder {
  if (lang === null) return null
  if (MONTH_LANGUAGES.test(lang)) return 'month'
  return DAY_LANGUAGES.test(lang) ? 'day' : null
}

/** What the dates of one page tell of each other: a number above 12 is a day. Null where none is, or they contradict. */
export function slashOrderOf(texts: readonly string[]): SlashOrder {
  const dates = texts.map((text) => SLASHED.exec(text)).filter((match) => match !== null)
  const isDayFirst = dates.some((match) => Number(match[1]) > 12)
  const isMonthFirst = dates.some((match) => Number(match[3]) > 12)
  if (isDayFirst === isMonthFirst) return null
  return isDayFirst ? 'day' : 'month'
}

/** The first date in the text, or null. */
export function readDate(text: string | null, order: SlashOrder = null): PrintedTime | null {
  if (text === null) return null
  const iso = ISO.exec(text)
  if (iso !== null) return fromIso(iso)
  const date = readDay(text, order)
  return date === null ? null : fromDay(date, text)
}

/** The time that an element's attributes hold for a script to print, or null. */
export function readStamp(attribs: Readonly<Record<string, string>>): PrintedTime | null {
  for (const [name, value] of Object.entries(attribs)) {
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
  if (hour === undefined || HALF.test(match.input.slice(match.index + match[0].length))) {
    return fromDay(dayOf(`${year}-${month}-${day}`, year, Number(month), day), match.input)
  }
  const offset = zone === undefined ? 'Z' : zone.toUpperCase().replace(ZONE_NAME, 'Z').replace(SHORT_OFFSET, '$1:$2')
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  if (Number.isNaN(time.getTime()) || !isDay(Number(year), Number(month), Number(day))) return null
  return { iso: time.toISOString(), hasZone: zone !== undefined }
}

interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly match: string
}

function readDay(text: string, order: SlashOrder): Day | null {
  const named = DAY_FIRST.exec(text)
  if (named !== null && monthOf(named[2]) > 0) return dayOf(named[0], named[3], monthOf(named[2]), named[1])
  const joined = JOINED.exec(text)
  if (joined !== null && monthOf(joined[3]) > 0) return dayOf(joined[0], joined[4], monthOf(joined[3]), joined[1])
  const english = MONTH_FIRST.exec(text)
  if (english !== null && monthOf(english[1]) > 0) return dayOf(english[0], english[3], monthOf(english[1]), english[2])
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

/** 1 to 12, or 0 when the word is no month. */
function monthOf(word: string | undefined): number {
  const plain = (word ?? '').normalize('NFD').replace(ACCENTS, '').toLowerCase()
  return STEMS.find(([stem]) => plain.startsWith(stem))?.[1] ?? 0
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
  const isTime = hour <= 23 && minute <= 59 && second <= 59 && isDay(year, month, day)
  return isTime ? new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString() : null
}

/** Whether the calendar has the day, in a year that a page can be of: `Date` takes 31 February for 3 March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= FIRST_YEAR && year <= LAST_YEAR && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
