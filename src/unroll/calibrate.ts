// From weights to probabilities that mean what they say: a logistic on how a link fares among its rivals, fitted for
// each pass and kind of signal. The coefficients stand in weights.ts.
import type { Bag } from './bag.ts'

/** How a chosen link fares: log of its row and column softmax, both at most 0. */
export interface Standing {
  readonly row: number
  readonly column: number
}

export interface Curve {
  readonly bias: number
  readonly row: number
  readonly column: number
}

/** What orders the posts of a bag: the finest signal they have. */
export type SignalClass = 'ids' | 'times' | 'page' | 'text'

const MOST_CERTAIN = 0.9995
const NEARLY_ALL = 0.9999

export function classOf(bag: Bag): SignalClass {
  if (bag.idRank.some((rank) => rank >= 0)) return 'ids'
  if (bag.sortedTimes.length > 0) return 'times'
  return bag.page.some((rank) => rank >= 0) ? 'page' : 'text'
}

export function calibrate(curve: Curve | undefined, standing: Standing): number {
  const { bias, row, column } = curve ?? { bias: 0, row: 0.5, column: 0.5 }
  const z = bias + row * toLogit(standing.row) + column * toLogit(standing.column)
  return Math.min(MOST_CERTAIN, 1 / (1 + Math.exp(-z)))
}

/** Log-odds of a probability given by its logarithm, kept finite. */
export function toLogit(logP: number): number {
  const p = Math.min(NEARLY_ALL, Math.exp(logP))
  return logP < -20 ? logP : Math.log(p / (1 - p))
}
