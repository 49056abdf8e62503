// Solves one author's bag: numbered posts into chains, then unnumbered posts into the holes those leave, then what is
// left over. Each pass is an exact matching. Links that are given (declared, layout) are kept as they are.
import { type Bag, NONE } from './bag.ts'
import { type Curve, calibrate, classOf, type SignalClass } from './calibrate.ts'
import { listCandidates } from './candidates.ts'
import { breakCycles, listChains, reverseLinks } from './chains.ts'
import { tallyPair } from './evidence.ts'
import { buildEdges, measureRivalry, type Rivalry, weightOf } from './graph.ts'
import { type Hole, listHoles, mayFill, tallyHole } from './holes.ts'
import { type Edges, matchBest } from './match.ts'
import type { Tally } from './tally.ts'
import { type Weights, weigh } from './weigh.ts'

export type PassName = 'chain' | 'hole' | 'loose'

export interface Model {
  readonly weights: Readonly<Record<PassName, Weights>>
  readonly curves: Readonly<Record<PassName, Partial<Readonly<Record<SignalClass, Curve>>>>>
}

/** A link the solver made: its pass, probability, and what it rests on. */
export interface Made {
  readonly pass: PassName
  readonly p: number
  /** True when it was the next weakest of a loop that had to be cut. */
  readonly describe: (tally: Tally) => void
}

export interface Solution {
  /** Successor of each post, given links included. */
  readonly next: Int32Array
  /** By the post a link leads to. Given links have none. */
  readonly made: ReadonlyMap<number, Made>
  /** Rivals in the last pass: predecessors and probability for a post that stayed alone. */
  homesOf(post: number): readonly { readonly near: number; readonly p: number }[]
}

/**
 * @param given successor of each post that is known from outside, NONE elsewhere
 */
export function solveBag(bag: Bag, given: Int32Array, model: Model): Solution {
  const candidates = listCandidates(bag)
  const made = new Map<number, Made>()
  const next = Int32Array.from(given)
  chainNumbered(bag, candidates, next, model, made)
  fillHoles(bag, next, model, made)
  const loose = linkLeftovers(bag, candidates, next, model, made)
  return { next, made, homesOf: (post) => listHomes(loose, post) }
}

function chainNumbered(
  bag: Bag,
  candidates: readonly Int32Array[],
  next: Int32Array,
  model: Model,
  made: Map<number, Made>,
): void {
  const isNumbered = (at: number): boolean => bag.number[at] !== NONE
  const edges = openEdges(bag, candidates, next, model.weights.chain, (i, j) => isNumbered(i) && isNumbered(j))
  takeMatching(bag, edges, next, 'chain', model, made)
}

/** Edges between posts that still lack a successor and a predecessor. */
function openEdges(
  bag: Bag,
  candidates: readonly Int32Array[],
  next: Int32Array,
  weights: Weights,
  keep: (i: number, j: number) => boolean,
): Edges {
  const previous = reverseLinks(next)
  const list = (i: number): number[] =>
    next[i] === NONE ? [...(candidates[i] ?? [])].filter((j) => previous[j] === NONE && keep(i, j)) : []
  return buildEdges(bag.size, bag.size, list, (i, j) => weigh(weights, (tally) => tallyPair(bag, i, j, tally)))
}

function takeMatching(
  bag: Bag,
  edges: Edges,
  next: Int32Array,
  pass: PassName,
  model: Model,
  made: Map<number, Made>,
): void {
  const mates = matchBest(edges)
  const rivalry = measureRivalry(edges)
  const given = Int32Array.from(next)
  mates.forEach((j, i) => {
    if (j !== NONE) next[i] = j
  })
  breakCycles(next, (i, j) => (given[i] === j ? Number.POSITIVE_INFINITY : weightOf(edges, i, j)))
  const curve = model.curves[pass][classOf(bag)]
  next.forEach((j, i) => {
    if (j === NONE || given[i] === j) return
    const p = calibrate(curve, standingOf(edges, rivalry, i, j))
    made.set(j, { pass, p, describe: (tally) => tallyPair(bag, i, j, tally) })
  })
}

function standingOf(edges: Edges, rivalry: Rivalry, i: number, j: number) {
  const weight = weightOf(edges, i, j)
  return { row: weight - (rivalry.row[i] ?? 0), column: weight - (rivalry.column[j] ?? 0) }
}

function fillHoles(bag: Bag, next: Int32Array, model: Model, made: Map<number, Made>): void {
  const previous = reverseLinks(next)
  const chains = listChains(next).filter((chain) => chain.some((at) => bag.number[at] !== NONE))
  const holes = listHoles(
    bag,
    chains.map((chain) => chain.filter((at) => bag.number[at] !== NONE)),
  )
  const isLoose = (u: number): boolean => bag.number[u] === NONE && next[u] === NONE && previous[u] === NONE
  const list = (u: number): number[] =>
    isLoose(u) ? [...holes.keys()].filter((at) => mayFill(bag, u, holes[at] as Hole)) : []
  const edges = buildEdges(bag.size, holes.length, list, (u, at) =>
    weigh(model.weights.hole, (tally) => tallyHole(bag, u, holes[at] as Hole, tally)),
  )
  const mates = matchBest(edges)
  const rivalry = measureRivalry(edges)
  const curve = model.curves.hole[classOf(bag)]
  const filled = new Map<string, { readonly hole: Hole; readonly posts: { u: number; at: number; p: number }[] }>()
  mates.forEach((at, u) => {
    const hole = holes[at]
    if (hole === undefined) return
    const key = `${hole.before} ${hole.after}`
    const run = filled.get(key) ?? { hole, posts: [] }
    filled.set(key, run)
    run.posts.push({ u, at: hole.at, p: calibrate(curve, standingOf(edges, rivalry, u, at)) })
  })
  for (const { hole, posts } of filled.values()) spliceRun(bag, hole, posts, next, made)
}

/** Puts the posts that fill one hole between its ends, in page, id or hole order. */
function spliceRun(
  bag: Bag,
  hole: Hole,
  posts: { u: number; at: number; p: number }[],
  next: Int32Array,
  made: Map<number, Made>,
): void {
  posts.sort(
    (a, b) =>
      (bag.idRank[a.u] ?? 0) - (bag.idRank[b.u] ?? 0) || (bag.page[a.u] ?? 0) - (bag.page[b.u] ?? 0) || a.at - b.at,
  )
  const outer = hole.after === NONE ? 1 : (made.get(hole.after)?.p ?? 1)
  let [last, lastP] = [hole.before, 1]
  for (const { u, p } of posts) {
    if (last !== NONE) {
      next[last] = u
      made.set(u, { pass: 'hole', p: Math.min(p, lastP) * outer, describe: (tally) => tallyHole(bag, u, hole, tally) })
    }
    ;[last, lastP] = [u, p]
  }
  if (hole.after === NONE) return
  const [u, p] = [last, lastP]
  next[u] = hole.after
  made.set(hole.after, { pass: 'hole', p: p * outer, describe: (tally) => tallyHole(bag, u, hole, tally) })
}

function linkLeftovers(
  bag: Bag,
  candidates: readonly Int32Array[],
  next: Int32Array,
  model: Model,
  made: Map<number, Made>,
): { readonly edges: Edges; readonly rivalry: Rivalry } {
  const edges = openEdges(bag, candidates, next, model.weights.loose, () => true)
  takeMatching(bag, edges, next, 'loose', model, made)
  return { edges, rivalry: measureRivalry(edges) }
}

/** The likeliest predecessors of a post among the candidates of the last pass. */
function listHomes({ edges, rivalry }: { readonly edges: Edges; readonly rivalry: Rivalry }, post: number) {
  const homes: { near: number; p: number }[] = []
  for (let i = 0; i < edges.left; i++)
    for (let e = edges.start[i] ?? 0; e < (edges.start[i + 1] ?? 0); e++) {
      const weight = edges.weight[e] ?? 0
      if (edges.to[e] === post) homes.push({ near: i, p: Math.exp(weight - (rivalry.column[post] ?? 0)) })
      else if (i === post) homes.push({ near: edges.to[e] ?? NONE, p: Math.exp(weight - (rivalry.row[i] ?? 0)) })
    }
  return homes.sort((a, b) => b.p - a.p || a.near - b.near).slice(0, 8)
}
