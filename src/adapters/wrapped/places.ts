// Where pages stand inside of JSON: an answer in one more object or list (`{"data": …}`, `[{"json": …}]`), as text
// (`{"url": …, "body": "{…}"}`), or one a line. Tells where to look and what a place is called; knows no platform.
import type { Extraction, Post, Provenance } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { type Page, readPage } from '../page/page.ts'
import { exactJson, exactJsonOf } from '../values/exact-json.ts'
import { asObject, type Json, pointerStep, valueAt } from '../values/json-fields.ts'

/** Place in the outer page of what has this JSON Pointer inside. */
export type Outside = (path: string | null) => Pick<Provenance, 'path' | 'line' | 'endLine'>

/** A value that may be a page of its own. */
export interface Place {
  readonly value: unknown
  readonly depth: number
  /** The key it stands under; null: none. */
  readonly key: string | null
  /** The address that the innermost object around it names; else the outer page's. */
  readonly url: URL | null
  readonly outside: Outside
}

/** Of an item: as collectors call the address they asked. */
const ADDRESSES = [
  ['url'],
  ['request_url'],
  ['requestUrl'],
  ['final_url'],
  ['finalUrl'],
  ['source_url'],
  ['sourceUrl'],
  ['request', 'url'],
  ['metadata', 'sourceURL'],
  ['metadata', 'url'],
  ['status', 'url'],
] as const
const WEB = /^https?:\/\//i
/** A text shorter than this is no page. In characters. */
const MIN_DOCUMENT = 60
const DOCUMENT = /^\s*(?:<!doctype|<html\b|<\?xml\b|<rss\b|<feed\b|[{[])/i
const NOT_BLANK = /\S/
const ITEM = /^\/(\d+)(.*)$/s
const ITEM_STEP = /^\/\d+/

/** What the outer page is as a whole; null when it is no JSON. */
export function rootOf(page: Page): Place | null {
  const { url } = page
  if (page.kind === 'json') return { value: exactJsonOf(page), depth: 0, key: null, url, outside: inPath('') }
  if (page.kind !== 'jsonl') return null
  const lines = page.text.split('\n').flatMap((line, i) => (NOT_BLANK.test(line) ? [{ line, number: i + 1 }] : []))
  const value = lines.map(({ line }) => exactJson(line.trim()) ?? null)
  return { value, depth: 0, key: null, url, outside: inLines(lines.map(({ number }) => number)) }
}

/** The values of an object or a list. */
export function childrenOf({ value, depth, url, outside }: Place): readonly Place[] {
  const own = urlBeside(asObject(value)) ?? url
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = pointerStep(key)
    if (typeof inner !== 'string' && (typeof inner !== 'object' || inner === null)) return []
    return [{ value: inner, depth: depth + 1, key, url: own, outside: (path) => outside(`${step}${path ?? ''}`) }]
  })
}

/** Items of a list that each keep this under one key, as a list; null where one of them names its own address. */
export function columnOf(list: Place, key: string): Place | null {
  const items = Array.isArray(list.value) ? (list.value as readonly unknown[]).map(asObject) : []
  if (items.length < 2 || items.some((item) => urlBeside(item) !== null)) return null
  return { ...list, value: items.map((item) => valueAt(item, key) ?? null), outside: inColumn(list.outside, key) }
}

/** The place as a page; null when it can be none. */
export function pageOf(outer: Page, { value, url }: Place): Page | null {
  if (typeof value === 'string') return documentOf(outer, value, url)
  const text = typeof value === 'object' && value !== null ? jsonText(value) : null
  return text === null ? null : { ...outer, kind: 'json', text, url, notes: [], json: () => value }
}

/** Null where it is nested deeper than JSON can be written. */
export function jsonText(value: unknown, without: ReadonlySet<unknown> | null = null): string | null {
  try {
    return without === null
      ? JSON.stringify(value)
      : JSON.stringify(value, (_, one: unknown) => (without.has(one) ? null : one))
  } catch {
    return null
  }
}

/** What was read inside, with its places in the outer page. */
export function placed(extraction: Extraction, outside: Outside): Extraction {
  const place = <T extends Pick<Post, 'provenance'>>(one: T): T => {
    return { ...one, provenance: { ...one.provenance, ...outside(one.provenance.path) } }
  }
  return { ...extraction, posts: extraction.posts.map(place), scrapes: extraction.scrapes.map(place) }
}

/** A page or an answer that was kept as text. */
function documentOf(outer: Page, text: string, url: URL | null): Page | null {
  if (text.length < MIN_DOCUMENT || !DOCUMENT.test(text)) return null
  // Its charset was that of its bytes; these are ours.
  const headers = outer.capture.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  const page = readPage({ ...outer.capture, mediaType: null, headers, body: Buffer.from(text) })
  const isRead = page.kind === 'html' || page.kind === 'xml' || (page.kind === 'json' && page.json() !== undefined)
  return isRead ? { ...page, url: url ?? page.url } : null
}

function inPath(base: string): Outside {
  return (path) => ({ path: `${base}${path ?? ''}`, line: null, endLine: null })
}

function inLines(numbers: readonly number[]): Outside {
  return (path) => {
    const [, index = '', rest = ''] = ITEM.exec(path ?? '') ?? []
    const line = numbers[Number(index)] ?? null
    return { path: rest === '' ? null : rest, line, endLine: line }
  }
}

function inColumn(outside: Outside, key: string): Outside {
  return (path) => outside((path ?? '').replace(ITEM_STEP, (item) => `${item}${pointerStep(key)}`))
}

function urlBeside(object: Json | null): URL | null {
  if (object === null) return null
  for (const way of ADDRESSES) {
    const told = valueAt(object, ...way)
    if (typeof told === 'string' && WEB.test(told)) return parseUrl(told)
  }
  return null
}
