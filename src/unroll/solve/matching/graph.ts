// Candidate pairs with their weights, as the matching wants them. It does not choose.
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
