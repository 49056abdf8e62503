// How sure the links of a large bag are: the odds of each link's rivals for the same two ends, "none" included. No
// other arrangement is tried.
import { type Bag, NONE } from '../bag.ts'
import type { Edges } from '../matching/match.ts'
import type { Chains } from '../search/arrangement.ts'
import { type Doubts, logAdd } from './confidence.ts'

export function doubtByRivals(bag: Bag, { next, previous }: Chains, edges: Edges): Doubts {
  const [rivals, own] = [new Float64Array(bag.size), new Float64Array(bag.size)]
  const crowd = startCrowd(bag.size)
  eachEdge(edges, (i, j, weight) => {
    const [chosen = NONE, above = NONE] = [next[i], previous[j]]
    if (chosen === j) own[j] = weight
    else {
      if (chosen !== NONE) rivals[chosen] = logAdd(rivals[chosen]!, weight)
      if (above !== NONE) rivals[j] = logAdd(rivals[j]!, weight)
    }
    if (isAlike(bag, j, chosen)) meet(crowd, chosen, weight)
  })
  const hasUnseen = isBare(bag)
  const against = rivals.map((seen, j) => {
    if (previous[j] === NONE) return Number.NEGATIVE_INFINITY
    return (hasUnseen ? logAdd(seen, oddsOfUnseen(bag, crowd, j)) : seen) - own[j]!
  })
  return { against, leaving: against, homes: new Map(), drawn: false, undrawn: false }
}

/**
 * Of many posts that bear one number few were weighed for the place of one of them. Where neither times nor a page nor
 * ids say which are the likeliest, each of the others is as likely as the least likely of these. By the post that has
 * the place.
 */
interface Crowd {
  readonly seen: Int32Array
  readonly least: Float64Array
}

function startCrowd(size: number): Crowd {
  return { seen: new Int32Array(size), least: new Float64Array(size).fill(Number.POSITIVE_INFINITY) }
}

function meet({ seen, least }: Crowd, post: number, weight: number): void {
  seen[post]! += 1
  least[post] = Math.min(least[post]!, weight)
}

function oddsOfUnseen({ numbers, number, family }: Bag, { seen, least }: Crowd, post: number): number {
  const bearers = numbers.find(family[post] ?? NONE, number[post] ?? NONE).length
  const unseen = seen[post] === 0 ? 0 : bearers - seen[post]!
  return unseen <= 0 ? Number.NEGATIVE_INFINITY : Math.log(unseen) + least[post]!
}

function isBare({ page, idRank, sortedTimes }: Bag): boolean {
  const isUnknown = (rank: number): boolean => rank === NONE
  return sortedTimes.length === 0 && page.every(isUnknown) && idRank.every(isUnknown)
}

/** Whether two posts bear one number, written alike. */
function isAlike({ number, family }: Bag, a: number, b: number): boolean {
  return b !== NONE && number[a] !== NONE && number[a] === number[b] && family[a] === family[b]
}

function eachEdge({ left, start, to, weight }: Edges, visit: (i: number, j: number, weight: number) => void): void {
  for (let i = 0; i < left; i++) for (let e = start[i]!; e < start[i + 1]!; e++) visit(i, to[e]!, weight[e]!)
}
