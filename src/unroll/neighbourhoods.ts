// Which posts have nothing to do with each other: those of different authors, unless a reply, a copy or a page joins them.
// Each neighbourhood can be unrolled by itself, with the outcome it has among all. It unrolls nothing.
import type { Extraction, Post, PostRef } from '../model.ts'
import { authorKey } from './identity.ts'

/** Every post in exactly one part; parts in the order of their first posts. A page stands in each part that has posts of it. */
export function* splitNeighbourhoods(extractions: readonly Extraction[]): Generator<readonly Extraction[]> {
  const groups = canSplit(extractions) ? groupPosts(extractions) : []
  if (groups.length < 2) {
    yield extractions
    return
  }
  const bare = extractions.filter(({ posts }) => posts.length === 0)
  if (bare.length > 0) yield bare
  const starts = startsOf(extractions)
  for (const group of groups) yield cutOut(extractions, starts, group)
}

/** A page that can be read again, with the same outcome, and need not be kept between two looks. */
export type PageSource = () => Extraction

/** Posts of which pages are kept between the two looks at them; of what is beyond, only names are. */
const KEPT_POSTS = 300_000

/**
 * Pages that hold neighbourhoods together, in the order of their first pages.
 * @param kept posts that may be held for the second look; pages beyond them are read again
 */
export function clusterPages(pages: readonly PageSource[], kept = KEPT_POSTS): readonly (readonly PageSource[])[] {
  if (pages.length < 2) return [pages]
  const joins = createJoins(pages.length)
  let isSplit = true
  let room = kept
  const sources = pages.map((read, n): PageSource => {
    const page = read()
    room -= page.posts.length
    isSplit &&= isSplittable(page)
    for (const post of page.posts) joinPost(post, n, null, `nameless ${n}`, joins)
    return room < 0 ? read : () => page
  })
  const groups = isSplit ? joins.groups() : [[...pages.keys()]]
  return groups.map((group) => group.map((n) => sources[n] as PageSource))
}

function canSplit(extractions: readonly Extraction[]): boolean {
  return extractions.every(isSplittable)
}

/** Lines of text are no posts yet; a text without handle and id may be a copy of anybody's; a told tree joins what it names. */
function isSplittable({ posts, scrapes, declared }: Extraction): boolean {
  return scrapes.length === 0 && declared.tree === undefined && posts.every(isNamed)
}

function isNamed({ kind, ref, author }: Post): boolean {
  return ref !== null || (author?.handle ?? (kind === 'post' ? null : author)) !== null
}

/** Posts of all pages, counted through, by neighbourhood. */
function groupPosts(extractions: readonly Extraction[]): readonly (readonly number[])[] {
  const joins = createJoins(extractions.reduce((sum, { posts }) => sum + posts.length, 0))
  const entangled = findEntangled(extractions)
  let at = 0
  extractions.forEach((page, n) => {
    const whole = isLoose(page) && !entangled.has(n) ? null : `page ${n}`
    for (const post of page.posts) joinPost(post, at++, whole, `nameless ${n}`, joins)
  })
  return joins.groups()
}

const NOBODY = -1
/** Not behind the wall of any page (walls.ts). */
const NOWHERE = -1

/** Pages of whose authors one stands behind another wall too: a copy there opens both, for all who stand behind them. */
function findEntangled(extractions: readonly Extraction[]): ReadonlySet<number> {
  const walls = new Map<string | null, number>()
  const entangled = new Set<number>()
  let [lastName, lastWall]: [string | null | undefined, number] = [undefined, NOWHERE]
  extractions.forEach(({ posts }, n) => {
    for (const { author, ref, createdAt, block } of posts) {
      const wall = block !== null || (ref === null && createdAt === null) ? n : NOWHERE
      const name = authorKey(author)
      if (name === lastName && wall === lastWall) continue
      lastName = name
      lastWall = wall
      const other = walls.get(name)
      if (other === undefined) walls.set(name, wall)
      else if (other !== wall) entangled.add(other).add(wall)
    }
  })
  return entangled
}

/** Whether the posts of a page are rows that speak of each other by id alone: JSONL, an export. */
function isLoose({ posts, blocks }: Extraction): boolean {
  return blocks.length === 0 && posts.every(isRow)
}

function isRow({ kind, conversation, parent }: Post): boolean {
  return kind === 'post' && conversation === null && (parent === null || parent.ref !== null)
}

function joinPost(post: Post, at: number, page: string | null, nameless: string, joins: Joins): void {
  const { ref, parent, platform, conversation } = post
  joins.byName(authorKey(post.author) ?? nameless, at)
  if (page !== null) joins.byName(page, at)
  if (ref !== null) joins.byRef(ref, at)
  if (parent !== null && parent.ref !== null) joins.byRef(parent.ref, at)
  if (conversation !== null) joins.byRef({ platform, id: conversation }, at)
}

/** Posts that share a name or an id, joined as they are read. */
interface Joins {
  byName(name: string, at: number): void
  byRef(ref: PostRef, at: number): void
  groups(): readonly (readonly number[])[]
}

function createJoins(size: number): Joins {
  const above = Int32Array.from({ length: size }, (_, at) => at)
  const names = new Map<string, number>()
  const platforms = new Map<string, Map<string, number>>()
  // Posts of one platform and of one author stand together.
  let [lastPlatform, lastIds] = ['', new Map<string, number>()]
  let [lastName, lastNamed] = ['', NOBODY]
  const join = (known: Map<string, number>, key: string, at: number): void => {
    const other = known.get(key)
    if (other === undefined) known.set(key, at)
    else unite(above, other, at)
  }
  return {
    byName: (name, at) => {
      if (name === lastName && lastNamed !== NOBODY) unite(above, lastNamed, at)
      else join(names, name, at)
      lastName = name
      lastNamed = at
    },
    byRef: ({ platform, id }, at) => {
      if (platform !== lastPlatform) {
        lastPlatform = platform
        lastIds = platforms.get(platform) ?? new Map<string, number>()
        platforms.set(platform, lastIds)
      }
      join(lastIds, id, at)
    },
    groups: () => listGroups(above),
  }
}

/** The earlier root stays one, so that a group is known by its first post. */
function unite(above: Int32Array, a: number, b: number): void {
  const x = rootOf(above, a)
  const y = rootOf(above, b)
  if (x < y) above[y] = x
  else above[x] = y
}

/** Halves the path on its way. */
function rootOf(above: Int32Array, start: number): number {
  let at = start
  while (above[at] !== at) {
    const up = above[at] ?? at
    above[at] = above[up] ?? up
    at = above[at] ?? up
  }
  return at
}

function listGroups(above: Int32Array): readonly (readonly number[])[] {
  const groups = new Map<number, number[]>()
  for (let at = 0; at < above.length; at++) {
    const root = rootOf(above, at)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [at])
    else group.push(at)
  }
  return [...groups.values()]
}

/** The number of the first post of each page, then the number of all posts. */
function startsOf(extractions: readonly Extraction[]): readonly number[] {
  const starts = [0]
  for (const { posts } of extractions) starts.push((starts.at(-1) ?? 0) + posts.length)
  return starts
}

/** The pages of a group, each with the posts that belong to it; a page that belongs to it whole is not copied. */
function cutOut(
  extractions: readonly Extraction[],
  starts: readonly number[],
  group: readonly number[],
): readonly Extraction[] {
  const parts: Extraction[] = []
  for (let k = 0; k < group.length; ) {
    const page = pageOf(starts, group[k] ?? 0)
    const [from = 0, to = 0] = [starts[page], starts[page + 1]]
    const first = k
    while (k < group.length && (group[k] ?? 0) < to) k++
    const whole = extractions[page] as Extraction
    const posts = group.slice(first, k).map((at) => whole.posts[at - from] as Post)
    parts.push(posts.length === whole.posts.length ? whole : { ...whole, posts })
  }
  return parts
}

/** The page a post stands on, by binary search. */
function pageOf(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= at) low = middle
    else high = middle
  }
  return low
}
