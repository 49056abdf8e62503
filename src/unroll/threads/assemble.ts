// Makes threads of links: positions, numbers, stripped texts, branches, gaps and the verdict. It decides no link.
import type { Block, Branch, Link, MergedPost, Thread, ThreadPost } from '../../model.ts'
import { contradictLink } from '../gaps/contradictions.ts'
import { findGaps, type ThreadContext } from '../gaps/gaps.ts'
import type { Numbered } from '../gaps/numbered.ts'
import type { Sharers } from '../joining/counts/several-authors.ts'
import type { Acceptance } from '../markers/acceptance/families.ts'
import { saysMore } from '../markers/addenda.ts'
import { saysEnd } from '../markers/candidates/cues.ts'
import type { Marker } from '../markers/marker.ts'
import { stripMarkers } from '../markers/strip.ts'
import { listAliases } from '../sightings/aliases.ts'
import { NONE } from '../solve/bag.ts'
import { judgeThread } from './statement.ts'

/** Everything known of all posts when threads are made. */
export interface Linked {
  readonly posts: readonly MergedPost[]
  /** Successor on the main line, NONE at an end. */
  readonly next: Int32Array
  /** The link to each post from the one before it. */
  readonly links: readonly (Link | null)[]
  readonly branches: ReadonlyMap<number, readonly number[]>
  /** Null for posts that are not in any author's bag. */
  readonly acceptances: readonly (Acceptance | null)[]
  /** By id, what sightings of a post are called where nothing else is known. */
  readonly former: ReadonlyMap<string, readonly string[]>
  blockOf(post: number): Block | null
  /** Who else bears numbers of the count this post stands in, or null; absent: nobody. */
  readonly sharersOf?: (post: number) => Sharers | null
  /** Id of a parent that is declared and not here, or null. */
  absentParentOf(post: number): string | null
  /** Further pages of the pages that these posts stand on, and nobody read. */
  countUnread(posts: readonly number[]): number
}

/** The thread that begins with this post. */
export function assembleThread(linked: Linked, head: number): Thread {
  const members = walk(linked, head)
  const posts = doubtByNumbers(members.map((at, k) => makePost(linked, at, k)))
  const last = findLast(posts)
  const numbered = members.map((at, k) => toNumbered(linked, at, posts[k]?.text ?? '', k === last))
  const around = contextOf(linked, head)
  const gaps = findGaps(numbered, around)
  const first = linked.posts[head] as MergedPost
  const block = linked.blockOf(head)
  return {
    id: first.id,
    aliases: listAliases(posts, linked.former),
    platform: first.platform,
    author: first.author,
    title: block?.title ?? first.title,
    url: first.url ?? block?.url ?? null,
    ...judgeThread(numbered, gaps, around, linked.countUnread(members)),
    posts,
    gaps,
    branches: listBranches(linked, members),
  }
}

function walk({ next }: Linked, head: number): readonly number[] {
  const members: number[] = []
  for (let at = head; at !== NONE; at = next[at] ?? NONE) members.push(at)
  return members
}

function makePost({ posts, links, acceptances }: Linked, at: number, k: number): ThreadPost {
  const post = posts[at] as MergedPost
  const { marker = null, twin = null } = acceptances[at] ?? {}
  const { text, strips } = stripMarkers(
    post.text,
    marker,
    marker === null ? NO_TWINS : [twin, endSignOf(acceptances[at])],
  )
  return {
    position: k + 1,
    number: marker?.number ?? null,
    post,
    text,
    strips,
    link: k === 0 ? null : (links[at] ?? null),
  }
}

const NO_TWINS: readonly Marker[] = []
/** Beside a number `/END` and `/thread` can be nothing else; a word in capitals can. */
const SURE_END = 0.85

/** The end sign beside a number at the other end of the post. */
function endSignOf(acceptance: Acceptance | null | undefined): Marker | null {
  if (acceptance?.marker?.number == null) return null
  return acceptance.candidates.find(({ form, prior }) => form === 'end' && prior >= SURE_END) ?? null
}

/** Each link with what the numbers of its two posts say against it. */
function doubtByNumbers(posts: readonly ThreadPost[]): readonly ThreadPost[] {
  return posts.map((post, k) => {
    const against = contradictLink(posts[k - 1]?.number ?? null, post.number)
    if (against === null || post.link === null) return post
    return { ...post, link: { ...post.link, evidence: [...post.link.evidence, against] } }
  })
}

/** The place of the last post that adds nothing to a thread that is over. */
function findLast(posts: readonly ThreadPost[]): number {
  const last = posts.findLastIndex(({ number, text }) => number !== null || !saysMore(text))
  return last < 0 ? posts.length - 1 : last
}

/** Only the last post, additions apart, can end a thread: no other is asked. */
function toNumbered({ posts, acceptances, links }: Linked, at: number, text: string, isLast: boolean): Numbered {
  const marker = acceptances[at]?.marker ?? null
  const link = links[at]
  return {
    number: marker?.number ?? null,
    total: marker?.total ?? null,
    linkP: link?.p ?? null,
    isDeclared: link?.basis === 'declared',
    isInferred: link?.basis === 'inferred',
    ends: isLast && (marker?.cue === 'end' || saysEnd(posts[at]?.text ?? '')),
    text,
    time: posts[at]?.createdAt ?? null,
  }
}

function contextOf(linked: Linked, head: number): ThreadContext {
  const block = linked.blockOf(head)
  return {
    declaredTotal: block?.declaredTotal ?? null,
    isPreview: block?.kind === 'card',
    absentParent: linked.absentParentOf(head),
    sharers: linked.sharersOf?.(head) ?? null,
  }
}

/** Side chains of the main line, then side chains of those, each named by the post it leaves from. */
function listBranches(linked: Linked, members: readonly number[]): readonly Branch[] {
  if (linked.branches.size === 0) return []
  const found: Branch[] = []
  const queue = [...members]
  for (const at of queue)
    for (const head of linked.branches.get(at) ?? []) {
      const line = walk(linked, head)
      for (const post of line) queue.push(post)
      const posts = line.map((post, k) => ({ ...makePost(linked, post, k), link: linked.links[post] ?? null }))
      found.push({ from: (linked.posts[at] as MergedPost).id, posts })
    }
  return found
}
