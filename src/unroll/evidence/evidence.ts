// The signals of the model: what is true of "post j follows post i", of "j follows nothing" and of "nothing follows i".
// Each is a name and a value; the weights stand in weights/weights.ts. A signal that is absent is a signal too.
import { type Bag, NONE } from '../solve/bag.ts'
import { firstAtLeast } from '../sorted.ts'
import { TIDY } from './page-layout.ts'
import type { Tally } from './tally.ts'
import { countBetween as countBetweenPosts, isLinkable, tallyInTimeline } from './timeline/timeline-signals.ts'
import { tallyWords } from './words/word-signals.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Upper bounds of the time between two posts, in milliseconds, with the name of the class. */
const TIME_CLASSES: readonly (readonly [limit: number, name: string])[] = [
  [-1, 'time-back'],
  [0, 'time-same'],
  [3 * SECOND, 'time-3s'],
  [30 * SECOND, 'time-30s'],
  [2 * MINUTE, 'time-2m'],
  [6 * MINUTE, 'time-6m'],
  [30 * MINUTE, 'time-30m'],
  [2 * HOUR, 'time-2h'],
  [DAY, 'time-1d'],
  [7 * DAY, 'time-7d'],
]
/**
 * Times of whole minutes beside times of seconds put neighbours out of order by less than this, in milliseconds. In
 * the bags of the fit no step with times of one source goes back (2026-11-22): equal is as far as it comes.
 */
const CLOCK_SLACK = MINUTE

/** Whether j may follow i at all: another wall, a falling id, an earlier place on the page forbid it. */
export function isPossible(bag: Bag, i: number, j: number): boolean {
  if (i === j || bag.settled[j] === 1 || bag.wall[i] !== bag.wall[j]) return false
  if (bag.posts[j]?.afterNameless === true && bag.posts[i]?.named === true) return false
  if (bag.timeline !== null && !isLinkable(bag.timeline, i, j)) return false
  const idI = bag.idRank[i] ?? NONE
  const idJ = bag.idRank[j] ?? NONE
  if (idI !== NONE && idJ !== NONE) return idI < idJ && isNumberedPair(bag, i, j)
  if ((bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN) < -CLOCK_SLACK) return false
  const pageI = bag.page[i] ?? NONE
  const pageJ = bag.page[j] ?? NONE
  if (pageI !== NONE && pageJ !== NONE && (pageI >= pageJ || (bag.inRun[i] === 1 && pageJ > pageI + 1))) return false
  return isNumberedPair(bag, i, j)
}

/** Inside a form numbers may repeat and do not fall; where the total changes as well they rise. */
function isNumberedPair(bag: Bag, i: number, j: number): boolean {
  const a = bag.number[i] ?? NONE
  const b = bag.number[j] ?? NONE
  if (a === NONE || b === NONE || bag.form[i] !== bag.form[j] || b > a) return true
  return b === a && !hasOtherTotal(bag, i, j)
}

function hasOtherTotal(bag: Bag, i: number, j: number): boolean {
  return bag.total[i] !== NONE && bag.total[j] !== NONE && bag.total[i] !== bag.total[j]
}

/** What two posts say of standing next to each other, numbers aside. */
export function tallyPair(bag: Bag, i: number, j: number, tally: Tally): void {
  tally('link', 1)
  tallyTime(bag, i, j, tally)
  tallyPage(bag, i, j, tally)
  tallyWords(bag, i, j, tally)
  tallyInTimeline(bag, i, j, tally)
}

function tallyTime(bag: Bag, i: number, j: number, tally: Tally): void {
  const from = bag.time[i] ?? Number.NaN
  const to = bag.time[j] ?? Number.NaN
  if (Number.isNaN(from) || Number.isNaN(to)) {
    tally('time-unknown', 1)
    return
  }
  tally(TIME_CLASSES.find(([limit]) => to - from <= limit)?.[1] ?? 'time-later', 1)
  const between =
    bag.timeline === null ? countBetween(bag.sortedTimes, from, to) : countBetweenPosts(bag.timeline, i, j)
  tally(between === 0 ? 'time-next' : between === 1 ? 'time-second' : between < 4 ? 'time-fourth' : 'time-far', 1)
}

/** Posts of the bag strictly between two times. */
function countBetween(sorted: Float64Array, from: number, to: number): number {
  return Math.max(0, firstAtLeast(sorted, to) - firstAtLeast(sorted, from + 1))
}

function tallyPage(bag: Bag, i: number, j: number, tally: Tally): void {
  const from = bag.page[i] ?? NONE
  const to = bag.page[j] ?? NONE
  if (from === NONE || to === NONE) {
    tally('page-unknown', 1)
    return
  }
  const far = to - from
  const name =
    far === 1 ? 'page-next' : far === 2 ? 'page-second' : far < 5 ? 'page-fourth' : far < 9 ? 'page-eighth' : 'page-far'
  tally(name, 1)
  tally(`${name}-in-runs`, bag.contiguity)
  if (bag.contiguity >= TIDY) tally(`${name}-on-tidy-page`, 1)
}

/** What a post says of being a first one, numbers aside. */
export function tallyOpening(bag: Bag, j: number, tally: Tally): void {
  if (bag.starts[j] === 1) tally('head-start-cue', 1)
  if (bag.ends[j] === 1) tally('head-end-cue', 1)
  const words = bag.words[j]
  if (words?.opensLow) tally('head-opens-low', 1)
  if (words?.opensLeaning) tally('head-opens-leaning', 1)
  if (words?.endsPointing) tally('head-ends-pointing', 1)
  if (bag.isTimeline && words !== undefined && words.addressee !== '') tally('head-addressed', 1)
  if (bag.isTimeline && countsDays(bag, j)) tally('head-counts-days', 1)
  tallyHeadPlace(bag, j, tally)
}

/** `12/100` of a run that counts days, or a score: no place in a thread, but what is said that day begins with it. */
function countsDays(bag: Bag, at: number): boolean {
  const acceptance = bag.posts[at]?.acceptance
  return acceptance?.marker === null && acceptance.candidates.some(({ total }) => total !== null)
}

/** What a post says of being a last one, numbers aside. */
export function tallyClosing(bag: Bag, i: number, tally: Tally): void {
  if (bag.ends[i] === 1) tally('tail-end-cue', 1)
  if (bag.starts[i] === 1) tally('tail-start-cue', 1)
  const words = bag.words[i]
  if (words?.endsOpen) tally('tail-ends-open', 1)
  if (words?.endsPointing) tally('tail-ends-pointing', 1)
  if (words?.endsClosed) tally('tail-ends-closed', 1)
  tallyTailPlace(bag, i, tally)
}

function tallyHeadPlace(bag: Bag, j: number, tally: Tally): void {
  const time = bag.time[j] ?? Number.NaN
  if (!Number.isNaN(time)) {
    const at = firstAtLeast(bag.sortedTimes, time)
    const quiet = at === 0 ? Number.POSITIVE_INFINITY : time - (bag.sortedTimes[at - 1] ?? 0)
    tally(quietClass('head', quiet), 1)
  }
  if (bag.page[j] === 0) tally('head-of-page', 1)
}

function tallyTailPlace(bag: Bag, i: number, tally: Tally): void {
  const time = bag.time[i] ?? Number.NaN
  if (!Number.isNaN(time)) {
    const at = firstAtLeast(bag.sortedTimes, time + 1)
    const next = bag.sortedTimes[at]
    tally(quietClass('tail', next === undefined ? Number.POSITIVE_INFINITY : next - time), 1)
  }
}

function quietClass(end: 'head' | 'tail', quiet: number): string {
  if (quiet <= 2 * MINUTE) return `${end}-quiet-2m`
  if (quiet <= 30 * MINUTE) return `${end}-quiet-30m`
  return quiet <= DAY ? `${end}-quiet-1d` : `${end}-quiet-long`
}
