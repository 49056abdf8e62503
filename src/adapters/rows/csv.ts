// Tables of posts with a heading line (RFC 4180, also with semicolons or tabs), as researchers keep and exchange them.
// Columns are known by the names that exports and scrapers give them; the others are kept. A column that numbers
// threads parts the posts.
import { createRequire } from 'node:module'
import type { Block, Extraction, Note, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import type { Adapter } from '../adapter.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { type SlashOrder, slashOrderOf } from '../values/dates.ts'
import { objectsAt, valueAt } from '../values/json-fields.ts'
import { withSelfAnswers } from '../x/self-answers.ts'
import { asAccount, withAuthor } from './author.ts'
import { type Beside, besideRow, cellValues } from './beside-row.ts'
import { fieldsOf, keptName, tellsPosts } from './columns.ts'
import type { Fields } from './fields.ts'
import { ownExportNotes } from './own-export.ts'
import { finishReading, readRow, startReading } from './posts.ts'
import { asRowOfReddit } from './row-of-reddit.ts'
import { asRowOfX, isRepost, tellsRepost } from './row-of-x.ts'
import { momentOf } from './times.ts'

const NAME = 'csv'
const VERSION = 1
/**
 * Characters looked at for the heading line (nested objects laid flat give hundreds of columns), and the longest
 * heading of a column.
 */
const HEADING_LENGTH = 64_000
const MAX_NAME = 40
const MAX_SHOWN = 200
const DELIMITERS = [',', ';', '\t'] as const
const LINE_END = /\r\n|\r|\n/
const BYTE_ORDER_MARK = /^\ufeff/
const QUOTES = /^"|"$/g
const ENDS_LINE = /[\r\n]$/
const TABLE_NAME = /\.(?:csv|tsv)$/i
/** Records that are looked at to tell a table from prose. */
const SAMPLE_LENGTH = 8_000
const MIN_COLUMNS = 3
const MIN_RECORDS = 2
/** Google writes the words of a cell as pieces of JSON (2023 to now): `{"text":"…"},{"text":"…"}`. */
const PIECES = /^\{"text":/
/** A heading that only tables of X's posts have. */
const OF_X = /tweet|^id_str$|^in_reply_to_status_id/i
/** Words that begin and end as a paragraph does. */
const MARKUP = /^\s*<(p|div|span|blockquote)\b[^<>]{0,400}>[\s\S]*<\/\1>\s*$/i
const ONLY_ID = /id$/i
/** As programs for statistics write an empty cell. */
const EMPTY = /^(?:NA|NaN|None|null)?$/i

export const csv: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'text' && (readHeading(page.text) !== null || isTable(page)),
  extract: extractTable,
}

interface Heading {
  readonly delimiter: string
  /** What each column is; null for one that nobody knows. */
  readonly fields: readonly (string | null)[]
  readonly names: readonly string[]
}

function readHeading(text: string): Heading | null {
  const line = text.slice(0, HEADING_LENGTH).replace(BYTE_ORDER_MARK, '').split(LINE_END)[0] ?? ''
  for (const delimiter of DELIMITERS) {
    const names = line.split(delimiter).map((name) => name.trim().replace(QUOTES, ''))
    if (names.some((name) => name.length > MAX_NAME)) continue
    const fields = fieldsOf(names)
    if (tellsPosts(fields)) return { delimiter, fields, names }
  }
  return null
}

/** A file that is called a table, and is one: better no posts than its lines as somebody's words. */
function isTable({ capture, text }: Page): boolean {
  if (!TABLE_NAME.test(capture.input)) return false
  return DELIMITERS.some((delimiter) => {
    const { records } = parseRecords(text.slice(0, SAMPLE_LENGTH), delimiter)
    const widths = records.map(({ record }) => record.length)
    // The last one may be cut by the sample's end.
    const whole = text.length > SAMPLE_LENGTH ? widths.slice(0, -1) : widths
    return whole.length >= MIN_RECORDS && whole.every((width) => width >= MIN_COLUMNS && width === whole[0])
  })
}

function headingNote(page: Page): Note {
  const [first = ''] = page.text.slice(0, HEADING_LENGTH).split(LINE_END, 1)
  const message = `No column of this table is known to hold the words of posts; its first line is: ${first.slice(0, MAX_SHOWN)}. Name the columns in a first line (text, author, id, created_at, in_reply_to, url).`
  return { level: 'warning', code: 'unknown-columns', message, input: page.capture.input }
}

function extractTable(page: Page): Extraction {
  const heading = readHeading(page.text)
  const reading = startReading(page, { name: NAME, version: VERSION })
  if (heading === null) return { ...finishReading(reading), notes: isTable(page) ? [headingNote(page)] : [] }
  const { records: read, isOpen } = parseRecords(page.text, heading.delimiter)
  const isCut = !isOpen && endsInRow(page.text, read)
  const records = isCut ? read.map((one, at) => (at === read.length - 1 ? withoutHalf(one, heading) : one)) : read
  const besides: (Beside & Pick<Post, 'block'>)[] = []
  let [line, reposts] = [1, 0]
  const telling = [...heading.names.entries()].flatMap(([i, name]) => (tellsRepost(name) ? [[name, i] as const] : []))
  const order = slashOrderOf(columnOf('createdAt', heading, records))
  for (const [at, { record, info }] of records.entries()) {
    const [row, block] = rowOf(record, heading, order)
    if (at > 0 && telling.some(([name, i]) => isRepost(name, record[i] ?? ''))) reposts += 1
    else if (at > 0) readRow(reading, row, { number: line, end: info.lines, path: null, tidy: true })
    if (reading.posts.length > besides.length)
      besides.push({ ...besideRow(cellValues(heading.names, record), row), block })
    line = info.lines + 1
  }
  const extraction = finishReading(reading)
  return {
    ...extraction,
    posts: withSelfAnswers(extraction.posts.map((post, at) => ({ ...post, ...bodyOf(post.text), ...besides[at] }))),
    blocks: [...new Set(besides.map(({ block }) => block))].filter((key) => key !== null).map(blockOf),
    notes: [
      ...extraction.notes,
      ...(isOpen ? [openNote(page)] : []),
      ...(isCut ? [cutNote(page)] : []),
      ...repostNotes(page, reposts),
      ...ownExportNotes(page),
    ],
  }
}

/** Some tables hold words as HTML; signs in words that are none stay. */
function bodyOf(text: string): Pick<Post, 'text' | 'html'> {
  return MARKUP.test(text) ? bodyFromHtml(text, null) : { text, html: null }
}

function blockOf(key: string): Block {
  return { key, kind: 'thread', title: null, author: null, declaredTotal: null, url: null }
}

function repostNotes(page: Page, reposts: number): readonly Note[] {
  const message = `${reposts} rows are reposts of others, whose words they are; they were left.`
  return reposts === 0 ? [] : [{ level: 'info', code: 'reposts', message, input: page.capture.input }]
}

function openNote(page: Page): Note {
  const message = 'A quotation mark is never closed: what follows it was read as one field.'
  return { level: 'warning', code: 'cut-table', message, input: page.capture.input }
}

/** Whether the last row, and no other, lacks cells and the end of its line. */
function endsInRow(text: string, records: readonly Parsed[]): boolean {
  const [last, ...others] = records.map(({ record }) => record.length).reverse()
  return last !== undefined && others.length > 0 && !ENDS_LINE.test(text) && others.every((width) => width > last)
}

/** Half an id names another post; half of the words are words. */
function withoutHalf({ record, info }: Parsed, { fields }: Heading): Parsed {
  const last = record.length - 1
  return { info, record: fields[last] === 'text' ? record : record.slice(0, last) }
}

function cutNote(page: Page): Note {
  const message =
    'The last row of this table has fewer cells than all others: the file may end early, in the middle of it.'
  return { level: 'warning', code: 'cut', message, input: page.capture.input }
}

/** The fields of a post and the thread it is said to be of; columns of other names go along as they are. */
function rowOf(
  record: readonly string[],
  { fields, names }: Heading,
  order: SlashOrder,
): readonly [Fields, string | null] {
  const row = new Map<string, unknown>()
  let thread: string | null = null
  for (const [at, value] of record.entries()) {
    const field = fields[at] ?? null
    if (field === 'thread') thread = value.trim() === '' ? null : value.trim()
    else if (field === 'text' || (field === null ? value !== '' : !EMPTY.test(value))) {
      const name = names[at] ?? `column ${at + 1}`
      row.set(
        field ?? keptName(name),
        field === 'author' ? asAccount(name, value, ONLY_ID) : cellOf(field, value, order),
      )
    }
  }
  const isNamed = names.some((name) => OF_X.test(name))
  return [asRowOfReddit(asRowOfX(withAuthor(Object.fromEntries(row)), isNamed)), thread]
}

function cellOf(field: string | null, value: string, order: SlashOrder): string {
  if (field === 'createdAt') return momentOf(value, order)
  return field === 'text' && PIECES.test(value) ? wordsOfPieces(value) : value
}

/** What a column holds, below its heading. */
function columnOf(field: string, { fields }: Heading, records: readonly Parsed[]): readonly string[] {
  const at = fields.indexOf(field)
  return at < 0 ? [] : records.slice(1).map(({ record }) => record[at] ?? '')
}

function wordsOfPieces(value: string): string {
  const { value: pieces } = parseJson(`[${value}]`)
  const words = objectsAt({ pieces }, 'pieces').map((piece) => valueAt(piece, 'text'))
  return words.length > 0 && words.every((one) => typeof one === 'string') ? words.join('') : value
}

interface Parsed {
  readonly record: readonly string[]
  /** `lines`: how many lines of the file were read with this record. */
  readonly info: { readonly lines: number }
}

type Parse = (text: string, options: Readonly<Record<string, unknown>>) => readonly Parsed[]

/** A file that is cut inside quotes loses no words: the quotation is closed at its end. */
function parseRecords(
  text: string,
  delimiter: string,
): { readonly records: readonly Parsed[]; readonly isOpen: boolean } {
  const { parse } = createRequire(import.meta.url)('csv-parse/sync') as { readonly parse: Parse }
  const options = {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  }
  try {
    return { records: parse(text, options), isOpen: false }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) throw error
    return { records: parse(`${text}"`, { ...options, skip_records_with_error: true }), isOpen: true }
  }
}
