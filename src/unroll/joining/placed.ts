// One author's posts in the order that is known of them, for what joins threads by who stands behind whom. It joins
// nothing.
import type { MergedPost, PageOrder } from '../../model.ts'
import { comparePosts } from '../identity.ts'
import type { PagePlace } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import type { Counted } from './counted.ts'

/** Posts with what orders them where times do not. */
export interface PlacedPosts extends Counted {
  readonly places: readonly PagePlace[]
  readonly order: PageOrder
  /** Pages whose own order means nothing. */
  readonly shuffled: ReadonlySet<number>
}

/** By time where all have one, by the page where it shows all; else nothing. */
export function sortGroup(
  { posts, places, order, shuffled }: PlacedPosts,
  group: readonly number[],
): readonly number[] {
  if (group.every((at) => posts[at]?.createdAt !== null))
    return group.toSorted((a, b) => comparePosts(posts[a] as MergedPost, posts[b] as MergedPost))
  const page = places[group[0] ?? NONE]?.extraction ?? NONE
  if (order === 'none' || shuffled.has(page) || group.some((at) => places[at]?.extraction !== page)) return []
  return group.toSorted((a, b) => (places[a]?.index ?? 0) - (places[b]?.index ?? 0))
}
