// Successor lists as chains: cycles broken at their weakest link, heads and members listed. It weighs nothing itself.
import { NONE } from './bag.ts'

/**
 * Removes the weakest link of each cycle in place.
 * @returns the posts whose link was removed, for flagging
 */
export function breakCycles(next: Int32Array, weightOf: (i: number, j: number) => number): readonly number[] {
  const state = new Uint8Array(next.length)
  const broken: number[] = []
  for (let root = 0; root < next.length; root++) {
    const path: number[] = []
    let at = root
    while (at !== NONE && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = next[at] ?? NONE
    }
    if (at !== NONE && state[at] === 1) broken.push(cutWeakest(next, path.slice(path.indexOf(at)), weightOf))
    for (const node of path) state[node] = 2
  }
  return broken
}

function cutWeakest(next: Int32Array, cycle: readonly number[], weightOf: (i: number, j: number) => number): number {
  const [first = 0, ...others] = cycle
  const weigh = (node: number): number => weightOf(node, next[node] ?? NONE)
  const weakest = others.reduce((least, node) => (weigh(node) < weigh(least) ? node : least), first)
  next[weakest] = NONE
  return weakest
}

/** Predecessors for successors. */
export function reverseLinks(next: Int32Array): Int32Array {
  const previous = new Int32Array(next.length).fill(NONE)
  next.forEach((j, i) => {
    if (j !== NONE) previous[j] = i
  })
  return previous
}

/** All chains, each from its head, ordered by their heads. Posts without links are chains of one. */
export function listChains(next: Int32Array): readonly (readonly number[])[] {
  const previous = reverseLinks(next)
  const chains: number[][] = []
  previous.forEach((before, head) => {
    if (before !== NONE) return
    const chain: number[] = []
    for (let at = head; at !== NONE; at = next[at] ?? NONE) chain.push(at)
    chains.push(chain)
  })
  return chains
}
