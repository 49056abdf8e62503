// Gathers merged posts into one bag an author: who may belong together at all. It links nothing.
import type { MergedPost, PageOrder } from '../model.ts'
import { authorKey, compareIds, comparePosts, isOrderedId, isRepost } from './identity.ts'
import { refuseCountdowns, runsBackwards } from './markers/countdown.ts'
import { endCues, findBounds, foldEnds } from './markers/cues.ts'
import { type Acceptance, acceptMarkers, type NumberedText } from './markers/families.ts'
import type { Marker, MarkerFinder } from './markers/marker.ts'
import { pairTwins } from './markers/twins.ts'
import type { PagePlace } from './sightings/copies.ts'
import { type BagPost, formKey, NONE } from './solve/bag.ts'

/** How often a candidate in the form and with the total of accepted markers was one. */
const KIN_P = 0.9
/** Accepted markers that show how their author numbers. */
const OFTEN_SO_WRITTEN = 3

/** A fraction at an end of a post by how often it is a marker before company is asked, and after. */
const SURE_FRACTION = 0.6
const LEAST_ON_PAGE = 0.15

/** Posts of one author, ready for the solver, with their places in the list of merged posts. */
interface AuthorBag {
  readonly author: string
  /** `members[k]` is the merged post that is number k of the bag. */
  readonly members: Int32Array
  readonly posts: readonly BagPost[]
}

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

/** Which posts are settled by declaration or layout. */
interface Settling {
  readonly settled: Uint8Array
}

const OPEN: Settling = { settled: new Uint8Array(0) }

/**
 * The wall of a page that shows nothing but words, joined with those that show a copy of one of its posts (walls.ts).
 */
const PAGE_WALL = /^\d+$/

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
    let key = authorKey(post.author)
    if (key === null) {
      nameless ??= nameByPage(places, walls)
      key = nameless(at)
    }
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [at])
    else group.push(at)
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

/** A finger pointing down opens a thread less often than it points at a picture. */
const POINTER = '👇'

function readCues(text: string, { marker }: Acceptance): { readonly starts: boolean; readonly ends: boolean } {
  const ends = foldEnds(text)
  // Some write "Thread" beside each number.
  const isInside = (marker?.number ?? 0) > 1
  const cues = isInside ? endCues(ends) : findBounds(ends)
  return {
    starts: !isInside && cues.some(({ kind, start }) => kind === 'start' && !text.startsWith(POINTER, start)),
    ends: marker?.cue === 'end' || cues.some((cue) => cue.kind === 'end'),
  }
}

/**
 * An author's posts in a fixed order, with all that the solver needs to know of each; `makeBag` makes the bag of them.
 */
export function bagOf(
  gathering: Gathering,
  author: string,
  group: readonly number[],
  given: Settling = OPEN,
): AuthorBag {
  const { posts, places } = gathering
  const usesPage = isInPageOrder(gathering, group)
  const { sorted, acceptances } = acceptInGroup(gathering, author, group, usesPage)
  const ranks = usesPage ? NO_RANKS : (rankByPage(gathering, sorted) ?? rankIds(gathering, sorted))
  const wallOf = numberWalls(gathering)
  const hasNameless = group.some((at) => posts[at]?.ref === null)
  const bagPosts = sorted.map((at, k): BagPost => {
    const post = posts[at] as MergedPost
    const { starts, ends } = readCues(post.text, acceptances[k] as Acceptance)
    const counts = (acceptances[k]?.marker?.number ?? 0) > 1
    const afterNameless = hasNameless && counts && given.settled[at] === 1 && gathering.hasNoParent?.(at) === true
    return {
      text: post.text,
      time: post.createdAt === null ? null : Date.parse(post.createdAt),
      idRank: ranks.get(at) ?? null,
      page: usesPage ? k : null,
      wall: wallOf(at),
      inRun: gathering.units?.has(places[at]?.block ?? '') ?? false,
      settled: given.settled[at] === 1 && !afterNameless,
      named: post.ref !== null,
      afterNameless,
      acceptance: acceptances[k] as Acceptance,
      starts,
      ends,
    }
  })
  return { author, members: Int32Array.from(sorted), posts: bagPosts }
}

/**
 * Walls by number. What is passed on belongs to nobody's thread but its own author's: each stands behind one of its
 * own.
 */
function numberWalls({ posts, walls }: Gathering): (at: number) => number {
  const numbers = new Map<string, number>()
  return (at) => {
    const own = isRepost(posts[at]?.text ?? '') ? `repost ${at}` : (walls[at] ?? '')
    const number = numbers.get(own) ?? numbers.size
    numbers.set(own, number)
    return number
  }
}

/** The markers of one author's posts, which stand in the order that no shuffling of the input changes. */
export function acceptInGroup(
  gathering: Gathering,
  author: string,
  group: readonly number[],
  usesPage = isInPageOrder(gathering, group),
): { readonly sorted: readonly number[]; readonly acceptances: readonly Acceptance[] } {
  const { posts, places } = gathering
  const sorted = [...group].sort((a, b) => {
    if (usesPage) return comparePlaces(places[a] as PagePlace, places[b] as PagePlace)
    return comparePosts(posts[a] as MergedPost, posts[b] as MergedPost)
  })
  const texts: NumberedText[] = []
  for (const at of sorted) texts.push(numberedText(posts[at] as MergedPost, author, texts.length))
  const acceptances = pairTwins(adoptKin(acceptMarkers(texts, gathering.markersOf)))
  if (usesPage && runsBackwards(acceptances)) {
    const upwards = [...acceptances].reverse()
    return { sorted: sorted.reverse(), acceptances: upwards.map(believeOnPage) }
  }
  const isDated = texts.every(({ createdAt }) => createdAt !== null)
  const isTimed = isDated && texts.every(({ createdAt }, k) => k === 0 || createdAt !== texts[k - 1]?.createdAt)
  const counted = usesPage || isDated ? refuseCountdowns(acceptances, isTimed) : acceptances
  return { sorted, acceptances: usesPage ? counted.map(believeOnPage) : counted }
}

/** On a page of threads `2/3` numbers a thread though no `1/3` is there, if the posts before it bear no number. */
function believeOnPage(acceptance: Acceptance, at: number, page: readonly Acceptance[]): Acceptance {
  if (acceptance.marker !== null || acceptance.p < LEAST_ON_PAGE) return acceptance
  const lone = acceptance.candidates.find(isPlainFraction)
  const before = (lone?.number ?? 1) - 1
  if (lone === undefined || before > at || page.slice(at - before, at).some(({ marker }) => marker?.number != null))
    return acceptance
  return { ...acceptance, marker: lone, p: lone.prior, why: () => 'its place on the page fits its number' }
}

function isPlainFraction({ number, total, prior }: Marker): boolean {
  return number !== null && total !== null && number <= total && prior >= SURE_FRACTION
}

/**
 * Whether nothing but its place on a page orders each post; of one page whose posts bear an id in part, its order does
 * too.
 */
function isInPageOrder(gathering: Gathering, group: readonly number[]): boolean {
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

/**
 * A candidate written like accepted markers, with their total, is one of them, though its own neighbours are lost; so
 * is a plain fraction of another total, where its author numbers so time and again.
 */
function adoptKin(acceptances: readonly Acceptance[]): readonly Acceptance[] {
  if (acceptances.every(isSettled)) return acceptances
  const [known, written] = [new Set<string>(), new Map<string, number>()]
  for (const { marker } of acceptances) {
    if (marker?.total == null) continue
    const form = formKey(marker)
    known.add(kinOf(marker))
    written.set(form, (written.get(form) ?? 0) + 1)
  }
  const isKin = (one: Marker): boolean =>
    known.has(kinOf(one)) || (isPlainFraction(one) && (written.get(formKey(one)) ?? 0) >= OFTEN_SO_WRITTEN)
  return acceptances.map((acceptance) => adopt(acceptance, isKin))
}

function adopt(acceptance: Acceptance, isKin: (one: Marker) => boolean): Acceptance {
  if (acceptance.marker !== null) return acceptance
  const kin = acceptance.candidates.find((one) => one.number !== null && one.total !== null && isKin(one))
  if (kin === undefined) return acceptance
  return { ...acceptance, marker: kin, p: Math.max(KIN_P, acceptance.p), why: () => 'written like accepted markers' }
}

function kinOf(marker: Marker): string {
  return `${formKey(marker)} ${marker.total}`
}

function isSettled({ marker, candidates }: Acceptance): boolean {
  return marker !== null || candidates.length === 0
}

function numberedText(post: MergedPost, author: string, index: number): NumberedText {
  return { text: post.text, author, createdAt: post.createdAt, index }
}

function comparePlaces(a: PagePlace, b: PagePlace): number {
  return a.extraction - b.extraction || a.index - b.index
}

const NO_RANKS: ReadonlyMap<number, number> = new Map()

/** Share of dated neighbours on a page that must agree on its direction. */
const SAME_DIRECTION = 0.98

/**
 * Ranks of dated posts without ids on a page sorted by time, rising or falling: clocks of whole seconds leave ties, and
 * the page breaks them. Null where the page is not sorted, or where ids do better.
 */
function rankByPage(gathering: Gathering, group: readonly number[]): ReadonlyMap<number, number> | null {
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
function rankIds({ posts }: Gathering, group: readonly number[]): ReadonlyMap<number, number> {
  const named = group.filter((at) => isOrderedId(posts[at]?.ref ?? null))
  const platforms = new Set(named.map((at) => posts[at]?.ref?.platform))
  if (platforms.size !== 1) return new Map()
  const ids = named.sort((a, b) => compareIds(posts[a]?.ref?.id ?? '', posts[b]?.ref?.id ?? ''))
  return new Map(ids.map((at, rank) => [at, rank]))
}
