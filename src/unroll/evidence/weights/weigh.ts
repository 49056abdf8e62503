// The weight of a link: signals times weights, summed. The evidence shown to people is this sum, term by term.
import type { Tally } from '../tally.ts'

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

/**
 * Adds up what is tallied to it. One of them serves a whole bag: a sum in a closure would be a new object at each step.
 */
interface Adder {
  readonly tally: Tally
  /** The sum since it was last taken. */
  take(): number
}

export function makeAdder(weights: Weights): Adder {
  const sum = new Float64Array(1)
  return {
    tally: (signal, value) => {
      const weight = weights.get(signal)
      if (weight !== undefined) sum[0]! += value * weight
    },
    take: () => {
      const taken = sum[0]!
      sum[0] = 0
      return taken
    },
  }
}

export interface Term {
  readonly kind: string
  readonly weight: number
}

/** The terms of that sum, the heaviest first and no more than `most`; terms that weigh nothing are left out. */
export function listTerms(weights: Weights, most: number, describe: (tally: Tally) => void): readonly Term[] {
  const terms = new Map<string, number>()
  describe((signal, value) => {
    terms.set(signal, (terms.get(signal) ?? 0) + value * (weights.get(signal) ?? 0))
  })
  return pickHeaviest(terms, most)
}

/** The heaviest first, no more than `most`; what weighs nothing is left out. */
export function pickHeaviest(terms: ReadonlyMap<string, number>, most: number): readonly Term[] {
  const heaviest: Term[] = []
  for (const [kind, weight] of terms) {
    if (weight === 0) continue
    let at = heaviest.length
    while (at > 0 && isHeavier(kind, weight, heaviest[at - 1] as Term)) at--
    if (at >= most) continue
    for (let k = Math.min(heaviest.length, most - 1); k > at; k--) heaviest[k] = heaviest[k - 1] as Term
    heaviest[at] = { kind, weight }
  }
  return heaviest
}

function isHeavier(kind: string, weight: number, other: Term): boolean {
  const more = Math.abs(weight) - Math.abs(other.weight)
  return more > 0 || (more === 0 && kind < other.kind)
}
