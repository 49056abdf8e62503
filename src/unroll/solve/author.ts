// One author's posts: markers accepted, the solver run where inference is needed, its links written beside the given
// ones.
import type { Link } from '../../model.ts'
import { bagOf } from '../authors/bag-posts.ts'
import type { Gathering } from '../authors/gathering.ts'
import { acceptInGroup } from '../authors/numbers.ts'
import { floatsOf, intsOf } from '../columns.ts'
import type { EvidencePool } from '../evidence/explained/explain.ts'
import { explainLink, explainShares } from '../evidence/explained/explain.ts'
import { TIDY } from '../evidence/page-layout.ts'
import { fittedFor } from '../evidence/weights/fitted.ts'
import type { Given } from '../given/given.ts'
import type { Acceptance } from '../markers/acceptance/families.ts'
import { LONG_TIMELINE, solveTimeline } from '../timelines/solve-timeline.ts'
import { type Bag, makeBag, NONE } from './bag.ts'
import { homeClassOf, judgeHome } from './certainty/calibrate.ts'
import { judgeLink, toSolvedBag } from './certainty/certainty.ts'
import { changeAt } from './certainty/limits.ts'
import { listChains, reverseLinks } from './chains.ts'
import { CLOSED_P, leaveOutIntruders } from './intruders.ts'
import { cutIntoPieces } from './matching/pieces.ts'
import { type Solution, solveBag } from './passes.ts'
import { isFewNumbered, isTimelineOf } from './singles.ts'

/** A post that belongs to its thread with less than this is left out of it, with its likeliest homes. */
const LEAST_P = 0.5

/** Where nothing but words speaks for a link, it must speak more clearly. */
const LEAST_BY_WORDS = 0.9

/**
 * So must two posts on either side of a thread, where the page shows one after the other: most such posts stand alone.
 */
const LEAST_ACROSS = 0.97

/**
 * So must a link of posts without numbers over a pause that hardly any thread has (of steps inside threads 95% take
 * less than two hours): the bags of the fit hold threads months apart, and so a day's pause looks like none there.
 */
const LEAST_NEXT_DAY = 0.99
const LONG_PAUSE_MS = 18 * 3_600_000

/** Share of numbered posts below which they do not order a bag. */
const FEW_NUMBERED = 0.3

export interface Home {
  /** A post the lone one may stand beside. */
  readonly near: number
  readonly p: number
}

/** Indexed by merged post; filled author by author. */
export interface AuthorLinks {
  readonly next: Int32Array
  readonly links: (Link | null)[]
  readonly acceptances: (Acceptance | null)[]
  readonly homes: Map<number, readonly Home[]>
}

/** All posts, and what is known of their links from outside. */
interface Known {
  readonly gathering: Gathering
  readonly given: Given
}

/** Links the posts of one author, `group`, as far as that is not done already. */
export function linkAuthor(
  { gathering, given }: Known,
  author: string,
  group: readonly number[],
  found: AuthorLinks,
): void {
  if (isSettled(group, given)) {
    numberSettled(gathering, author, group, found)
    return
  }
  const { posts, members } = bagOf(gathering, author, group, given)
  members.forEach((at, k) => {
    found.acceptances[at] = posts[k]?.acceptance ?? null
  })
  const isTimeline = isTimelineOf(posts)
  // The streams of a timeline follow one thread at a time: where many are numbered, numbers do better.
  if (isTimeline && posts.length >= LONG_TIMELINE && isFewNumbered(posts)) {
    inferTimeline(makeBag(posts, isTimeline), members, given, found)
    return
  }
  for (const [from, to] of cutIntoPieces(posts)) {
    const piece = posts.slice(from, to)
    if (piece.some((post) => !post.settled))
      inferLinks(makeBag(piece, isTimeline), members.slice(from, to), given, found)
  }
}

function isSettled(group: readonly number[], { settled }: Given): boolean {
  for (const at of group) if (settled[at] !== 1) return false
  return true
}

/** Where declarations settle every place, numbers are read to be shown and taken out, and nothing else is. */
function numberSettled(gathering: Gathering, author: string, group: readonly number[], found: AuthorLinks): void {
  const { sorted, acceptances } = acceptInGroup(gathering, author, group)
  for (let k = 0; k < sorted.length; k++) found.acceptances[sorted[k] ?? NONE] = acceptances[k] ?? null
}

/** Whom a long timeline is by, it tells itself: its pauses and words are learnt as a whole, not piece by piece. */
function inferTimeline(bag: Bag, members: Int32Array, given: Given, found: AuthorLinks): void {
  const pool: EvidencePool = new Map()
  const known = listKnown(members, given)
  const { next, p, shares, homes } = solveTimeline(bag, known)
  next.forEach((j, i) => {
    if (j === NONE || known[i] === j || given.next[members[i] ?? NONE] !== NONE) return
    found.next[members[i] ?? NONE] = members[j] ?? NONE
    found.links[members[j] ?? NONE] = explainShares(shares.get(j) ?? new Map(), p[j] ?? 0, pool)
  })
  for (const k of listLone(members, found))
    found.homes.set(
      members[k] ?? NONE,
      (homes.get(k) ?? []).map(({ near, p: share }) => ({ near: members[near] ?? NONE, p: share })),
    )
}

/** Successors within the bag that are known from outside. */
function listKnown(members: Int32Array, given: Given): Int32Array {
  const position = new Map<number, number>()
  for (let k = 0; k < members.length; k++) position.set(members[k] ?? NONE, k)
  return intsOf(members, (at) => position.get(given.next[at] ?? NONE) ?? NONE)
}

function inferLinks(bag: Bag, members: Int32Array, given: Given, found: AuthorLinks): void {
  const pool: EvidencePool = new Map()
  const known = listKnown(members, given)
  const weights = fittedFor(bag)
  const solution = solveBag(bag, known, weights)
  const solved = toSolvedBag(bag, solution)
  const homeClass = homeClassOf(solved.kind, solved.undrawn)
  const least = listLeast(bag, solution.next)
  const chances = floatsOf(solution.next, (_, j) => (solved.previous[j] === NONE ? 0 : judgeLink(solved, j)))
  const isTold = (j: number): boolean =>
    judgeHome(homeClass, solution.doubts.leaving[j] ?? 0) >= LEAST_P && (chances[j] ?? 0) >= (least[j] ?? 0)
  const next = Int32Array.from(solution.next)
  const closed = leaveOutIntruders(bag, next, known, isTold)
  const previous = closed.size === 0 ? solved.previous : reverseLinks(next)
  const arrangement = { bag, previous, weights, pool }
  next.forEach((j, i) => {
    // A given successor in another piece stays.
    if (j === NONE || known[i] === j || given.next[members[i] ?? NONE] !== NONE) return
    if (!closed.has(j) && !isTold(j)) return
    const p = closed.has(j) ? CLOSED_P : (chances[j] ?? 0)
    found.next[members[i] ?? NONE] = members[j] ?? NONE
    const link = explainLink(arrangement, j, p)
    const change = closed.has(j) ? null : changeAt(solved, j)
    found.links[members[j] ?? NONE] = change === null ? link : { ...link, evidence: [...link.evidence, change] }
  })
  noteHomes(bag, members, solution, found)
}

/**
 * What a link must reach beside a post without number, time or place: words alone speak for it where the whole chain is
 * such, and where few posts of the bag bear numbers, so that no count of theirs does.
 */
function listLeast(bag: Bag, next: Int32Array): Float64Array {
  const isWordy = (at: number): boolean =>
    bag.number[at] === NONE && bag.page[at] === NONE && bag.idRank[at] === NONE && Number.isNaN(bag.time[at])
  const hasFewNumbers = bag.numbered < FEW_NUMBERED
  const least = new Float64Array(bag.size)
  for (const chain of listChains(next)) {
    const bySoleWords = chain.every(isWordy)
    chain.forEach((x, k) => {
      const isPair = chain.length === 2 && k === 1
      if (isPair && passesOver(bag, chain[0] ?? NONE, x)) least[x] = LEAST_ACROSS
      if (k > 1 && k < chain.length - 2 && isNextDay(bag, chain[k - 1] ?? NONE, x)) least[x] = LEAST_NEXT_DAY
      const isBesideWordy = k > 0 && (isWordy(x) || isWordy(chain[k - 1] ?? NONE))
      if (isBesideWordy && (bySoleWords || hasFewNumbers)) least[x] = LEAST_BY_WORDS
    })
  }
  return least
}

/** Whether two posts without numbers stand on either side of a thread, on a page that shows one after the other. */
function passesOver(bag: Bag, i: number, j: number): boolean {
  if (bag.contiguity < TIDY || bag.number[i] !== NONE || bag.number[j] !== NONE) return false
  const [from = NONE, to = NONE] = [bag.page[i], bag.page[j]]
  return from !== NONE && to > from + 1
}

/**
 * Whether nothing but words joins two runs of posts over a long pause. Timelines know their author's pauses
 * (timelines/); among singles it is believed less instead (certainty/).
 */
function isNextDay(bag: Bag, i: number, j: number): boolean {
  if (bag.isTimeline || bag.hasSingles || bag.number[i] !== NONE || bag.number[j] !== NONE) return false
  return (bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN) > LONG_PAUSE_MS
}

/** Posts that stand alone keep the places they might take. */
function noteHomes(bag: Bag, members: Int32Array, solution: Solution, found: AuthorLinks): void {
  if (bag.size < 2) return
  for (const k of listLone(members, found)) {
    const homes = solution.doubts.homes.get(k) ?? []
    const odds = homes.map(({ gain }) => Math.exp(Math.min(gain, 0)))
    const sum = 1 + odds.reduce((total, one) => total + one, 0)
    found.homes.set(
      members[k] ?? NONE,
      homes.map(({ near }, n) => ({ near: members[near] ?? NONE, p: (odds[n] ?? 0) / sum })),
    )
  }
}

/** Places in the bag of posts that nothing follows and that follow nothing. */
function listLone(members: Int32Array, { next }: AuthorLinks): readonly number[] {
  const linked = new Set<number>()
  for (const at of members) {
    const after = next[at] ?? NONE
    if (after !== NONE) linked.add(at).add(after)
  }
  return [...members.keys()].filter((k) => !linked.has(members[k] ?? NONE))
}
