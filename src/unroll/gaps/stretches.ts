// Stretches of a thread in which fewer posts stand than the numbers promise: between two numbered posts, before the
// first number, or after the last one where a total is known. Arithmetic only; whether anything was lost is for
// losses.ts.
import { NONE } from '../solve/bag.ts'
import { isJumbled } from './contradictions.ts'
import type { Numbered } from './numbered.ts'

/** How the highest number stands to the total the author gave. */
type Promised = 'met' | 'short' | 'none' | 'over'

/** Fewer posts than numbers, between two places of a thread. */
export interface Stretch {
  /** The numbered post before it, NONE at the beginning. */
  readonly from: number
  /** The numbered post after it, the number of posts at the end. */
  readonly to: number
  /** Numbers in it that no post can bear. */
  readonly lacking: number
}

export interface Stretches {
  readonly list: readonly Stretch[]
  readonly promised: Promised
  /** By how much the highest number runs past the total the author gave. */
  readonly excess: number
  /** Posts that bear a number. */
  readonly numbered: number
}

/** A first post that bears 3 is no stretch: nothing stands before it. */
export function listStretches(posts: readonly Numbered[]): Stretches {
  const list: Stretch[] = []
  let last = NONE
  let highest = 0
  let numbered = 0
  const elsewhere = countElsewhere(posts)
  posts.forEach(({ number }, at) => {
    if (number === null) return
    const before = last === NONE ? 0 : (posts[last]?.number ?? 0)
    const lacking = number - before - (at - last) - elsewhere(before, number)
    if (lacking > 0 && at > 0) list.push({ from: last, to: at, lacking })
    highest = Math.max(highest, number)
    last = at
    numbered++
  })
  // Who mends a total on the way means the later one.
  const total = posts.findLast((post) => post.total !== null)?.total ?? null
  const rest = total === null || last === NONE ? 0 : total - (posts[last]?.number ?? 0) - (posts.length - 1 - last)
  if (rest > 0 && last < posts.length - 1) list.push({ from: last, to: posts.length, lacking: rest })
  const promised = total === null ? 'none' : highest > total ? 'over' : highest === total ? 'met' : 'short'
  return { list, promised, excess: Math.max(0, highest - (total ?? highest)), numbered }
}

/**
 * How many numbers between two others stand elsewhere in a thread whose posts do not stand in the order of their
 * numbers.
 */
function countElsewhere(posts: readonly Numbered[]): (from: number, to: number) => number {
  if (!isJumbled(posts)) return () => 0
  const numbers = posts.flatMap(({ number }) => number ?? [])
  return (from, to) => numbers.filter((number) => number > from && number < to).length
}

/** The posts whose step from the post before lies in a stretch. */
export function listSteps({ from, to }: Stretch, size: number): readonly number[] {
  const first = Math.max(1, from + 1)
  return Array.from({ length: Math.min(to, size - 1) - first + 1 }, (_, k) => first + k)
}

/** Null where no post bears a number. */
export function lowestOf(posts: readonly Numbered[]): number | null {
  return pickNumber(posts, Math.min)
}

/** Null where no post bears a number. */
export function highestOf(posts: readonly Numbered[]): number | null {
  return pickNumber(posts, Math.max)
}

/** Two at a time: a thread may have more posts than a call has arguments. */
function pickNumber(posts: readonly Numbered[], pick: (a: number, b: number) => number): number | null {
  return posts.reduce<number | null>(
    (found, { number }) => (number === null ? found : pick(found ?? number, number)),
    null,
  )
}
