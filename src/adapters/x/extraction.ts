// Posts of X in the order in which a page or file holds them → an Extraction: each post once, parents tied to posts
// that are here, and remarks on what is held back: reposts, older versions, cut words. Shared by all ways to X's JSON.
import type { Declared, Extraction, Note, Parent, Post, Provenance } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import { placeOf, type Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { PLATFORM, refOf, statusUrl } from './names.ts'
import type { XTweet } from './tweet.ts'

/** An adapter with the page it reads. */
export interface ReaderOfPage extends Reader {
  readonly page: Page
}

/** One post and where it stands in the capture. */
export interface FoundTweet {
  readonly tweet: XTweet
  /** Where its object stands, and under `extra` what Post has no place for (a poll). */
  readonly place: Partial<Provenance>
  /** A long-form article's headline; null for all other posts. */
  readonly title: string | null
  /** The post it stands under, on pages that declare no parents. */
  readonly layout?: LayoutParent | null
}

/** A parent that only the places on the page tell. */
export interface LayoutParent {
  readonly id: string
  readonly p: number
  readonly say: string
}

interface Remarks {
  readonly notes: readonly Note[]
  /** Posts shared by somebody else, which are not that person's words. */
  readonly reposts: number
  readonly next: readonly string[]
}

export const NO_REMARKS: Remarks = { notes: [], reposts: 0, next: [] }
const DECLARED: Declared = { title: null, site: 'X', replies: null }
const SAY_PARENT = 'the post itself names the one it answers'

/** The extraction of everything found. Only the first sighting of a post counts, and only its newest version. */
export function extractionOf(reader: ReaderOfPage, found: readonly FoundTweet[], remarks: Remarks): Extraction {
  const { current, replaced } = newestVersions(found)
  const present = new Map<string, string>()
  for (const { tweet } of current) for (const id of [...tweet.versions, tweet.id]) present.set(id, tweet.id)
  const posts = current.map((one, index) => postOf(reader, one, present, index))
  return {
    posts,
    scrapes: [],
    blocks: [],
    next: remarks.next,
    notes: [...remarks.notes, ...notesOn(reader, current, replaced, remarks.reposts)],
    declared: DECLARED,
  }
}

/**
 * What the site counts below a post and this capture does not hold. X counts direct answers only, so the number is no
 * total of the conversation and is not declared as one.
 */
export function replyNotes(
  reader: ReaderOfPage,
  found: readonly FoundTweet[],
  post: string | null,
  counted: number | null,
): Note[] {
  if (post === null || counted === null) return []
  const here = found.filter(({ tweet, layout }) => (tweet.parentId ?? layout?.id) === post).length
  if (here >= counted) return []
  const message = `The site counts ${counted} direct answers to post ${post}; ${here} are in this capture.`
  return [noteOn(reader.page, 'info', 'replies-missing', message)]
}

export function namelessNotes(reader: ReaderOfPage, count: number): readonly Note[] {
  return count === 0
    ? []
    : [noteOn(reader.page, 'warning', 'no-id', `${count} posts have no usable id and were left out.`)]
}

interface Versions {
  readonly current: readonly FoundTweet[]
  /** Ids of versions that a newer one in the same capture replaces. */
  readonly replaced: readonly string[]
}

/**
 * Each version of an edited post is a post of its own in exports; the last one is the post, and keeps the others'
 * words.
 */
function newestVersions(found: readonly FoundTweet[]): Versions {
  const byId = new Map<string, FoundTweet>()
  for (const one of found) if (!byId.has(one.tweet.id)) byId.set(one.tweet.id, one)
  const replaced = new Set<string>()
  for (const { tweet } of byId.values()) {
    const own = tweet.versions.indexOf(tweet.id)
    if (tweet.versions.slice(own + 1).some((id) => byId.has(id) && id !== tweet.id)) replaced.add(tweet.id)
  }
  const current = [...byId.values()].filter(({ tweet }) => !replaced.has(tweet.id))
  if (replaced.size === 0) return { current, replaced: [] }
  return { current: current.map((one) => withEarlier(one, byId)), replaced: [...replaced] }
}

function withEarlier(one: FoundTweet, byId: ReadonlyMap<string, FoundTweet>): FoundTweet {
  const { id, versions } = one.tweet
  const before = versions.slice(0, versions.indexOf(id)).flatMap((version) => byId.get(version)?.tweet ?? [])
  if (before.length === 0) return one
  const earlierVersions = before.map(({ id, createdAt, text }) => ({ id, createdAt, text }))
  return { ...one, place: { ...one.place, extra: { ...one.place.extra, earlierVersions } } }
}

function postOf(reader: ReaderOfPage, found: FoundTweet, present: ReadonlyMap<string, string>, index: number): Post {
  const { tweet, place, title } = found
  return {
    key: tweet.id,
    ref: refOf(tweet.id),
    kind: title === null ? 'post' : 'article',
    platform: PLATFORM,
    author: tweet.author,
    isPostAuthor: false,
    title,
    text: tweet.text,
    html: tweet.html,
    createdAt: tweet.createdAt,
    editedAt: tweet.editedAt,
    url: statusUrl(tweet.author?.handle ?? null, tweet.id),
    lang: tweet.lang,
    parent: parentOf(found, present),
    conversation: tweet.conversation,
    media: tweet.media,
    quotes: tweet.quotes,
    footnotes: [],
    block: null,
    index,
    boundary: null,
    provenance: { ...placeOf(reader.page, reader, null), ...place },
  }
}

/** The declared id stays as it is; the key leads to the version of that post which is here. */
function parentOf({ tweet, layout }: FoundTweet, present: ReadonlyMap<string, string>): Parent | null {
  const { parentId, id } = tweet
  if (parentId !== null) return parentAt(parentId, present, { basis: 'declared', p: 1, say: SAY_PARENT })
  if (layout === undefined || layout === null || layout.id === id) return null
  return parentAt(layout.id, present, { basis: 'layout', p: layout.p, say: layout.say })
}

function parentAt(id: string, present: ReadonlyMap<string, string>, why: Pick<Parent, 'basis' | 'p' | 'say'>): Parent {
  return { ref: refOf(id), key: present.get(id) ?? null, ...why }
}

function notesOn(
  reader: ReaderOfPage,
  found: readonly FoundTweet[],
  replaced: readonly string[],
  reposts: number,
): Note[] {
  const cut = found.filter(({ tweet }) => tweet.isCut).map(({ tweet }) => tweet.id)
  const notes: Note[] = []
  if (replaced.length > 0) {
    const message = `No posts of their own, because a newer version of the same post is here too: ${listed(replaced)}.`
    notes.push(noteOn(reader.page, 'info', 'older-version', message))
  }
  if (reposts > 0) notes.push(noteOn(reader.page, 'info', 'reposts', sayReposts(reposts)))
  if (cut.length > 0) {
    const message = `Only the beginning is in this capture: ${listed(cut)}. Fetch these in extended form.`
    notes.push(noteOn(reader.page, 'warning', 'cut-text', message))
  }
  return notes
}

function sayReposts(count: number): string {
  const posts = count === 1 ? '1 repost of somebody else is' : `${count} reposts of others are`
  return `${posts} kept apart: the words are not this account's. Reposted posts that are here in full stand under their own authors.`
}

/** Names at most so many ids. */
const LISTED = 5

function listed(ids: readonly string[]): string {
  const more = ids.length - LISTED
  return more > 0 ? `${ids.slice(0, LISTED).join(', ')} and ${more} more` : ids.join(', ')
}
