// Walls that no thread crosses: a block of a page, and a page as a whole for posts that have nothing but their words to
// compare. A post that stands behind two walls opens them to each other: both pages show its thread.
import type { Post } from '../../model.ts'
import { accountOf } from '../../post.ts'
import { NONE } from '../solve/bag.ts'

/** A post as one page shows it; `block` is the page's own name of the block, or null. */
interface ShownPost {
  readonly post: Pick<Post, 'ref' | 'createdAt' | 'author'>
  readonly place: { readonly extraction: number; readonly block: string | null }
}

/** The wall of one sighting; the empty one stands around all posts that ids or times place. */
function wallOf({ post, place }: ShownPost): string {
  if (place.block !== null) return place.block
  return post.ref === null && post.createdAt === null ? pageWallOf({ post, place }) : ''
}

/**
 * The wall of each post, doors considered.
 * @param first the first sighting of each post
 * @param others the further ones, by post
 */
export function joinWalls(
  first: readonly ShownPost[],
  others: ReadonlyMap<number, readonly ShownPost[]>,
): readonly string[] {
  const above = new Map<string, string>()
  const isListed = readLists(first, others)
  const readerOf = (at: number) => {
    const one = first[at]
    return one !== undefined && isListed(one) && (others.get(at)?.every(isListed) ?? true) ? pageWallOf : wallOf
  }
  const walls = first.map((one, at) => readerOf(at)(one))
  for (const [at, group] of others) {
    const read = readerOf(at)
    for (const other of group) join(above, walls[at] ?? '', read(other))
  }
  return above.size === 0 ? walls : walls.map((wall) => rootOf(above, wall))
}

/**
 * Whether a sighting is of a page on which no post of its author bears a time, and some no id: they are one list there.
 * A post that stands in such lists only stands behind their walls, whatever else there is.
 */
function readLists(
  first: readonly ShownPost[],
  others: ReadonlyMap<number, readonly ShownPost[]>,
): (one: ShownPost) => boolean {
  const lists = new Set<string>()
  for (const group of [first, ...others.values()]) for (const one of group) if (isBare(one)) lists.add(listOf(one))
  if (lists.size === 0) return () => false
  for (const group of [first, ...others.values()])
    for (const one of group) if (one.post.createdAt !== null) lists.delete(listOf(one))
  return (one) => one.place.block === null && lists.has(listOf(one))
}

function isBare({ post, place }: ShownPost): boolean {
  return post.ref === null && post.createdAt === null && place.block === null
}

function listOf({ post, place }: ShownPost): string {
  return `${place.extraction}\u0000${accountOf(post.author) ?? ''}`
}

function pageWallOf({ place }: ShownPost): string {
  return `${place.extraction}`
}

/**
 * The wall behind which answers to other people stand, with what their author adds to them: no thread goes on there.
 */
const ANSWERS = 'answers'

/**
 * @param parent position of each post's parent, NONE where none is here
 * @param isOwn whether a post and its parent are of one author
 */
export function fenceAnswers(
  walls: readonly string[],
  parent: Int32Array,
  isOwn: (child: number) => boolean,
): readonly string[] {
  const state = new Uint8Array(parent.length)
  let isFenced = false
  for (let start = 0; start < parent.length; start++) {
    let at = start
    while (state[at] === UNSEEN && (parent[at] ?? NONE) !== NONE && isOwn(at)) at = parent[at] ?? NONE
    if (state[at] === UNSEEN) state[at] = (parent[at] ?? NONE) === NONE ? OPEN : FENCED
    const found = state[at] ?? OPEN
    isFenced ||= found === FENCED
    for (let node = start; node !== at; node = parent[node] ?? NONE) state[node] = found
  }
  return isFenced ? walls.map((wall, at) => (state[at] === FENCED ? ANSWERS : wall)) : walls
}

const [UNSEEN, OPEN, FENCED] = [0, 1, 2] as const

function join(above: Map<string, string>, a: string, b: string): void {
  const [x, y] = [rootOf(above, a), rootOf(above, b)]
  if (x < y) above.set(y, x)
  else if (y < x) above.set(x, y)
}

function rootOf(above: ReadonlyMap<string, string>, wall: string): string {
  let root = wall
  for (let up = above.get(root); up !== undefined; up = above.get(root)) root = up
  return root
}
