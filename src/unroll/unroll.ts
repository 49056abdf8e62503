// Unrolling: from posts as pages show them to threads, conversations, gaps, and what could not be placed. Pure: the
// same extractions give the same answer, in any order where order means nothing.
import type { Block, Conversation, Extraction, MergedPost, Note, PageOrder, Unplaced, Unrolled } from '../model.ts'
import { accountOf } from '../post.ts'
import { type Gathering, groupByAuthor } from './authors/gathering.ts'
import { listConversations } from './conversations/conversations.ts'
import { createPageReader } from './conversations/statement.ts'
import { noteContradictions } from './gaps/contradictions.ts'
import { type Given, listGiven, listUnits } from './given/given.ts'
import { growForest, type ReplyForest } from './given/replies.ts'
import { listTold } from './given/told.ts'
import { comparePosts } from './identity.ts'
import { joinThreads } from './joining/joining.ts'
import { headOf } from './joining/lines.ts'
import type { MarkerFinder } from './markers/marker.ts'
import { splitNeighbourhoods, type UnreadPage } from './neighbourhoods.ts'
import { cutCards } from './segment/cards.ts'
import { segmentScrapes } from './segment/segment.ts'
import { layTogether, type Merged, type PagePlace } from './sightings/copies.ts'
import { fenceAnswers } from './sightings/walls.ts'
import { type AuthorLinks, linkAuthor } from './solve/author.ts'
import { NONE } from './solve/bag.ts'
import { reverseLinks } from './solve/chains.ts'
import { assembleThread, type Linked } from './threads/assemble.ts'

/** Raised when the same extractions would give different threads. */
export const ENGINE_VERSION = 1

export interface UnrollOptions {
  /** Whether the order in which posts were given means anything. */
  readonly order: PageOrder
  /** A hash of a text, hexadecimal: it names posts that no platform names. */
  readonly digest: (text: string) => string
  /** For whoever has sought the numbers in texts ahead: what `findMarkers` gives. Absent: they are sought here. */
  readonly markersOf?: MarkerFinder
}

export function unroll(extractions: readonly Extraction[], options: UnrollOptions): Unrolled {
  const cut = extractions.map((one) => (one.scrapes.length === 0 ? one : segmentScrapes(one)))
  const merged = layTogether(cut, options.digest)
  const told = listTold(cut, merged)
  const forest = growForest(merged, told)
  const given = listGiven(cut, merged, forest)
  const shuffled = new Set(cut.flatMap((one, at) => (one.order === 'none' ? [at] : [])))
  const gathering = {
    posts: merged.posts,
    places: merged.places,
    walls: fenceAnswers(merged.walls, forest.parent, (at) => isSelfReply(merged, forest, at)),
    order: options.order,
    shuffled,
    units: listUnits(cut),
    hasNoParent: (at: number) => forest.parent[at] === NONE,
    ...(options.markersOf && { markersOf: options.markersOf }),
  }
  const groups = groupByAuthor(gathering)
  const found = linkAuthors(gathering, groups, given)
  const hasCards = cut.some(({ blocks }) => blocks.some(({ kind }) => kind === 'card'))
  const declared = { extractions: cut, merged, forest, given }
  const linked = toLinked(declared, found)
  cutCards(found.next, found.links, linked.blockOf, hasCards)
  const around = { ...gathering, ...declared, groups: [...groups.values()], ordered: listOrdered(extractions, options) }
  const { sharers, handovers } = joinThreads(around, found)
  const conversations = listConversations(cut, merged, forest, told)
  const { heads, alone } = sortOut({ gathering, forest, given, strangers: listStrangers(conversations) }, found)
  const threads = heads.map((head) => assembleThread({ ...linked, sharersOf: (at) => sharers.get(at) ?? null }, head))
  return {
    threads,
    conversations,
    unplaced: listUnplaced(linked, found, alone),
    edges: forest.edges,
    handovers,
    notes: [
      ...cut.flatMap((one) => one.notes),
      ...merged.notes,
      ...told.notes,
      ...forest.notes,
      ...found.notes,
      ...noteContradictions(threads),
    ],
  }
}

/** Pages in their own order that neighbourhoods.ts leaves whole: blocks and lines of text are not rows. */
function listOrdered(extractions: readonly Extraction[], { order }: UnrollOptions): ReadonlySet<number> {
  const isWhole = (one: Extraction): boolean => one.order !== 'none' && one.blocks.length + one.scrapes.length > 0
  return new Set(order === 'none' ? [] : extractions.flatMap((one, at) => (isWhole(one) ? [at] : [])))
}

export interface EachOptions extends UnrollOptions {
  /** Told the posts of the largest part before any is read; what it throws ends it all. */
  readonly foresee?: (posts: number) => void
}

/** One of several shares of the neighbourhoods: about as many posts each, all of them together everything. */
export interface Share {
  /** 0-based. */
  readonly part: number
  readonly of: number
}

/**
 * The same, one neighbourhood after the other: what is not kept of a part is gone before the next is read, so that
 * memory does not grow with what is found. Parts stand in the order of their first posts; each remark is told once.
 * @param share only these neighbourhoods, with the remarks that no earlier share tells
 */
export function* unrollEach(
  pages: readonly UnreadPage[],
  options: EachOptions,
  { part: own, of }: Share = { part: 0, of: 1 },
): Generator<Unrolled> {
  const told = new Set<Note>()
  const all = pages.reduce((sum, { names }) => sum + names.above.length, 0)
  let before = 0
  for (const part of splitNeighbourhoods(pages, options.foresee)) {
    const share = Math.min(of - 1, Math.floor((before * of) / Math.max(1, all)))
    before += part.size
    if (share > own) return
    if (share < own) for (const { notes } of part.pages) for (const note of notes) told.add(note)
    else yield tellOnce(unroll(part.read(), options), told)
  }
}

function tellOnce(unrolled: Unrolled, told: Set<Note>): Unrolled {
  const notes = unrolled.notes.filter((note) => !told.has(note))
  for (const note of notes) told.add(note)
  return { ...unrolled, notes }
}

function isSelfReply({ posts }: Merged, { parent }: ReplyForest, at: number): boolean {
  const [own, above] = [posts[at]?.author ?? null, posts[parent[at] ?? NONE]?.author ?? null]
  return accountOf(own) === accountOf(above)
}

/** What all authors' solvers found, over all posts. */
interface Found extends AuthorLinks {
  readonly notes: readonly Note[]
}

function linkAuthors(gathering: Gathering, groups: ReadonlyMap<string, number[]>, given: Given): Found {
  const size = gathering.posts.length
  const found: Found & { notes: Note[] } = {
    next: Int32Array.from(given.next),
    links: [...given.links],
    acceptances: new Array(size).fill(null),
    homes: new Map(),
    notes: [],
  }
  for (const [author, group] of groups) linkAuthor({ gathering, given }, author, group, found)
  return found
}

/** What was known before anything was inferred. */
interface Declared {
  readonly extractions: readonly Extraction[]
  readonly merged: Merged
  readonly forest: ReplyForest
  readonly given: Given
}

function toLinked({ extractions, merged, forest, given }: Declared, found: Found): Linked {
  const blocks = new Map<string, Block>()
  extractions.forEach((one, at) => {
    for (const block of one.blocks) blocks.set(`${at}:${block.key}`, block)
  })
  const reader = createPageReader(extractions)
  return {
    ...found,
    posts: merged.posts,
    branches: given.branches,
    former: merged.former,
    blockOf: (post) => blocks.get(merged.places[post]?.block ?? '') ?? null,
    countUnread: (posts) => reader.countUnread(new Set(posts.map((at) => merged.places[at]?.extraction ?? NONE))),
    absentParentOf: (post) => (forest.parent[post] === NONE ? (forest.known[post]?.id ?? null) : null),
  }
}

/** Ids of replies under no reply, by others than the author of the root. */
function listStrangers(conversations: readonly Conversation[]): ReadonlySet<string> {
  return new Set(
    conversations.flatMap(({ root, replies }) => {
      const author = accountOf(root?.author ?? null)
      return replies.flatMap(({ parent, post }) =>
        parent === null && (root === null || accountOf(post.author) !== author) ? [post.id] : [],
      )
    }),
  )
}

/** What is known of all posts besides their links. */
interface Around {
  readonly gathering: Gathering
  readonly forest: ReplyForest
  readonly given: Given
  /** Ids of replies under no reply, by others than the author of the root. */
  readonly strangers: ReadonlySet<string>
}

/**
 * Which posts open threads, and which stand alone without a home. Lone replies to others live in conversations only.
 */
function sortOut({ gathering, forest, given, strangers }: Around, found: Found) {
  const previous = reverseLinks(found.next)
  const branchHeads = new Set([...given.branches.values()].flat())
  const [heads, alone]: [number[], number[]] = [[], []]
  for (let at = 0; at < gathering.posts.length; at++) {
    const post = gathering.posts[at] as MergedPost
    if (post.kind !== 'post' || previous[at] !== NONE || branchHeads.has(at)) continue
    const isLone = found.next[at] === NONE
    if (isLone && (isReplyToOther(forest, at) || (strangers.has(post.id) && !countsItself(found, at)))) continue
    if (isLone && isHomeless(post, found, at)) alone.push(at)
    else heads.push(at)
  }
  const compare = (a: number, b: number): number => compareHeads(gathering, a, b)
  return { heads: heads.sort(compare), alone: alone.sort(compare) }
}

function isReplyToOther(forest: ReplyForest, at: number): boolean {
  return forest.known[at] != null && forest.parent[at] !== NONE
}

/** Whether a text speaks as one of a thread: `2/3`, though nothing near confirms it. */
function countsItself({ acceptances }: Found, at: number): boolean {
  return acceptances[at]?.candidates.some(({ number, total }) => number !== null && total !== null) ?? false
}

/** A lone text without name, number or company of its own: nothing says that it is a thread. */
function isHomeless({ ref }: MergedPost, { acceptances, homes }: Found, at: number): boolean {
  return ref === null && acceptances[at]?.marker?.number == null && homes.has(at)
}

/** Threads stand in the order of the inputs, and of one page in page order; where order means nothing, by time. */
function compareHeads({ posts, places, order, shuffled }: Gathering, a: number, b: number): number {
  const x = places[a] as PagePlace
  const y = places[b] as PagePlace
  const byInput = order === 'none' ? 0 : x.extraction - y.extraction
  const byPage = order === 'none' || shuffled?.has(x.extraction) ? 0 : x.index - y.index
  return byInput || byPage || comparePosts(posts[a] as MergedPost, posts[b] as MergedPost)
}

const MOST_HOMES = 2

function listUnplaced(linked: Linked, found: Found, alone: readonly number[]): readonly Unplaced[] {
  const previous = reverseLinks(linked.next)
  return alone.map((at) => listHomes(linked, found, previous, at))
}

function listHomes(linked: Linked, found: Found, previous: Int32Array, at: number): Unplaced {
  const byThread = new Map<string, number>()
  for (const { near, p } of found.homes.get(at) ?? []) {
    const id = linked.posts[headOf(previous, near)]?.id ?? ''
    byThread.set(id, Math.min(1, (byThread.get(id) ?? 0) + p))
  }
  const homes = [...byThread].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_HOMES)
  return {
    post: linked.posts[at] as MergedPost,
    homes: homes.map(([thread, p]) => ({ thread, p: Math.round(p * 1000) / 1000 })),
  }
}
