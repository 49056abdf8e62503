// JSON that nobody here knows as a whole may hold answers that somebody knows: each is read by its own adapter as the
// page it once was, and its places are told in the page it came in. What is no answer is read as rows.
import type { Block, Extraction, Note, Parent, Post } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { childrenOf, columnOf, type Outside, type Place, pageOf, rootOf, textOf } from './places.ts'

/** How many wrappers may lie around an answer. */
const MAX_DEPTH = 6
/** Items of a list, and values of an object, that may all be no answer before the rest is taken to be none. */
const MAX_MISSES = 30
/** Values looked at before an answer is found, and in all. */
const MAX_LOOKS = 400
const MAX_LOOKS_IN_ALL = 20_000
/** Places, and remarks of the answers, told one by one. */
const MAX_TOLD = 5
const MAX_NOTES = 30

const NOT_LETTERS = /[^\p{L}\p{N}]+/gu
/** Letters of two texts that tell whether one is a copy of the other. */
const COMPARED = 40

/** What was read in a page, and by whom. */
export interface WrappedReading {
  readonly adapter: Adapter
  readonly extraction: Extraction
}

/** Read what stands inside; null where they do not know it. */
export interface Readers {
  /** Of JSON in JSON. */
  readonly answer: (page: Page) => WrappedReading | null
  /** Of a page, or JSON, that was kept as text. */
  readonly document: (page: Page) => WrappedReading | null
  /** Of what is left when these are taken out. */
  readonly rows: (page: Page) => Extraction | null
}

/** All answers in the page; null when there is none, or when more is read of the page as rows. */
export function readWrapped(page: Page, readers: Readers): WrappedReading | null {
  const root = rootOf(page)
  if (root === null) return null
  const search: Search = { page, readers, found: [], looks: 0 }
  look(search, root)
  const telling = search.found.filter(({ extraction }) => isTelling(extraction))
  const all = telling.length === 0 ? search.found : telling
  const { found, rest } = all.length === 0 ? NOTHING : apart(all, restOf(search, root, all))
  const [first] = found
  if (first === undefined || rest.posts.length > countPosts(found)) return null
  return { adapter: first.adapter, extraction: joined(page, found, rest) }
}

interface Apart {
  readonly found: readonly Found[]
  readonly rest: Extraction
}

const NOTHING: Apart = { found: [], rest: makeExtraction({}) }

/**
 * A row around an answer either has it for what its words were taken from, and gives way to it, or quotes it, and is
 * the post; around several posts it stands beside them.
 */
function apart(all: readonly Found[], rest: Extraction): Apart {
  const rows = new Map(rest.posts.map((post) => [addressOf(post.provenance), post]))
  const copied = new Set<Post>()
  const found = all.filter(({ extraction, place }) => {
    const row = rows.size === 0 ? null : rowAround(rows, addressOf(place.outside('')))
    if (row === null) return true
    const isCopy = extraction.posts.some(({ text }) => saysTheSame(text, row.text))
    if (isCopy) copied.add(row)
    return isCopy || extraction.posts.length !== 1
  })
  const gone = new Set([...copied].map(({ key }) => key))
  const posts = rest.posts.filter((post) => !copied.has(post)).map((post) => withoutParent(post, gone))
  return { found, rest: { ...rest, posts } }
}

function withoutParent(post: Post, gone: ReadonlySet<string>): Post {
  return gone.has(post.parent?.key ?? '') ? { ...post, parent: null } : post
}

/** Links may be spelled out in one of them, and what is behind these is further. */
function saysTheSame(one: string, other: string): boolean {
  const [a = '', b = ''] = [one, other].map((text) => text.replace(NOT_LETTERS, '').slice(0, COMPARED))
  return a !== '' && a === b
}

function rowAround(rows: ReadonlyMap<string, Post>, address: string): Post | null {
  for (let end = address.lastIndexOf('/'); end >= 0; end = address.lastIndexOf('/', end - 1)) {
    const row = rows.get(address.slice(0, end))
    if (row !== undefined) return row
    if (end === 0) break
  }
  return null
}

function addressOf({ path, line }: ReturnType<Outside>): string {
  return `${line ?? ''}${path ?? ''}`
}

/** Posts, or where they are. */
function isTelling({ posts, scrapes, next }: Extraction): boolean {
  return posts.length + scrapes.length + next.length > 0
}

interface Found extends WrappedReading {
  readonly place: Place
}

interface Search {
  readonly page: Page
  readonly readers: Readers
  readonly found: Found[]
  looks: number
}

/** Outermost first: what stands inside an answer is the answer's business. */
function look(search: Search, place: Place): void {
  if (search.looks >= (search.found.length === 0 ? MAX_LOOKS : MAX_LOOKS_IN_ALL)) return
  const own = place.depth === 0 ? null : readAt(search, place)
  if (own !== null) search.found.push(own)
  else if (place.depth < MAX_DEPTH) lookInside(search, place)
}

function lookInside(search: Search, place: Place): void {
  const before = search.found.length
  let misses = 0
  for (const child of childrenOf(place)) {
    const soFar = search.found.length
    look(search, child)
    misses = search.found.length > soFar ? Number.NEGATIVE_INFINITY : misses + 1
    if (misses >= MAX_MISSES) return
  }
  const column = asColumn(search, place, search.found.slice(before))
  if (column !== null) search.found.splice(before, search.found.length, column)
}

function readAt(search: Search, place: Place): Found | null {
  search.looks += 1
  const inner = pageOf(search.page, place)
  const read = typeof place.value === 'string' ? search.readers.document : search.readers.answer
  const reading = inner === null ? null : read(inner)
  return reading === null ? null : { ...reading, place }
}

/** Posts of which each stands in a wrapper of its own are one list: so who answers whom among them is seen. */
function asColumn(search: Search, list: Place, found: readonly Found[]): Found | null {
  const key = found[0]?.place.key ?? null
  const isOneEach = found.every(({ place }) => place.key === key && place.depth === list.depth + 2)
  const column = key === null || !isOneEach || found.length < 2 ? null : columnOf(list, key)
  const all = column === null ? null : readAt(search, column)
  return all !== null && countPosts([all]) >= countPosts(found) ? all : null
}

function countPosts(found: readonly WrappedReading[]): number {
  return found.reduce((count, { extraction }) => count + extraction.posts.length, 0)
}

/** What is left as rows when the answers are taken out; their places stay empty. */
function restOf({ page, readers }: Search, root: Place, found: readonly Found[]): Extraction {
  const taken = new Set(found.flatMap(({ place }) => [place.value, ...valuesOf(place.value)]))
  const text = textOf(root.value, taken) ?? 'null'
  const value: unknown = JSON.parse(text)
  const rest = readers.rows({ ...page, kind: 'json', text, notes: [], json: () => value })
  return rest === null ? makeExtraction({}) : placed(rest, root.outside)
}

/** A column is a list of ours, so its items are what stands in the page. */
function valuesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'object') : []
}

function joined(page: Page, found: readonly Found[], rest: Extraction): Extraction {
  const parts = found.map(({ extraction, place }) => placed(extraction, place.outside))
  const all = rest.posts.length === 0 ? parts : [...parts, rest]
  const [first] = parts
  const isOne = all.length === 1
  const own = isOne ? all : all.map((part, i) => renamed(part, `${i + 1}:`))
  return makeExtraction({
    posts: own.flatMap(({ posts }) => posts),
    scrapes: own.flatMap(({ scrapes }) => scrapes),
    blocks: own.flatMap(({ blocks }) => blocks),
    next: [...new Set(own.flatMap(({ next }) => next))],
    notes: [placesNote(page, found, rest), ...onceEach(page, own)],
    declared: isOne && first !== undefined ? first.declared : { title: null, site: siteOf(all), replies: null },
  })
}

function siteOf(parts: readonly Extraction[]): string | null {
  const sites = new Set(parts.map(({ declared }) => declared.site))
  return sites.size === 1 ? ([...sites][0] ?? null) : null
}

function placed(extraction: Extraction, outside: Outside): Extraction {
  const place = <T extends Pick<Post, 'provenance'>>(one: T): T => {
    return { ...one, provenance: { ...one.provenance, ...outside(one.provenance.path) } }
  }
  return { ...extraction, posts: extraction.posts.map(place), scrapes: extraction.scrapes.map(place) }
}

/** Two answers may call different posts by one key. */
function renamed(extraction: Extraction, sign: string): Extraction {
  const name = (key: string | null) => (key === null ? null : sign + key)
  const parent = (one: Parent | null) => (one === null ? null : { ...one, key: name(one.key) })
  return {
    ...extraction,
    posts: extraction.posts.map((post) => ({
      ...post,
      key: sign + post.key,
      block: name(post.block),
      parent: parent(post.parent),
    })),
    scrapes: extraction.scrapes.map((one) => ({
      ...one,
      lines: one.lines.map((line) => ({ ...line, block: name(line.block) })),
    })),
    blocks: extraction.blocks.map((block): Block => ({ ...block, key: sign + block.key })),
  }
}

function placesNote(page: Page, found: readonly Found[], rest: Extraction): Note {
  const places = found.slice(0, MAX_TOLD).map(({ place }) => nameOf(place.outside('')))
  const more = found.length > places.length ? ` and ${found.length - places.length} more` : ''
  const rows =
    rest.posts.length === 0 ? '' : ` ${rest.posts.length} posts beside them were read by the names of their fields.`
  const message = `The posts stand inside other JSON, at ${places.join(', ')}${more}; what says more of them there was not read.${rows}`
  return noteOn(page, 'info', 'wrapped', message)
}

function nameOf({ path, line }: ReturnType<Outside>): string {
  return (
    [line === null ? null : `line ${line}`, path].filter((part) => part !== null && part !== '').join(' ') || 'the top'
  )
}

/** A hundred answers of one kind say the same of themselves. */
function onceEach(page: Page, parts: readonly Extraction[]): readonly Note[] {
  const all = new Map(
    parts.flatMap(({ notes }) => notes.map((note) => [`${note.code} ${note.message}`, note] as const)),
  )
  const notes = [...all.values()]
  const message = `Further remarks on what stands inside: ${notes.length - MAX_NOTES}.`
  return notes.length > MAX_NOTES ? [...notes.slice(0, MAX_NOTES), noteOn(page, 'info', 'remarks', message)] : notes
}
