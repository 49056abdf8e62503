// The company a numbered candidate keeps in its family: the next smaller and next larger number, how near they stand,
// and whether the family counts days instead of posts. Pure arithmetic over sightings; it knows no text.
import { groupBy } from '../../../grouping.ts'
import type { Judgement } from '../candidates/judgement.ts'

/** One candidate as its family sees it. */
export interface Sighting {
  readonly number: number
  /** The promised length, or null. */
  readonly total: number | null
  /** Milliseconds since 1970, or null. */
  readonly time: number | null
  readonly index: number
  /** What its post makes of its matter, where its number may be a mark; null: nothing. */
  readonly judgement: Judgement | null
}

/** What a family says about one of its members. */
export interface Company {
  /** Log-odds, to be added to the prior's. */
  readonly weight: number
  /** One clause for people, made when it is asked for. */
  readonly say: () => string
}

interface Neighbour {
  readonly weight: number
  readonly sighting: Sighting
}

const HOUR_MS = 3_600_000
/** Nine of ten steps inside a thread take less than half an hour, 95% less than two hours. */
const NEAR_MS = 2 * HOUR_MS
const SAME_DAY_MS = 14 * HOUR_MS
/** The company test of stray markers was measured with three days. */
const FAR_MS = 72 * HOUR_MS
/** Whole-second clocks put 6% of true neighbours backwards, by seconds. */
const BACKWARDS_MS = 10 * 60_000
const NEAR_POSTS = 4
const SOME_POSTS = 15
/** A skip or a lost marker leaves a hole; wider ones are no company. */
export const WIDEST_STEP = 3
/** Steps of a counter take a day; this many of them show the rhythm. */
const RHYTHM_STEPS = 3
/** A promise that is mended on the way changes by no more than this, or by half. */
const MENDED = 3
const RHYTHM_SHARE = 0.6
/** What people give marks out of. */
export const RATED_OF: ReadonlySet<number> = new Set([5, 10, 100])
/** So many of one total without a first: two threads would both have lost theirs. */
const LEAST_RATINGS = 3
/**
 * Marks agree with the words beside them: by judgement. Counted once (2026-11-24), of 1,904 runs of five posts inside
 * true threads, numbered from 1 to 5, none did as asked here; but six of a hundred of their posts judge at all.
 */
const JUDGED_SHARE = 0.6
const LOW_MARK = 0.4
const HIGH_MARK = 0.7

/** Members of one family by number, each list in order of time, then index. */
export type Family = ReadonlyMap<number, readonly Sighting[]>

export function buildFamily(sightings: readonly Sighting[]): Family {
  const family = groupBy(sightings, ({ number }) => number)
  for (const list of family.values()) list.sort(compareSightings)
  return family
}

/**
 * Weights of the nearest smaller and nearest larger number, at most `widest` steps away; `alone` is what their absence
 * weighs. O(log family).
 */
export function weighCompany(family: Family, own: Sighting, alone: number, widest: number): Company {
  const before = bestNeighbour(family, own, -1, widest)
  const after = bestNeighbour(family, own, 1, widest)
  const isBefore = (before?.weight ?? -9) >= (after?.weight ?? -9)
  const best = isBefore ? before : after
  const other = isBefore ? after : before
  if (best === null) return { weight: alone, say: sayLone }
  return { weight: best.weight + 0.6 * Math.max(0, other?.weight ?? 0), say: () => sayNeighbour(own, best.sighting) }
}

/** `days`: most steps of one take half a day or more. `posts`: they do not. `unknown`: too few have times. */
export function rhythmOf(sightings: readonly Sighting[]): 'days' | 'posts' | 'unknown' {
  const steps = stepsOfOne(sightings)
  const slow = steps.filter((step) => step >= SAME_DAY_MS / 2).length
  if (steps.length >= RHYTHM_STEPS && slow / steps.length >= RHYTHM_SHARE) return 'days'
  return steps.length > slow ? 'posts' : 'unknown'
}

/**
 * Whether numbers of one total are ratings: none is the first and some are given again, or they jump to and fro, or
 * they say what the words beside them say.
 */
export function isRating(sightings: readonly Sighting[]): boolean {
  const isRated = sightings.every(({ total }) => total === sightings[0]?.total && RATED_OF.has(total ?? 0))
  return isRated && (beginsNowhere(sightings) || jumps(sightings) || agreesWithWords(sightings))
}

/** Low numbers find fault and high ones praise, most posts judge, none against its number, and they are in no order. */
function agreesWithWords(sightings: readonly Sighting[]): boolean {
  const judged = sightings.filter(({ judgement }) => judgement !== null)
  if (judged.length < Math.max(LEAST_RATINGS, JUDGED_SHARE * sightings.length) || countsAlong(sightings)) return false
  const low = judged.filter((one) => markOf(one) <= LOW_MARK)
  const high = judged.filter((one) => markOf(one) >= HIGH_MARK)
  return (
    low.some(({ judgement }) => judgement === 'blame') &&
    high.some(({ judgement }) => judgement === 'praise') &&
    !low.some(({ judgement }) => judgement === 'praise') &&
    !high.some(({ judgement }) => judgement === 'blame')
  )
}

function markOf({ number, total }: Sighting): number {
  return number / (total ?? 1)
}

/** Whether each number is larger than the one before it, in time and on the page; or smaller: the newest on top. */
function countsAlong(sightings: readonly Sighting[]): boolean {
  const numbers = sightings.toSorted(compareSightings).map(({ number }) => number)
  const steps = numbers.slice(1).map((number, k) => number - (numbers[k] ?? 0))
  return steps.every((step) => step > 0) || steps.every((step) => step < 0)
}

function beginsNowhere(sightings: readonly Sighting[]): boolean {
  const numbers = new Set(sightings.map(({ number }) => number))
  return sightings.length >= LEAST_RATINGS && !numbers.has(1) && numbers.size < sightings.length
}

/** In time: most steps neither count on nor begin anew. */
function jumps(sightings: readonly Sighting[]): boolean {
  const timed = sightings.filter((sighting) => sighting.time !== null).sort(compareSightings)
  const steps = timed.slice(1).map(({ number }, k) => ({ number, step: number - (timed[k]?.number ?? 0) }))
  const astray = steps.filter(({ number, step }) => number > 2 && (step > WIDEST_STEP || step < 0)).length
  return steps.length > 1 && 2 * astray >= steps.length
}

/** Times between each member and the next earlier member with the number before it (or the same, for repeats). */
function stepsOfOne(sightings: readonly Sighting[]): number[] {
  const timed = sightings.filter((sighting) => sighting.time !== null).sort(compareSightings)
  const last = new Map<number, number>()
  const steps: number[] = []
  for (const { number, time } of timed) {
    const earlier = last.get(number - 1)
    if (earlier !== undefined) steps.push((time ?? 0) - earlier)
    last.set(number, time ?? 0)
  }
  return steps
}

function bestNeighbour(family: Family, own: Sighting, direction: 1 | -1, widest: number): Neighbour | null {
  let weight = 0
  let sighting: Sighting | null = null
  for (let step = 1; step <= widest; step++) {
    const list = family.get(own.number + direction * step)
    if (list === undefined) continue
    const at = lowerBound(list, own)
    for (let k = Math.max(0, at - 2); k < Math.min(list.length, at + 2); k++) {
      const other = list[k] as Sighting
      const found = closeness(own, other, direction) - (step - 1) * 0.8
      if (found <= weight) continue
      weight = found
      sighting = other
    }
  }
  return sighting === null ? null : { weight, sighting }
}

/** A number past another total than its neighbour's is a date's: `10/27` and `11/3`. */
function isAmiss(own: Sighting, other: Sighting): boolean {
  if (own.total === null || other.total === null || other.number <= other.total) return false
  return Math.abs(own.total - other.total) > Math.max(MENDED, Math.max(own.total, other.total) / 2)
}

/** Log-odds that the other belongs to the same thread, by time where both have one, else by place on the page. */
function closeness(own: Sighting, other: Sighting, direction: 1 | -1): number {
  if (isAmiss(own, other) || isAmiss(other, own)) return 0
  if (own.time === null || other.time === null) {
    const posts = Math.abs(own.index - other.index)
    return posts <= NEAR_POSTS ? 2.6 : posts <= SOME_POSTS ? 2 : 1.2
  }
  const later = (other.time - own.time) * direction
  if (later < -BACKWARDS_MS || later > FAR_MS) return 0
  return later <= NEAR_MS ? 3 : later <= SAME_DAY_MS ? 1.8 : 0.4
}

function lowerBound(list: readonly Sighting[], own: Sighting): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (compareSightings(list[middle] ?? own, own) < 0) low = middle + 1
    else high = middle
  }
  return low
}

export function compareSightings(a: Sighting, b: Sighting): number {
  return (a.time ?? 0) - (b.time ?? 0) || a.index - b.index
}

const sayLone = (): string => 'no neighbouring number'

function sayNeighbour(own: Sighting, { number, time }: Sighting): string {
  const apart = own.time === null || time === null ? null : Math.abs(own.time - time)
  const where = apart === null ? 'on the same page' : `${sayDuration(apart)} apart`
  return `${number} stands beside ${own.number}, ${where}`
}

function sayDuration(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`
  return ms < 2 * HOUR_MS ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / HOUR_MS)} h`
}
