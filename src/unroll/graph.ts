// Candidate pairs with their weights, and how probable each is beside its rivals. It does not choose.
import { NONE } from './bag.ts'
import type { Edges } from './match.ts'

/** Builds edges row by row: `list(i)` gives the right nodes of a left node, `weight(i, j)` the weight of each. */
export function buildEdges(
  left: number,
  right: number,
  list: (i: number) => Iterable<number>,
  weight: (i: number, j: number) => number,
): Edges {
  const start = new Int32Array(left + 1)
  const [to, weights]: [number[], number[]] = [[], []]
  for (let i = 0; i < left; i++) {
    for (const j of list(i)) {
      to.push(j)
      weights.push(weight(i, j))
    }
    start[i + 1] = to.length
  }
  return { left, right, start, to: Int32Array.from(to), weight: Float64Array.from(weights) }
}

export function weightOf({ start, to, weight }: Edges, i: number, j: number): number {
  for (let e = start[i] ?? 0; e < (start[i + 1] ?? 0); e++) if (to[e] === j) return weight[e] ?? 0
  return Number.NEGATIVE_INFINITY
}

/** log(sum of e^weight) over the rivals of each left and right node, "none" (weight 0) included. */
export interface Rivalry {
  readonly row: Float64Array
  readonly column: Float64Array
}

export function measureRivalry({ left, right, start, to, weight }: Edges): Rivalry {
  const row = new Float64Array(left)
  const column = new Float64Array(right)
  for (let i = 0; i < left; i++)
    for (let e = start[i] ?? 0; e < (start[i + 1] ?? 0); e++) {
      const j = to[e] ?? NONE
      row[i] = logAdd(row[i] ?? 0, weight[e] ?? 0)
      column[j] = logAdd(column[j] ?? 0, weight[e] ?? 0)
    }
  return { row, column }
}

/** log(e^a + e^b) without overflow. */
function logAdd(a: number, b: number): number {
  const [most, least] = a > b ? [a, b] : [b, a]
  return most + Math.log1p(Math.exp(least - most))
}
