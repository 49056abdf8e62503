// One post out of named fields, whatever wrote the fields down: a line of JSON, an item of an array, a record of a
// table. `text` is needed; `author`, `id`, `platform`, `createdAt`, `inReplyTo` and `url` are understood; all other
// fields are kept.
import type { Author, Extraction, Note, Post } from '../../model.ts'
import type { Joining } from '../../post.ts'
import type { Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { languageOf } from '../values/language.ts'
import { authorField, type Fields, idField, isFields, parentField, textField, timeField, urlField } from './fields.ts'
import { isZoneless } from './times.ts'

/** Rows reported one by one; the rest are counted. */
const MAX_LINE_NOTES = 20
const UNDERSTOOD = new Set(['text', 'author', 'id', 'platform', 'createdAt', 'inReplyTo', 'url', 'lang'])
const CR = /\r\n?/g
const NONE: readonly never[] = []

/** What is carried along while rows are read. */
export interface RowReading {
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
  readonly place: RowPlace
  readonly what: string
}

/** Where a row stands. */
export interface RowPlace {
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
export function startReading(page: Page, reader: RowReading['reader']): RowReading {
  return { page, reader, posts: [], authors: new Map(), problems: [], zoneless: 0, count: 0 }
}

/** Adds a row's post, or says why there is none. */
export function readRow(reading: RowReading, row: unknown, place: RowPlace): void {
  const text = textOfRow(reading, row, place)
  if (text !== null) reading.posts.push(postOf(reading, row as Fields, text, place))
}

/**
 * What joins a row's post to others, or null where there is none; its text and all that is only kept are left unread.
 */
export function lookAtRow(reading: RowReading, row: unknown, place: RowPlace): Joining | null {
  return textOfRow(reading, row, place) === null ? null : joiningOf(reading, row as Fields, place)
}

/** Null, with the reason noted, for a row that is no post. */
function textOfRow({ problems }: RowReading, row: unknown, place: RowPlace): string | null {
  if (!isFields(row)) problems.push({ place, what: 'not an object' })
  else if (typeof row['text'] !== 'string') problems.push({ place, what: 'no "text"' })
  else return row['text']
  return null
}

function postOf(reading: RowReading, row: Fields, text: string, place: RowPlace): Post {
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

function joiningOf(reading: RowReading, row: Fields, place: RowPlace): Joining & Pick<Post, 'url'> {
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

function cleanText(text: string, tidy: boolean): string {
  const lines = text.includes('\r') ? text.replace(CR, '\n') : text
  return tidy ? lines.toWellFormed() : lines
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
export function finishReading({ page, posts, problems, zoneless }: RowReading): Extraction {
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
