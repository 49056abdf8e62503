// The fitted model as the solver wants it.
import type { Bag } from '../../solve/bag.ts'
import { toWeights, type Weights } from './weigh.ts'
import { IN_TIMELINES, WEIGHTS } from './weights.ts'

const FITTED = toWeights(WEIGHTS)
const FITTED_IN_TIMELINES = toWeights(addUp(WEIGHTS, IN_TIMELINES))

/** One model; a timeline shifts some of its weights. */
export function fittedFor(bag: Bag): Weights {
  return bag.isTimeline ? FITTED_IN_TIMELINES : FITTED
}

function addUp(
  base: Readonly<Record<string, number>>,
  shift: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...base }
  for (const [signal, weight] of Object.entries(shift)) sum[signal] = (sum[signal] ?? 0) + weight
  return sum
}
