// How likely a stretch that lacks numbers has lost a post, and at which of its steps: one choice between "nothing" and
// each step, weighed by signals as links are. The weights stand in loss-weights.ts.
import type { Tally } from '../evidence/tally.ts'
import { type Weights, weigh } from '../evidence/weights/weigh.ts'
import { readInnerCount, stepOfCounts } from '../evidence/words/inner-counts.ts'
import { readWords } from '../evidence/words/words.ts'
import { findCues } from '../markers/candidates/cues.ts'
import type { Numbered } from './numbered.ts'
import { listSteps, type Stretch, type Stretches } from './stretches.ts'

/**
 * Authors skip a number once a thread, if they do; a long thread has more posts to lose. Numbered posts of a usual one.
 */
const USUAL_LENGTH = 5
/** A pace needs as many intervals. */
const LEAST_INTERVALS = 3
/** Steps of a count that show how far it goes. */
const LEAST_COUNTS = 3
/** Clocks count seconds; steps shorter than this are alike, in milliseconds. */
const CLOCK_MS = 1000
/** Beyond this a step is just long: natural log units. */
const MOST_QUIET = 1.5

export interface Loss {
  /** Probability that posts were lost in the stretch at all. */
  readonly p: number
  /** How many, if any. */
  readonly count: number
  /** Where, the likeliest place first; at least one. */
  readonly places: readonly Place[]
}

interface Place {
  /** The post whose step from the one before hides lost posts. */
  readonly step: number
  /** Probability that it does, given a loss. */
  readonly share: number
}

/** What is known of a thread when one of its stretches is judged. */
export interface Setting {
  readonly posts: readonly Numbered[]
  readonly stretches: Stretches
  /** Median time between neighbours in milliseconds, or null. */
  readonly pace: number | null
  /** How far a count inside the texts goes from each post to the next, null where it is silent. */
  readonly counts: readonly (number | null)[]
}

export function settingOf(posts: readonly Numbered[], stretches: Stretches): Setting {
  return { posts, stretches, pace: measurePace(posts), counts: measureCounts(posts) }
}

export function judgeStretch(setting: Setting, stretch: Stretch, weights: Weights): Loss {
  const steps = listSteps(stretch, setting.posts.length)
  const odds = steps.map((step) => Math.exp(weigh(weights, (tally) => tallyLoss(setting, stretch, step, tally))))
  const sum = odds.reduce((total, one) => total + one, 0)
  const count = countLost(setting.stretches, stretch)
  const places = steps.map((step, k) => ({ step, share: shareOfSeveral((odds[k] ?? 0) / sum, count) }))
  return { p: sum / (1 + sum), count, places: places.sort((a, b) => b.share - a.share || a.step - b.step) }
}

/** A number skipped is no post lost: numbers run past the total by so many. */
function countLost({ excess }: Stretches, { lacking }: Stretch): number {
  return lacking > excess ? lacking - excess : lacking
}

/**
 * Posts are lost one by one. Where all ways in which `count` lost ones can stand among those that are left are as
 * likely, a place's odds of hiding some of them grow with their count; fitted are the odds of one.
 */
function shareOfSeveral(share: number, count: number): number {
  return (count * share) / (count * share + 1 - share)
}

/** What speaks for a loss at one step, against none in the whole stretch. */
export function tallyLoss(setting: Setting, stretch: Stretch, step: number, tally: Tally): void {
  if (stretch.from < 0) tallyOpening(setting, stretch, tally)
  else if (stretch.to >= setting.posts.length) tally('closing', 1)
  else tallyHole(setting, stretch, tally)
  tallyPace(setting, step, tally)
  tallyCount(setting, step, tally)
  if (stretch.to - stretch.from > 2) tallyStep(setting, step, tally)
}

/** Number 3 behind one unnumbered post: that one is 1, or 2, or the author skipped. */
function tallyOpening({ posts, stretches }: Setting, { to, lacking }: Stretch, tally: Tally): void {
  const text = posts[0]?.text ?? ''
  const words = readWords(text)
  tally(to === 1 ? 'opening-one' : to === 2 ? 'opening-two' : 'opening-more', 1)
  if (lacking > 1) tally('opening-lacks-more', 1)
  if (lacking <= stretches.excess) tally('opening-over-by-all', 1)
  if (words.endsPointing || findCues(text).some((cue) => cue.kind === 'start')) tally('opening-starts', 1)
  if (words.opensLow || words.opensLeaning) tally('opening-leans', 1)
}

function tallyHole({ stretches }: Setting, { from, to, lacking }: Stretch, tally: Tally): void {
  tally(promiseSignal(stretches, lacking), 1)
  tally('hole-in-long', Math.log(stretches.numbered / USUAL_LENGTH))
  if (lacking > 1) tally('hole-lacks-more', 1)
  if (stretches.list.length > 1) tally('hole-not-alone', 1)
  if (to - from === 2) tally('hole-bridged', 1)
  if (to - from > 2) tally('hole-bridged-more', 1)
}

/** Past a total by one, one number was skipped: it explains a hole of one, and not a hole of two. */
function promiseSignal({ promised, excess, list }: Stretches, lacking: number): string {
  if (promised !== 'over') return `total-${promised}`
  if (lacking > excess) return 'total-over-by-less'
  const all = list.reduce((sum, one) => sum + one.lacking, 0)
  return all > excess ? 'total-over-by-some' : 'total-over-by-all'
}

function tallyPace({ posts, pace }: Setting, step: number, tally: Tally): void {
  const apart = timeBetween(posts, step)
  if (pace === null || apart === null) return
  const quiet = Math.log((apart + CLOCK_MS) / (pace + CLOCK_MS))
  tally('step-quiet', Math.max(-MOST_QUIET, Math.min(MOST_QUIET, quiet)))
}

/** A count inside the texts that goes as far as it mostly does lost nothing, whatever the numbers skip. */
function tallyCount({ counts }: Setting, step: number, tally: Tally): void {
  const own = counts[step] ?? null
  const others = counts.filter((count, at) => at !== step && count !== null)
  if (own === null || others.length < LEAST_COUNTS) return
  const alike = others.filter((count) => count === own).length
  if (alike > others.length / 2) tally('step-count-goes-on', 1)
}

function tallyStep({ posts }: Setting, step: number, tally: Tally): void {
  const [before, after] = [readWords(posts[step - 1]?.text ?? ''), readWords(posts[step]?.text ?? '')]
  if (after.opensLow || after.opensLeaning) tally('step-leans-back', 1)
  if (before.endsOpen) tally('step-ends-open', 1)
}

function measurePace(posts: readonly Numbered[]): number | null {
  const apart = posts.flatMap((_, at) => timeBetween(posts, at) ?? []).sort((a, b) => a - b)
  return apart.length < LEAST_INTERVALS ? null : (apart[apart.length >> 1] ?? null)
}

/** By the post a step leads to. */
function measureCounts(posts: readonly Numbered[]): readonly (number | null)[] {
  const counts = posts.map(({ text }) => readInnerCount(text))
  return counts.map((count, at) => stepOfCounts(counts[at - 1] ?? null, count))
}

function timeBetween(posts: readonly Numbered[], at: number): number | null {
  const [from, to] = [posts[at - 1]?.time ?? null, posts[at]?.time ?? null]
  return from === null || to === null ? null : Math.max(0, Date.parse(to) - Date.parse(from))
}
