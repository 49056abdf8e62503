// Which links are worth weighing: number successors, neighbours in time and on the page, sharers of rare words. About
// sixteen a post, so that cost grows with posts and not with pairs.
import { type Bag, NONE } from './bag.ts'
import { isPossible } from './evidence.ts'

/** Up to this many posts every pair is weighed. */
const ALL_PAIRS = 40
const PER_NUMBER = 6
const NEIGHBOURS = 8
const PER_WORDS = 4
/** A token held by more posts than this says nothing of neighbourhood. */
const COMMON_TOKEN = 12
/** The steps n → n+k that are looked up. */
const STEPS = [1, 2, 3]

/** Successors worth weighing for each post, ascending. */
export function listCandidates(bag: Bag): readonly Int32Array[] {
  if (bag.size <= ALL_PAIRS) return listAllPairs(bag)
  const found = Array.from({ length: bag.size }, () => new Set<number>())
  addNumbers(bag, found)
  addNeighbours(byTime(bag), found)
  addNeighbours(byPage(bag), found)
  addWords(bag, found)
  return found.map((set, i) => Int32Array.from([...set].filter((j) => isPossible(bag, i, j))).sort())
}

function listAllPairs(bag: Bag): readonly Int32Array[] {
  const all = Array.from({ length: bag.size }, (_, at) => at)
  return all.map((i) => Int32Array.from(all.filter((j) => isPossible(bag, i, j))))
}

function addNumbers(bag: Bag, found: readonly Set<number>[]): void {
  for (let i = 0; i < bag.size; i++) {
    const [family = NONE, n = NONE] = [bag.family[i], bag.number[i]]
    if (family === NONE) continue
    const above = bag.numbers.above(family, n)
    const wanted = above === null ? [] : [...new Set([...STEPS.map((step) => n + step), above])]
    for (const number of wanted) for (const j of nearestHolders(i, bag.numbers.find(family, number))) found[i]?.add(j)
  }
}

/** Of many posts with one number, those that stand nearest: by time, page or place in the bag. */
function nearestHolders(i: number, holders: readonly number[]): readonly number[] {
  if (holders.length <= PER_NUMBER) return holders
  let [low, high] = [0, holders.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((holders[middle] ?? 0) < i) low = middle + 1
    else high = middle
  }
  return holders.slice(Math.max(0, low - 2), low + PER_NUMBER - 2)
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

function addNeighbours(order: readonly number[], found: readonly Set<number>[]): void {
  order.forEach((i, at) => {
    for (let step = 1; step <= NEIGHBOURS; step++) {
      const j = order[at + step]
      if (j === undefined) break
      found[i]?.add(j)
      if (step <= 2) found[j]?.add(i)
    }
  })
}

function addWords(bag: Bag, found: readonly Set<number>[]): void {
  const holders = new Map<number, number[]>()
  bag.tokens.forEach((tokens, at) => {
    for (const token of tokens) {
      const list = holders.get(token)
      if (list === undefined) holders.set(token, [at])
      else if (list.length <= COMMON_TOKEN) list.push(at)
    }
  })
  bag.tokens.forEach((tokens, i) => {
    for (const j of bestSharers(bag, i, tokens, holders)) found[i]?.add(j)
  })
}

function bestSharers(
  bag: Bag,
  i: number,
  tokens: Int32Array,
  holders: ReadonlyMap<number, readonly number[]>,
): number[] {
  const scores = new Map<number, number>()
  for (const token of tokens) {
    const list = holders.get(token) ?? []
    if (list.length > COMMON_TOKEN) continue
    for (const j of list) if (j !== i) scores.set(j, (scores.get(j) ?? 0) + (bag.rarity[token] ?? 0))
  }
  return [...scores]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, PER_WORDS)
    .map(([j]) => j)
}
