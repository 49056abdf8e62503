// Mends a solution: single posts are put elsewhere and ends of chains change places while the whole gets better. The
// matchings before it are exact but see two posts at a time; this sees how numbers run through a chain.
import { NONE } from '../bag.ts'
import {
  type Arrangement,
  after,
  before,
  type Chains,
  gainOfEnd,
  gainOfPlace,
  isMovable,
  link,
  mayLeave,
  sameChain,
  swapEnds,
  unlink,
} from './arrangement.ts'

/** Sweeps over all posts; nearly all bags are at rest after three. */
const MOST_SWEEPS = 12
/** A move must be worth more than rounding. */
const LEAST_GAIN = 1e-6

/** The posts beside which a post may stand. */
export type Near = (x: number) => Iterable<number>

/** Improves an arrangement in place until no move helps. */
export function mend(arrangement: Arrangement, near: Near): void {
  const { next, previous } = arrangement
  let restless = new Uint8Array(next.length).fill(1)
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    const woken = new Uint8Array(next.length)
    let moved = false
    for (let x = 0; x < next.length; x++) {
      if (restless[x] !== 1) continue
      const old = [previous[x] ?? NONE, next[x] ?? NONE]
      if (!moveEnd(arrangement, x, near) && !movePost(arrangement, x, near)) continue
      moved = true
      wake(arrangement, [x, ...old, previous[x] ?? NONE, next[x] ?? NONE], near, woken)
    }
    if (!moved) return
    restless = woken
  }
}

/** After a move only the posts about it may find a better place than before. */
function wake(chains: Chains, posts: readonly number[], near: Near, woken: Uint8Array): void {
  for (const post of posts) {
    if (post === NONE) continue
    for (const about of [...before(chains, post), ...after(chains, post).posts, ...near(post)]) woken[about] = 1
  }
}

function movePost(arrangement: Arrangement, x: number, near: Near): boolean {
  if (!isMovable(arrangement, x)) return false
  const { next, previous, fixed } = arrangement
  const [p, q] = [previous[x] ?? NONE, next[x] ?? NONE]
  if (!mayLeave(arrangement, x)) return false
  unlink(arrangement, x)
  let [best, bestP, bestQ] = [0, NONE, NONE]
  const stay = p === NONE && q === NONE ? 0 : gainOfPlace(arrangement, x, p, q)
  const consider = (a: number, b: number): void => {
    if (a !== NONE && fixed[a] === 1 && b !== NONE) return
    const gain = gainOfPlace(arrangement, x, a, b)
    if (gain > best + LEAST_GAIN) [best, bestP, bestQ] = [gain, a, b]
  }
  for (const y of near(x)) {
    if (y === x) continue
    consider(y, next[y] ?? NONE)
    if (previous[y] === NONE) consider(NONE, y)
  }
  const moves = best > stay + LEAST_GAIN
  if (moves) link(arrangement, x, bestP, bestQ)
  else if (p !== NONE || q !== NONE) link(arrangement, x, p, q)
  return moves
}

function moveEnd(arrangement: Arrangement, x: number, near: Near): boolean {
  const { previous, fixed } = arrangement
  const p = previous[x] ?? NONE
  if (p !== NONE && fixed[p] === 1) return false
  let [best, bestI] = [LEAST_GAIN, p]
  const consider = (i: number): void => {
    if (i === p || (i !== NONE && fixed[i] === 1)) return
    const gain = gainOfEnd(arrangement, x, i)
    if (gain > best) [best, bestI] = [gain, i]
  }
  if (p !== NONE) consider(NONE)
  for (const i of near(x)) if (!sameChain(arrangement, i, x)) consider(i)
  if (bestI === p) return false
  swapEnds(arrangement, x, bestI)
  return true
}
