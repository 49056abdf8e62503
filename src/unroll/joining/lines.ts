// Threads as links between posts while they are joined: what follows each post, and how that is known. What is joined
// or parted by which signs, the files beside this one say.
import type { Link } from '../../model.ts'
import type { Acceptance } from '../markers/acceptance/families.ts'
import type { Home } from '../solve/author.ts'
import { NONE } from '../solve/bag.ts'
import { reverseLinks } from '../solve/chains.ts'

/** By merged post; written on in place. */
export interface Lines {
  /** The post that follows, or NONE. */
  readonly next: Int32Array
  /** How a post is linked to the one before it. */
  readonly links: (Link | null)[]
  readonly acceptances: readonly (Acceptance | null)[]
}

/** Lines that also say where a post belongs perhaps that stands alone. */
export interface LinesWithHomes extends Lines {
  readonly homes: Map<number, readonly Home[]>
}

/** The way back, for as long as one file joins: the others write `next` alone. */
export interface WayBack {
  /** The post before, or NONE. */
  readonly previous: Int32Array
}

export function withWayBack<L extends Lines>(lines: L): L & WayBack {
  return { ...lines, previous: reverseLinks(lines.next) }
}

/** A post's number in its thread; 0 where it has none. */
export function numberOf({ acceptances }: Lines, at: number): number {
  return acceptances[at]?.marker?.number ?? 0
}

/** The first post of the thread that a post stands in. */
export function headOf(previous: Int32Array, start: number): number {
  let at = start
  for (let up = previous[at] ?? NONE; up !== NONE; up = previous[at] ?? NONE) at = up
  return at
}

/** Lets a post follow another one; who led to it or followed the other before is its caller's matter. */
export function connect(lines: Lines & WayBack, before: number, at: number, link: Link): void {
  lines.next[before] = at
  lines.previous[at] = before
  lines.links[at] = link
}

/** Takes the link between two neighbours back. */
export function disconnect(lines: Lines & WayBack, before: number, at: number): void {
  lines.next[before] = NONE
  lines.previous[at] = NONE
  lines.links[at] = null
}
