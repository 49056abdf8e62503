// Which links are worth weighing: number successors, neighbours in time and on the page, sharers of rare words. About
// sixteen a post, half as many in a crowd, so that cost grows with posts and not with pairs.

import { firstAtLeast } from '../../sorted.ts'
import { type Bag, NONE } from '../bag.ts'
import { mayFollow } from '../bars.ts'

/** Up to this many posts every pair is weighed. */
const ALL_PAIRS = 40
/** Of posts with one number, how many are looked at; and the steps n → n+k that are looked up. */
const LOOK: Look = { holders: 6, steps: [1, 2, 3] }
/** In a large bag many posts bear each number and next to none of them is meant: words have to tell. */
const LOOK_IN_CROWD: Look = { holders: 2, steps: [1, 2] }
/** Above this size a bag is a crowd. */
export const LARGE_BAG = 400
const NEIGHBOURS = 8
const PER_WORDS = 4
/** A token held by more posts than this says nothing of neighbourhood. */
const COMMON_TOKEN = 12

interface Look {
  readonly holders: number
  readonly steps: readonly number[]
}

/** Successors worth weighing for each post, ascending. */
export function listCandidates(bag: Bag): readonly Int32Array[] {
  if (bag.size <= ALL_PAIRS) return listAllPairs(bag)
  const found: readonly number[][] = Array.from({ length: bag.size }, () => [])
  addNumbers(bag, found)
  addNeighbours(byTime(bag), found)
  addNeighbours(byPage(bag), found)
  addWords(bag, found)
  return found.map((list, i) => pickPossible(bag, i, list))
}

/** What was found several times counts once. */
function pickPossible(bag: Bag, i: number, list: readonly number[]): Int32Array {
  const sorted = new Int32Array(list).sort()
  let [kept, last] = [0, NONE]
  for (const j of sorted) {
    if (j === last) continue
    last = j
    if (mayFollow(bag, i, j)) sorted[kept++] = j
  }
  return sorted.slice(0, kept)
}

function listAllPairs(bag: Bag): readonly Int32Array[] {
  const all = Array.from({ length: bag.size }, (_, at) => at)
  return all.map((i) => Int32Array.from(all.filter((j) => mayFollow(bag, i, j))))
}

function addNumbers(bag: Bag, found: readonly number[][]): void {
  const { holders, steps } = bag.size > LARGE_BAG ? LOOK_IN_CROWD : LOOK
  for (let i = 0; i < bag.size; i++) {
    const family = bag.family[i] ?? NONE
    const n = bag.number[i] ?? NONE
    if (family === NONE) continue
    const above = bag.numbers.above(family, n)
    if (above === null) continue
    for (const step of steps) addHolders(i, bag.numbers.find(family, n + step), holders, found[i])
    if (above > n + steps.length) addHolders(i, bag.numbers.find(family, above), holders, found[i])
  }
}

/**
 * Of many posts with one number, those that stand nearest: by time, page or place in the bag. One in three stands
 * before.
 */
function addHolders(i: number, holders: readonly number[], most: number, to: number[] = []): void {
  const isFew = holders.length <= most
  const middle = isFew ? 0 : firstAtLeast(holders, i) - Math.floor(most / 3)
  const last = isFew ? holders.length : Math.min(holders.length, middle + most)
  for (let k = Math.max(0, middle); k < last; k++) to.push(holders[k] ?? NONE)
}

function byTime(bag: Bag): readonly number[] {
  const dated = [...bag.time.keys()].filter((at) => !Number.isNaN(bag.time[at] ?? Number.NaN))
  return dated.sort(
    (a, b) => (bag.time[a] ?? 0) - (bag.time[b] ?? 0) || (bag.idRank[a] ?? 0) - (bag.idRank[b] ?? 0) || a - b,
  )
}

function byPage(bag: Bag): readonly number[] {
  const placed = [...bag.page.keys()].filter((at) => bag.page[at] !== NONE)
  return placed.sort((a, b) => (bag.page[a] ?? 0) - (bag.page[b] ?? 0) || a - b)
}

function addNeighbours(order: readonly number[], found: readonly number[][]): void {
  order.forEach((i, at) => {
    for (let step = 1; step <= NEIGHBOURS; step++) {
      const j = order[at + step]
      if (j === undefined) break
      found[i]?.push(j)
      if (step <= 2) found[j]?.push(i)
    }
  })
}

function addWords(bag: Bag, found: readonly number[][]): void {
  const holders: number[][] = Array.from({ length: bag.rarity.length }, () => [])
  bag.tokens.forEach((tokens, at) => {
    for (const token of tokens) if ((holders[token]?.length ?? 0) <= COMMON_TOKEN) holders[token]?.push(at)
  })
  const sharing: Sharing = { holders, scores: new Float64Array(bag.size), sharers: new Int32Array(bag.size) }
  bag.tokens.forEach((tokens, i) => {
    for (const j of bestSharers(bag, i, tokens, sharing)) found[i]?.push(j)
  })
}

/** What the search for sharers of words goes over, post by post. */
interface Sharing {
  readonly holders: readonly (readonly number[])[]
  /** Zeros for all posts between two searches. */
  readonly scores: Float64Array
  /** Room for the posts of one search. */
  readonly sharers: Int32Array
}

function bestSharers(bag: Bag, i: number, tokens: Int32Array, sharing: Sharing): readonly number[] {
  const { holders, scores, sharers } = sharing
  let count = 0
  for (let k = 0; k < tokens.length; k++) {
    const list = holders[tokens[k]!]!
    if (list.length > COMMON_TOKEN) continue
    const rarity = bag.rarity[tokens[k]!]!
    for (const j of list) {
      if (j === i) continue
      if (scores[j] === 0) sharers[count++] = j
      scores[j]! += rarity
    }
  }
  const best = topOf(sharers, count, scores)
  for (let k = 0; k < count; k++) scores[sharers[k]!] = 0
  return best
}

/** The few of highest score among the first `count`, the earlier of equals first. */
function topOf(posts: Int32Array, count: number, scores: Float64Array): readonly number[] {
  const best: number[] = []
  for (let n = 0; n < count; n++) {
    const post = posts[n]!
    let at = best.length
    while (at > 0 && isBetter(post, best[at - 1] ?? NONE, scores)) at--
    if (at >= PER_WORDS) continue
    for (let k = Math.min(best.length, PER_WORDS - 1); k > at; k--) best[k] = best[k - 1] ?? NONE
    best[at] = post
  }
  return best
}

function isBetter(a: number, b: number, scores: Float64Array): boolean {
  const more = (scores[a] ?? 0) - (scores[b] ?? 0)
  return more > 0 || (more === 0 && a < b)
}
