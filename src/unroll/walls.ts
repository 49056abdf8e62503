// Walls that no thread crosses: a block of a page, and a page as a whole for posts that have nothing but their words to
// compare. A post that stands behind two walls opens them to each other: both pages show its thread.
import type { Post } from '../model.ts'

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
