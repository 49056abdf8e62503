// Steps one after the other: each links or does not, by its own odds and by a bonus where two links follow each other.
// How likely each step links, and how likely each run of posts is a thread, no more and no less. It chooses nothing.
import { logAdd } from '../solve/certainty/confidence.ts'

/** Posts `from` to `to`, inclusive, of a stream. */
export interface LikelyRun {
  readonly from: number
  readonly to: number
  readonly p: number
}

/** Logs of summed odds up to and from each step, for "does not link" (even places) and "links" (odd places). */
interface Sums {
  readonly ahead: Float64Array
  readonly behind: Float64Array
  readonly total: number
}

/** Runs less likely than this are not listed. */
const LEAST_P = 0.02

/** @param odds log-odds of each step to link @param bonus added where two links follow each other */
export function sumOdds(odds: Float64Array, bonus: number): Sums {
  const size = odds.length
  const [ahead, behind] = [new Float64Array(2 * size), new Float64Array(2 * size)]
  for (let k = 0; k < size; k++) {
    const [apart, linked] = k === 0 ? [0, Number.NEGATIVE_INFINITY] : [ahead[2 * k - 2]!, ahead[2 * k - 1]!]
    ahead[2 * k] = logAdd(apart, linked)
    ahead[2 * k + 1] = odds[k]! + logAdd(apart, linked + bonus)
  }
  for (let k = size - 2; k >= 0; k--) {
    const [apart, linked] = [behind[2 * k + 2]!, odds[k + 1]! + behind[2 * k + 3]!]
    behind[2 * k] = logAdd(apart, linked)
    behind[2 * k + 1] = logAdd(apart, linked + bonus)
  }
  const total = size === 0 ? 0 : logAdd(ahead[2 * size - 2]!, ahead[2 * size - 1]!)
  return { ahead, behind, total }
}

/** Probability of each step to link. */
export function stepProbabilities({ ahead, behind, total }: Sums): Float64Array {
  return Float64Array.from({ length: ahead.length / 2 }, (_, k) =>
    Math.exp(ahead[2 * k + 1]! + behind[2 * k + 1]! - total),
  )
}

/** Runs of two posts and more with the probability that exactly they are a thread, by their first post and length. */
export function listRuns(odds: Float64Array, bonus: number, { ahead, behind, total }: Sums): readonly LikelyRun[] {
  const runs: LikelyRun[] = []
  const size = odds.length
  for (let from = 0; from < size; from++) {
    const before = from === 0 ? 0 : ahead[2 * from - 2]!
    let sum = before - bonus
    for (let k = from; k < size; k++) {
      sum += odds[k]! + bonus
      const p = Math.exp(sum + (k + 1 === size ? 0 : behind[2 * k + 2]!) - total)
      if (p >= LEAST_P) runs.push({ from, to: k + 1, p })
      if (Math.exp(sum + behind[2 * k + 1]! - total) < LEAST_P) break
    }
  }
  return runs
}
