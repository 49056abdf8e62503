// Which things belong together, found out pair by pair: of each, in one array, an earlier one that it belongs with, or
// itself. It knows nothing of the things.
import { addTo } from '../grouping.ts'

/** Every thing by itself. */
export function standApart(size: number): Int32Array {
  const above = new Int32Array(size)
  for (let at = 0; at < size; at++) above[at] = at
  return above
}

/** The earlier root stays one, so that a group is known by its first thing. */
export function unite(above: Joins, a: number, b: number): void {
  const x = rootOf(above, a)
  const y = rootOf(above, b)
  if (x < y) above[y] = x
  else above[x] = y
}

/** Written by `unite` alone; a plain array may grow meanwhile. */
export interface Joins {
  readonly length: number
  [at: number]: number
}

/** Groups by their first things, each in rising order. */
export function listGroups(above: Joins): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>()
  for (let at = 0; at < above.length; at++) addTo(groups, rootOf(above, at), at)
  return [...groups.values()]
}

/** Halves the path on its way. */
function rootOf(above: Joins, start: number): number {
  let at = start
  while (above[at] !== at) {
    const up = above[at] ?? at
    above[at] = above[up] ?? up
    at = above[at] ?? up
  }
  return at
}
