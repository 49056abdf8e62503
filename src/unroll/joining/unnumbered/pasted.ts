// Posts that only a page without ids has, between two that are known by id: a text scrape of a thread holds one post
// more than the sources that name its posts. The scrape shows where it stands. It judges no numbers: a post that bears
// one has its place.
import type { Extraction, Link, MergedPost, PageOrder } from '../../../model.ts'
import { accountOf } from '../../../post.ts'
import { logOdds, type ReplyForest } from '../../given/replies.ts'
import type { Merged } from '../../sightings/copies.ts'
import { NONE } from '../../solve/bag.ts'
import { connect, type Lines, type WayBack, withWayBack } from '../lines.ts'

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

/** Such posts one behind the other, and the two that are known by id on either side. */
interface PastedRun {
  readonly before: number
  readonly posts: readonly number[]
  readonly after: number
}

/** Puts each run of such posts between its neighbours, in place. */
export function placePasted(pasting: Pasting, given: Lines): void {
  const { extractions, order, merged } = pasting
  if (order === 'none' || extractions.length < 2) return
  const lines = withWayBack(given)
  for (const [page, { order: own, posts }] of extractions.entries())
    if (own !== 'none' && posts.some(({ ref }) => ref === null))
      for (const row of listRows(merged, page)) placeRuns(pasting, row, lines)
}

/** The posts of each author in page order, each once, where the page has some without ids. */
function listRows({ posts, positions }: Pasting['merged'], page: number): readonly (readonly number[])[] {
  const rows = new Map<string | null, Set<number>>()
  for (const at of positions[page] ?? []) {
    const post = posts[at]
    if (post?.kind !== 'post') continue
    const key = accountOf(post.author)
    const row = rows.get(key)
    if (row === undefined) rows.set(key, new Set([at]))
    else row.add(at)
  }
  return [...rows.values()].map((row) => [...row]).filter((row) => row.some((at) => posts[at]?.ref === null))
}

function placeRuns(pasting: Pasting, row: readonly number[], lines: Lines & WayBack): void {
  let posts: number[] = []
  let before = NONE
  for (const at of row) {
    if (isPasted(pasting, lines, at)) posts.push(at)
    else {
      if (posts.length > 0 && before !== NONE) placeRun(pasting, { before, posts, after: at }, lines)
      posts = []
      before = pasting.merged.posts[at]?.ref == null ? NONE : at
    }
  }
}

function isPasted({ merged, settled }: Pasting, { acceptances }: Lines, at: number): boolean {
  const post = merged.posts[at] as MergedPost
  return post.ref === null && post.createdAt === null && settled[at] !== 1 && acceptances[at]?.marker?.number == null
}

function placeRun(pasting: Pasting, run: PastedRun, lines: Lines & WayBack): void {
  const p = judgePlace(pasting, run, lines)
  if (p === null || !run.posts.every((at) => isLoose(run, at, lines))) return
  for (const at of run.posts) {
    const above = lines.previous[at] ?? NONE
    if (above !== NONE) lines.next[above] = NONE
  }
  const link = linkOf(p)
  ;[run.before, ...run.posts].forEach((at, k) => {
    connect(lines, at, run.posts[k] ?? run.after, link)
  })
}

/** Null where the two neighbours are known to be no neighbours, or known to be next to each other. */
function judgePlace(
  { merged, forest, settled }: Pasting,
  { before, posts, after }: PastedRun,
  { next, previous }: Lines & WayBack,
): number | null {
  if (merged.posts[after]?.ref == null) return null
  const isJoined = (at: number): boolean => at === NONE || posts.includes(at)
  if (next[before] === after) return settled[after] === 1 ? null : BETWEEN_P
  const lacksParent = forest.known[after] != null && forest.parent[after] === NONE
  return lacksParent && isJoined(next[before] ?? NONE) && isJoined(previous[after] ?? NONE) ? ANSWERED_P : null
}

/** Whether it may be taken from where it stands: nothing but its own run follows it. */
function isLoose({ posts, after }: PastedRun, at: number, { next }: Lines): boolean {
  const below = next[at] ?? NONE
  return below === NONE || below === after || posts.includes(below)
}

function linkOf(p: number): Link {
  const say = 'a page without ids shows it between these two'
  return { basis: 'inferred', p, evidence: [{ kind: 'pasted-between', say, weight: logOdds(p) }] }
}
