// An author's own way with words, learnt without being told any thread: pauses alone show which steps very likely go on
// and which do not, and what the words of these have in common moves the usual weights a little towards this author's.
import { ABSOLUTE, OPEN_SIGNALS, type Rows } from './signals.ts'

/** How firmly the usual weights are held: as many steps would have to speak against them. */
const FIRMNESS = 30
const ROUNDS = 25

/**
 * @param weights of OPEN_SIGNALS, usual ones
 * @param byPause how likely each step goes on, as far as pauses tell
 */
export function learnHabits(rows: Rows, weights: Float64Array, byPause: Float64Array): Float64Array {
  const learnt = Float64Array.from(weights)
  const own = OPEN_SIGNALS.flatMap((name, s) => ((ABSOLUTE as readonly string[]).includes(name) ? [] : [s]))
  const share = byPause.reduce((sum, p) => sum + p, 0) / Math.max(1, byPause.length)
  let base = Math.log(Math.max(1e-6, share) / Math.max(1e-6, 1 - share))
  const odds = Float64Array.from(rows, (row) => own.reduce((sum, s) => sum + (learnt[s] ?? 0) * (row[s] ?? 0), base))
  for (let round = 0; round < ROUNDS; round++) {
    base += step(odds, byPause, () => 1, { pull: 0, firmness: 1e-3 })
    for (const s of own) {
      const pull = FIRMNESS * ((weights[s] ?? 0) - (learnt[s] ?? 0))
      learnt[s]! += step(odds, byPause, (k) => rows[k]?.[s] ?? 0, { pull, firmness: FIRMNESS })
    }
  }
  return learnt
}

/** What draws a weight back to its usual value, and how many steps would have to speak against that value. */
interface Hold {
  readonly pull: number
  readonly firmness: number
}

/** One of Newton's steps in one weight; the odds follow. */
function step(
  odds: Float64Array,
  wanted: Float64Array,
  readValue: (k: number) => number,
  { pull, firmness }: Hold,
): number {
  let [slope, bend] = [pull, firmness]
  for (let k = 0; k < odds.length; k++) {
    const p = 1 / (1 + Math.exp(-(odds[k] ?? 0)))
    const value = readValue(k)
    slope += value * ((wanted[k] ?? 0) - p)
    bend += value * value * p * (1 - p)
  }
  const change = slope / bend
  for (let k = 0; k < odds.length; k++) odds[k]! += change * readValue(k)
  return change
}
