// The fitted model as the solver wants it.
import { toWeights, type Weights } from './weigh.ts'
import { WEIGHTS } from './weights.ts'

export const FITTED: Weights = toWeights(WEIGHTS)
