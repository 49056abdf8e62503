// How sure each link of an arrangement is: what the next best arrangements without it would cost. Every single move
// that breaks a link is an alternative; the link's odds are one against the sum of theirs.
import { NONE } from '../bag.ts'
import {
  type Arrangement,
  gainOfEnd,
  gainOfPlace,
  isMovable,
  link,
  mayLeave,
  sameChain,
  unlink,
} from '../search/arrangement.ts'
import type { Near } from '../search/mend.ts'

interface Alternative {
  /** The post it would stand beside, NONE for alone. */
  readonly near: number
  /** Log-odds beside the arrangement as it is; at most about 0. */
  readonly gain: number
  /** Whether the post would leave its thread. */
  readonly leaves: boolean
}

export interface Doubts {
  /** log of the summed odds of all arrangements without the link to this post from the one before. */
  readonly against: Float64Array
  /** The same, of those arrangements only that put the post into another thread or leave it alone. */
  readonly leaving: Float64Array
  /** Whether the odds were counted in drawn arrangements. */
  readonly drawn: boolean
  /**
   * Whether other arrangements are likely too, and the bag is too large to draw them: single moves say too little
   * against a link.
   */
  readonly undrawn: boolean
  /** Places a post that stands alone might take, the best first. */
  readonly homes: ReadonlyMap<number, readonly Alternative[]>
}

/** Told what an arrangement without the link to this post is worth, in log-odds beside the one at hand. */
type Doubt = (post: number, gain: number) => void

const MOST_HOMES = 8

export function doubtLinks(arrangement: Arrangement, near: Near): Doubts {
  const { next, previous } = arrangement
  const against = new Float64Array(next.length).fill(Number.NEGATIVE_INFINITY)
  const leaving = new Float64Array(next.length).fill(Number.NEGATIVE_INFINITY)
  const homes = new Map<number, readonly Alternative[]>()
  const doubt: Doubt = (post, gain) => {
    if (post !== NONE && previous[post] !== NONE) against[post] = logAdd(against[post] ?? 0, gain)
  }
  for (let x = 0; x < next.length; x++) {
    const found = [...otherPlaces(arrangement, x, near, doubt), ...otherEnds(arrangement, x, near, doubt)]
    for (const { gain, leaves } of found) if (leaves) leaving[x] = logAdd(leaving[x] ?? 0, gain)
    if (next[x] === NONE && previous[x] === NONE) homes.set(x, bestOf(found))
  }
  return { against, leaving, homes, drawn: false, undrawn: false }
}

/** x taken out and put elsewhere breaks the links beside x, and the link it would stand in. */
function otherPlaces(arrangement: Arrangement, x: number, near: Near, doubt: Doubt): readonly Alternative[] {
  if (!isMovable(arrangement, x) || !mayLeave(arrangement, x)) return []
  const { next, previous, fixed } = arrangement
  const [p, q] = [previous[x] ?? NONE, next[x] ?? NONE]
  unlink(arrangement, x)
  const company = p === NONE ? q : p
  const stay = p === NONE && q === NONE ? 0 : gainOfPlace(arrangement, x, p, q)
  const found: (Alternative & { readonly q: number })[] = []
  const consider = (a: number, b: number): void => {
    if ((a === p && b === q) || (a !== NONE && fixed[a] === 1 && b !== NONE)) return
    const beside = a === NONE ? b : a
    const leaves = company === NONE || !sameChain(arrangement, beside, company)
    found.push({ near: beside, gain: gainOfPlace(arrangement, x, a, b) - stay, leaves, q: b })
  }
  for (const y of near(x)) {
    if (y === x) continue
    consider(y, next[y] ?? NONE)
    if (previous[y] === NONE) consider(NONE, y)
  }
  if (p !== NONE || q !== NONE) {
    found.push({ near: NONE, gain: -stay, leaves: true, q: NONE })
    link(arrangement, x, p, q)
  }
  for (const { gain, q: broken } of found) {
    doubt(x, gain)
    doubt(q, gain)
    if (broken !== q) doubt(broken, gain)
  }
  return found
}

/** The chain from x on put behind another post, or behind none. */
function otherEnds(arrangement: Arrangement, x: number, near: Near, doubt: Doubt): readonly Alternative[] {
  const { next, previous, fixed } = arrangement
  const p = previous[x] ?? NONE
  if (p !== NONE && fixed[p] === 1) return []
  const found: Alternative[] = []
  const consider = (i: number): void => {
    if (i === p || (i !== NONE && fixed[i] === 1)) return
    const gain = gainOfEnd(arrangement, x, i)
    found.push({ near: i, gain, leaves: true })
    doubt(x, gain)
    if (i !== NONE) doubt(next[i] ?? NONE, gain)
  }
  if (p !== NONE && next[x] !== NONE) consider(NONE)
  for (const i of near(x)) if (!sameChain(arrangement, i, x)) consider(i)
  return found
}

function bestOf(found: readonly Alternative[]): readonly Alternative[] {
  return found
    .filter((one) => one.near !== NONE && one.gain > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.gain - a.gain || a.near - b.near)
    .slice(0, MOST_HOMES)
}

/** log(e^a + e^b) without overflow. */
export function logAdd(a: number, b: number): number {
  const most = a > b ? a : b
  const least = a > b ? b : a
  return least === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(least - most))
}
