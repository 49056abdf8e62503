// Arrangements of one bag drawn at random, each about as often as the model holds it likely (Gibbs sampling): a post is
// put into one of its places, the end of a chain changes partners, again and again. It prefers none; that is for
// consensus.ts.
import { NONE } from '../bag.ts'
import {
  type Arrangement,
  gainOfEnd,
  gainOfPlace,
  isMovable,
  link,
  mayLeave,
  sameChain,
  swapEnds,
  unlink,
} from './arrangement.ts'

/** Arrangements drawn of one bag, if it is small. */
const MOST_DRAWS = 200
/** The first ones are still near the arrangement they begin with: one in so many is left out. */
const WARM_UP = 10
/**
 * Posts beside which others are tried, for all draws together: what bounds the cost of a larger bag, whatever is in it.
 */
const MOST_WEIGHED = 600_000
/** Ends of chains are tried so often for each post that is put in a place: one try costs much less. */
const ENDS_A_POST = 6
const SEED = 1

/** What one walk through arrangements needs at each step. */
interface Walk {
  readonly arrangement: Arrangement
  readonly places: Places
  /** A whole number from 0 on, below this. */
  readonly pick: (below: number) => number
  /** Evenly spread in 0 to 1. */
  readonly random: () => number
}

/** Successors in each, one after the other, from `arrangement` on, which ends as the last of them. */
export function drawArrangements(arrangement: Arrangement): readonly Int32Array[] {
  const size = arrangement.next.length
  const random = makeRandom(SEED)
  const pick = (below: number): number => Math.floor(random() * below)
  const walk: Walk = { arrangement, places: makePlaces(size), pick, random }
  const rounds = Math.min(MOST_DRAWS, Math.ceil(MOST_WEIGHED / (size * size)))
  const drawn: Int32Array[] = []
  for (let round = 0; round < rounds; round++) {
    for (let x = 0; x < size; x++) {
      drawPlace(walk, x)
      for (let k = 0; k < ENDS_A_POST; k++) drawEnd(walk, pick(size))
    }
    if (round * WARM_UP >= rounds) drawn.push(Int32Array.from(arrangement.next))
  }
  return drawn
}

/** Places of one post with their log-odds against standing alone; used again and again. */
interface Places {
  readonly p: Int32Array
  readonly q: Int32Array
  readonly gain: Float64Array
  count: number
}

function makePlaces(size: number): Places {
  const most = 2 * size + 1
  return { p: new Int32Array(most), q: new Int32Array(most), gain: new Float64Array(most), count: 0 }
}

function note(places: Places, p: number, q: number, gain: number): void {
  if (gain === Number.NEGATIVE_INFINITY) return
  places.p[places.count] = p
  places.q[places.count] = q
  places.gain[places.count++] = gain
}

/** Puts a post into one of its places, each as often as it is likely beside the others. */
function drawPlace({ arrangement, places, random }: Walk, x: number): void {
  if (!isMovable(arrangement, x) || !mayLeave(arrangement, x)) return
  const { next, previous, fixed } = arrangement
  unlink(arrangement, x)
  places.count = 0
  note(places, NONE, NONE, 0)
  for (let y = 0; y < next.length; y++) {
    if (y === x) continue
    const q = next[y] ?? NONE
    if (q === NONE || fixed[y] === 0) note(places, y, q, gainOfPlace(arrangement, x, y, q))
    if (previous[y] === NONE) note(places, NONE, y, gainOfPlace(arrangement, x, NONE, y))
  }
  const drawn = drawOne(places, random())
  const [p = NONE, q = NONE] = [places.p[drawn], places.q[drawn]]
  if (p !== NONE || q !== NONE) link(arrangement, x, p, q)
}

/** The place at this share of the summed odds. */
function drawOne({ gain, count }: Places, share: number): number {
  let most = 0
  for (let k = 0; k < count; k++) most = Math.max(most, gain[k]!)
  let sum = 0
  for (let k = 0; k < count; k++) sum += Math.exp(gain[k]! - most)
  let at = 0
  for (let rest = share * sum - Math.exp(gain[0]! - most); rest >= 0 && at < count - 1; )
    rest -= Math.exp(gain[++at]! - most)
  return at
}

/**
 * Offers the chain from x on another partner, and takes it as often as it is likely beside the present one
 * (Metropolis).
 */
function drawEnd({ arrangement, pick, random }: Walk, x: number): void {
  const { next, previous, fixed } = arrangement
  const i = pick(next.length + 1) - 1
  const p = previous[x] ?? NONE
  if (i === p || (p !== NONE && fixed[p] === 1) || (i !== NONE && fixed[i] === 1)) return
  if (i !== NONE && sameChain(arrangement, i, x)) return
  if (Math.log(random()) < gainOfEnd(arrangement, x, i)) swapEnds(arrangement, x, i)
}

/** A linear congruential generator (Numerical Recipes): no better chance is needed, only the same one every time. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
