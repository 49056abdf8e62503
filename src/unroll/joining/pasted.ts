// Posts that only a page without ids has, between two that are known by id: a text scrape of a thread holds one post
// more than the sources that name its posts. The scrape shows where it stands. It judges no numbers: a post that bears
// one has its place.
import type { Extraction, Link, MergedPost, PageOrder } from '../../model.ts'
import { logOdds, type ReplyForest } from '../given/replies.ts'
import { authorKey } from '../identity.ts'
import type { Merged } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import { reverseLinks } from '../solve/chains.ts'
import type { Lines } from './continued.ts'

/**
 * By judgement: between two posts that nothing else parts; and where the later one answers a post that nobody names.
 */
const BETWEEN_P = 0.85
const ANSWERED_P = 0.95

/** What is known of all posts when the scrapes are looked at. */
export interface Pasting {
  readonly extractions: readonly Extraction[]
  readonly order: PageOrder
  readonly merged: Pick<Merged, 'posts' | 'positions'>
  readonly forest: Pick<ReplyForest, 'known' | 'parent'>
  readonly settled: Uint8Array
}

/** Puts each run of such posts between its neighbours, in place. */
export function placePasted(pasting: Pasting, lines: Lines): void {
  const { extractions, order, merged } = pasting
  if (order === 'none' || extractions.length < 2) return
  const previous = reverseLinks(lines.next)
  for (const [page, { order: own, posts }] of extractions.entries())
    if (own !== 'none' && posts.some(({ ref }) => ref === null))
      for (const row of listRows(merged, page)) placeRuns(pasting, row, previous, lines)
}

/** The posts of each author in page order, each once, where the page has some without ids. */
function listRows({ posts, positions }: Pasting['merged'], page: number): readonly (readonly number[])[] {
  const rows = new Map<string | null, Set<number>>()
  for (const at of positions[page] ?? []) {
    const post = posts[at]
    if (post?.kind !== 'post') continue
    const key = authorKey(post.author)
    const row = rows.get(key)
    if (row === undefined) rows.set(key, new Set([at]))
    else row.add(at)
  }
  return [...rows.values()].map((row) => [...row]).filter((row) => row.some((at) => posts[at]?.ref === null))
}

function placeRuns(pasting: Pasting, row: readonly number[], previous: Int32Array, lines: Lines): void {
  let run: number[] = []
  let before = NONE
  for (const at of row) {
    if (isPasted(pasting, lines, at)) run.push(at)
    else {
      if (run.length > 0 && before !== NONE) placeRun(pasting, before, run, at, previous, lines)
      run = []
      before = pasting.merged.posts[at]?.ref == null ? NONE : at
    }
  }
}

function isPasted({ merged, settled }: Pasting, { acceptances }: Lines, at: number): boolean {
  const post = merged.posts[at] as MergedPost
  return post.ref === null && post.createdAt === null && settled[at] !== 1 && acceptances[at]?.marker?.number == null
}

function placeRun(
  pasting: Pasting,
  before: number,
  run: readonly number[],
  after: number,
  previous: Int32Array,
  lines: Lines,
): void {
  const p = judgePlace(pasting, before, run, after, previous, lines)
  if (p === null || !run.every((at) => isLoose(run, after, at, lines))) return
  for (const at of run) {
    const above = previous[at] ?? NONE
    if (above !== NONE) lines.next[above] = NONE
  }
  const link = linkOf(p)
  ;[before, ...run].forEach((at, k) => {
    const to = run[k] ?? after
    lines.next[at] = to
    previous[to] = at
    lines.links[to] = link
  })
}

/** Null where the two neighbours are known to be no neighbours, or known to be next to each other. */
function judgePlace(
  { merged, forest, settled }: Pasting,
  before: number,
  run: readonly number[],
  after: number,
  previous: Int32Array,
  { next }: Lines,
): number | null {
  if (merged.posts[after]?.ref == null) return null
  const isJoined = (at: number): boolean => at === NONE || run.includes(at)
  if (next[before] === after) return settled[after] === 1 ? null : BETWEEN_P
  const lacksParent = forest.known[after] != null && forest.parent[after] === NONE
  return lacksParent && isJoined(next[before] ?? NONE) && isJoined(previous[after] ?? NONE) ? ANSWERED_P : null
}

/** Whether it may be taken from where it stands: nothing but its own run follows it. */
function isLoose(run: readonly number[], after: number, at: number, { next }: Lines): boolean {
  const below = next[at] ?? NONE
  return below === NONE || below === after || run.includes(below)
}

function linkOf(p: number): Link {
  const say = 'a page without ids shows it between these two'
  return { basis: 'inferred', p, evidence: [{ kind: 'pasted-between', say, weight: logOdds(p) }] }
}
