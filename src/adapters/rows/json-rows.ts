// Posts in JSON of nobody's format: an array of objects, however deep, or one object a line, that name text, author and time in
// words that tables use too (`content`, `username`, `created_at`); or an array of texts. Last of all that read JSON.
import type { Extraction } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import type { Adapter } from '../adapter.ts'
import { type Page, parseJson } from '../page.ts'
import { PLATFORM, statusInUrl } from '../x/names.ts'
import { fieldsOf, momentOf, tellsPosts } from './columns.ts'
import { type Fields, finishReading, isFields, readRow, startReading } from './posts.ts'

const NAME = 'json-rows'
const VERSION = 1
/** Rows looked at to know what an array holds, and the share of them that must be posts. */
const SAMPLE = 50
const SHARE = 0.5
/** Arrays are sought no deeper, and among no more values. */
const MAX_DEPTH = 4
const MAX_VALUES = 2_000
const WORDS = /\S\s+\S/
const MARKUP = /<\/?(?:p|br|a|span|div)\b[^>]{0,400}>/i
/** `Sun Mar 03 09:12:00 +0000 2024`, `Sun, 03 Mar 2024 09:12:00 GMT`: times that name their zone. */
const ZONED = /\d{2}:\d{2}.*(?:GMT|UTC|[+-]\d{4})/
const AUTHOR: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'id_str', 'user_id', 'userId'],
  handle: ['handle', 'username', 'screen_name', 'screenName', 'userName', 'login', 'acct'],
  name: ['name', 'displayName', 'display_name', 'displayname', 'full_name', 'fullName'],
  url: ['url', 'profile_url', 'profileUrl'],
}

export const jsonRows: Adapter = {
  name: NAME,
  version: VERSION,
  generic: true,
  examples: [],
  locate: () => null,
  recognises: (page) => findRows(page).rows.length > 0,
  extract: extractRows,
}

interface Found {
  readonly rows: readonly unknown[]
  /** JSON Pointer of the array; null where rows are lines. */
  readonly path: string | null
}

const NOTHING: Found = { rows: [], path: '' }

function findRows(page: Page): Found {
  if (page.kind === 'jsonl') {
    const rows = page.text.split('\n').map((line) => (line.trim() === '' ? undefined : parseJson(line.trim()).value))
    return holdsPosts(rows.filter((row) => row !== undefined)) ? { rows, path: null } : NOTHING
  }
  if (page.kind !== 'json') return NOTHING
  const value = page.json()
  if (isTexts(value)) return { rows: value, path: '' }
  return largest(arraysIn(value).filter(({ rows }) => holdsPosts(rows)))
}

function largest(found: readonly Found[]): Found {
  return found.reduce((most, one) => (one.rows.length > most.rows.length ? one : most), NOTHING)
}

/** All arrays in a value with their places, breadth first. */
function arraysIn(root: unknown): readonly Found[] {
  const found: Found[] = []
  const queue: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: root, path: '', depth: 0 },
  ]
  for (let at = 0; at < queue.length && at < MAX_VALUES; at++) {
    const { value, path, depth } = queue[at] as (typeof queue)[number]
    if (Array.isArray(value)) found.push({ rows: value as readonly unknown[], path })
    else if (isFields(value) && depth < MAX_DEPTH)
      for (const [key, inner] of Object.entries(value))
        queue.push({
          value: inner,
          path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          depth: depth + 1,
        })
  }
  return found
}

/** Texts of several words each. */
function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === 'string' && WORDS.test(one))
}

function holdsPosts(rows: readonly unknown[]): boolean {
  const sample = rows.slice(0, SAMPLE)
  return sample.length > 0 && sample.filter(isPost).length >= sample.length * SHARE
}

function isPost(row: unknown): boolean {
  if (!isFields(row)) return false
  const named = toRow(row)
  return typeof named['text'] === 'string' && named['text'].trim() !== '' && tellsPosts(Object.keys(named))
}

function extractRows(page: Page): Extraction {
  const reading = startReading(page, { name: NAME, version: VERSION })
  const { rows, path } = findRows(page)
  for (const [i, row] of rows.entries()) {
    if (row === undefined) continue
    const value = typeof row === 'string' ? { text: row } : isFields(row) ? toRow(row) : row
    readRow(reading, value, { number: i + 1, path: path === null ? null : `${path}/${i}`, tidy: true })
  }
  return finishReading(reading)
}

/** The row under the names that posts.ts understands; other keys stay. */
function toRow(row: Fields): Fields {
  const names = Object.keys(row)
  const fields = fieldsOf(names)
  const named = Object.fromEntries(names.map((name, at) => readField(fields[at] ?? null, name, row[name])))
  return isOfX(named) ? { platform: PLATFORM, ...named } : named
}

/** An address of X that ends in the row's id says whose id that is. */
function isOfX({ id, url }: Fields): boolean {
  return typeof url === 'string' && id != null && statusInUrl(url)?.id === String(id)
}

function readField(field: string | null, name: string, value: unknown): readonly [string, unknown] {
  if (field === 'text' && typeof value === 'string')
    return [field, MARKUP.test(value) ? bodyFromHtml(value, null).text : value]
  if (field === 'createdAt')
    return [field, typeof value === 'number' || typeof value === 'string' ? timeOf(String(value)) : value]
  if (field === 'author' && isFields(value)) return [field, authorOf(value)]
  return [field ?? name, value]
}

function timeOf(written: string): string {
  const moment = momentOf(written)
  const parsed = moment === written && ZONED.test(written) ? Date.parse(written) : Number.NaN
  return Number.isNaN(parsed) ? moment : new Date(parsed).toISOString()
}

function authorOf(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(AUTHOR).flatMap(([field, names]) => {
      const name = names.find((one) => fields[one] !== undefined && fields[one] !== null)
      return name === undefined ? [] : [[field, fields[name]]]
    }),
  )
}
