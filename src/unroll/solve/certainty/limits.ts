// What is believed at most of a link, whatever the fit says: the bags of the fit hold no single posts, no two threads
// that fit each other's holes, and none that stops for weeks.
import type { Evidence } from '../../../model.ts'
import { normalForm } from '../../sightings/normal.ts'
import { firstAtLeast } from '../../sorted.ts'
import { type Bag, NONE } from '../bag.ts'
import type { SignalClass } from './calibrate.ts'
import { type Habitual, tellChange } from './habits.ts'
import { isVouchedFor } from './ties.ts'

/** What orders posts that bear neither numbers nor ids nor times: their place, or nothing. */
export const BY_PLACE: ReadonlySet<SignalClass> = new Set(['page', 'numbers', 'text'])

/**
 * Among singles, what is believed at most of two dated posts in a row without numbers, by the seconds between them.
 * Counted once (2026-11-22), over neighbours that address nobody in three whole timelines: these are the shares that
 * were declared to be linked. Of later ones hardly any was; more is believed, by judgement, since who gives a few posts
 * seldom gives single ones.
 */
const MOST_BY_DELAY: readonly (readonly [seconds: number, p: number])[] = [
  [3, 0.995],
  [30, 0.86],
  [120, 0.73],
  [300, 0.66],
]
const MOST_LATER = 0.55

/**
 * What is believed at most over a pause of more days than these, whatever numbers say: halves of two threads may fit.
 * Of 961 true links of numbered threads with times four took more than a week, and none a month (2026-11-23, `npm run
 * bench:mislead`). By judgement.
 */
const MOST_BY_PAUSE: readonly (readonly [days: number, p: number])[] = [
  [30, 0.6],
  [7, 0.9],
]
const DAY_MS = 86_400_000

/**
 * What is believed at most of a post without a number behind the last number of a count, where only its place says so:
 * in the bags of the fit every post belongs to a thread, on pages single posts stand between. More where it bears just
 * the one number that the count lacks. By judgement.
 */
const MOST_BEHIND_COUNT = 0.94
const MOST_AS_LAST = 0.98
/**
 * What is believed at most of posts without numbers between n and n + 1, which leave them no room, where only their
 * times put them there: asides of that minute stand so, too. In the bags of the fit none stands there. By judgement.
 */
const MOST_BETWEEN = 0.8
/**
 * What is believed at most of a post without a number in the hole of a count, where few words it shares with the posts
 * around it put it there. By judgement: in the bags of the fit, which hold no singles, all such links are right; a
 * single post that stands for a lost one looks just so. On pages of pieces strangers share so few words as often as
 * own posts do: 17 and 20, counted once (2026-11-24).
 */
const MOST_IN_HOLE = 0.94
/**
 * What is believed at most of two numbers in a row where habits of writing change and neither ids nor times join the
 * posts: halves of two threads may fit. By judgement: such a change stands in two of a hundred whole threads, and in 15
 * of those joined of halves.
 */
const MOST_ACROSS_HABITS = 0.8
/** Posts looked at on either side. */
const BETWEEN_REACH = 8
/** Nine of ten pauses inside threads are shorter, in milliseconds: within it a time says more than a place. */
const USUAL_PAUSE_MS = 28 * 60_000
/**
 * What is believed at most of two posts without numbers that have a post of a count between them in time, or a pause
 * that one in twenty links takes. By judgement: single posts stand so, of which the bags of the fit hold none.
 */
const MOST_BARE = 0.9
const LONG_PAUSE_MS = 2 * 3_600_000
/** Who says the very same twice (`Thanks!`) thanks twice. */
const MOST_SAID_AGAIN = 0.4

/** One solved bag, as far as limits look at it. */
interface Solved extends Habitual {
  readonly bag: Bag
  readonly kind: SignalClass
  /** Times of the posts that bear a number, rising. */
  readonly numberedTimes: Float64Array
}

/** The most that is believed of the link to a post, 0 to 1; timelines know their author's pauses. */
export function mostBelieved(solved: Solved, j: number): number {
  if (solved.kind === 'timeline' || (solved.previous[j] ?? NONE) === NONE) return 1
  return LIMITS.reduce((most, limit) => Math.min(most, limit(solved, j)), 1)
}

/** What is believed at most of the link to or from a post without a number; where places order, between two numbers. */
function mostInHole({ bag, kind, previous, next }: Solved, j: number): number {
  const i = previous[j] ?? NONE
  if ((bag.number[i] === NONE) === (bag.number[j] === NONE)) return 1
  const bare = bag.number[j] === NONE ? j : i
  const around = [previous[bare] ?? NONE, next[bare] ?? NONE]
  if (BY_PLACE.has(kind) && around.some((at) => at === NONE || bag.number[at] === NONE)) return 1
  return isVouchedFor(bag, { previous, next }, j) ? 1 : MOST_IN_HOLE
}

/** What is believed at most of two posts without numbers that times put in a row and numbers do not. */
function mostBare({ bag, kind, previous, numberedTimes }: Solved, j: number): number {
  const i = previous[j] ?? NONE
  if (BY_PLACE.has(kind) || bag.number[i] !== NONE || bag.number[j] !== NONE) return 1
  if (normalForm(bag.posts[i]?.text ?? '') === normalForm(bag.posts[j]?.text ?? '')) return MOST_SAID_AGAIN
  const [from, to] = [bag.time[i] ?? Number.NaN, bag.time[j] ?? Number.NaN]
  const isAcross = to > from && firstAtLeast(numberedTimes, to) > firstAtLeast(numberedTimes, from)
  return isAcross || to - from > LONG_PAUSE_MS ? MOST_BARE : 1
}

/** What is believed at most of a post without a number that ends a count. */
function mostBehindCount({ bag, kind, previous, next }: Solved, j: number): number {
  const i = previous[j] ?? NONE
  if (bag.number[j] !== NONE || next[j] !== NONE) return 1
  const last = bag.number[i] ?? NONE
  if (last === NONE || bag.posts[j]?.named === true) return 1
  if (!BY_PLACE.has(kind) && isSoonBehind(bag, i, j)) return 1
  return last + 1 === bag.total[i] ? MOST_AS_LAST : MOST_BEHIND_COUNT
}

/** Whether times say so, other than by saying the same of all posts. */
function isSoonBehind({ time, sortedTimes }: Bag, i: number, j: number): boolean {
  const pause = (time[j] ?? Number.NaN) - (time[i] ?? Number.NaN)
  return pause <= USUAL_PAUSE_MS && sortedTimes[0] !== sortedTimes.at(-1)
}

/** What is believed at most of two posts in a row of which nothing but their times is known, in a bag of such posts. */
function mostByDelay({ bag, previous }: Solved, j: number): number {
  const i = previous[j] ?? NONE
  if (!bag.hasSingles) return 1
  const seconds = ((bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN)) / 1000
  if (Number.isNaN(seconds) || bag.number[i] !== NONE || bag.number[j] !== NONE) return 1
  return MOST_BY_DELAY.find(([most]) => seconds <= most)?.[1] ?? MOST_LATER
}

/** What is believed at most of a link to or from a post for which the numbers around it leave no room. */
function mostBetween({ bag, kind, previous, next }: Solved, j: number): number {
  const i = previous[j] ?? NONE
  if (BY_PLACE.has(kind) || (bag.number[i] !== NONE && bag.number[j] !== NONE)) return 1
  const [before, after] = [nearestNumbered(bag, previous, i), nearestNumbered(bag, next, j)]
  const isFull = before !== NONE && after !== NONE && bag.family[before] === bag.family[after]
  return isFull && bag.number[after] === (bag.number[before] ?? NONE) + 1 ? MOST_BETWEEN : 1
}

/** The post itself, or the nearest one along the links, that bears a number; NONE where none is near. */
function nearestNumbered({ number }: Bag, links: Int32Array, from: number): number {
  let at = from
  for (let step = 0; at !== NONE && number[at] === NONE && step < BETWEEN_REACH; step++) at = links[at] ?? NONE
  return at !== NONE && number[at] === NONE ? NONE : at
}

/** What is believed at most of two posts weeks apart. */
function mostByPause({ bag, previous }: Solved, j: number): number {
  const days = ((bag.time[j] ?? Number.NaN) - (bag.time[previous[j] ?? NONE] ?? Number.NaN)) / DAY_MS
  return MOST_BY_PAUSE.find(([least]) => days > least)?.[1] ?? 1
}

function mostAcrossHabits(solved: Solved, j: number): number {
  return changeAt(solved, j) === null ? 1 : MOST_ACROSS_HABITS
}

/** What changes in the way of writing from a number to the next, where numbers alone join the posts; or nothing. */
export function changeAt(solved: Solved, j: number): Evidence | null {
  const { bag, kind, previous } = solved
  const i = previous[j] ?? NONE
  if (!BY_PLACE.has(kind) || i === NONE || bag.number[i] === NONE || bag.number[j] === NONE) return null
  return tellChange(solved, j)
}

const LIMITS: readonly ((solved: Solved, j: number) => number)[] = [
  mostByDelay,
  mostBare,
  mostByPause,
  mostBetween,
  mostBehindCount,
  mostInHole,
  mostAcrossHabits,
]
