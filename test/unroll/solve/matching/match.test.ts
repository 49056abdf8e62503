// The matching is exact: on small random graphs it finds what trying everything finds.

import { describe, expect, it } from 'vitest'
import { buildEdges } from '../../../../src/unroll/solve/matching/graph.ts'
import { matchBest } from '../../../../src/unroll/solve/matching/match.ts'
import fc from '../../../laws.ts'

const SIZE = 5
const weights = fc.array(
  fc.array(fc.option(fc.integer({ min: -4, max: 9 }), { nil: null }), { minLength: SIZE, maxLength: SIZE }),
  {
    minLength: SIZE,
    maxLength: SIZE,
  },
)

function bestByTrying(table: readonly (readonly (number | null)[])[], row: number, taken: number): number {
  if (row === table.length) return 0
  let best = bestByTrying(table, row + 1, taken)
  table[row]?.forEach((weight, column) => {
    if (weight === null || (taken & (1 << column)) !== 0) return
    best = Math.max(best, weight + bestByTrying(table, row + 1, taken | (1 << column)))
  })
  return best
}

describe('matchBest', () => {
  it('finds the greatest total, uses no node twice and no edge below zero', () => {
    fc.assert(
      fc.property(weights, (table) => {
        const list = (i: number): number[] => table[i]?.flatMap((weight, j) => (weight === null ? [] : [j])) ?? []
        const mates = matchBest(buildEdges(SIZE, SIZE, list, (i, j) => table[i]?.[j] ?? 0))
        const chosen = [...mates].flatMap((j, i) => (j < 0 ? [] : [[i, j] as const]))
        expect(new Set(chosen.map(([, j]) => j)).size).toBe(chosen.length)
        const total = chosen.reduce((sum, [i, j]) => sum + (table[i]?.[j] ?? Number.NaN), 0)
        expect(total).toBe(bestByTrying(table, 0, 0))
      }),
      { numRuns: 500 },
    )
  })
})
