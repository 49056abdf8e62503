// The score of joining two pieces of chains: everything the model says of the right piece's posts, given the posts before.
// Pieces are short windows, so that a move in a long chain costs no more than in a short one.
import { type Bag, NONE } from './bag.ts'
import { isPossible, tallyClosing, tallyOpening, tallyPair } from './evidence.ts'
import { tallyCompany } from './evidence-words.ts'
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
import { type Weights, weigh } from './weigh.ts'

/** Posts looked at on either side of a join. */
export const WINDOW = 8
/** Posts before the last one that a post is compared to in topic and style. */
const COMPANY = 7

/** A piece of a chain: posts in order, and whether the chain ends with its last. */
export interface Piece {
  readonly posts: readonly number[]
  readonly closed: boolean
}

/** Adds up what one join says; the fit collects the same signals by name. */
export interface Listener {
  readonly structure: Emit
  pair(i: number, j: number): void
  opening(post: number): void
  closing(post: number): void
  company(member: number, post: number, share: number): void
}

/** Reports every signal of the right piece's posts. False when a link of it is impossible; then nothing else counts. */
export function reportJoin(bag: Bag, left: readonly number[], right: Piece, to: Listener): boolean {
  const count = startCount()
  for (const post of left) countOn(bag, count, post)
  let before = left.at(-1) ?? NONE
  for (let k = 0; k < right.posts.length; k++) {
    const post = right.posts[k] ?? NONE
    if (before === NONE) {
      emitHead(bag, post, to.structure)
      to.opening(post)
    } else {
      if (!isPossible(bag, before, post)) return false
      emitStep(bag, count, before, post, to.structure)
      to.pair(before, post)
      reportCompany(left, right.posts, k, to)
    }
    countOn(bag, count, post)
    before = post
  }
  if (right.closed && before !== NONE) closeChain(bag, count, before, left.length + right.posts.length, to)
  return true
}

function closeChain(bag: Bag, count: Count, last: number, length: number, to: Listener): void {
  emitTail(bag, count, last, to.structure)
  to.closing(last)
  if (length === 1) emitAlone(bag, last, to.structure)
}

function reportCompany(left: readonly number[], right: readonly number[], k: number, to: Listener): void {
  const post = right[k] ?? NONE
  const available = left.length + k - 1
  const size = Math.min(COMPANY, available)
  for (let back = 2; back <= size + 1; back++) {
    const at = k - back
    const member = at >= 0 ? right[at] : left[left.length + at]
    if (member !== undefined) to.company(member, post, 1 / size)
  }
}

export type Score = (left: readonly number[], right: Piece) => number

/** A scorer of one bag; what two posts say by themselves is weighed once. */
export function makeScore(bag: Bag, weights: Weights): Score {
  const structure = Float64Array.from(STRUCTURE, (name) => weights.get(name) ?? 0)
  const pairs = makeCache(bag.size, (i, j) => weigh(weights, (tally) => tallyPair(bag, i, j, tally)))
  const company = makeCache(bag.size, (i, j) => weigh(weights, (tally) => tallyCompany(bag, i, j, tally)))
  const openings = makeCache(bag.size, (i) => weigh(weights, (tally) => tallyOpening(bag, i, tally)))
  const closings = makeCache(bag.size, (i) => weigh(weights, (tally) => tallyClosing(bag, i, tally)))
  let sum = 0
  const listener: Listener = {
    structure: (signal, value) => {
      sum += value * (structure[signal] ?? 0)
    },
    pair: (i, j) => {
      sum += pairs(i, j)
    },
    opening: (post) => {
      sum += openings(post, 0)
    },
    closing: (post) => {
      sum += closings(post, 0)
    },
    company: (member, post, share) => {
      sum += share * company(member, post)
    },
  }
  return (left, right) => {
    sum = 0
    return reportJoin(bag, left, right, listener) ? sum : Number.NEGATIVE_INFINITY
  }
}

function makeCache(size: number, compute: (i: number, j: number) => number): (i: number, j: number) => number {
  const known = new Map<number, number>()
  return (i, j) => {
    const key = i * size + j
    const value = known.get(key)
    if (value !== undefined) return value
    const made = compute(i, j)
    known.set(key, made)
    return made
  }
}
