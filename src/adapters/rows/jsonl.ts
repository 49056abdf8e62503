// Posts from anywhere, one JSON object a line (https://jsonlines.org) or in one JSON array. `text` is needed; `author`,
// `id`, `platform`, `createdAt`, `inReplyTo` and `url` are understood; all other keys are kept. Line order is page order.
import type { Extraction, Post } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { type Page, parseJson } from '../page.ts'
import { finishReading, isFields, type Reading, readRow, startReading } from './posts.ts'

const NAME = 'jsonl'
const VERSION = 1
const MARK = '"text"'
/** Keys of platforms' own JSON that also has `text`: another adapter's business, or nobody's. */
const FOREIGN = [
  '$type',
  'id_str',
  'full_text',
  'created_at',
  'content',
  'record',
  'account',
  'cooked',
  'body_html',
  'renoteId',
  'permanentUrl',
  'twitterUrl',
  'created_utc',
]

export const jsonl: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) =>
    page.kind === 'jsonl' ? hasOurLine(page.text) : page.kind === 'json' && rowsOf(page.json()).some(isOurs),
  extract: (page) => (page.kind === 'jsonl' ? extractLines(page) : extractRows(page)),
  eachPost: (page, visit) => (page.kind === 'jsonl' ? visitLines(page, visit) : extractRows(page).posts.forEach(visit)),
}

function extractLines(page: Page): Extraction {
  const reading = startReading(page, { name: NAME, version: VERSION })
  walkLines(page.text, (raw, line) => readLine(reading, raw, line))
  return finishReading(reading)
}

/** A post that is gone before the next is read costs less than one that is kept. */
function visitLines(page: Page, visit: (post: Post) => void): void {
  const reading = startReading(page, { name: NAME, version: VERSION })
  walkLines(page.text, (raw, line) => {
    readLine(reading, raw, line)
    const post = reading.posts.pop()
    if (post !== undefined) visit(post)
  })
}

/** Walks the text without splitting it: a million lines would stand in memory twice. */
function walkLines(text: string, visit: (raw: string, line: number) => void): void {
  let line = 1
  for (let start = 0; start < text.length; line += 1) {
    const end = endOfLine(text, start)
    visit(text.slice(start, end), line)
    start = end + 1
  }
}

function endOfLine(text: string, start: number): number {
  const found = text.indexOf('\n', start)
  return found === -1 ? text.length : found
}

function readLine(reading: Reading, raw: string, line: number): void {
  const trimmed = raw.trim()
  if (trimmed === '') return
  const { value, problem } = parseJson(trimmed)
  const place = { number: line, path: null, tidy: trimmed.includes('\\u') }
  if (problem === null) readRow(reading, value, place)
  else reading.problems.push({ place, what: `not JSON (${problem})` })
}

function extractRows(page: Page): Extraction {
  const reading = startReading(page, { name: NAME, version: VERSION })
  const value = page.json()
  for (const [i, row] of rowsOf(value).entries()) {
    const path = Array.isArray(value) ? `/${i}` : ''
    readRow(reading, row, { number: i + 1, path, tidy: true })
  }
  return finishReading(reading)
}

function rowsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [value]
}

/** The first line of ours decides: most often it is the first. Broken lines are nobody's. */
function hasOurLine(text: string): boolean {
  for (let start = 0; start < text.length; ) {
    const end = endOfLine(text, start)
    const line = text.slice(start, end)
    if (line.includes(MARK) && isOurs(parseJson(line.trim()).value)) return true
    start = end + 1
  }
  return false
}

function isOurs(row: unknown): boolean {
  return isFields(row) && typeof row['text'] === 'string' && !FOREIGN.some((key) => Object.hasOwn(row, key))
}
