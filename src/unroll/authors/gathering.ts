// Posts by author: who may belong together at all. It links nothing.
import { addTo } from '../../grouping.ts'
import type { MergedPost, PageOrder } from '../../model.ts'
import { accountOf } from '../../post.ts'
import type { MarkerFinder } from '../markers/marker.ts'
import type { PagePlace } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'

/** Merged posts with all that says which of them may belong together. */
export interface Gathering {
  readonly posts: readonly MergedPost[]
  readonly places: readonly PagePlace[]
  readonly order: PageOrder
  /** The wall each post stands behind: inference links nothing across. */
  readonly walls: readonly string[]
  /** Blocks in which each thread stands in one run. */
  readonly units?: ReadonlySet<string>
  /** Extractions whose own order means nothing, whatever `order` says. */
  readonly shuffled?: ReadonlySet<number>
  /** Whether the post that a post answers is not here, or is named nowhere; absent: none. */
  readonly hasNoParent?: (at: number) => boolean
  /** Absent: they are sought here. */
  readonly markersOf?: MarkerFinder
}

/**
 * The wall of a page that shows nothing but words, joined with those that show a copy of one of its posts (walls.ts).
 */
export const PAGE_WALL = /^\d+$/

/**
 * Members of each author's bag, in an order that no shuffling of the input changes. Comments and articles are not in
 * bags.
 */
export function groupByAuthor({
  posts,
  places,
  walls,
}: Pick<Gathering, 'posts' | 'places' | 'walls'>): ReadonlyMap<string, number[]> {
  const groups = new Map<string, number[]>()
  let nameless: ((at: number) => string) | null = null
  for (let at = 0; at < posts.length; at++) {
    const post = posts[at] as MergedPost
    if (post.kind !== 'post') continue
    let key = accountOf(post.author)
    if (key === null) {
      nameless ??= nameByPage(places, walls)
      key = nameless(at)
    }
    addTo(groups, key, at)
  }
  return groups
}

/**
 * What stands for the author of a nameless post: it is a stranger to the nameless of other inputs, but for those that
 * show a post of its own page. Dated ones stand with the others of their page, which may be joined to others under any
 * of their names.
 */
function nameByPage(places: readonly PagePlace[], walls: readonly string[]): (at: number) => string {
  const joined = new Map<number, string>()
  for (const [at, wall] of walls.entries()) if (PAGE_WALL.test(wall)) joined.set(places[at]?.extraction ?? NONE, wall)
  return (at) => {
    const page = places[at]?.extraction ?? NONE
    const wall = joined.get(page)
    return wall === undefined ? `?page ${page}` : `?wall ${wall}`
  }
}
