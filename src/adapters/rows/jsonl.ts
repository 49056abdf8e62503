// Posts from anywhere, one JSON object a line (https://jsonlines.org) or in one JSON array. `text` is needed; `author`,
// `id`, `platform`, `createdAt`, `inReplyTo` and `url` are understood, and keys that name pictures and films; all other
// keys are kept. Line order is page order.
import type { Extraction, Post } from '../../model.ts'
import type { Joining } from '../../post.ts'
import type { Adapter, Rows } from '../adapter.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { exactJsonOf, parseExact } from '../values/exact-json.ts'
import { fieldsOf } from './columns.ts'
import { type Fields, isFields } from './fields.ts'
import { finishReading, lookAtRow, type RowPlace, type RowReading, readRow, startReading } from './posts.ts'
import { mediaIn } from './row-media.ts'

const NAME = 'jsonl'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const MARK = '"text"'
/** Lines looked at to tell whose names a file uses. */
const FIRST_LINES = 100
const OURS = new Set(['text', 'author', 'id', 'platform', 'createdAt', 'inReplyTo', 'url'])
/** Keys of platforms' own JSON that also has `text`: another adapter's business, or nobody's. */
const FOREIGN = ['$type', 'record', 'account', 'cooked', 'renoteId', 'permanentUrl', 'twitterUrl']

export const jsonl: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) =>
    page.kind === 'jsonl' ? hasOurLines(page.text) : page.kind === 'json' && areOurs(rowsOf(page.json())),
  extract: (page) => (page.kind === 'jsonl' ? extractLines(page) : extractRows(page)),
  rows: { list: listLines, read: readLines },
}

function extractLines(page: Page): Extraction {
  const reading = startReading(page, READER)
  walkLines(page.text, (raw, line) => readLine(reading, raw, line, readPost))
  return finishReading(reading)
}

function listLines(page: Page, visit: (post: Joining) => void): Rows | null {
  if (page.kind !== 'jsonl') return null
  const reading = startReading(page, READER)
  const [starts, lines]: [number[], number[]] = [[], []]
  walkLines(page.text, (raw, line, start) => {
    const post = readLine(reading, raw, line, lookAtRow)
    if (post === null) return
    starts.push(start)
    lines.push(line)
    visit(post)
  })
  return { starts: Int32Array.from(starts), lines: Int32Array.from(lines), frame: finishReading(reading) }
}

function readLines(page: Page, rows: Rows, posts: readonly number[] | null): readonly Post[] {
  const reading = startReading(page, READER)
  const count = posts === null ? rows.starts.length : posts.length
  for (let k = 0; k < count; k++) readLineAt(reading, rows, posts === null ? k : (posts[k] ?? 0))
  return reading.posts
}

function readLineAt(reading: RowReading, { starts, lines }: Rows, at: number): void {
  const { text } = reading.page
  const start = starts[at] ?? 0
  reading.count = at
  readLine(reading, text.slice(start, endOfLine(text, start)), lines[at] ?? 0, readPost)
}

function readPost(reading: RowReading, row: unknown, place: RowPlace): void {
  const before = reading.posts.length
  readRow(reading, row, place)
  const post = reading.posts[before]
  // Asked only where there are keys that are not ours.
  const media = post?.provenance.extra == null ? [] : mediaIn(post.provenance.extra)
  if (post !== undefined && media.length > 0) reading.posts[before] = { ...post, media }
}

/** Walks the text without splitting it: a million lines would stand in memory twice. */
function walkLines(text: string, visit: (raw: string, line: number, start: number) => void): void {
  let line = 1
  for (let start = 0; start < text.length; line += 1) {
    const end = endOfLine(text, start)
    visit(text.slice(start, end), line, start)
    start = end + 1
  }
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start)
  return found === -1 ? text.length : found
}

/** What `read` makes of a line; null where it holds no row. */
function readLine<T>(reading: RowReading, raw: string, line: number, read: RowRead<T>): T | null {
  const trimmed = raw.trim()
  if (trimmed === '') return null
  const { value, problem } = parseExact(trimmed)
  const place = { number: line, path: null, tidy: trimmed.includes('\\u') }
  if (problem === null) return read(reading, value, place)
  reading.problems.push({ place, what: `not JSON (${problem})` })
  return null
}

type RowRead<T> = (reading: RowReading, row: unknown, place: RowPlace) => T

function extractRows(page: Page): Extraction {
  const reading = startReading(page, READER)
  const value = exactJsonOf(page)
  for (const [i, row] of rowsOf(value).entries()) {
    const path = Array.isArray(value) ? `/${i}` : ''
    readPost(reading, row, { number: i + 1, path, tidy: true })
  }
  return finishReading(reading)
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value]
}

/**
 * The first line of ours decides, unless one soon after names fields otherwise: an opening post has no parent to name.
 */
function hasOurLines(text: string): boolean {
  const rows: unknown[] = []
  let isFound = false
  for (let start = 0; start < text.length && (!isFound || rows.length < FIRST_LINES); ) {
    const end = endOfLine(text, start)
    const line = text.slice(start, end)
    if (line.includes(MARK)) {
      const row = parseJson(line.trim()).value
      rows.push(row)
      isFound ||= isOurs(row)
    }
    start = end + 1
  }
  return areOurs(rows)
}

function areOurs(rows: readonly unknown[]): boolean {
  return rows.some(isOurs) && !rows.some(isRenamed)
}

function isOurs(row: unknown): boolean {
  return hasWords(row) && isPlain(row)
}

function isRenamed(row: unknown): boolean {
  return hasWords(row) && !isPlain(row)
}

function hasWords(row: unknown): row is Fields {
  return isFields(row) && typeof row['text'] === 'string' && !FOREIGN.some((key) => Object.hasOwn(row, key))
}

/** Fields under other names than ours are known to json-rows.ts. */
function isPlain(row: Fields): boolean {
  const names = Object.keys(row)
  return fieldsOf(names).every((field, at) => field === null || !OURS.has(field) || field === names[at])
}
