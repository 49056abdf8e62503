// An arrangement of a bag while it is searched: chains as linked lists, written on in place, and what a change of them
// is worth. Which changes are made, the files beside this one say.
import { flagsOf } from '../../columns.ts'
import { type Bag, NONE } from '../bag.ts'
import { reverseLinks } from '../chains.ts'
import { type ChainPiece, reachOf, type Score } from '../score/joins.ts'

/** Chains as linked lists, with links that may not be touched. */
export interface Chains {
  readonly next: Int32Array
  readonly previous: Int32Array
  /** 1 where the link to the next post is given. */
  readonly fixed: Uint8Array
  /** Posts looked at on either side of a change. */
  readonly window: number
}

/** Chains with what they are worth, in log-odds against every post standing alone. */
export interface Arrangement extends Chains {
  readonly score: Score
}

/** @param given successor of each post that is known from outside, NONE elsewhere */
export function toChains(bag: Bag, next: Int32Array, given: Int32Array): Chains {
  const fixed = flagsOf(given, (j) => j !== NONE)
  return { next, previous: reverseLinks(next), fixed, window: reachOf(bag).window }
}

/** The posts of a chain up to and including `at`, no more than the window. */
export function before({ previous, window }: Chains, at: number): number[] {
  const posts: number[] = []
  for (let post = at; post !== NONE && posts.length < window; post = previous[post] ?? NONE) posts.push(post)
  return posts.reverse()
}

/** The posts from `at` on, no more than the window. */
export function after({ next, window }: Chains, at: number): ChainPiece {
  const posts: number[] = []
  let post = at
  for (; post !== NONE && posts.length < window; post = next[post] ?? NONE) posts.push(post)
  return { posts, closed: post === NONE }
}

/** Whether no link of a post's own is given. */
export function isMovable({ next, previous, fixed }: Chains, x: number): boolean {
  const above = previous[x] ?? NONE
  return (fixed[x] === 0 || next[x] === NONE) && (above === NONE || fixed[above] === 0)
}

/** Whether two posts stand in one chain. */
export function sameChain(chains: Chains, a: number, b: number): boolean {
  return headOf(chains, a) === headOf(chains, b)
}

/** The first post of the chain that a post stands in. */
export function headOf({ previous }: Chains, at: number): number {
  let head = at
  for (let up = previous[head] ?? NONE; up !== NONE; up = previous[head] ?? NONE) head = up
  return head
}

/** Takes a post out of its chain, whose rest closes up. */
export function unlink({ next, previous }: Chains, x: number): void {
  const [p, q] = [previous[x] ?? NONE, next[x] ?? NONE]
  if (p !== NONE) next[p] = q
  if (q !== NONE) previous[q] = p
  next[x] = NONE
  previous[x] = NONE
}

/** Puts a post that stands alone after p, or before q when p is NONE. */
export function link({ next, previous }: Chains, x: number, p: number, q: number): void {
  next[x] = q
  previous[x] = p
  if (p !== NONE) next[p] = x
  if (q !== NONE) previous[q] = x
}

/** Lets the chain from x on follow i (or nothing), and what followed i the post before x. */
export function swapEnds({ next, previous }: Chains, x: number, i: number): void {
  const p = previous[x] ?? NONE
  const t = i === NONE ? NONE : (next[i] ?? NONE)
  if (i !== NONE) next[i] = x
  previous[x] = i
  if (p !== NONE) next[p] = t
  if (t !== NONE) previous[t] = p
}

/** Whether the posts around x may stand next to each other without it. */
export function mayLeave(arrangement: Arrangement, x: number): boolean {
  const [p, q] = [arrangement.previous[x] ?? NONE, arrangement.next[x] ?? NONE]
  return (
    p === NONE ||
    q === NONE ||
    arrangement.score(before(arrangement, p), after(arrangement, q)) > Number.NEGATIVE_INFINITY
  )
}

/** Gain of putting x, which stands alone, between p and q (either may be NONE); standing alone is 0. */
export function gainOfPlace(arrangement: Arrangement, x: number, p: number, q: number): number {
  const { score } = arrangement
  const left = before(arrangement, p)
  const right = after(arrangement, q)
  const now = score(left, right) + score([], { posts: [x], closed: true })
  return score(left, { posts: [x, ...right.posts], closed: right.closed }) - now
}

/** Gain of letting the chain from x on follow i, whose own continuation goes to where x stood. */
export function gainOfEnd(arrangement: Arrangement, x: number, i: number): number {
  const { next, previous, score } = arrangement
  const [p, t] = [previous[x] ?? NONE, i === NONE ? NONE : (next[i] ?? NONE)]
  const [fromX, fromT] = [after(arrangement, x), after(arrangement, t)]
  const [toP, toI] = [before(arrangement, p), before(arrangement, i)]
  const now = score(toP, fromX) + (i === NONE ? 0 : score(toI, fromT))
  return score(toI, fromX) + (p === NONE && t === NONE ? 0 : score(toP, fromT)) - now
}
