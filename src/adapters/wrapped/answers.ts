// Which places of a page that is JSON somebody knows how to read: the outermost that are answers or documents. What
// stands inside an answer is the answer's business.
import type { Extraction } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { childrenOf, columnOf, type Place, pageOf } from './places.ts'

/** How many wrappers may lie around an answer. */
const MAX_DEPTH = 6
/** Items of a list, and values of an object, that may all be no answer before the rest is taken to be none. */
const MAX_MISSES = 30
/** Values looked at before an answer is found, and in all. */
const MAX_LOOKS = 400
const MAX_LOOKS_IN_ALL = 20_000

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

/** What was read at a place, as if it were a page of its own. */
export interface Answer extends WrappedReading {
  readonly place: Place
}

interface Search {
  readonly page: Page
  readonly readers: Readers
  readonly found: Answer[]
  looks: number
}

/** In the order of the page; only those that tell of posts, where any does. */
export function findAnswers(page: Page, root: Place, readers: Readers): readonly Answer[] {
  const search: Search = { page, readers, found: [], looks: 0 }
  look(search, root)
  const telling = search.found.filter(({ extraction }) => isTelling(extraction))
  return telling.length === 0 ? search.found : telling
}

export function countPosts(found: readonly WrappedReading[]): number {
  return found.reduce((count, { extraction }) => count + extraction.posts.length, 0)
}

/** Posts, or where they are. */
function isTelling({ posts, scrapes, next }: Extraction): boolean {
  return posts.length + scrapes.length + next.length > 0
}

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

function readAt(search: Search, place: Place): Answer | null {
  search.looks += 1
  const inner = pageOf(search.page, place)
  const read = typeof place.value === 'string' ? search.readers.document : search.readers.answer
  const reading = inner === null ? null : read(inner)
  return reading === null ? null : { ...reading, place }
}

/** Posts of which each stands in a wrapper of its own are one list: so who answers whom among them is seen. */
function asColumn(search: Search, list: Place, found: readonly Answer[]): Answer | null {
  const key = found[0]?.place.key ?? null
  const isOneEach = found.every(({ place }) => place.key === key && place.depth === list.depth + 2)
  const column = key === null || !isOneEach || found.length < 2 ? null : columnOf(list, key)
  const all = column === null ? null : readAt(search, column)
  return all !== null && countPosts([all]) >= countPosts(found) ? all : null
}
