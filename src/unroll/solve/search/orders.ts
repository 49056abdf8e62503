// The likeliest order of a thread whose posts are found: those with numbers keep theirs, the others are tried in every
// place. Draws tell which posts make a thread; of its many orders they show each a few times at most. It moves no post
// to another.
import { type Bag, NONE } from '../bag.ts'
import { listChains } from '../chains.ts'
import type { Score } from '../score/joins.ts'

/** Orders of one thread that are weighed: a thread with more keeps the order it has. */
const MOST_ORDERS = 5000
/** Orders that are as likely to rounding are equal, in natural log units. */
const LEAST_GAIN = 1e-9

/** The same threads, each in its likeliest order; threads with given links stay as they are. */
export function orderThreads(bag: Bag, arrangement: Int32Array, given: Int32Array, score: Score): Int32Array {
  const next = Int32Array.from(arrangement)
  for (const chain of listChains(arrangement)) {
    const loose = chain.filter((post) => bag.number[post] === NONE)
    if (chain.length < 2 || chain.some((post) => given[post] !== NONE) || countOrders(chain, loose) > MOST_ORDERS)
      continue
    const best = pickOrder(chain, loose, score)
    best.forEach((post, k) => {
      next[post] = best[k + 1] ?? NONE
    })
  }
  return next
}

function countOrders({ length }: readonly number[], loose: readonly number[]): number {
  return loose.reduce((orders, _, k) => orders * (length - k), 1)
}

/** The first of equals is the order that stands. */
function pickOrder(chain: readonly number[], loose: readonly number[], score: Score): readonly number[] {
  let best = chain
  let most = score([], { posts: chain, closed: true })
  const insert = (posts: readonly number[], k: number): void => {
    const post = loose[k]
    if (post !== undefined) {
      for (let at = 0; at <= posts.length; at++) insert(posts.toSpliced(at, 0, post), k + 1)
      return
    }
    const total = score([], { posts, closed: true })
    if (total > most + LEAST_GAIN) [best, most] = [posts, total]
  }
  if (loose.length > 0)
    insert(
      chain.filter((post) => !loose.includes(post)),
      0,
    )
  return best
}
