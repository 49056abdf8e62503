// What joins two posts besides their numbers, where they share no words. Numbers of two threads may fit each other, and
// a post without one any hole: then a link is believed less, as pages of pieces of threads teach.
import type { Tally } from '../../evidence/tally.ts'
import { OVERLAP_SCALE, sharedRarity } from '../../evidence/words/word-signals.ts'
import { type Bag, NONE } from '../bag.ts'

/** Posts looked at on either side. */
const WINDOW = 4
/** Below it the sides have as good as no words in common. */
const LEAST_SHARED = 0.02
/**
 * From here on words vouch for a post beside a count that ids or times order: of 248 links of posts that belong in a
 * hole 143 share so much, of 220 of posts that stand for a lost one 26 (2026-11-23, `npm run bench:mislead`).
 */
const LEAST_VOUCHED = 0.1

/** Neighbours of each post in an arrangement, NONE where there is none. */
interface Neighbours {
  readonly next: Int32Array
  readonly previous: Int32Array
}

/**
 * What there is to say for the link to j from the post before, at least one of which bears a number, and not the other
 * one's. False, and nothing told, where both sides share words: then they vouch for it.
 */
export function tallyTies(bag: Bag, around: Neighbours, j: number, tally: Tally): boolean {
  const i = around.previous[j] ?? NONE
  const { shared, alike } = compareSides(bag, ...sidesOf(bag, around, j))
  if (shared >= LEAST_SHARED) return false
  const way = wayOf(bag, i, j)
  tally(`tie-${way}`, 1)
  tally(`tie-${way === 'bare' ? 'bare' : 'numbers'}-meaning-alike`, alike)
  if (bag.words[j]?.opensLow || bag.words[j]?.opensLeaning) tally('tie-leans-back', 1)
  if (bag.total[i] !== NONE || bag.total[j] !== NONE) tally('tie-total', 1)
  if (bag.cut !== null) tally('tie-cut-page', 1)
  const far = placeOf(bag, j) - placeOf(bag, i)
  if (!Number.isNaN(far)) tally(far === 1 ? 'tie-page-next' : 'tie-page-far', 1)
  return true
}

/** Whether the sides of the link to j share so many words that they vouch for it. */
export function isVouchedFor(bag: Bag, around: Neighbours, j: number): boolean {
  return compareSides(bag, ...sidesOf(bag, around, j)).shared >= LEAST_VOUCHED
}

function wayOf({ number }: Bag, i: number, j: number): 'bare' | 'next' | 'hole' {
  const [a = NONE, b = NONE] = [number[i], number[j]]
  if (a === NONE || b === NONE) return 'bare'
  return b === a + 1 ? 'next' : 'hole'
}

/** The posts before j, and those from j on; a post without a number has all of them on its other side. */
function sidesOf({ number }: Bag, { next, previous }: Neighbours, j: number): readonly [number[], number[]] {
  const i = previous[j] ?? NONE
  const [before, after] = [walk(previous, i), walk(next, j)]
  if (number[j] === NONE) return [[j], [...before, ...after.slice(1)]]
  if (number[i] === NONE) return [[i], [...before.slice(1), ...after]]
  return [before, after]
}

function walk(links: Int32Array, from: number): number[] {
  const found: number[] = []
  for (let at = from; at !== NONE && found.length < WINDOW; at = links[at] ?? NONE) found.push(at)
  return found
}

/** How much of their topical words they share, 0 to 1, and how near their meanings are, -1 to 1; both on average. */
function compareSides(bag: Bag, left: readonly number[], right: readonly number[]) {
  let [shared, alike] = [0, 0]
  for (const a of left)
    for (const b of right) {
      const overlap = sharedRarity(bag, a, b)
      shared += overlap / (overlap + OVERLAP_SCALE)
      alike += bag.alike(a, b)
    }
  const pairs = left.length * right.length
  return { shared: shared / pairs, alike: alike / pairs }
}

function placeOf({ page }: Bag, post: number): number {
  return page[post] === NONE ? Number.NaN : (page[post] ?? Number.NaN)
}
