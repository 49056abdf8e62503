// Solves one author's bag: numbered posts into chains, unnumbered posts into the holes those leave, then what is left
// over; and all posts at once. Each is an exact matching under the model; the better arrangement is kept and mended.
// Where that leaves doubt, what many likely arrangements have in common is taken instead.
// Links that are given (declared, layout) stay as they are.
import type { Weights } from '../evidence/weights/weigh.ts'
import { type Bag, NONE } from './bag.ts'
import { type Doubts, doubtLinks } from './certainty/confidence.ts'
import { doubtByRivals } from './certainty/rivals.ts'
import { breakCycles, listChains } from './chains.ts'
import { LARGE_BAG, listCandidates } from './matching/candidates.ts'
import { buildEdges, weightOf } from './matching/graph.ts'
import { listHoles } from './matching/holes.ts'
import { type Edges, matchBest } from './matching/match.ts'
import { makeDenseScore } from './score/dense-score.ts'
import { type ChainPiece, makeScore, type Score } from './score/joins.ts'
import { type Arrangement, after, before, gainOfPlace, headOf, link, toChains } from './search/arrangement.ts'
import { doubtByDraws, pickConsensus } from './search/consensus.ts'
import { drawArrangements } from './search/draws.ts'
import { mend, type Near } from './search/mend.ts'
import { orderThreads } from './search/orders.ts'

/** In bags up to this size every candidate is tried when mending. */
const SMALL_BAG = 64
const BEST_NEIGHBOURS = 4
/** Of larger bags too few arrangements could be drawn in reasonable time: they are matched and mended, no more. */
const MOST_DRAWN = 128
/** Odds of all other arrangements together, below which none need be looked at. */
const SURE = 0.01

/** One bag to be arranged: which links are worth weighing, which are given, and what an arrangement is worth. */
interface Problem {
  readonly bag: Bag
  readonly candidates: readonly Int32Array[]
  /** Successor of each post that is known from outside, NONE elsewhere. */
  readonly given: Int32Array
  readonly score: Score
}

export interface Solution {
  /** Successor of each post, given links included. */
  readonly next: Int32Array
  readonly doubts: Doubts
}

/**
 * @param given successor of each post that is known from outside, NONE elsewhere
 */
export function solveBag(bag: Bag, given: Int32Array, weights: Weights): Solution {
  const score = makeScore(bag, given, weights)
  const candidates = listCandidates(bag)
  const problem: Problem = { bag, candidates, given, score }
  const pairs = weighPairs(problem)
  if (bag.size > LARGE_BAG) return solveLarge(bag, pairs, given)
  const near = neighbours(bag, candidates, pairs)
  const starts = [inPasses(problem), inOne(problem)]
  const ends = starts.map((next) => {
    const arrangement = arrange(problem, next)
    mend(arrangement, near)
    return { arrangement, total: totalOf(next, score) }
  })
  const { arrangement } = ends.reduce((best, one) => (one.total > best.total ? one : best))
  const doubts = doubtLinks(arrangement, near)
  if (!isOpen(bag, doubts)) return { next: arrangement.next, doubts }
  if (bag.size > MOST_DRAWN) return { next: arrangement.next, doubts: { ...doubts, undrawn: true } }
  return agree({ ...problem, score: makeDenseScore(bag, given, weights) }, arrangement.next, near)
}

/** Written on where it is mended: `next` with it. */
function arrange({ bag, given, score }: Problem, next: Int32Array): Arrangement {
  return { ...toChains(bag, next, given), score }
}

/**
 * Whether other arrangements are likely too. Ids leave little doubt; cut threads say more by their length than draws
 * look at.
 */
function isOpen(bag: Bag, { against, homes }: Doubts): boolean {
  if (bag.isTimeline || bag.cut !== null || bag.idRank.some((rank) => rank !== NONE)) return false
  const elsewhere = [...homes.values()].map(([best]) => best?.gain ?? Number.NEGATIVE_INFINITY)
  return [...against, ...elsewhere].reduce((sum, odds) => sum + Math.exp(Math.min(0, odds)), 0) > SURE
}

/**
 * What likely arrangements agree on: the likeliest is one of very many, and often no thread of it is right as a whole.
 */
function agree(problem: Problem, best: Int32Array, near: Near): Solution {
  const { bag, given, score } = problem
  const drawn = [Int32Array.from(best), ...drawArrangements(arrange(problem, best))]
  const next = orderThreads(bag, pickConsensus(drawn), given, score)
  const { homes } = doubtLinks(arrange(problem, next), near)
  return { next, doubts: { ...doubtByDraws(next, drawn), homes, drawn: true, undrawn: false } }
}

/**
 * One matching over all pairs, since what is left to mend would cost more than it brings; a link is doubted by its
 * rivals for the same ends.
 */
function solveLarge(bag: Bag, pairs: Edges, given: Int32Array): Solution {
  const next = Int32Array.from(given)
  joinMatched(next, pairs)
  return { next, doubts: doubtByRivals(bag, toChains(bag, next, given), pairs) }
}

/** Takes the best matching of these edges into `next`; loops are cut at their weakest link. */
function joinMatched(next: Int32Array, edges: Edges): void {
  const kept = Int32Array.from(next)
  matchBest(edges).forEach((j, i) => {
    if (j !== NONE) next[i] = j
  })
  breakCycles(next, (i, j) => (kept[i] === j ? Number.POSITIVE_INFINITY : weightOf(edges, i, j)))
}

function weighPairs(problem: Problem): Edges {
  const { bag, candidates, given } = problem
  const list = (i: number): Int32Array => (given[i] === NONE ? (candidates[i] ?? NOBODY) : NOBODY)
  return buildEdges(bag.size, bag.size, list, gainsOfLinks(arrange(problem, Int32Array.from(given))))
}

const NOBODY = new Int32Array()

/** Sum over all chains; comparable between arrangements of one bag. */
export function totalOf(next: Int32Array, score: Score): number {
  return listChains(next).reduce((sum, posts) => sum + score([], { posts, closed: true }), 0)
}

/**
 * Posts beside which a post may stand: all its candidates in a small bag, the best few before and after it in a large
 * one, where every post has more candidates than it can have places.
 */
function neighbours(bag: Bag, candidates: readonly Int32Array[], pairs: Edges): Near {
  const found = Array.from({ length: bag.size }, () => new Set<number>())
  const add = (i: number, j: number): void => {
    found[i]?.add(j)
    found[j]?.add(i)
  }
  if (bag.size <= SMALL_BAG) {
    for (const [i, list] of candidates.entries()) for (const j of list) add(i, j)
  } else for (const [i, j] of bestPairs(pairs)) add(i, j)
  const lists = found.map((set) => Int32Array.from(set).sort())
  return (x) => lists[x] ?? []
}

/** The best few edges of each left and of each right node. */
function bestPairs({ left, right, start, to, weight }: Edges): readonly (readonly [number, number])[] {
  const byRow: number[][] = Array.from({ length: left }, () => [])
  const byColumn: number[][] = Array.from({ length: right }, () => [])
  const from: number[] = []
  for (let i = 0; i < left; i++)
    for (let e = start[i] ?? 0; e < (start[i + 1] ?? 0); e++) {
      from[e] = i
      byRow[i]?.push(e)
      byColumn[to[e] ?? 0]?.push(e)
    }
  const best = (edges: number[]): number[] =>
    edges.sort((a, b) => (weight[b] ?? 0) - (weight[a] ?? 0) || a - b).slice(0, BEST_NEIGHBOURS)
  return [...byRow, ...byColumn].flatMap(best).map((e) => [from[e] ?? 0, to[e] ?? 0] as const)
}

function inOne(problem: Problem): Int32Array {
  const next = Int32Array.from(problem.given)
  matchEnds(problem, next, () => true)
  return next
}

function inPasses(problem: Problem): Int32Array {
  const { bag } = problem
  const next = Int32Array.from(problem.given)
  const isNumbered = (at: number): boolean => bag.number[at] !== NONE
  matchEnds(problem, next, (i, j) => isNumbered(i) && isNumbered(j))
  fillHoles(problem, next)
  matchEnds(problem, next, () => true)
  return next
}

/** Matches ends of chains to heads of chains, exactly; loops are cut at their weakest link. */
function matchEnds(problem: Problem, next: Int32Array, keep: (i: number, j: number) => boolean): void {
  const { bag, candidates } = problem
  const arrangement = arrange(problem, next)
  const list = (i: number): Iterable<number> =>
    next[i] === NONE ? (candidates[i] ?? NOBODY).filter((j) => arrangement.previous[j] === NONE && keep(i, j)) : NOBODY
  const edges = buildEdges(bag.size, bag.size, list, gainsOfLinks(arrangement))
  joinMatched(next, edges)
}

/**
 * Gains of joining two chains, as long as the chains stay as they are: what each says alone is weighed once. What being
 * alone costs is left out: a post on a chain pays it on neither side.
 */
function gainsOfLinks(arrangement: Arrangement): (i: number, j: number) => number {
  const { next, score } = arrangement
  const lefts: Side<readonly number[]>[] = new Array(next.length)
  const rights: Side<ChainPiece>[] = new Array(next.length)
  return (i, j) => {
    const left = lefts[i] ?? sideOf(before(arrangement, i), (posts) => score(posts, NOTHING))
    const right = rights[j] ?? sideOf(after(arrangement, j), (piece) => score([], piece))
    lefts[i] = left
    rights[j] = right
    const gain = score(left.piece, right.piece) - left.alone - right.alone
    return Number.isNaN(gain) ? Number.NEGATIVE_INFINITY : gain
  }
}

/** A piece of a chain, and what it says without the other. */
interface Side<P> {
  readonly piece: P
  readonly alone: number
}

function sideOf<P>(piece: P, weigh: (piece: P) => number): Side<P> {
  return { piece, alone: weigh(piece) }
}

const NOTHING = { posts: [], closed: true }

function fillHoles(problem: Problem, next: Int32Array): void {
  const { bag } = problem
  const arrangement = arrange(problem, next)
  const holes = listHoles(bag, listChains(next))
  const isLoose = (u: number): boolean => bag.number[u] === NONE && next[u] === NONE && arrangement.previous[u] === NONE
  const list = (u: number): Iterable<number> => (isLoose(u) ? holes.keys() : [])
  const edges = buildEdges(bag.size, holes.length, list, (u, at) => {
    const { p, q } = holes[at] ?? { p: NONE, q: NONE }
    return gainOfPlace(arrangement, u, p, q)
  })
  const fills = [...matchBest(edges)].flatMap((at, u) => (at === NONE ? [] : [{ u, at }]))
  // From the last place of each hole to the first, so that posts of one hole keep the order of its places.
  for (const { u, at } of fills.sort((a, b) => b.at - a.at || placeInBag(bag, b.u) - placeInBag(bag, a.u))) {
    const { p, q } = holes[at] ?? { p: NONE, q: NONE }
    if (p !== NONE) link(arrangement, u, p, next[p] ?? NONE)
    else link(arrangement, u, NONE, headOf(arrangement, q))
  }
}

function placeInBag(bag: Bag, at: number): number {
  return bag.page[at] === NONE ? (bag.idRank[at] ?? NONE) : (bag.page[at] ?? NONE)
}
