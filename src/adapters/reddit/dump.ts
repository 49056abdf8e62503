// Reddit's things as third parties keep them (Pushshift, Arctic Shift and the monthly dumps): without listings around
// them, one a line or in one list, comments and submissions mixed or apart. The fields are Reddit's own; HTML and often
// `name` are left out.
import type { Extraction } from '../../model.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, textAt, valueAt } from '../values/json-fields.ts'
import { nameIn, readThings, type Thing } from './json.ts'

/** Lines looked at before a file is taken for something else. */
const MAX_LOOK = 5
const LINE_END = /\r\n|\r|\n/
const NOT_BLANK = /\S/
const SUBMISSION = /^t3_/

export function isRedditDump(page: Page): boolean {
  if (page.kind === 'json')
    return rowsOf(page.json())
      .slice(0, MAX_LOOK)
      .some((row) => kindOf(asObject(row)) !== null)
  return page.kind === 'jsonl' && linesOf(page.text, MAX_LOOK).some(isThingLine)
}

export function readRedditDump(page: Page): Extraction {
  const rows =
    page.kind === 'jsonl'
      ? lineThings(page.text)
      : rowsOf(page.json()).map((row, i) => thingOf(row, { path: pathOf(page.json(), i) }))
  const things = rows.filter((thing) => thing !== null)
  return readThings(page, { things, stubs: [], unread: rows.length - things.length }, [], [])
}

/** A list of things, or an answer that holds one under `data`. */
function rowsOf(value: unknown): readonly unknown[] {
  const list = Array.isArray(value) ? value : valueAt(value, 'data')
  return Array.isArray(list) ? (list as readonly unknown[]) : []
}

function pathOf(value: unknown, index: number): string {
  return `${Array.isArray(value) ? '' : '/data'}/${index}`
}

function linesOf(text: string, limit?: number): readonly { readonly text: string; readonly line: number }[] {
  return text.split(LINE_END, limit).flatMap((one, i) => (NOT_BLANK.test(one) ? [{ text: one, line: i + 1 }] : []))
}

function isThingLine({ text }: { readonly text: string }): boolean {
  return kindOf(asObject(parseJson(text).value)) !== null
}

function lineThings(text: string): readonly (Thing | null)[] {
  return linesOf(text).map(({ text: one, line }) => thingOf(parseJson(one).value, { path: '', line }))
}

function thingOf(row: unknown, place: Pick<Thing, 'path' | 'line'>): Thing | null {
  const data = asObject(row)
  const kind = kindOf(data)
  const name = nameIn(kind, data)
  return data === null || name === null ? null : { name, data, above: null, ...place }
}

/** Comments name their submission; submissions have a title and no one above them. */
function kindOf(data: Json | null): 't1' | 't3' | null {
  if (data === null || valueAt(data, 'created_utc') === undefined || textAt(data, 'id') === null) return null
  if (textAt(data, 'body') !== null && SUBMISSION.test(textAt(data, 'link_id') ?? '')) return 't1'
  const isSubmission = textAt(data, 'title') !== null && textAt(data, 'subreddit') !== null
  return isSubmission && valueAt(data, 'link_id') === undefined ? 't3' : null
}
