// One author's posts: markers accepted, the solver run where inference is needed, its links written beside the given ones.
import type { Link } from '../model.ts'
import { NONE } from './bag.ts'
import type { EvidencePool } from './explain.ts'
import { explainLink } from './explain.ts'
import type { Acceptance } from './families.ts'
import { MODEL } from './fitted.ts'
import { bagOf, type Gathering } from './gather.ts'
import type { Given } from './given.ts'
import { solveBag } from './passes.ts'

/** Below this a link is not made: the post is left alone, with its likeliest homes. */
const LEAST_P = 0.5

export interface Home {
  /** A post the lone one may stand beside. */
  readonly near: number
  readonly p: number
}

/** Indexed by merged post; filled author by author. */
export interface AuthorLinks {
  readonly next: Int32Array
  readonly links: Map<number, Link>
  readonly acceptances: (Acceptance | null)[]
  readonly starts: Uint8Array
  readonly ends: Uint8Array
  readonly homes: Map<number, readonly Home[]>
}

export function linkAuthor(
  gathering: Gathering,
  author: string,
  group: readonly number[],
  given: Given,
  found: AuthorLinks,
): void {
  const { bag, members } = bagOf(gathering, author, group, given)
  members.forEach((at, k) => {
    found.acceptances[at] = bag.posts[k]?.acceptance ?? null
    found.starts[at] = bag.starts[k] ?? 0
    found.ends[at] = bag.ends[k] ?? 0
  })
  if (bag.settled.every((one) => one === 1)) return
  const pool: EvidencePool = new Map()
  const position = new Map([...members].map((at, k) => [at, k]))
  const known = Int32Array.from(members, (at) => position.get(given.next[at] ?? NONE) ?? NONE)
  const solution = solveBag(bag, known, MODEL)
  solution.next.forEach((j, i) => {
    const made = solution.made.get(j)
    if (j === NONE || made === undefined || made.p < LEAST_P) return
    found.next[members[i] ?? NONE] = members[j] ?? NONE
    found.links.set(members[j] ?? NONE, explainLink(bag, i, j, made, MODEL, pool))
  })
  const linked = new Set<number>()
  members.forEach((at) => {
    const next = found.next[at] ?? NONE
    if (next !== NONE) linked.add(at).add(next)
  })
  members.forEach((at, k) => {
    if (bag.size > 1 && !linked.has(at))
      found.homes.set(
        at,
        solution.homesOf(k).map(({ near, p }) => ({ near: members[near] ?? NONE, p })),
      )
  })
}
