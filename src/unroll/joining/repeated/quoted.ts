// Threads that go on through a quote: their author quotes the last post of his own thread and writes on. Platforms
// declare no reply there, so it is inferred, from who quotes what, how soon, and how the numbers run.
import type { Link, MergedPost, PostRef } from '../../../model.ts'
import { accountOf } from '../../../post.ts'
import { logOdds } from '../../given/replies.ts'
import { comparePosts, refId } from '../../identity.ts'
import { NONE } from '../../solve/bag.ts'
import { connect, type Lines, type WayBack, withWayBack } from '../lines.ts'

const HOUR_MS = 3_600_000
/**
 * How likely a quote of one's own last post carries the thread on, by how soon it comes, in hours. By judgement: too
 * few posts do it to count. In two whole timelines there is one, a day later, and that is another day's.
 */
const BY_DELAY: readonly (readonly [hours: number, p: number])[] = [
  [1, 0.85],
  [6, 0.7],
  [24, 0.45],
]
const LATER_P = 0.25
const UNDATED_P = 0.55
/** What it adds to the log-odds that the quoting post bears the next number of the thread's own count. */
const NEXT_NUMBER = 3
/** What it takes away that it bears another number: it opens a count of its own. */
const OTHER_NUMBER = -3
const LEAST_P = 0.5

/** @param answers whether a post is known to answer another one */
export function continueThroughQuotes(
  posts: readonly MergedPost[],
  byId: ReadonlyMap<string, number>,
  answers: (at: number) => boolean,
  lines: Lines,
): void {
  const quoting: number[] = []
  posts.forEach((post, at) => {
    if (post.kind === 'post' && post.quotes.length > 0) quoting.push(at)
  })
  if (quoting.length === 0) return
  const joined = withWayBack(lines)
  const above = Int32Array.from(joined.previous)
  quoting.sort((a, b) => comparePosts(posts[a] as MergedPost, posts[b] as MergedPost))
  for (const at of quoting) {
    if (joined.previous[at] !== NONE || answers(at)) continue
    const last = findLast(posts, byId, joined, at)
    if (last === NONE || headOf(above, last) === at) continue
    const link = judge(posts, joined, last, at)
    if (link.p < LEAST_P) continue
    connect(joined, last, at, link)
    above[at] = last
  }
}

/** The quoted post that ends a thread of two or more by the same author, and is older. */
function findLast(
  posts: readonly MergedPost[],
  byId: ReadonlyMap<string, number>,
  { next, previous }: Lines & WayBack,
  at: number,
): number {
  const post = posts[at] as MergedPost
  const author = accountOf(post.author)
  const quoted = post.quotes.flatMap(({ ref }) => placeOf(ref, byId))
  const own = quoted.filter((one) => author !== null && accountOf(posts[one]?.author ?? null) === author)
  const last = own.find((one) => one !== at && next[one] === NONE && previous[one] !== NONE) ?? NONE
  return last === NONE || comparePosts(posts[last] as MergedPost, post) > 0 ? NONE : last
}

/** The first post of its thread; shortens the way it went. */
function headOf(above: Int32Array, start: number): number {
  let at = start
  for (let up = above[at] ?? NONE; up !== NONE; up = above[at] ?? NONE) {
    const further = above[up] ?? NONE
    if (further !== NONE) above[at] = further
    at = up
  }
  return at
}

function placeOf(ref: PostRef | null, byId: ReadonlyMap<string, number>): readonly number[] {
  const at = ref === null ? undefined : byId.get(refId(ref))
  return at === undefined ? [] : [at]
}

function judge(posts: readonly MergedPost[], lines: Lines & WayBack, last: number, at: number): Link {
  const delay = delayBetween(posts[last] as MergedPost, posts[at] as MergedPost)
  const odds = logOdds(byDelay(delay))
  const count = compareNumbers(lines, last, at)
  const evidence = [{ kind: 'quotes-last', say: sayQuote(delay), weight: odds }]
  if (count !== null) evidence.push(count)
  const sum = evidence.reduce((total, { weight }) => total + weight, 0)
  return { basis: 'inferred', p: 1 / (1 + Math.exp(-sum)), evidence }
}

/** Milliseconds from the end of the thread to the quote, or null. */
function delayBetween(last: MergedPost, post: MergedPost): number | null {
  return last.createdAt === null || post.createdAt === null
    ? null
    : Date.parse(post.createdAt) - Date.parse(last.createdAt)
}

function byDelay(delay: number | null): number {
  if (delay === null) return UNDATED_P
  return BY_DELAY.find(([hours]) => delay <= hours * HOUR_MS)?.[1] ?? LATER_P
}

function sayQuote(delay: number | null): string {
  const when = delay === null ? 'at a time not known' : `${Math.round(delay / (HOUR_MS / 60))} min later`
  return `its author quotes the last post of his thread, ${when}, and goes on`
}

/** A count counts when it runs in the thread itself: daily counters bear one number a thread. */
function compareNumbers(
  { previous, acceptances }: Lines & WayBack,
  last: number,
  at: number,
): Link['evidence'][number] | null {
  const numberOf = (one: number): number | null => acceptances[one]?.marker?.number ?? null
  const [a, b, c] = [numberOf(previous[last] ?? NONE), numberOf(last), numberOf(at)]
  if (b === null || c === null) return null
  if (a === b - 1 && c === b + 1) return { kind: 'number-next', say: `${b} → ${c} in its count`, weight: NEXT_NUMBER }
  return c === b + 1 ? null : { kind: 'number-other', say: `${b} and then ${c}`, weight: OTHER_NUMBER }
}
