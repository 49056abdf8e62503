// What orders one author's posts where neither declaration nor inference is asked: the page, ids, times.
import type { MergedPost } from '../../model.ts'
import { compareIds } from '../../post.ts'
import { isOrderedId } from '../identity.ts'
import type { PagePlace } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import { type Gathering, PAGE_WALL } from './gathering.ts'

/**
 * Whether nothing but its place on a page orders each post; of one page whose posts bear an id in part, its order does
 * too.
 */
export function isInPageOrder(gathering: Gathering, group: readonly number[]): boolean {
  if (group.every((at) => isKnownByPlaceOnly(gathering, at))) return true
  const { posts, walls } = gathering
  const page = walls[group[0] ?? NONE] ?? ''
  const isThere = (at: number): boolean =>
    walls[at] === page && posts[at]?.createdAt === null && isInOrder(gathering, at)
  return PAGE_WALL.test(page) && group.some((at) => posts[at]?.ref === null) && group.every(isThere)
}

/** Ids and times say more than a page does; without them its order is all there is, if it means anything. */
function isKnownByPlaceOnly(gathering: Gathering, at: number): boolean {
  const post = gathering.posts[at]
  return isInOrder(gathering, at) && post?.createdAt === null && !isOrderedId(post.ref)
}

function isInOrder({ places, order, shuffled }: Gathering, at: number): boolean {
  return order === 'page' && !shuffled?.has(places[at]?.extraction ?? NONE)
}

export function comparePlaces(a: PagePlace, b: PagePlace): number {
  return a.extraction - b.extraction || a.index - b.index
}

/** Share of dated neighbours on a page that must agree on its direction. */
const SAME_DIRECTION = 0.98

/**
 * Ranks of dated posts without ids on a page sorted by time, rising or falling: clocks of whole seconds leave ties, and
 * the page breaks them. Null where the page is not sorted, or where ids do better.
 */
export function rankByPage(gathering: Gathering, group: readonly number[]): ReadonlyMap<number, number> | null {
  const { posts, places } = gathering
  const usable = (at: number): boolean =>
    posts[at]?.createdAt !== null && posts[at]?.ref === null && isInOrder(gathering, at)
  if (group.length < 2 || !group.every(usable)) return null
  const onPage = [...group].sort((a, b) => comparePlaces(places[a] as PagePlace, places[b] as PagePlace))
  const times = onPage.map((at) => posts[at]?.createdAt ?? '')
  const rising = times.slice(1).filter((time, k) => time > (times[k] ?? '')).length
  const falling = times.slice(1).filter((time, k) => time < (times[k] ?? '')).length
  if (Math.max(rising, falling) < SAME_DIRECTION * (rising + falling)) return null
  if (falling > rising) onPage.reverse()
  const order = onPage.map((at, k) => [at, k] as const)
  order.sort(([a, x], [b, y]) => compareTimes(posts[a], posts[b]) || x - y)
  return new Map(order.map(([at], rank) => [at, rank]))
}

function compareTimes(a: MergedPost | undefined, b: MergedPost | undefined): number {
  const [x, y] = [a?.createdAt ?? '', b?.createdAt ?? '']
  return x < y ? -1 : x > y ? 1 : 0
}

/** Ranks of ids that rise with time, when all of them are of one platform: ids of two platforms do not compare. */
export function rankIds({ posts }: Gathering, group: readonly number[]): ReadonlyMap<number, number> {
  const named = group.filter((at) => isOrderedId(posts[at]?.ref ?? null))
  const platforms = new Set(named.map((at) => posts[at]?.ref?.platform))
  if (platforms.size !== 1) return new Map()
  const ids = named.sort((a, b) => compareIds(posts[a]?.ref?.id ?? '', posts[b]?.ref?.id ?? ''))
  return new Map(ids.map((at, rank) => [at, rank]))
}
