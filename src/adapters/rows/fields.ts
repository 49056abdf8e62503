// The values of a row's named fields, each checked; what cannot be read is null, and the doubt told.
import type { Author, Parent, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}(?:\.\d{1,9})?))?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i
const OFFSET = /([+-]\d{2})(\d{2})$/
// "mastodon:123" names a platform; "at://…", "https://…", "tag:…", "did:…" and "urn:…" are ids themselves.
const PLATFORM_PREFIX = /^(?!(?:tag|did|urn|acct):)([a-z][a-z0-9_-]{0,30}):(?!\/\/)(.+)$/
const CANONICAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
/** A day of any year, so that no calendar need be asked: all but 29 February. */
const SURE_DAY = /(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31/
const SURE_TIME = new RegExp(`^\\d{4}-(?:${SURE_DAY.source})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$`)
const DAY_LENGTH = 'yyyy-mm-dd'.length
const PLAIN_URL = /^https?:\/\/[\w.-]+(?:[/?#]\S*)?$/
const SPACE = /\s/
/** `1,23457E+18`, `1.364506e+18`: an id that a spreadsheet took for a number, and rounded. */
const ROUNDED = /^\d(?:[.,]\d{1,17})?E\+\d{1,3}$/i
/** `1364506249291784198.0`: one beside empty cells, in a program that knows no empty whole number. */
const FLOATED = /^(\d{1,20})\.0$/
const LEADING_AT = /^@/

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Told what cannot be read. */
export type Doubt = (what: string) => void

export function textField(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

// JSON numbers past 2^53 have lost digits by the time we see them: such an id names some other post.
export function idField(value: unknown, key: string, doubt: Doubt): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return writtenId(value, key, doubt)
  if (Number.isSafeInteger(value)) return String(value)
  doubt(
    typeof value === 'number'
      ? `"${key}" is a number past 2^53 and lost digits; write it as text`
      : `"${key}" is no id`,
  )
  return null
}

/** Rounded ids are shared by many posts, and are none's. */
function writtenId(value: string, key: string, doubt: Doubt): string | null {
  const id = textField(value)
  const whole = id?.endsWith('.0') ? (FLOATED.exec(id)?.[1] ?? null) : null
  if (whole !== null && Number.isSafeInteger(Number(whole))) return whole
  if (id === null || (whole === null && !ROUNDED.test(id))) return id
  doubt(`"${key}" lost digits when a program took it for a number (${id}); export the table again with ids as text`)
  return null
}

export function authorField(value: unknown, known: Map<string, Author>, doubt: Doubt): Author | null {
  if (value === undefined || value === null) return null
  if (isFields(value)) return authorFromFields(value, doubt)
  const name = textField(value)
  if (name === null) {
    doubt('"author" is neither text nor an object')
    return null
  }
  const author = known.get(name) ?? authorFromText(name)
  known.set(name, author)
  return author
}

function authorFromText(name: string): Author {
  const isName = SPACE.test(name)
  return { id: null, handle: isName ? null : name.replace(LEADING_AT, ''), name: isName ? name : null, url: null }
}

function authorFromFields(fields: Fields, doubt: Doubt): Author {
  return {
    id: idField(fields['id'], 'author.id', doubt),
    handle: textField(fields['handle'])?.replace(LEADING_AT, '') ?? null,
    name: textField(fields['name']),
    url: urlField(fields['url'], doubt),
  }
}

// Without a zone a time is taken for UTC; anything that is not ISO 8601 stays in `extra`, unread.
export function timeField(value: unknown, doubt: Doubt): string | null {
  if (value === undefined || value === null) return null
  const time = typeof value === 'string' ? utcOf(value.trim()) : null
  if (time === null) doubt('"createdAt" is no ISO 8601 time')
  return time
}

/** An ISO 8601 time as UTC, or null. */
export function utcOf(text: string): string | null {
  if (SURE_TIME.test(text)) return text
  if (CANONICAL_TIME.test(text))
    return isOfCalendar(text.slice(0, DAY_LENGTH)) && !Number.isNaN(Date.parse(text)) ? text : null
  const [, day, time = '00:00', seconds = '00', zone = 'Z'] = ISO.exec(text) ?? []
  if (day === undefined || !isOfCalendar(day)) return null
  const moment = new Date(`${day}T${time}:${seconds}${zone.toUpperCase().replace(OFFSET, '$1:$2')}`)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}

/** `Date` takes 2019-02-31 for 3 March. */
function isOfCalendar(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day)
}

export function urlField(written: unknown, doubt: Doubt): string | null {
  if (written === undefined || written === null) return null
  const value = typeof written === 'string' ? written.trim() : written
  if (typeof value === 'string' && (PLAIN_URL.test(value) || parseUrl(value) !== null)) return value
  // The way within a site is kept as it is: which site nobody says.
  if (typeof value !== 'string' || !value.startsWith('/')) doubt('"url" is no URL')
  return null
}

export function parentField(value: unknown, platform: string, doubt: Doubt): Parent | null {
  const id = idField(value, 'inReplyTo', doubt)
  if (id === null) return null
  return { ref: refOf(id, platform), key: null, basis: 'declared', p: 1, say: 'inReplyTo of the input' }
}

function refOf(id: string, platform: string): PostRef {
  if (!id.includes(':')) return { platform, id }
  const [, other, rest] = PLATFORM_PREFIX.exec(id) ?? []
  return other === undefined || rest === undefined ? { platform, id } : { platform: other, id: rest }
}
