// The score of joins.ts from tables, for bags small enough to remember all that is ever asked: drawing thousands of
// arrangements asks the same things over and over. It says what joins.ts says, to rounding.
import { tallyClosing, tallyOpening, tallyPair } from '../../evidence/evidence.ts'
import { makeAdder, type Weights } from '../../evidence/weights/weigh.ts'
import { tallyCompany } from '../../evidence/words/word-signals.ts'
import { type Bag, NONE } from '../bag.ts'
import { mayFollow } from '../bars.ts'
import { reachOf, type Score } from './joins.ts'
import { type Count, type Emit, emitAlone, emitHead, emitStep, emitTail, STRUCTURE } from './structure.ts'

/** Posts without a number in a row that the count tells apart: more than two windows hold. */
const COUNTED = 20

/** What two posts say of each other by i × size + j, what one says by itself by its place. */
interface Tables {
  readonly size: number
  /** Posts a post is compared to beyond its neighbour. */
  readonly reach: number
  /** Minus infinity where j may not follow i. */
  readonly pairs: Float64Array
  readonly company: Float64Array
  readonly heads: Float64Array
  readonly closings: Float64Array
  /** What standing alone adds. */
  readonly alone: Float64Array
  /** By state of the count × size + the next post; NaN until it is asked for. */
  readonly steps: Float64Array
  /** By state of the count, for chains that end there. */
  readonly tails: Float64Array
  readonly fillStep: (at: number) => number
  readonly fillTail: (state: number) => number
}

/** For bags without a page: on pages the length of a thread says more than windows show. */
export function makeDenseScore(bag: Bag, given: Int32Array, weights: Weights): Score {
  const tables = makeTables(bag, given, weights)
  const { size, pairs, heads, steps, fillStep } = tables
  const { number } = bag
  return (left, { posts, closed }) => {
    let [last, since, sum] = [NONE, 0, 0]
    for (let k = 0; k < left.length; k++) {
      since = number[left[k]!] === NONE ? since + 1 : 0
      if (since === 0) last = left[k]!
    }
    let before = left.length === 0 ? NONE : left[left.length - 1]!
    for (let k = 0; k < posts.length; k++) {
      const post = posts[k]!
      if (before === NONE) sum += heads[post]!
      else {
        const at = stateOf(last, since) * size + post
        sum += pairs[before * size + post]!
        if (sum === Number.NEGATIVE_INFINITY) return sum
        const step = steps[at]!
        sum += (Number.isNaN(step) ? fillStep(at) : step) + weighCompany(tables, left, posts, k)
      }
      since = number[post] === NONE ? since + 1 : 0
      if (since === 0) last = post
      before = post
    }
    return closed && before !== NONE
      ? sum + close(tables, stateOf(last, since), before, left.length + posts.length)
      : sum
  }
}

/** The k-th post on the right beside those that stand a few places before it, as in reportCompany. */
function weighCompany({ company, size, reach }: Tables, left: readonly number[], right: readonly number[], k: number) {
  const members = Math.min(reach, left.length + k - 1)
  if (members <= 0) return 0
  const post = right[k]!
  let sum = 0
  for (let at = k - 2; at >= k - 1 - members; at--)
    sum += company[(at < 0 ? left[left.length + at]! : right[at]!) * size + post]!
  return sum / members
}

function close({ tails, fillTail, closings, alone }: Tables, state: number, post: number, length: number): number {
  const tail = tails[state]!
  return (Number.isNaN(tail) ? fillTail(state) : tail) + closings[post]! + (length === 1 ? alone[post]! : 0)
}

function stateOf(last: number, since: number): number {
  return (last + 1) * COUNTED + Math.min(since, COUNTED - 1)
}

/**
 * A state of the count again. What the post before says is in `pairs` and `closings`, so nobody stands before here; how
 * long the chain is tells nothing without a page.
 */
function countAt(state: number): Count {
  return { before: NONE, last: Math.floor(state / COUNTED) - 1, since: state % COUNTED, length: 0 }
}

function makeTables(bag: Bag, given: Int32Array, weights: Weights): Tables {
  const { size } = bag
  const { tally, take } = makeAdder(weights)
  const emit: Emit = (signal, value) => tally(STRUCTURE[signal] ?? '', value)
  const ofPosts = (describe: (post: number) => void): Float64Array =>
    Float64Array.from({ length: size }, (_, post) => {
      describe(post)
      return take()
    })
  const ofPairs = (describe: (i: number, j: number) => void, isAsked: (i: number, j: number) => boolean) =>
    Float64Array.from({ length: size * size }, (_, at) => {
      const [i, j] = [Math.floor(at / size), at % size]
      if (!isAsked(i, j)) return Number.NEGATIVE_INFINITY
      describe(i, j)
      return take()
    })
  const unknown = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN)
  const [steps, tails] = [unknown((size + 1) * COUNTED * size), unknown((size + 1) * COUNTED)]
  return {
    size,
    reach: reachOf(bag).company,
    pairs: ofPairs(
      (i, j) => {
        tallyPair(bag, i, j, tally)
        if (bag.ends[i] === 1) tally('end-then-more', 1)
      },
      (i, j) => given[i] === j || mayFollow(bag, i, j),
    ),
    company: ofPairs(
      (member, post) => tallyCompany(bag, member, post, tally),
      (member, post) => member !== post,
    ),
    heads: ofPosts((post) => {
      emitHead(bag, post, emit)
      tallyOpening(bag, post, tally)
    }),
    closings: ofPosts((post) => {
      if (bag.ends[post] === 1) tally('tail-end', 1)
      tallyClosing(bag, post, tally)
    }),
    alone: ofPosts((post) => emitAlone(bag, post, emit)),
    steps,
    tails,
    fillStep: (at) => {
      emitStep(bag, countAt(Math.floor(at / size)), at % size, emit)
      steps[at] = take()
      return steps[at]
    },
    fillTail: (state) => {
      emitTail(bag, countAt(state), emit)
      tails[state] = take()
      return tails[state]
    },
  }
}
