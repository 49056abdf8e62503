// From log-odds to probabilities that mean what they say, by what orders the posts of a bag. How sure a link is, is for
// certainty.ts; the curves here say how sure a post belongs to its thread at all. The coefficients stand in
// certainty-weights.ts.
import type { Bag } from '../bag.ts'
import { HOME_CURVES } from './certainty-weights.ts'

/** Log-odds of p = bias + slope × (log-odds before calibration, no more than `most`). */
export interface Curve {
  readonly bias: number
  readonly slope: number
}

/** What orders the posts of a bag: the finest signal they have; numbers alone, when nearly all posts bear one. */
export type SignalClass = 'ids' | 'timeline' | 'times' | 'page' | 'numbers' | 'text'

/** Share of numbered posts from which numbers order the bag. */
const NEARLY_ALL = 0.85
const MOST_ODDS = 12
const MOST_CERTAIN = 0.9995

export function classOf(bag: Bag): SignalClass {
  if (bag.isTimeline) return 'timeline'
  if (bag.idRank.some((rank) => rank >= 0)) return 'ids'
  if (bag.sortedTimes.length > 0) return 'times'
  if (bag.page.some((rank) => rank >= 0)) return 'page'
  return bag.numbered >= NEARLY_ALL ? 'numbers' : 'text'
}

/** Whose odds are judged alike: those of single moves say too much where several arrangements are likely. */
export type HomeClass = keyof typeof HOME_CURVES

export function homeClassOf(kind: SignalClass, undrawn: boolean): HomeClass {
  return undrawn && (kind === 'times' || kind === 'page' || kind === 'numbers' || kind === 'text')
    ? `undrawn-${kind}`
    : kind
}

/**
 * Probability that a post belongs to its thread.
 * @param leaving log of the summed odds of all arrangements in which it does not
 */
export function judgeHome(kind: HomeClass, leaving: number, curve: Curve = HOME_CURVES[kind]): number {
  return sayProbability(curve.bias + curve.slope * clampOdds(-leaving))
}

/** Nothing that is inferred is certain. */
export function sayProbability(odds: number): number {
  return Math.min(MOST_CERTAIN, 1 / (1 + Math.exp(-odds)))
}

export function clampOdds(odds: number): number {
  return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, odds))
}
