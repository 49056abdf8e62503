// Links that need no inference: declared self-replies, and the order of a page that shows one thread as a unit.
import { addTo } from '../../grouping.ts'
import type { Extraction, Link, MergedPost, Post } from '../../model.ts'
import { accountOf, compareIds } from '../../post.ts'
import { isOrderedId } from '../identity.ts'
import type { Merged } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import { findMainLines } from './mainline.ts'
import type { ReplyForest } from './replies.ts'
import { logOdds } from './replies.ts'

/** How often the order of a page's own thread was right on captures with known ids. */
const LAYOUT_P = 0.99

export interface Given {
  /** Successor of each post on its main line, NONE where unknown. */
  readonly next: Int32Array
  /** By the post a link leads to. */
  readonly links: readonly (Link | null)[]
  /** Heads of side chains by the post they leave from. */
  readonly branches: ReadonlyMap<number, readonly number[]>
  /** 1 where a post's predecessor is known, or known to be nobody of its author: inference leaves it alone. */
  readonly settled: Uint8Array
}

export function listGiven(extractions: readonly Extraction[], merged: Merged, forest: ReplyForest): Given {
  const parent = selfParents(merged, forest)
  const trees = findMainLines(parent, merged.posts)
  const links = forest.links.map((link, child) => (parent[child] === NONE ? null : link))
  const lines = { next: trees.next, links, settled: markSettled(extractions, merged, forest) }
  addLayout(lines, extractions, merged)
  return { ...lines, branches: trees.branches }
}

/** What is known of the links so far, by post; see `Given`. */
interface GivenLines extends Pick<Given, 'next' | 'settled'> {
  readonly links: (Link | null)[]
}

/** The parent of each post where it is a post of the same author, else NONE. */
function selfParents(merged: Merged, forest: ReplyForest): Int32Array {
  const parents = new Int32Array(forest.parent)
  for (let child = 0; child < parents.length; child++) {
    const above = parents[child] ?? NONE
    if (above !== NONE && !isOneAuthor(merged, above, child)) parents[child] = NONE
  }
  return parents
}

function isOneAuthor({ posts, places }: Merged, above: number, child: number): boolean {
  const a = posts[above] as MergedPost
  const b = posts[child] as MergedPost
  if (a.kind !== 'post' || b.kind !== 'post') return false
  const x = accountOf(a.author)
  const y = accountOf(b.author)
  if (x !== null) return x === y
  return y === null && places[above]?.extraction === places[child]?.extraction
}

/**
 * A post with a parent is settled. So is a post without one where its page declares parents for other posts of its
 * author: there, silence says that it replies to nobody.
 */
function markSettled(extractions: readonly Extraction[], merged: Merged, forest: ReplyForest): Uint8Array {
  const declaring = extractions.map(({ posts }, page) => listDeclaring(posts, merged, page))
  const settled = new Uint8Array(merged.posts.length)
  for (let at = 0; at < settled.length; at++) {
    const post = merged.posts[at] as MergedPost
    const authors = post.ref === null ? undefined : declaring[merged.places[at]?.extraction ?? NONE]
    if (forest.known[at] != null || authors?.has(accountOf(post.author))) settled[at] = 1
  }
  return settled
}

/** Authors of whose posts a page declares parents: those the posts are held to be of, whomever this page names. */
function listDeclaring(
  posts: readonly Post[],
  { positions, posts: merged }: Merged,
  page: number,
): ReadonlySet<string | null> {
  const authors = new Set<string | null>()
  posts.forEach(({ kind, parent }, n) => {
    if (kind !== 'post' || !parent?.ref) return
    authors.add(accountOf(merged[positions[page]?.[n] ?? NONE]?.author ?? null))
  })
  return authors
}

/** Blocks that show whole threads or the beginnings of threads: in them a thread stands in one run. */
export function listUnits(extractions: readonly Extraction[]): ReadonlySet<string> {
  return new Set(
    extractions.flatMap(({ blocks }, at) =>
      blocks.flatMap((block) => (block.kind === 'list' ? [] : [`${at}:${block.key}`])),
    ),
  )
}

/**
 * Blocks that a source names as one thread, by its address: where one post ends in it may be open, what follows is not.
 */
function listNamedThreads(extractions: readonly Extraction[]): ReadonlySet<string> {
  return new Set(
    extractions.flatMap(({ blocks }, at) =>
      blocks.flatMap(({ kind, url, key }) => (kind === 'thread' && url !== null ? [`${at}:${key}`] : [])),
    ),
  )
}

/**
 * Neighbours in a block that is one thread. In a block without a name, posts of inferred boundaries are the solver's.
 */
function addLayout({ next, links, settled }: GivenLines, extractions: readonly Extraction[], merged: Merged): void {
  for (const run of listRuns(extractions, merged)) {
    const sorted = sortByIds(run, merged)
    const link = sorted === run ? LAYOUT_LINK : ID_LINK
    sorted.forEach((at, k) => {
      const before = sorted[k - 1]
      if (before !== undefined && next[before] === NONE && settled[at] === 0) {
        next[before] = at
        links[at] = link
      }
      settled[at] = 1
    })
  }
}

/** The posts of one author in one block that is a thread, in page order. */
function listRuns(extractions: readonly Extraction[], merged: Merged): Iterable<readonly number[]> {
  const units = listUnits(extractions)
  const named = listNamedThreads(extractions)
  const runs = new Map<string, number[]>()
  for (const at of inPageOrder(merged)) {
    const block = merged.places[at]?.block ?? null
    const post = merged.posts[at] as MergedPost
    if (block === null || !units.has(block) || post.kind !== 'post') continue
    if (post.boundary !== null && !named.has(block)) continue
    addTo(runs, `${block}\u0000${accountOf(post.author)}`, at)
  }
  return runs.values()
}

/**
 * No author answers himself with an earlier id: rows that a clock of whole seconds, or nothing, has sorted follow their
 * ids.
 */
function sortByIds(run: readonly number[], { posts }: Merged): readonly number[] {
  const idOf = (at: number): string => posts[at]?.ref?.id ?? ''
  const isRising = run.every((at, k) => k === 0 || compareIds(idOf(run[k - 1] ?? NONE), idOf(at)) <= 0)
  const platform = posts[run[0] ?? NONE]?.ref?.platform
  const isOrdered = (at: number): boolean => {
    const { ref = null } = posts[at] ?? {}
    return isOrderedId(ref) && ref.platform === platform
  }
  if (isRising || !run.every(isOrdered)) return run
  const sorted = run.toSorted((a, b) => compareIds(idOf(a), idOf(b)))
  return isTimely(sorted, posts) ? sorted : run
}

/** Whether no time falls: ids that no clock agrees with count something else. */
function isTimely(run: readonly number[], posts: readonly MergedPost[]): boolean {
  const times = run.flatMap((at) => posts[at]?.createdAt ?? [])
  return times.every((time, k) => k === 0 || (times[k - 1] ?? '') <= time)
}

const LAYOUT_LINK: Link = {
  basis: 'layout',
  p: LAYOUT_P,
  evidence: [{ kind: 'layout-next', say: 'next in the thread as the page shows it', weight: logOdds(LAYOUT_P) }],
}

const ID_LINK: Link = {
  basis: 'layout',
  p: LAYOUT_P,
  evidence: [
    {
      kind: 'layout-by-id',
      say: 'next by its id in the thread that the page shows, in another order',
      weight: logOdds(LAYOUT_P),
    },
  ],
}

function inPageOrder({ places }: Merged): readonly number[] {
  if (places.every(({ block }) => block === null)) return []
  return [...places.keys()].sort((a, b) => {
    const [x, y] = [places[a], places[b]]
    return (x?.extraction ?? 0) - (y?.extraction ?? 0) || (x?.index ?? 0) - (y?.index ?? 0)
  })
}
