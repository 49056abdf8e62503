// Mends a solution: single posts are put elsewhere and ends of chains change places while the whole gets better. The
// matchings before it are exact but see two posts at a time; this sees how numbers run through a chain.
import { flagsOf } from '../../columns.ts'
import { type Bag, NONE } from '../bag.ts'
import { reverseLinks } from '../chains.ts'
import { type Piece, reachOf, type Score } from '../score/joins.ts'

/** Sweeps over all posts; nearly all bags are at rest after three. */
const MOST_SWEEPS = 12
/** A move must be worth more than rounding. */
const LEAST_GAIN = 1e-6

/** Chains as linked lists, with links that may not be touched. */
export interface Lists {
  readonly next: Int32Array
  readonly previous: Int32Array
  /** 1 where the link to the next post is given. */
  readonly fixed: Uint8Array
  /** Posts looked at on either side of a change. */
  readonly window: number
}

/** The posts beside which a post may stand. */
export type Near = (x: number) => Iterable<number>

export function toLists(bag: Bag, next: Int32Array, given: Int32Array): Lists {
  const fixed = flagsOf(given, (j) => j !== NONE)
  return { next, previous: reverseLinks(next), fixed, window: reachOf(bag).window }
}

/** Improves `lists` in place until no move helps.  */
export function mend(bag: Bag, lists: Lists, score: Score, near: Near): void {
  let restless = new Uint8Array(bag.size).fill(1)
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const woken = new Uint8Array(bag.size)
    let moved = false
    for (let x = 0; x < bag.size; x++) {
      if (restless[x] !== 1) continue
      const old = [lists.previous[x] ?? NONE, lists.next[x] ?? NONE]
      if (!moveEnd(lists, score, x, near) && !movePost(lists, score, x, near)) continue
      moved = true
      wake(lists, [x, ...old, lists.previous[x] ?? NONE, lists.next[x] ?? NONE], near, woken)
    }
    if (!moved) return
    restless = woken
  }
}

/** After a move only the posts about it may find a better place than before. */
function wake(lists: Lists, posts: readonly number[], near: Near, woken: Uint8Array): void {
  for (const post of posts) {
    if (post === NONE) continue
    for (const about of [...before(lists, post), ...after(lists, post).posts, ...near(post)]) woken[about] = 1
  }
}

/** The posts of a chain up to and including `at`, no more than the window. */
export function before({ previous, window }: Lists, at: number): number[] {
  const posts: number[] = []
  for (let post = at; post !== NONE && posts.length < window; post = previous[post] ?? NONE) posts.push(post)
  return posts.reverse()
}

/** The posts from `at` on, no more than the window. */
export function after({ next, window }: Lists, at: number): Piece {
  const posts: number[] = []
  let post = at
  for (; post !== NONE && posts.length < window; post = next[post] ?? NONE) posts.push(post)
  return { posts, closed: post === NONE }
}

export function isMovable({ next, previous, fixed }: Lists, x: number): boolean {
  const above = previous[x] ?? NONE
  return (fixed[x] === 0 || next[x] === NONE) && (above === NONE || fixed[above] === 0)
}

export function unlink({ next, previous }: Lists, x: number): void {
  const [p, q] = [previous[x] ?? NONE, next[x] ?? NONE]
  if (p !== NONE) next[p] = q
  if (q !== NONE) previous[q] = p
  next[x] = NONE
  previous[x] = NONE
}

/** Puts a post that stands alone after p, or before q when p is NONE. */
export function link({ next, previous }: Lists, x: number, p: number, q: number): void {
  next[x] = q
  previous[x] = p
  if (p !== NONE) next[p] = x
  if (q !== NONE) previous[q] = x
}

/** Gain of putting x, which stands alone, between p and q (either may be NONE); standing alone is 0. */
export function gainOfPlace(lists: Lists, score: Score, x: number, p: number, q: number): number {
  const left = before(lists, p)
  const right = after(lists, q)
  const now = score(left, right) + score([], { posts: [x], closed: true })
  return score(left, { posts: [x, ...right.posts], closed: right.closed }) - now
}

/** Whether the posts around x may stand next to each other without it. */
export function mayLeave(lists: Lists, score: Score, x: number): boolean {
  const [p, q] = [lists.previous[x] ?? NONE, lists.next[x] ?? NONE]
  return p === NONE || q === NONE || score(before(lists, p), after(lists, q)) > Number.NEGATIVE_INFINITY
}

function movePost(lists: Lists, score: Score, x: number, near: Near): boolean {
  if (!isMovable(lists, x)) return false
  const { next, previous, fixed } = lists
  const [p, q] = [previous[x] ?? NONE, next[x] ?? NONE]
  if (!mayLeave(lists, score, x)) return false
  unlink(lists, x)
  let [best, bestP, bestQ] = [0, NONE, NONE]
  const stay = p === NONE && q === NONE ? 0 : gainOfPlace(lists, score, x, p, q)
  const consider = (a: number, b: number): void => {
    if (a !== NONE && fixed[a] === 1 && b !== NONE) return
    const gain = gainOfPlace(lists, score, x, a, b)
    if (gain > best + LEAST_GAIN) [best, bestP, bestQ] = [gain, a, b]
  }
  for (const y of near(x)) {
    if (y === x) continue
    consider(y, next[y] ?? NONE)
    if (previous[y] === NONE) consider(NONE, y)
  }
  const moves = best > stay + LEAST_GAIN
  if (moves) link(lists, x, bestP, bestQ)
  else if (p !== NONE || q !== NONE) link(lists, x, p, q)
  return moves
}

/** Gain of letting the chain from x on follow i, whose own continuation goes to where x stood. */
export function gainOfEnd(lists: Lists, score: Score, x: number, i: number): number {
  const { next, previous } = lists
  const [p, t] = [previous[x] ?? NONE, i === NONE ? NONE : (next[i] ?? NONE)]
  const [fromX, fromT] = [after(lists, x), after(lists, t)]
  const [toP, toI] = [before(lists, p), before(lists, i)]
  const now = score(toP, fromX) + (i === NONE ? 0 : score(toI, fromT))
  return score(toI, fromX) + (p === NONE && t === NONE ? 0 : score(toP, fromT)) - now
}

function moveEnd(lists: Lists, score: Score, x: number, near: Near): boolean {
  const { previous, fixed } = lists
  const p = previous[x] ?? NONE
  if (p !== NONE && fixed[p] === 1) return false
  let [best, bestI] = [LEAST_GAIN, p]
  const consider = (i: number): void => {
    if (i === p || (i !== NONE && fixed[i] === 1)) return
    const gain = gainOfEnd(lists, score, x, i)
    if (gain > best) [best, bestI] = [gain, i]
  }
  if (p !== NONE) consider(NONE)
  for (const i of near(x)) if (!sameChain(lists, i, x)) consider(i)
  if (bestI === p) return false
  swapEnds(lists, x, bestI)
  return true
}

/** Lets the chain from x on follow i (or nothing), and what followed i the post before x. */
export function swapEnds({ next, previous }: Lists, x: number, i: number): void {
  const p = previous[x] ?? NONE
  const t = i === NONE ? NONE : (next[i] ?? NONE)
  if (i !== NONE) next[i] = x
  previous[x] = i
  if (p !== NONE) next[p] = t
  if (t !== NONE) previous[t] = p
}

/** Whether two posts stand in one chain. */
export function sameChain({ previous }: Lists, a: number, b: number): boolean {
  return headOf(previous, a) === headOf(previous, b)
}

function headOf(previous: Int32Array, at: number): number {
  let head = at
  for (let up = previous[head] ?? NONE; up !== NONE; up = previous[head] ?? NONE) head = up
  return head
}
