// Posts in JSON of nobody's format: objects in arrays, however deep and nested, or one a line, that name text, author and time in
// words that tables use too (`content`, `username`, `created_at`); or an array of texts. Last of all that read JSON.
import type { Extraction, Parent, Post, PostRef } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { listPosts } from '../discussion.ts'
import { asObject } from '../json-fields.ts'
import { type Page, parseJson } from '../page.ts'
import { type TreeRow, walkRows } from './json-tree.ts'
import { isPostRow, type NamedRow, nameRow } from './named-row.ts'
import { finishReading, readRow, startReading } from './posts.ts'

const NAME = 'json-rows'
const VERSION = 1
const WORDS = /\S\s+\S/
/** Ids shorter than this are counters: they name a post in their own file only. In characters. */
const SHORT_ID = 7
const OF_COMMENTS = /\/(?:[a-z]*comments?|replies|answers)(?:[A-Z/]|$)/

export const jsonRows: Adapter = {
  name: NAME,
  version: VERSION,
  generic: true,
  examples: [],
  locate: () => null,
  recognises: (page) => findRows(page).some(({ value }) => isPost(value)),
  extract: extractRows,
}

interface Row extends TreeRow {
  /** 1-based, where rows are lines. */
  readonly line: number | null
}

function findRows(page: Page): readonly Row[] {
  if (page.kind === 'jsonl') return page.text.split('\n').flatMap(rowsOfLine).map(renumbered)
  const value = page.kind === 'json' ? page.json() : undefined
  if (isTexts(value)) return value.map((text, i) => ({ value: text, path: `/${i}`, above: null, line: null }))
  return walkRows(value).map((row) => ({ ...row, line: null }))
}

interface OwnRow extends Row {
  readonly at: number
}

/** A line is one row at least, whatever it holds. */
function rowsOfLine(line: string, i: number): OwnRow[] {
  if (line.trim() === '') return []
  const value = parseJson(line.trim()).value
  if (value === undefined) return []
  return walkRows([value]).map((row, at) => ({ ...row, path: row.path.slice(2), line: i + 1, at }))
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
  const rows = findRows(page)
  const found: (Post | null)[] = rows.map((row, i) => {
    const [object, before] = [asObject(row.value), reading.posts.length]
    const named = object === null ? null : nameRow(object)
    const value = named?.fields ?? (typeof row.value === 'string' ? { text: row.value } : row.value)
    const number = row.line ?? i + 1
    readRow(reading, value, { number, path: row.line === null ? row.path : null, tidy: true })
    const post = reading.posts[before]
    return post === undefined ? null : fill(post, named, row)
  })
  return { ...finishReading(reading), posts: listPosts(joinRows(rows, found)) }
}

function fill(post: Post, named: NamedRow | null, { path, above, line }: Row): Post {
  const isComment = above !== null || OF_COMMENTS.test(path)
  const isNested = line !== null && path !== ''
  return {
    ...post,
    ...(named === null ? {} : { title: named.title, html: named.html, isPostAuthor: named.isPostAuthor }),
    key: isNested ? `${post.key}${path}` : post.key,
    kind: isComment ? 'comment' : 'post',
    provenance: isNested ? { ...post.provenance, path } : post.provenance,
  }
}

/** Parents as fields name them, else as nesting tells; short ids are good for that and dropped. */
function joinRows(rows: readonly Row[], found: readonly (Post | null)[]): readonly Post[] {
  const posts = found.filter((post) => post !== null)
  const byId = new Map(posts.flatMap(({ ref, key }) => (ref === null ? [] : [[ref.id, key] as const])))
  return found.flatMap((post, i) => {
    if (post === null) return []
    const parent = namedParent(post, byId) ?? nestedParent(found, rows[i]?.above ?? null)
    return [{ ...post, ref: post.ref === null || isShort(post.ref) ? null : post.ref, parent }]
  })
}

function isShort({ platform, id }: PostRef): boolean {
  return platform === NAME && id.length < SHORT_ID
}

function namedParent({ parent, key }: Post, byId: ReadonlyMap<string, string>): Parent | null {
  if (parent === null || parent.ref === null) return null
  const known = byId.get(parent.ref.id)
  if (known === key) return null
  if (known === undefined) return isShort(parent.ref) ? null : parent
  return { ...parent, key: known, ref: isShort(parent.ref) ? null : parent.ref }
}

function nestedParent(found: readonly (Post | null)[], above: number | null): Parent | null {
  const post = above === null ? null : (found[above] ?? null)
  if (post === null) return null
  const ref = post.ref === null || isShort(post.ref) ? null : post.ref
  return { ref, key: post.key, basis: 'declared', p: 1, say: 'nested in the answers of its parent' }
}
