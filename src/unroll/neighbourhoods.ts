// Which posts have nothing to do with each other: those of different authors, unless a reply, a copy or a page joins
// them. Each neighbourhood can be unrolled by itself, with the outcome it has among all. It unrolls nothing.
import type { Extraction, Note, Post } from '../model.ts'
import { type Joins, listGroups, standApart, unite } from './joins.ts'
import { type PageNames, readNames } from './page-names.ts'
import { createNameTable, firstOf, type NameTable } from './shared-names.ts'
import { firstAtLeast } from './sorted.ts'

/** A page of which posts are read when they are asked for. */
export interface UnreadPage {
  readonly names: PageNames
  readonly notes: readonly Note[]
  /** The page with these of its posts, by their places in rising order; null: with all. */
  read(posts: readonly number[] | null): Extraction
}

/** What belongs together, not yet read. A page stands in each neighbourhood that has posts of it. */
interface Neighbourhood {
  /** How many posts. */
  readonly size: number
  readonly pages: readonly UnreadPage[]
  read(): readonly Extraction[]
}

/**
 * Every post in exactly one neighbourhood; these in the order of their first posts.
 * @param foresee told the posts of the largest one, before any is given
 */
export function* splitNeighbourhoods(
  pages: readonly UnreadPage[],
  foresee: (posts: number) => void = () => undefined,
): Generator<Neighbourhood> {
  const names = pages.map((page) => page.names)
  const groups = names.every(({ isSplittable }) => isSplittable) ? groupPosts(names) : []
  if (groups.length < 2) {
    const all = allOf(pages)
    foresee(all.size)
    yield all
    return
  }
  foresee(groups.reduce((most, { length }) => Math.max(most, length), 0))
  const bare = pages.filter((page) => sizeOf(page.names) === 0)
  if (bare.length > 0) yield allOf(bare)
  const starts = startsOf(names)
  for (const group of groups) yield cutOut(pages, starts, group)
}

/** A page that was read before. */
export function asRead(page: Extraction): UnreadPage {
  return {
    names: readNames(page),
    notes: page.notes,
    read: (posts) => (posts === null ? page : { ...page, posts: posts.map((at) => page.posts[at] as Post) }),
  }
}

/** Files that hold neighbourhoods together, by their places in the list, in the order of their first ones. */
export function clusterFiles(files: readonly (readonly PageNames[])[]): readonly (readonly number[])[] {
  if (!files.flat().every(({ isSplittable }) => isSplittable)) return [[...files.keys()]]
  const above = standApart(files.length)
  const table = createNameTable()
  for (const [n, pages] of files.entries())
    for (const { names } of pages) for (const name of names) joinFirst(above, firstOf(table, name, n), n)
  return listGroups(above)
}

function sizeOf({ above }: PageNames): number {
  return above.length
}

/** Posts of all pages, counted through, by neighbourhood. */
function groupPosts(pages: readonly PageNames[]): readonly (readonly number[])[] {
  const starts = startsOf(pages)
  const above = standApart(starts.at(-1) ?? 0)
  const entangled = findEntangled(pages)
  const table = createNameTable()
  for (const [n, page] of pages.entries()) {
    const start = starts[n] ?? 0
    const isWhole = !page.isLoose || entangled.has(n)
    for (let at = 0; at < sizeOf(page); at++)
      joinFirst(above, start + (isWhole ? 0 : (page.above[at] ?? at)), start + at)
    if (pages.length > 1) joinNames(above, table, page, start)
  }
  return listGroups(above)
}

/** To the posts of the pages before. */
function joinNames(above: Joins, table: NameTable, { names, bearers }: PageNames, start: number): void {
  for (let k = 0; k < names.length; k++) {
    const at = start + (bearers[k] ?? 0)
    joinFirst(above, firstOf(table, names[k] ?? 0, at), at)
  }
}

function joinFirst(above: Joins, first: number, at: number): void {
  if (first !== at) unite(above, first, at)
}

/** Not behind the wall of any page (walls.ts). */
const NOWHERE = -1

/**
 * Pages of whose authors one stands behind another wall too: a copy there opens both, for all who stand behind them.
 */
function findEntangled(pages: readonly PageNames[]): ReadonlySet<number> {
  const walls = new Map<number, number>()
  const entangled = new Set<number>()
  const meet = (names: Float64Array, wall: number): void => {
    for (const name of names) {
      const other = walls.get(name)
      if (other === undefined) walls.set(name, wall)
      else if (other !== wall) entangled.add(other).add(wall)
    }
  }
  for (const [n, { open, walled }] of pages.entries()) {
    meet(open, NOWHERE)
    meet(walled, n)
  }
  return entangled
}

/** The number of the first post of each page, then the number of all posts. */
function startsOf(pages: readonly PageNames[]): readonly number[] {
  const starts = [0]
  for (const page of pages) starts.push((starts.at(-1) ?? 0) + sizeOf(page))
  return starts
}

function allOf(pages: readonly UnreadPage[]): Neighbourhood {
  const size = pages.reduce((sum, { names }) => sum + sizeOf(names), 0)
  return { size, pages, read: () => pages.map((page) => page.read(null)) }
}

/** The pages of a group, each with the posts that belong to it. */
function cutOut(pages: readonly UnreadPage[], starts: readonly number[], group: readonly number[]): Neighbourhood {
  const parts: { readonly page: UnreadPage; readonly posts: readonly number[] | null }[] = []
  for (let k = 0; k < group.length; ) {
    const n = pageOf(starts, group[k] ?? 0)
    const [from = 0, to = 0] = [starts[n], starts[n + 1]]
    const first = k
    while (k < group.length && (group[k] ?? 0) < to) k++
    const isWhole = k - first === to - from
    parts.push({
      page: pages[n] as UnreadPage,
      posts: isWhole ? null : group.slice(first, k).map((at) => at - from),
    })
  }
  return {
    size: group.length,
    pages: parts.map(({ page }) => page),
    read: () => parts.map(({ page, posts }) => page.read(posts)),
  }
}

/** The page a post stands on: the last that starts at it or before. */
function pageOf(starts: readonly number[], at: number): number {
  return firstAtLeast(starts, at + 1) - 1
}
