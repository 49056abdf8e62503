// Where statuses stand in JSON: as the API answers them, and in what collectors put around them: one a line, in lists
// below any name, alone in a wrapper (`{"data": {"statuses": […]}}`). Reads no status.

import type { Page } from '../page/page.ts'
import { exactJson, exactJsonOf } from '../values/exact-json.ts'
import { asObject, type Json, objectAt, objectsAt, pointerStep, valueAt } from '../values/json-fields.ts'
import { localIdAt } from './names.ts'
import { isDeleted } from './status.ts'

/** What a search found, and what a notification is about. */
const FOUND_KEY = 'statuses'
const NOTIFIED_KEY = 'status'
/** Outside of statuses no more values are looked at, and none deeper. */
const MAX_VALUES = 200_000
const MAX_DEPTH = 64
/** Lines looked at before a file is taken for something else. */
const MAX_LOOK = 5
/** Every status has these two. */
const MARKS = ['"account"', '"content"']
/** Where others keep the words of their posts. */
const WORDS = ['content', 'text', 'body']
const NOT_BLANK = /\S/

export type Shape = 'status' | 'context' | 'list' | 'found' | 'history' | 'wrapped' | 'lines'

/** A status and its JSON Pointer, in its line where lines are read. */
export interface FoundStatus {
  readonly status: Json
  readonly path: string
  readonly line: number | null
}

/** How the page holds statuses, or null when it holds none, or more posts of others. */
export function shapeOfPage(page: Page): Shape | null {
  if (page.kind !== 'json' && page.kind !== 'jsonl') return null
  if (page.kind === 'jsonl') return firstLines(page.text).some((line) => isWrapped(valueOfLine(line))) ? 'lines' : null
  const shape = shapeOf(page.json())
  return shape === null && isMarked(page.text) && isWrapped(exactJsonOf(page)) ? 'wrapped' : shape
}

export function findStatuses(page: Page, shape: Shape | null): { found: readonly FoundStatus[]; unread: number } {
  if (shape === 'lines') return sum(linesOf(page.text).map(([line, number]) => walk(valueOfLine(line), number)))
  const value = exactJsonOf(page)
  if (shape === 'wrapped') return walk(value, null)
  if (shape === 'status') return { found: [{ status: value as Json, path: '', line: null }], unread: 0 }
  const all = listsOf(value, shape).flatMap(([path, items]) =>
    (Array.isArray(items) ? items : []).map((item, i) => ({ item, path: `${path}/${i}` })),
  )
  const found = all.flatMap(({ item, path }) => {
    const status = statusIn(asObject(item))
    const place = status === item ? path : `${path}/${NOTIFIED_KEY}`
    return status !== null && isStatus(status) ? [{ status, path: place, line: null }] : []
  })
  return { found, unread: all.length - found.length }
}

function listsOf(value: unknown, shape: Shape | null): readonly (readonly [path: string, items: unknown])[] {
  if (shape === 'found') return [[`/${FOUND_KEY}`, valueAt(value, FOUND_KEY)]]
  if (shape !== 'context') return [['', shape === 'list' ? value : null]]
  return ['ancestors', 'descendants'].map((key) => [`/${key}`, valueAt(value, key)])
}

function shapeOf(value: unknown): Shape | null {
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map(asObject)
    if (items.some((item) => isStatus(statusIn(item)))) return 'list'
    return items.length > 0 && items.every(isVersion) ? 'history' : null
  }
  const object = asObject(value)
  if (isStatus(object)) return 'status'
  if (isContext(object)) return 'context'
  return objectsAt(object, FOUND_KEY).some(isStatus) ? 'found' : null
}

/** A notification holds the status it is about. */
function statusIn(item: Json | null): Json | null {
  return isStatus(item) ? item : (objectAt(item, NOTIFIED_KEY) ?? item)
}

/** An id may have lost its last digits to a parser: it is one all the same. */
function isStatus(object: Json | null): object is Json {
  const known = ['uri', 'reblog', 'spoiler_text'].some((key) => valueAt(object, key) !== undefined)
  const id = valueAt(object, 'id')
  const isNamed = localIdAt(object, 'id') !== null || (typeof id === 'number' && id > Number.MAX_SAFE_INTEGER)
  if (object === null || !isNamed || !known || !hasAccount(object)) return false
  return typeof valueAt(object, 'content') === 'string' || isDeleted(object)
}

function isContext(object: Json | null): boolean {
  return Array.isArray(valueAt(object, 'ancestors')) && Array.isArray(valueAt(object, 'descendants'))
}

function isVersion(object: Json | null): boolean {
  const isText = typeof valueAt(object, 'content') === 'string' && typeof valueAt(object, 'spoiler_text') === 'string'
  return isText && hasAccount(object) && valueAt(object, 'id') === undefined
}

function hasAccount(object: Json | null): boolean {
  return objectAt(object, 'account') !== null
}

function isMarked(text: string): boolean {
  return MARKS.every((mark) => text.includes(mark))
}

/** Others' posts beside the statuses may not be lost for them, and a context says more than its statuses do. */
function isWrapped(value: unknown): boolean {
  const { found, unread, contexts } = walk(value, null)
  return found.length > 0 && unread === 0 && contexts === 0
}

function firstLines(text: string): readonly string[] {
  return text
    .split('\n', MAX_LOOK * 2)
    .filter((line) => NOT_BLANK.test(line))
    .slice(0, MAX_LOOK)
    .filter(isMarked)
}

function linesOf(text: string): readonly (readonly [line: string, number: number])[] {
  return text.split('\n').flatMap((line, i) => (NOT_BLANK.test(line) ? [[line, i + 1] as const] : []))
}

function valueOfLine(line: string): unknown {
  return exactJson(line.trim())
}

interface Open {
  readonly value: unknown
  readonly path: string
  readonly depth: number
}

interface Walked {
  readonly found: readonly FoundStatus[]
  readonly unread: number
  readonly contexts: number
}

/**
 * Every status in the value, in its order; of other objects those count that have words. Nothing in a status is another
 * one's.
 */
function walk(root: unknown, line: number | null): Walked {
  const found: FoundStatus[] = []
  const open: Open[] = [{ value: root, path: '', depth: 0 }]
  let [unread, seen, contexts] = [0, 0, 0]
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const object = asObject(one.value)
    if (object !== null && isStatus(object)) found.push({ status: object, path: one.path, line })
    else if (typeof one.value === 'object' && one.value !== null && one.depth < MAX_DEPTH && seen < MAX_VALUES) {
      seen += 1
      if (object !== null && WORDS.some((key) => typeof valueAt(object, key) === 'string')) unread += 1
      if (isContext(object)) contexts += 1
      openAll(open, one)
    } else if (line !== null && one.path === '') unread += 1
  }
  return { found, unread, contexts }
}

function openAll(open: Open[], { value, path, depth }: Open): void {
  for (const [key, inner] of Object.entries(value as object).toReversed())
    if (typeof inner === 'object') open.push({ value: inner, path: path + pointerStep(key), depth: depth + 1 })
}

function sum(parts: readonly { readonly found: readonly FoundStatus[]; readonly unread: number }[]) {
  return { found: parts.flatMap(({ found }) => found), unread: parts.reduce((all, { unread }) => all + unread, 0) }
}
