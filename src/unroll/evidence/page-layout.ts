// How a page lays out threads, read off the places of their numbers: whether each stands in one run, and at which
// length "more from the author" cards cut them while one thread stands whole. It knows no text.
import { firstAtLeast } from '../sorted.ts'

export interface PageLayout {
  /** Share of n → n+1 steps that are page neighbours, 0 to 1; one half when there is nothing to tell by. */
  readonly contiguity: number
  /** How this page cuts its threads, all but one; null where nothing speaks of it. */
  readonly cut: Cut | null
}

interface Cut {
  readonly length: number
  /** Posts of the one thread that stands whole. */
  readonly whole: ReadonlySet<number>
}

/** From this contiguity on a page shows its threads one after the other. */
export const TIDY = 0.7
/** From this one on its runs tell where it cuts them. */
const VERY_TIDY = 0.8

/** Of each post; -1 where there is none. */
interface Numbered {
  readonly number: Int32Array
  readonly total: Int32Array
  readonly family: Int32Array
  /** Rank on the page. */
  readonly page: Int32Array
  readonly numbers: { find(family: number, number: number): readonly number[] }
}

interface NumberRun {
  readonly posts: readonly number[]
  readonly length: number
  /** Its total promises more than it shows. */
  readonly isShort: boolean
}

/** Teasers of other lengths were never seen; two posts are what a lost third one leaves. */
const SHORTEST_TEASER = 3
const LONGEST_TEASER = 5
/** Runs that promise nothing are believed to be cut when there are as many of one length. */
const ENOUGH_RUNS = 2

export function readLayout(bag: Numbered): PageLayout {
  const contiguity = measureContiguity(bag)
  return { contiguity, cut: contiguity < VERY_TIDY ? null : findCut(bag) }
}

/** The length at which all runs but the longest end, null where they do not agree. */
function findCut(bag: Numbered): Cut | null {
  const runs = listRuns(bag)
  const [longest, ...others] = runs.toSorted((a, b) => b.length - a.length)
  const length = others[0]?.length ?? 0
  if (longest === undefined || length < SHORTEST_TEASER || length > LONGEST_TEASER) return null
  const full = runs.filter((run) => run.length === length)
  if (full.length < ENOUGH_RUNS && !full.some((run) => run.isShort)) return null
  return { length, whole: new Set([...listAbove(bag, runs), ...(longest.length > length ? longest.posts : [])]) }
}

/** Posts above the first run: a whole thread without numbers stands there. */
function listAbove({ page }: Numbered, runs: readonly NumberRun[]): readonly number[] {
  const top = runs.reduce((least, { posts }) => Math.min(least, page[posts[0]!]!), Number.POSITIVE_INFINITY)
  return [...page.keys()].filter((at) => page[at]! >= 0 && page[at]! < top)
}

/** Maximal runs n, n + 1 … of one family on neighbouring places; a first post without a number counts. */
function listRuns({ number, total, family, page }: Numbered): NumberRun[] {
  const order = [...page.keys()].filter((at) => page[at]! >= 0).sort((a, b) => page[a]! - page[b]!)
  const runs: NumberRun[] = []
  let start = 0
  order.forEach((at, place) => {
    const next = order[place + 1]
    if (next !== undefined && family[at] === family[next] && family[at]! >= 0 && number[next] === number[at]! + 1)
      return
    const first = order[start]!
    const opener = number[first] === 2 && start > 0 && number[order[start - 1]!]! < 0 ? 1 : 0
    const posts = order.slice(start - opener, place + 1)
    if (family[at]! >= 0) runs.push({ posts, length: posts.length, isShort: total[at]! > number[at]! })
    start = place + 1
  })
  return runs
}

/** How far a page keeps threads together: it decides what nearness on the page is worth. */
function measureContiguity({ number, family, page, numbers }: Numbered): number {
  let [near, all] = [1, 2]
  page.forEach((rank, at) => {
    if (rank < 0 || family[at]! < 0) return
    const next = firstAfter(numbers.find(family[at]!, (number[at] ?? 0) + 1), at)
    if (next === undefined) return
    all++
    if (page[next] === rank + 1) near++
  })
  return near / all
}

/** The first of ascending posts that stands after another: many posts may bear one number. */
function firstAfter(posts: readonly number[], at: number): number | undefined {
  return posts[firstAtLeast(posts, at + 1)]
}
