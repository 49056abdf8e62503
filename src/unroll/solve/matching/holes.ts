// Holes: the places that chains of numbered posts leave open for posts without a number.
import { type Bag, NONE } from '../bag.ts'

/** Places offered in one hole: a hole of many numbers is mostly posts we lack. */
const MOST_PLACES = 4
/** After a last number without a total, and before a first number. */
const MOST_OPEN = 2

/** A place between two posts; NONE at an end. A wide hole is as many equal places. */
interface Hole {
  readonly p: number
  readonly q: number
}

/** The holes of all chains that have a number, in the order of their places. */
export function listHoles(bag: Bag, chains: readonly (readonly number[])[]): readonly Hole[] {
  return chains.flatMap((chain) => {
    if (chain.every((post) => bag.number[post] === NONE)) return []
    const inner = chain.slice(1).flatMap((q, k) => places(chain[k] ?? NONE, q, widthBetween(bag, chain[k] ?? NONE, q)))
    return [...headHoles(bag, chain[0] ?? NONE), ...inner, ...tailHoles(bag, chain.at(-1) ?? NONE)]
  })
}

function widthBetween(bag: Bag, p: number, q: number): number {
  const [a = NONE, b = NONE] = [bag.number[p], bag.number[q]]
  return a === NONE || b === NONE ? 0 : b - a - 1
}

function headHoles(bag: Bag, q: number): readonly Hole[] {
  const number = bag.number[q] ?? NONE
  return number === NONE ? [] : places(NONE, q, Math.min(number - 1, MOST_OPEN))
}

function tailHoles(bag: Bag, p: number): readonly Hole[] {
  const [number = NONE, total = NONE] = [bag.number[p], bag.total[p]]
  if (number === NONE || bag.ends[p] === 1) return []
  return places(p, NONE, total === NONE ? MOST_OPEN : total - number)
}

function places(p: number, q: number, width: number): readonly Hole[] {
  return Array.from({ length: Math.max(0, Math.min(width, MOST_PLACES)) }, () => ({ p, q }))
}
