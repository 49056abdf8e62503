// One post out of named fields, whatever wrote the fields down: a line of JSON, an item of an array, a record of a
// table. `text` is needed; `author`, `id`, `platform`, `createdAt`, `inReplyTo` and `url` are understood; all other
// fields are kept.
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import type { Joining } from '../../post.ts'
import { parseUrl } from '../../url.ts'
import type { Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { languageOf } from '../values/language.ts'
import { isZoneless } from './times.ts'

/** Rows reported one by one; the rest are counted. */
const MAX_LINE_NOTES = 20
const UNDERSTOOD = new Set(['text', 'author', 'id', 'platform', 'createdAt', 'inReplyTo', 'url', 'lang'])

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
const CR = /\r\n?/g

const NONE: readonly never[] = []

export type Fields = Readonly<Record<string, unknown>>

/** What is carried along while rows are read. */
export interface Reading {
  readonly page: Page
  readonly reader: Reader
  readonly posts: Post[]
  readonly authors: Map<string, Author>
  readonly problems: Problem[]
  /** Times that were printed without their zone. */
  zoneless: number
  /** Posts read so far, whether they are still here or not. */
  count: number
}

interface Problem {
  readonly place: Place
  readonly what: string
}

/** Where a row stands. */
export interface Place {
  /** 1-based line, or item of an array. */
  readonly number: number
  /** The last line, where a row has several. */
  readonly end?: number
  /** JSON Pointer in an array; null for a line. */
  readonly path: string | null
  /** True when strings may hold halves of surrogate pairs. */
  readonly tidy: boolean
}

/** Nothing read yet. */
export function startReading(page: Page, reader: Reading['reader']): Reading {
  return { page, reader, posts: [], authors: new Map(), problems: [], zoneless: 0, count: 0 }
}

/** Adds a row's post, or says why there is none. */
export function readRow(reading: Reading, row: unknown, place: Place): void {
  const text = textOfRow(reading, row, place)
  if (text !== null) reading.posts.push(postOf(reading, row as Fields, text, place))
}

/**
 * What joins a row's post to others, or null where there is none; its text and all that is only kept are left unread.
 */
export function lookAtRow(reading: Reading, row: unknown, place: Place): Joining | null {
  return textOfRow(reading, row, place) === null ? null : joiningOf(reading, row as Fields, place)
}

/** Null, with the reason noted, for a row that is no post. */
function textOfRow({ problems }: Reading, row: unknown, place: Place): string | null {
  if (!isFields(row)) problems.push({ place, what: 'not an object' })
  else if (typeof row['text'] !== 'string') problems.push({ place, what: 'no "text"' })
  else return row['text']
  return null
}

function postOf(reading: Reading, row: Fields, text: string, place: Place): Post {
  const line = place.path === null ? place.number : null
  const { platform, ref, author, createdAt, url, parent } = joiningOf(reading, row, place)
  return {
    key: `${line === null ? 'item' : 'line'}-${place.number}`,
    ref,
    kind: 'post',
    platform,
    author,
    isPostAuthor: false,
    title: null,
    text: cleanText(text, place.tidy),
    html: null,
    createdAt,
    editedAt: null,
    url,
    lang: languageOf(row['lang']),
    parent,
    conversation: null,
    media: NONE,
    quotes: NONE,
    footnotes: NONE,
    block: null,
    index: reading.count++,
    boundary: null,
    provenance: {
      input: reading.page.capture.input,
      capture: reading.page.capture.digest,
      capturedAt: reading.page.capture.capturedAt,
      adapter: reading.reader.name,
      adapterVersion: reading.reader.version,
      selector: null,
      path: place.path,
      line,
      endLine: line === null ? null : (place.end ?? line),
      extra: extraOf(row, createdAt, url),
    },
  }
}

function joiningOf(reading: Reading, row: Fields, place: Place): Joining & Pick<Post, 'url'> {
  const { reader, authors, problems } = reading
  const doubt = (what: string) => problems.push({ place, what })
  const platform = textField(row['platform']) ?? reader.name
  const id = idField(row['id'], 'id', doubt)
  const createdAt = timeField(row['createdAt'], doubt)
  if (typeof row['createdAt'] === 'string' && isZoneless(row['createdAt'])) reading.zoneless += 1
  const url = urlField(row['url'], doubt)
  const author = authorField(row['author'], authors, doubt)
  const parent = parentField(row['inReplyTo'], platform, doubt)
  const ref = id === null ? null : { platform, id }
  return { kind: 'post', platform, ref, author, createdAt, url, parent, conversation: null, block: null }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Doubt = (what: string) => void

function cleanText(text: string, tidy: boolean): string {
  const lines = text.includes('\r') ? text.replace(CR, '\n') : text
  return tidy ? lines.toWellFormed() : lines
}

function textField(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

// JSON numbers past 2^53 have lost digits by the time we see them: such an id names some other post.
function idField(value: unknown, key: string, doubt: Doubt): string | null {
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

function authorField(value: unknown, known: Map<string, Author>, doubt: Doubt): Author | null {
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
function timeField(value: unknown, doubt: Doubt): string | null {
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

function urlField(written: unknown, doubt: Doubt): string | null {
  if (written === undefined || written === null) return null
  const value = typeof written === 'string' ? written.trim() : written
  if (typeof value === 'string' && (PLAIN_URL.test(value) || parseUrl(value) !== null)) return value
  // The way within a site is kept as it is: which site nobody says.
  if (typeof value !== 'string' || !value.startsWith('/')) doubt('"url" is no URL')
  return null
}

function parentField(value: unknown, platform: string, doubt: Doubt): Parent | null {
  const id = idField(value, 'inReplyTo', doubt)
  if (id === null) return null
  return { ref: refOf(id, platform), key: null, basis: 'declared', p: 1, say: 'inReplyTo of the input' }
}

function refOf(id: string, platform: string): PostRef {
  if (!id.includes(':')) return { platform, id }
  const [, other, rest] = PLATFORM_PREFIX.exec(id) ?? []
  return other === undefined || rest === undefined ? { platform, id } : { platform: other, id: rest }
}

/** Keys nobody understood, and values of understood keys that could not be read. */
function extraOf(row: Fields, createdAt: string | null, url: string | null): Fields | null {
  const keys: string[] = []
  for (const key in row) {
    const isUnread =
      key === 'createdAt'
        ? createdAt === null && row[key] != null
        : key === 'url'
          ? url === null && row[key] != null
          : !UNDERSTOOD.has(key)
    if (isUnread) keys.push(key)
  }
  return keys.length === 0 ? null : Object.fromEntries(keys.map((key) => [key, row[key]]))
}

/** The posts, with a note on each row that could not be read. */
export function finishReading({ page, posts, problems, zoneless }: Reading): Extraction {
  const shown = problems.slice(0, MAX_LINE_NOTES).map((problem) => noteOn(page, sayOf(problem)))
  const more = problems.length - shown.length
  const rest = more === 0 ? [] : [noteOn(page, `${more} more lines or fields could not be read.`)]
  const declared = { title: null, site: null, replies: null }
  return {
    posts,
    scrapes: [],
    blocks: [],
    next: [],
    notes: [...shown, ...rest, ...zoneNotes(page, zoneless)],
    declared,
  }
}

function zoneNotes(page: Page, count: number): readonly Note[] {
  const message = `${count} printed time(s) have no time zone and were taken as UTC.`
  return count === 0 ? [] : [{ level: 'info', code: 'zone-unknown', message, input: page.capture.input }]
}

function sayOf({ place, what }: Problem): string {
  return `In ${place.path === null ? 'line' : 'item'} ${place.number}: ${what}.`
}

function noteOn(page: Page, message: string): Note {
  return { level: 'warning', code: 'row-unread', message, input: page.capture.input }
}
