// How fast an author goes on with a thread, and how soon an unrelated post comes: two rates over the pause, learnt from
// the timeline itself. After an answer to somebody no thread goes on, so what comes then tells how soon unrelated posts
// come. Rates stand in bins of the logarithm of the pause and are smoothed against what is usual.
import type { Silences, Stream } from './streams.ts'

/** Natural log of seconds: width of a bin, and how far what was counted in one bears on its neighbours. */
const STEP = 0.5
const REACH = 0.7
/** From a second to two months. */
export const BINS = 31
/** Longer silences say no more, in seconds. */
const MOST_SILENCE = 30 * 86_400
/** Below this many seconds it is a composer that goes on, and not every author uses one. */
const BY_COMPOSER = 12
/** Posts counted that weigh as much as what is usual: locally, over a range of pauses, over all. */
const LOCAL = 1
const OF_RANGE = 2
const OF_ALL = 3
/** Share at which a silence after an open post counts for the rate of unrelated posts: threads hide in those. */
const AFTER_OPEN = 0.1
/** Share of posts that go on, before anything is known. */
const USUAL_SHARE = 0.2

const CENTRES = Float64Array.from({ length: BINS }, (_, b) => (b + 0.5) * STEP)
const NEARNESS = Array.from({ length: BINS }, (_, a) =>
  CENTRES.map((centre) => Math.exp(-0.5 * ((centre - (CENTRES[a] ?? 0)) / REACH) ** 2)),
)
const COMPOSED = CENTRES.map((centre) => (centre < Math.log(BY_COMPOSER) ? 1 : 0))

/** Rates by bin, a second of waiting: how they run over the pause matters, their height is each author's own. */
export interface UsualRates {
  /** Of a post that goes on, after an open post. */
  readonly goOn: readonly number[]
  /** Of an unrelated post, after any. */
  readonly unrelated: readonly number[]
}

/** What is counted of one timeline, once: bins of its steps and how long each pause was waited for. */
export interface Watch {
  readonly pauseBin: Int32Array
  readonly quietBin: Int32Array
  readonly counted: Float64Array
  readonly waitedToGoOn: Float64Array
  readonly waitedForOther: Float64Array
  readonly logPause: Float64Array
  readonly logQuiet: Float64Array
}

export function watchPauses({ pause, quiet, afterOther }: Stream, silences: Silences): Watch {
  const afterOpen = sumWaits(silences.afterOpen)
  const afterAnswers = sumWaits(silences.afterOther)
  return {
    pauseBin: Int32Array.from(pause, binOf),
    quietBin: Int32Array.from(quiet, binOf),
    counted: Float64Array.from(afterOther, (other) => (other === 1 ? 1 : AFTER_OPEN)),
    waitedToGoOn: sumWaits(pause),
    waitedForOther: afterAnswers.map((wait, b) => wait + AFTER_OPEN * (afterOpen[b] ?? 0)),
    logPause: pause.map(logOf),
    logQuiet: quiet.map(logOf),
  }
}

function logOf(seconds: number): number {
  return Math.log(Math.max(1, seconds))
}

function binOf(seconds: number): number {
  return Math.min(BINS - 1, Math.floor(logOf(seconds) / STEP))
}

/** Seconds spent in each bin by silences of these lengths. */
function sumWaits(silences: Float64Array): Float64Array {
  const waits = new Float64Array(BINS)
  for (const silence of silences) {
    const length = Math.max(0.5, Math.min(MOST_SILENCE, silence))
    for (let b = 0; b < BINS; b++) {
      const from = b === 0 ? 0 : Math.exp(b * STEP)
      if (length <= from) break
      waits[b]! += Math.min(length, b === BINS - 1 ? Number.POSITIVE_INFINITY : Math.exp((b + 1) * STEP)) - from
    }
  }
  return waits
}

/** Log-odds that each step goes on, by its pause alone. @param linked how likely each step is held to go on so far */
export function weighPauses(watch: Watch, usual: UsualRates, linked: Float64Array): Float64Array {
  const [goneOn, unrelated] = countBoth(watch, linked)
  const goOn = rateOfGoingOn(goneOn, watch.waitedToGoOn, usual.goOn)
  const other = rateOf(unrelated, watch.waitedForOther, scaleTo(unrelated, watch.waitedForOther, usual.unrelated))
  return readOff(watch, goOn, other)
}

/** The same before anything is known of this author. */
export function guessPauses(watch: Watch, usual: UsualRates): Float64Array {
  const goOn = usual.goOn.map((rate) => rate * USUAL_SHARE)
  const waited = watch.waitedForOther.reduce((sum, wait) => sum + wait, 0)
  const other = usual.unrelated.map((rate) => (rate * (watch.counted.length + 1)) / Math.max(1, waited))
  return readOff(watch, goOn, other)
}

function countBoth(
  { pauseBin, quietBin, counted }: Watch,
  linked: Float64Array,
): readonly [Float64Array, Float64Array] {
  const [goneOn, unrelated] = [new Float64Array(BINS), new Float64Array(BINS)]
  for (let k = 0; k < linked.length; k++) {
    goneOn[pauseBin[k] ?? 0]! += linked[k] ?? 0
    unrelated[quietBin[k] ?? 0]! += (1 - (linked[k] ?? 0)) * (counted[k] ?? 0)
  }
  return [goneOn, unrelated]
}

function scaleTo(counts: Float64Array, waits: Float64Array, usual: readonly number[]): readonly number[] {
  const scale = (sum(counts) + OF_ALL) / (expect(usual, waits) + OF_ALL)
  return usual.map((rate) => rate * scale)
}

/** Composers are used by some and not by others: quick and slow pauses are scaled apart. */
function rateOfGoingOn(counts: Float64Array, waits: Float64Array, usual: readonly number[]): readonly number[] {
  const all = scaleTo(counts, waits, usual)
  const scaled = all.map((rate, b) => {
    const isMine = (_: number, other: number): boolean => COMPOSED[other] === COMPOSED[b]
    const wanted = all.reduce(
      (total, one, other) => (isMine(one, other) ? total + one * (waits[other] ?? 0) : total),
      0,
    )
    return (rate * (sum(counts.filter(isMine)) + OF_RANGE)) / (wanted + OF_RANGE)
  })
  return rateOf(counts, waits, scaled)
}

/** The usual rate, times how much more often than usual it came about there. */
function rateOf(counts: Float64Array, waits: Float64Array, usual: readonly number[]): readonly number[] {
  return usual.map((rate, b) => {
    const near = NEARNESS[b] ?? CENTRES
    const came = near.reduce((total, share, other) => total + share * (counts[other] ?? 0), 0)
    const expected = near.reduce((total, share, other) => total + share * (waits[other] ?? 0) * (usual[other] ?? 0), 0)
    return (rate * (LOCAL + came)) / (LOCAL + expected)
  })
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let b = 0; b < values.length; b++) total += values[b] ?? 0
  return total
}

function expect(rates: readonly number[], waits: Float64Array): number {
  return rates.reduce((total, rate, b) => total + rate * (waits[b] ?? 0), 0)
}

function readOff({ logPause, logQuiet }: Watch, goOn: readonly number[], other: readonly number[]): Float64Array {
  const [a, b] = [goOn.map(Math.log), other.map(Math.log)]
  return logPause.map((pause, k) => between(a, pause) - between(b, logQuiet[k] ?? 0))
}

/** Value at a log of seconds, on the line between the centres of two bins. */
function between(values: readonly number[], at: number): number {
  const place = Math.max(0, Math.min(BINS - 1, at / STEP - 0.5))
  const low = Math.floor(place)
  const [from = 0, to = from] = [values[low], values[low + 1]]
  return from + (place - low) * (to - from)
}

/** Shapes of both rates in a timeline whose links are known, for what is usual. */
export function shapeRates(watch: Watch, linked: Float64Array): UsualRates {
  const [goneOn, unrelated] = countBoth(watch, linked)
  const posts = linked.length + 1
  const waited = sum(watch.waitedForOther)
  const smooth = (counts: Float64Array, waits: Float64Array, scale: number): number[] =>
    NEARNESS.map((near) => {
      const came = near.reduce((total, share, b) => total + share * (counts[b] ?? 0), 0)
      const wait = near.reduce((total, share, b) => total + share * (waits[b] ?? 0), 0)
      return (came + 0.3) / wait / scale
    })
  return {
    goOn: smooth(goneOn, watch.waitedToGoOn, sum(goneOn) / posts),
    unrelated: smooth(unrelated, watch.waitedForOther, sum(unrelated) / waited),
  }
}
