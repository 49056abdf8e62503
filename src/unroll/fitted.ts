// The fitted model as the passes want it.

import type { Model } from './passes.ts'
import { toWeights } from './weigh.ts'
import { CURVES, WEIGHTS } from './weights.ts'

export const MODEL: Model = {
  weights: { chain: toWeights(WEIGHTS.chain), hole: toWeights(WEIGHTS.hole), loose: toWeights(WEIGHTS.loose) },
  curves: CURVES,
}
