// From doubts to probabilities that mean what they say: a logistic on the log-odds of a link, fitted for each kind of
// ordering signal. The coefficients stand in weights.ts.
import type { Bag } from './bag.ts'

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

/** @param against log of the summed odds of everything else */
export function calibrate({ bias, slope }: Curve, against: number): number {
  return Math.min(MOST_CERTAIN, 1 / (1 + Math.exp(-(bias + slope * clampOdds(-against)))))
}

export function clampOdds(odds: number): number {
  return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, odds))
}
