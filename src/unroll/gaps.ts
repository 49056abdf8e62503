// Gaps of one thread: posts we know of and do not have, with a class, a count where it is known, and a probability. A hole
// in the numbers is not yet a missing post: authors skip numbers.
import type { Gap } from '../model.ts'

/** One post of a thread as the gap finder sees it. */
export interface Numbered {
  readonly number: number | null
  readonly total: number | null
  readonly ends: boolean
  /** Probability of the link from the post before, null for the first. */
  readonly linkP: number | null
}

/** What is known of the thread from outside its posts. */
export interface Surroundings {
  /** Posts the page says the unit has, or null. */
  readonly declaredTotal: number | null
  /** The page shows only the first posts (a preview card). */
  readonly isPreview: boolean
  /** The first post is a declared reply to a post we do not have. */
  readonly absentParent: string | null
}

/**
 * How often a hole in the numbers was a missing post and not a number skipped, by what the total says: measured on threads
 * with known losses. 10–13% of numbered threads skip a number although nothing is missing.
 */
const LOSS_BY_TOTAL = { full: 0.97, short: 0.9, none: 0.8, over: 0.25 } as const
/** The same where unnumbered posts stand in the hole: on which side of them the lost post was is open. */
const BRIDGED_LOSS_BY_TOTAL = { full: 0.45, short: 0.6, none: 0.5, over: 0.2 } as const
const OPENING_LOSS = 0.58
/** Holes less likely than this are put down to the author. */
const LEAST_LOSS = 0.4
/** Of threads whose first seen number is 2, most had a first post that bore 1 or none. */
const SECOND_SEEN = 0.88
const LATER_SEEN = 0.97
const PREVIEW_GOES_ON = 0.97
const TOTAL_NOT_MET = 0.95

export function findGaps(posts: readonly Numbered[], around: Surroundings): readonly Gap[] {
  const head = headGap(posts, around)
  const inner = innerGaps(posts)
  const known = [...head, ...inner].reduce((sum, gap) => sum + (gap.class === 'skipped' ? 0 : (gap.count ?? 0)), 0)
  return [...head, ...inner, ...tailGap(posts, around, known)]
}

function headGap(posts: readonly Numbered[], around: Surroundings): readonly Gap[] {
  const first = posts[0]?.number ?? null
  if (around.absentParent !== null)
    return [gap(null, 1, null, 'head', 0.99, `the first post replies to ${around.absentParent}, which is not here`)]
  if (first === null || first < 2) return []
  const p = first > 2 ? LATER_SEEN : SECOND_SEEN
  const count = first - 1
  return [gap(null, 1, count, 'head', p, `the first post here bears number ${first}`)]
}

/** Between each numbered post and the numbered one before it; unnumbered posts between use up numbers. */
function innerGaps(posts: readonly Numbered[]): readonly Gap[] {
  const gaps: Gap[] = []
  const promise = comparePromise(posts)
  let last = -1
  posts.forEach((post, at) => {
    if (post.number === null) return
    const from = last < 0 ? 0 : (posts[last]?.number ?? 0)
    const lost = post.number - from - (at - last)
    if (lost > 0 && at > 0) gaps.push(innerGap(posts, last, at, lost, promise))
    last = at
  })
  return gaps
}

/** Whether the author kept the promise of a total. */
type Kept = keyof typeof LOSS_BY_TOTAL

/** How the highest number stands to the total the author gave. */
function comparePromise(posts: readonly Numbered[]): Kept {
  const total = posts.find((post) => post.total !== null)?.total ?? null
  const highest = Math.max(...posts.map((post) => post.number ?? 0))
  if (total === null) return 'none'
  return highest > total ? 'over' : highest === total ? 'full' : 'short'
}

function innerGap(posts: readonly Numbered[], last: number, at: number, lost: number, promise: Kept): Gap {
  const number = posts[at]?.number ?? 0
  const between = at - last - 1
  const sure = posts[at]?.linkP ?? 1
  if (last < 0) return gap(at, at + 1, lost, 'missing', OPENING_LOSS * sure, openingReason(number, between))
  const p = (between === 0 ? LOSS_BY_TOTAL : BRIDGED_LOSS_BY_TOTAL)[promise]
  const reason = holeReason(posts[last]?.number ?? 0, number, between, promise, p)
  if (p >= LEAST_LOSS) return gap(at, at + 1, lost, 'missing', p * sure, reason)
  return gap(at, at + 1, lost, 'skipped', 1 - p, reason)
}

function holeReason(from: number, to: number, between: number, promise: Kept, p: number): string {
  const seen = between === 0 ? `${from} is followed by ${to}` : `${between} without a number between ${from} and ${to}`
  const total = {
    full: 'the total is met',
    short: 'the total is not met',
    none: 'no total is given',
    over: 'the numbers run past their total',
  }
  return `${seen}, ${total[promise]}; ${percent(1 - p)} that the author skipped a number`
}

/** Number 3 after one unnumbered post: that is 1, or 2, or the author skipped. Which one cannot be told. */
function openingReason(number: number, between: number): string {
  const posts = between === 1 ? 'the post before it bears none' : `the ${between} posts before it bear none`
  return `number ${number} comes first and ${posts}: its place is open (50% the first, 40% a later one, 10% that a number was skipped)`
}

function percent(p: number): string {
  return `${Math.round(p * 100)}%`
}

function tailGap(posts: readonly Numbered[], around: Surroundings, known: number): readonly Gap[] {
  const size = posts.length
  if (posts.at(-1)?.ends) return []
  if (around.declaredTotal !== null) {
    const rest = around.declaredTotal - size - known
    return rest > 0
      ? [gap(size, null, rest, 'tail', 0.99, `the page says the thread has ${around.declaredTotal} posts`)]
      : []
  }
  const lastNumbered = posts.findLastIndex((post) => post.number !== null)
  const [number, total] = [posts[lastNumbered]?.number ?? null, posts[lastNumbered]?.total ?? null]
  if (number !== null && total !== null) {
    const rest = total - number - (size - 1 - lastNumbered)
    return rest > 0 ? [gap(size, null, rest, 'tail', TOTAL_NOT_MET, `the last post here is ${number} of ${total}`)] : []
  }
  if (!around.isPreview) return []
  return [
    gap(
      size,
      null,
      null,
      'tail',
      PREVIEW_GOES_ON,
      'the page shows only the first posts of it; how many follow is not said',
    ),
  ]
}

function gap(
  after: number | null,
  before: number | null,
  count: number | null,
  kind: Gap['class'],
  p: number,
  reason: string,
): Gap {
  return { after, before, count, class: kind, p, reason }
}
