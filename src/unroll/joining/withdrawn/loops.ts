// Inferred links that would let a thread begin behind one of its own side chains. The solver knows main lines only, and
// a thread that is before itself has no first post: it would be shown nowhere.
import { NONE } from '../../solve/bag.ts'
import { breakCycles, reverseLinks } from '../../solve/chains.ts'
import type { Lines } from '../lines.ts'

/** Declared beats layout beats inferred. */
const STRENGTH = { declared: 2, layout: 1, inferred: 0 } as const

/**
 * Takes back in place the weakest link of each loop. @param branches heads of side chains by the post they leave from
 */
export function openLoops(branches: ReadonlyMap<number, readonly number[]>, lines: Lines): void {
  if (branches.size === 0) return
  const previous = reverseLinks(lines.next)
  const above = Int32Array.from(previous)
  for (const [from, heads] of branches) for (const head of heads) above[head] = from
  const strengthOf = (child: number): number => {
    const link = lines.links[child] ?? null
    // What leads from a main line to a side chain is no link of the line.
    return link === null || previous[child] === NONE ? Number.POSITIVE_INFINITY : STRENGTH[link.basis] + link.p
  }
  for (const at of breakCycles(above, strengthOf)) {
    lines.next[previous[at] ?? NONE] = NONE
    lines.links[at] = null
  }
}
