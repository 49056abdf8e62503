// Walls that no thread crosses: a block of a page, and a page as a whole for posts that have nothing but their words to
// compare. A post that stands behind two walls opens them to each other: both pages show its thread.
import type { Post } from '../model.ts'
import { NONE } from './bag.ts'

/** A post as one page shows it; `block` is the page's own name of the block, or null. */
export interface Standing {
  readonly post: Pick<Post, 'ref' | 'createdAt'>
  readonly place: { readonly extraction: number; readonly block: string | null }
}

/** The wall of one sighting; the empty one stands around all posts that ids or times place. */
function wallOf({ post, place }: Standing): string {
  if (place.block !== null) return place.block
  return post.ref === null && post.createdAt === null ? `${place.extraction}` : ''
}

/** @param groups all sightings of each post. Answers the wall of each, doors considered. */
export function joinWalls(groups: readonly (readonly Standing[])[]): readonly string[] {
  const above = new Map<string, string>()
  for (const group of groups) {
    const [first, ...others] = group
    if (first === undefined) continue
    const wall = wallOf(first)
    for (const other of others) join(above, wall, wallOf(other))
  }
  return groups.map(([first]) => (first === undefined ? '' : rootOf(above, wallOf(first))))
}

/** The wall behind which answers to other people stand, with what their author adds to them: no thread goes on there. */
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
  parent.forEach((_, start) => {
    const path: number[] = []
    let at = start
    while (state[at] === UNSEEN && (parent[at] ?? NONE) !== NONE && isOwn(at)) {
      path.push(at)
      at = parent[at] ?? NONE
    }
    if (state[at] === UNSEEN) state[at] = (parent[at] ?? NONE) === NONE ? OPEN : FENCED
    for (const node of path) state[node] = state[at] ?? OPEN
  })
  return walls.map((wall, at) => (state[at] === FENCED ? ANSWERS : wall))
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
