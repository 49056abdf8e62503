// A part of an archive: which findings somebody wants who asks for an author, a site or a time. Pure.
import type { Author, Conversation, MergedPost, Thread } from '../model.ts'

/** Exactly one of the two is not null. */
export interface ExportItem {
  readonly thread: Thread | null
  readonly conversation: Conversation | null
}

export interface Wish {
  /** Handles, with or without @, or names, one of which is to fit; null: of anybody. */
  readonly authors: readonly string[] | null
  /** A platform's name, or the host of the address of the first post; null: of any. */
  readonly site: string | null
  /** Time of the first post, UTC, ISO 8601 with milliseconds: not before, not after. Posts without a time are out. */
  readonly since: string | null
  readonly until: string | null
}

export const ANYTHING: Wish = { authors: null, site: null, since: null, until: null }

const AT_SIGN = /^@/
const HOST = /^https?:\/\/([^/?#]+)/i

/** With all handles that the accounts ever had: posts may show an old one. */
export function withHandles(wish: Wish, handlesOf: (author: string) => readonly string[]): Wish {
  return { ...wish, authors: wish.authors?.flatMap((name) => [name, ...handlesOf(name)]) ?? null }
}

/** Judged by what opens it: the first post of a thread, what a discussion is about. */
export function isWanted({ thread, conversation }: ExportItem, wish: Wish): boolean {
  return isWantedOpening(thread === null ? (conversation?.root ?? null) : (thread.posts[0]?.post ?? null), wish)
}

/** The same by the post that opens it alone; null: it is not here. */
export function isWantedOpening(opening: MergedPost | null, wish: Wish): boolean {
  return opening === null ? isAnything(wish) : isWantedPost(opening, wish)
}

export function isWantedPost(post: MergedPost, { authors, site, since, until }: Wish): boolean {
  return (
    (authors === null || authors.some((name) => isCalled(post.author, name))) &&
    (site === null || isOf(post, site.toLowerCase())) &&
    (since === null || (post.createdAt !== null && post.createdAt >= since)) &&
    (until === null || (post.createdAt !== null && post.createdAt <= until))
  )
}

export function isAnything(wish: Wish): boolean {
  return Object.values(wish).every((part) => part === null)
}

function isCalled(author: Author | null, asked: string): boolean {
  const handle = asked.replace(AT_SIGN, '').toLowerCase()
  return author?.handle?.toLowerCase() === handle || author?.name?.toLowerCase() === asked.toLowerCase()
}

function isOf({ platform, url }: MergedPost, site: string): boolean {
  if (platform === site) return true
  const host = HOST.exec(url ?? '')?.[1]?.toLowerCase()
  return host === site || host === `www.${site}`
}
