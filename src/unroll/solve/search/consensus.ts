// What many drawn arrangements of a bag agree on: the one that has most threads and links in common with all of them,
// and how sure its links are. A thread found whole counts most: a single best arrangement is often right in none.
import { NONE } from '../bag.ts'
import type { Doubts } from '../certainty/confidence.ts'
import { listChains } from '../chains.ts'

/** A link shared counts so much beside a whole thread shared. */
const LINK_SHARE = 0.5
/** Draws that say nothing either way: what never came up is not impossible. */
const UNSEEN_DRAWS = 0.5

/** How often the threads and links of some arrangements came up. */
interface Poll {
  readonly draws: number
  readonly size: number
  /** By the posts of a thread, its orders. */
  readonly threads: ReadonlyMap<string, DrawnThread>
  /** By post × size + successor. */
  readonly links: ReadonlyMap<number, number>
}

interface DrawnThread {
  /** Draws that had these posts as a thread, in whatever order. */
  count: number
  readonly orders: Map<string, Order>
}

interface Order {
  count: number
  readonly posts: readonly number[]
}

/** The arrangement closest to all of these, the first of equals; its threads in the order they mostly had. */
export function pickConsensus(arrangements: readonly Int32Array[]): Int32Array {
  const poll = takePoll(arrangements)
  let [best, most] = [arrangements[0] as Int32Array, Number.NEGATIVE_INFINITY]
  for (const next of arrangements) {
    const agreed = countAgreed(poll, next)
    if (agreed > most) [best, most] = [next, agreed]
  }
  return reorder(poll, best)
}

function takePoll(arrangements: readonly Int32Array[]): Poll {
  const [threads, links] = [new Map<string, DrawnThread>(), new Map<number, number>()]
  const size = arrangements[0]?.length ?? 0
  for (const next of arrangements) {
    for (const posts of listChains(next)) if (posts.length > 1) countThread(threads, posts)
    next.forEach((j, i) => {
      if (j !== NONE) links.set(i * size + j, (links.get(i * size + j) ?? 0) + 1)
    })
  }
  return { draws: arrangements.length, size, threads, links }
}

function countThread(threads: Map<string, DrawnThread>, posts: readonly number[]): void {
  const key = keyOf(posts)
  const thread = threads.get(key) ?? { count: 0, orders: new Map() }
  threads.set(key, thread)
  const name = posts.join()
  const order = thread.orders.get(name) ?? { count: 0, posts }
  thread.orders.set(name, order)
  thread.count++
  order.count++
}

function keyOf(posts: readonly number[]): string {
  return [...posts].sort((a, b) => a - b).join()
}

function countAgreed({ threads, links, size }: Poll, next: Int32Array): number {
  const whole = listChains(next).reduce((sum, posts) => sum + (threads.get(keyOf(posts))?.count ?? 0), 0)
  return next.reduce((sum, j, i) => (j === NONE ? sum : sum + LINK_SHARE * (links.get(i * size + j) ?? 0)), whole)
}

/** The most frequent order of each thread, the first seen of equals. */
function reorder({ threads }: Poll, arrangement: Int32Array): Int32Array {
  const next = new Int32Array(arrangement.length).fill(NONE)
  for (const chain of listChains(arrangement)) {
    const orders = threads.get(keyOf(chain))?.orders
    const posts = orders === undefined ? chain : mostFrequent(orders).posts
    posts.forEach((x, k) => {
      next[x] = posts[k + 1] ?? NONE
    })
  }
  return next
}

/** The first of equals. */
function mostFrequent(orders: ReadonlyMap<string, Order>): Order {
  return [...orders.values()].reduce((best, one) => (one.count > best.count ? one : best))
}

/**
 * Odds against each link of `next`, and against its post standing in that thread at all, by how often draws had them.
 */
export function doubtByDraws(
  next: Int32Array,
  arrangements: readonly Int32Array[],
): Pick<Doubts, 'against' | 'leaving'> {
  const against = new Float64Array(next.length).fill(Number.NEGATIVE_INFINITY)
  const leaving = Float64Array.from(against)
  const homes = arrangements.map(listHomes)
  next.forEach((j, i) => {
    if (j === NONE) return
    against[j] = oddsAgainst(arrangements.filter((drawn) => drawn[i] === j).length, arrangements.length)
    leaving[j] = oddsAgainst(homes.filter((home) => home[i] === home[j]).length, arrangements.length)
  })
  return { against, leaving }
}

function listHomes(next: Int32Array): Int32Array {
  const home = new Int32Array(next.length)
  listChains(next).forEach((chain, at) => {
    for (const x of chain) home[x] = at
  })
  return home
}

function oddsAgainst(count: number, draws: number): number {
  return Math.log((draws - count + UNSEEN_DRAWS) / (count + UNSEEN_DRAWS))
}
