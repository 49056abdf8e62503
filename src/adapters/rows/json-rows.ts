// Posts in JSON of nobody's format: objects in arrays, however deep and nested, or one a line, that name text, author
// and time in words that tables use too (`content`, `username`, `created_at`); or an array of texts. Last of all that
// read JSON.
import type { Extraction, Post } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { exactJson, exactJsonOf } from '../values/exact-json.ts'
import { asObject } from '../values/json-fields.ts'
import { accountsIn, withAccount } from './accounts.ts'
import { walkRows } from './json-tree.ts'
import { isPostRow, isWordlessRow } from './named-row.ts'
import { isNostrEvent } from './nostr.ts'
import { ownExportNotes } from './own-export.ts'
import { finishReading, startReading } from './posts.ts'
import { type Row, readRows } from './tree-posts.ts'

const NAME = 'json-rows'
const VERSION = 1
const WORDS = /\S\s+\S/
export const jsonRows: Adapter = {
  name: NAME,
  version: VERSION,
  generic: true,
  examples: [],
  locate: () => null,
  recognises: (page) =>
    page.kind === 'jsonl'
      ? page.text.split('\n').some((line, i) => rowsOfLine(line, i).some(({ value }) => isPost(value)))
      : findRows(page).some(({ value }) => isPost(value)),
  extract: extractRows,
}

function withNames(page: Page, posts: readonly Post[]): readonly Post[] {
  const isNameless = posts.some(({ author }) => author?.id != null && author.handle === null && author.name === null)
  if (!isNameless) return posts
  const roots = page.kind === 'jsonl' ? page.text.split('\n').map(exactJson) : [exactJsonOf(page)]
  const accounts = accountsIn(roots)
  return posts.map((post) => withAccount(accounts, post))
}

function findRows(page: Page): readonly Row[] {
  if (page.kind === 'jsonl') return page.text.split('\n').flatMap(rowsOfLine).map(renumbered)
  const value = page.kind === 'json' ? exactJsonOf(page) : undefined
  if (isTexts(value)) return value.map((text, i) => ({ value: text, path: `/${i}`, above: null, line: null }))
  return walkRows(value).map((row) => ({ ...row, line: null }))
}

interface OwnRow extends Row {
  readonly at: number
}

/** A line is one row at least, whatever it holds; one that has only a picture to show is a post among posts. */
function rowsOfLine(line: string, i: number): OwnRow[] {
  if (line.trim() === '') return []
  const value = exactJson(line.trim())
  if (value === undefined) return []
  const rows = walkRows([value]).map((row, at) => ({ ...row, path: row.path.slice(2), line: i + 1, at }))
  const object = rows.length > 0 ? null : asObject(value)
  return object !== null && isWordlessRow(object) && !isNostrEvent(object)
    ? [{ value, path: '', above: null, line: i + 1, at: 0 }]
    : rows
}

function renumbered({ at, ...row }: OwnRow, i: number): Row {
  return row.above === null ? row : { ...row, above: i - at + row.above }
}

/** Texts of several words each. */
function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 1 && value.every((one) => typeof one === 'string' && WORDS.test(one))
}

function isPost(value: unknown): boolean {
  const row = asObject(value)
  return row === null ? typeof value === 'string' : isPostRow(row)
}

function extractRows(page: Page): Extraction {
  const reading = startReading(page, { name: NAME, version: VERSION })
  const { posts, notes } = readRows(reading, findRows(page))
  const extraction = finishReading(reading)
  return {
    ...extraction,
    posts: withNames(page, posts),
    notes: [...extraction.notes, ...notes, ...ownExportNotes(page)],
  }
}
