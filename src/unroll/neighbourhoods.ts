// Which posts have nothing to do with each other: those of different authors, unless a reply, a copy or a page joins them.
// Each neighbourhood can be unrolled by itself, with the outcome it has among all. It unrolls nothing.
import type { Extraction, Post } from '../model.ts'
import { authorKey } from './identity.ts'
import {
  createNameReader,
  createNameTable,
  firstOf,
  hashName,
  listNames,
  MOST_NAMES,
  type NameTable,
  readPostNames,
} from './shared-names.ts'
import { firstAtLeast } from './sorted.ts'

/** Every post in exactly one part; parts in the order of their first posts. A page stands in each part that has posts of it. */
export function* splitNeighbourhoods(extractions: readonly Extraction[]): Generator<readonly Extraction[]> {
  const groups = canSplit(extractions) ? groupPosts(extractions) : []
  if (groups.length < 2) {
    yield extractions
    return
  }
  const bare = extractions.filter(({ posts }) => posts.length === 0)
  if (bare.length > 0) yield bare
  const starts = startsOf(extractions)
  for (const group of groups) yield cutOut(extractions, starts, group)
}

/** What must be known of pages to tell which of them hold together, when the pages themselves are gone. */
export interface PageNames {
  readonly posts: number
  /** Whether posts of different names may be told apart at all. */
  readonly isSplittable: boolean
  /** Its names, each once, as numbers (shared-names.ts). */
  readonly names: Float64Array<ArrayBuffer>
}

export function readNames(pages: readonly Extraction[]): PageNames {
  const collector = collectNames(pages.every(isOfPosts))
  for (const { posts } of pages) for (const post of posts) collector.add(post)
  return collector.take()
}

/** The same where posts come one by one and are gone before the next; nothing but posts joins such a page to others. */
export function collectNames(isOfPosts = true): { add(post: Post): void; take(): PageNames } {
  const table = createNameTable()
  const reader = createNameReader()
  const names = new Float64Array(MOST_NAMES)
  let [posts, isSplittable] = [0, isOfPosts]
  return {
    add: (post) => {
      const count = readPostNames(reader, post, Number.NaN, names)
      for (let k = 0; k < count; k++) firstOf(table, names[k]!, 0)
      isSplittable &&= isNamed(post)
      posts++
    },
    take: () => ({ posts, isSplittable, names: listNames(table) }),
  }
}

/** Pages that hold neighbourhoods together, by their places in the list, in the order of their first pages. */
export function clusterPages(pages: readonly PageNames[]): readonly (readonly number[])[] {
  if (!pages.every(({ isSplittable }) => isSplittable)) return [[...pages.keys()]]
  const joins = createJoins(pages.length)
  for (const [n, { names }] of pages.entries()) for (const name of names) join(joins, name, n)
  return listGroups(joins.above)
}

/** A text without handle and id may be a copy of anybody's. */
function canSplit(extractions: readonly Extraction[]): boolean {
  return extractions.every((page) => isOfPosts(page) && page.posts.every(isNamed))
}

/** Lines of text are no posts yet; a told tree joins what it names. */
function isOfPosts({ scrapes, declared }: Extraction): boolean {
  return scrapes.length === 0 && declared.tree === undefined
}

function isNamed({ kind, ref, author }: Post): boolean {
  return ref !== null || (author?.handle ?? (kind === 'post' ? null : author)) !== null
}

/** Posts of all pages, counted through, by neighbourhood. */
function groupPosts(extractions: readonly Extraction[]): readonly (readonly number[])[] {
  const joins = createJoins(extractions.reduce((sum, { posts }) => sum + posts.length, 0))
  const entangled = findEntangled(extractions)
  const reader = createNameReader()
  const names = new Float64Array(MOST_NAMES)
  let at = 0
  for (const [n, page] of extractions.entries()) {
    const isWhole = !isLoose(page) || entangled.has(n)
    const [whole, nameless] = [hashName(`page ${n}`, PAGES), hashName(`nameless ${n}`, PAGES)]
    for (const post of page.posts) {
      const count = readPostNames(reader, post, nameless, names)
      for (let k = 0; k < count; k++) join(joins, names[k]!, at)
      if (isWhole) join(joins, whole, at)
      at++
    }
  }
  return listGroups(joins.above)
}

/** Sets names of pages apart from those of authors and posts. */
const PAGES = 2
/** Not behind the wall of any page (walls.ts). */
const NOWHERE = -1

/** Pages of whose authors one stands behind another wall too: a copy there opens both, for all who stand behind them. */
function findEntangled(extractions: readonly Extraction[]): ReadonlySet<number> {
  const walls = new Map<string | null, number>()
  const entangled = new Set<number>()
  let [lastName, lastWall]: [string | null | undefined, number] = [undefined, NOWHERE]
  extractions.forEach(({ posts }, n) => {
    for (const { author, ref, createdAt, block } of posts) {
      const wall = block !== null || (ref === null && createdAt === null) ? n : NOWHERE
      const name = authorKey(author)
      if (name === lastName && wall === lastWall) continue
      lastName = name
      lastWall = wall
      const other = walls.get(name)
      if (other === undefined) walls.set(name, wall)
      else if (other !== wall) entangled.add(other).add(wall)
    }
  })
  return entangled
}

/** Whether the posts of a page are rows that speak of each other by id alone: JSONL, an export. */
function isLoose({ posts, blocks }: Extraction): boolean {
  return blocks.length === 0 && posts.every(isRow)
}

function isRow({ kind, conversation, parent }: Post): boolean {
  return kind === 'post' && conversation === null && (parent === null || parent.ref !== null)
}

/** Posts or pages that share a name, joined as they are read. */
interface Joins {
  readonly above: Int32Array
  readonly table: NameTable
}

function createJoins(size: number): Joins {
  return { above: Int32Array.from({ length: size }, (_, at) => at), table: createNameTable() }
}

function join({ above, table }: Joins, name: number, at: number): void {
  const first = firstOf(table, name, at)
  if (first !== at) unite(above, first, at)
}

/** The earlier root stays one, so that a group is known by its first post. */
function unite(above: Int32Array, a: number, b: number): void {
  const x = rootOf(above, a)
  const y = rootOf(above, b)
  if (x < y) above[y] = x
  else above[x] = y
}

/** Halves the path on its way. */
function rootOf(above: Int32Array, start: number): number {
  let at = start
  while (above[at] !== at) {
    const up = above[at] ?? at
    above[at] = above[up] ?? up
    at = above[at] ?? up
  }
  return at
}

function listGroups(above: Int32Array): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>()
  for (let at = 0; at < above.length; at++) {
    const root = rootOf(above, at)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [at])
    else group.push(at)
  }
  return [...groups.values()]
}

/** The number of the first post of each page, then the number of all posts. */
function startsOf(extractions: readonly Extraction[]): readonly number[] {
  const starts = [0]
  for (const { posts } of extractions) starts.push((starts.at(-1) ?? 0) + posts.length)
  return starts
}

/** The pages of a group, each with the posts that belong to it; a page that belongs to it whole is not copied. */
function cutOut(
  extractions: readonly Extraction[],
  starts: readonly number[],
  group: readonly number[],
): readonly Extraction[] {
  const parts: Extraction[] = []
  for (let k = 0; k < group.length; ) {
    const page = pageOf(starts, group[k] ?? 0)
    const [from = 0, to = 0] = [starts[page], starts[page + 1]]
    const first = k
    while (k < group.length && (group[k] ?? 0) < to) k++
    const whole = extractions[page] as Extraction
    const posts = group.slice(first, k).map((at) => whole.posts[at - from] as Post)
    parts.push(posts.length === whole.posts.length ? whole : { ...whole, posts })
  }
  return parts
}

/** The page a post stands on: the last that starts at it or before. */
function pageOf(starts: readonly number[], at: number): number {
  return firstAtLeast(starts, at + 1) - 1
}
