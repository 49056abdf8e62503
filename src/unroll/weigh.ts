// The weight of a link: signals times weights, summed. The evidence shown to people is this sum, term by term.
import type { Tally } from './tally.ts'

/** Weights of one pass by signal name, in natural log-odds. */
export type Weights = ReadonlyMap<string, number>

export function toWeights(table: Readonly<Record<string, number>>): Weights {
  return new Map(Object.entries(table))
}

/** Sum over the signals a description reports. */
export function weigh(weights: Weights, describe: (tally: Tally) => void): number {
  let sum = 0
  describe((signal, value) => {
    sum += value * (weights.get(signal) ?? 0)
  })
  return sum
}

export interface Term {
  readonly kind: string
  readonly weight: number
}

/** The terms of that sum, the heaviest first; terms that weigh nothing are left out. */
export function listTerms(weights: Weights, describe: (tally: Tally) => void): readonly Term[] {
  const terms = new Map<string, number>()
  describe((signal, value) => {
    terms.set(signal, (terms.get(signal) ?? 0) + value * (weights.get(signal) ?? 0))
  })
  return [...terms]
    .map(([kind, weight]) => ({ kind, weight }))
    .filter((term) => term.weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.kind < b.kind ? -1 : 1))
}
