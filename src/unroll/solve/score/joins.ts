// The score of joining two pieces of chains: everything the model says of the right piece's posts, given the posts
// before. Pieces are short windows, so that a move in a long chain costs no more than in a short one.
import { tallyClosing, tallyOpening, tallyPair } from '../../evidence/evidence.ts'
import { makeAdder, type Weights } from '../../evidence/weights/weigh.ts'
import { tallyCompany } from '../../evidence/words/word-signals.ts'
import { type Bag, NONE } from '../bag.ts'
import { mayFollow } from '../bars.ts'
import { rememberPairs } from './pair-cache.ts'
import {
  type Count,
  countOn,
  type Emit,
  emitAlone,
  emitHead,
  emitStep,
  emitTail,
  STRUCTURE,
  startCount,
} from './structure.ts'

/** Posts looked at on either side of a join, and posts a post is compared to beyond its neighbour, in small bags. */
const WIDE: Reach = { window: 8, company: 7 }
/** The same in large bags, where a wide look would cost more than it tells. */
const NARROW: Reach = { window: 4, company: 3 }
const SMALL_BAG = 200

interface Reach {
  readonly window: number
  readonly company: number
}

export function reachOf(bag: Bag): Reach {
  return bag.size <= SMALL_BAG ? WIDE : NARROW
}

/** A piece of a chain: posts in order, and whether the chain ends with its last. */
export interface ChainPiece {
  readonly posts: readonly number[]
  readonly closed: boolean
}

/** Adds up what one join says; the fit collects the same signals by name. */
export interface Listener {
  /** Whether j may follow i: given links always may. */
  allows(i: number, j: number): boolean
  readonly structure: Emit
  pair(i: number, j: number): void
  opening(post: number): void
  closing(post: number): void
  company(member: number, post: number, share: number): void
}

/** Reports every signal of the right piece's posts. False when a link of it is impossible; then nothing else counts. */
export function reportJoin(bag: Bag, left: readonly number[], right: ChainPiece, to: Listener): boolean {
  const join: Join = { left, right: right.posts, most: reachOf(bag).company }
  const count = startCount()
  for (const post of left) countOn(bag, count, post)
  for (let k = 0; k < right.posts.length; k++) {
    const post = right.posts[k] ?? NONE
    const { before } = count
    if (before === NONE) {
      emitHead(bag, post, to.structure)
      to.opening(post)
    } else {
      if (!to.allows(before, post)) return false
      emitStep(bag, count, post, to.structure)
      to.pair(before, post)
      reportCompany(join, k, to)
    }
    countOn(bag, count, post)
  }
  if (right.closed && count.before !== NONE) closeChain(bag, count, to)
  return true
}

function closeChain(bag: Bag, count: Count, to: Listener): void {
  emitTail(bag, count, to.structure)
  to.closing(count.before)
  if (count.length === 1) emitAlone(bag, count.before, to.structure)
}

/** The posts of both pieces, and to how many beyond its neighbour a post is compared. */
interface Join {
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly most: number
}

/** The k-th post of the right piece beside those that stand a few places before it. */
function reportCompany({ left, right, most }: Join, k: number, to: Listener): void {
  const post = right[k] ?? NONE
  const available = left.length + k - 1
  const size = Math.min(most, available)
  for (let back = 2; back <= size + 1; back++) {
    const at = k - back
    const member = at >= 0 ? right[at] : left[left.length + at]
    if (member !== undefined) to.company(member, post, 1 / size)
  }
}

export type Score = (left: readonly number[], right: ChainPiece) => number

/** A scorer of one bag; what two posts say by themselves is weighed once. */
export function makeScore(bag: Bag, given: Int32Array, weights: Weights): Score {
  const structure = Float64Array.from(STRUCTURE, (name) => weights.get(name) ?? 0)
  const { tally, take } = makeAdder(weights)
  const pairs = rememberPairs(bag.size, (i, j) => {
    tallyPair(bag, i, j, tally)
    return take()
  })
  const company = rememberPairs(bag.size, (i, j) => {
    tallyCompany(bag, i, j, tally)
    return take()
  })
  const openings = rememberPosts(bag.size, (i) => {
    tallyOpening(bag, i, tally)
    return take()
  })
  const closings = rememberPosts(bag.size, (i) => {
    tallyClosing(bag, i, tally)
    return take()
  })
  const sum = new Float64Array(1)
  const listener: Listener = {
    allows: (i, j) => given[i] === j || mayFollow(bag, i, j),
    structure: (signal, value) => {
      sum[0]! += value * structure[signal]!
    },
    pair: (i, j) => {
      sum[0]! += pairs(i, j)
    },
    opening: (post) => {
      sum[0]! += openings(post)
    },
    closing: (post) => {
      sum[0]! += closings(post)
    },
    company: (member, post, share) => {
      sum[0]! += share * company(member, post)
    },
  }
  return (left, right) => {
    sum[0] = 0
    return reportJoin(bag, left, right, listener) ? sum[0]! : Number.NEGATIVE_INFINITY
  }
}

function rememberPosts(size: number, compute: (i: number) => number): (i: number) => number {
  const known = new Float64Array(size).fill(Number.NaN)
  return (i) => {
    const value = known[i] ?? Number.NaN
    if (!Number.isNaN(value)) return value
    const made = compute(i)
    known[i] = made
    return made
  }
}
