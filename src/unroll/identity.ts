// What a post is called, and which of two is earlier: ids and their order. It does not decide what belongs together.
import type { Post, PostRef } from '../model.ts'
import { compareIds } from '../post.ts'

/** Ids whose order is the order of posting: decimal (snowflakes, counters) or Bluesky's base-32 TIDs. */
const DECIMAL = /^\d+$/
const TID = /^[2-7a-z]{13}$/
/** Quirk: exports and scrapes of X show a repost as a post of who passed it on. */
const REPOST = /^RT @\w{1,30}:/
const TEXT_ID_HEX = 16

export function refId(ref: PostRef): string {
  return `${ref.platform}:${ref.id}`
}

/** `text:` and 16 hex digits of a digest over the parts that make an unnamed post itself. */
export function textId(parts: readonly string[], digest: (text: string) => string): string {
  const hash = digest(parts.join('\u0000'))
  const start = hash.indexOf(':') + 1
  return `text:${hash.slice(start, start + TEXT_ID_HEX)}`
}

/** Whether a text is another's, passed on: it is in nobody's thread but its author's. */
export function isRepost(text: string): boolean {
  return REPOST.test(text)
}

/** Whether ids of this kind rise with time. A UUID or a hash does not. */
export function isOrderedId(ref: PostRef | null): ref is PostRef {
  return ref !== null && (DECIMAL.test(ref.id) || TID.test(ref.id))
}

/** Earlier first: dated posts by time, then id; then undated ones by id. A total order, whatever is mixed. */
export function comparePosts(a: Post & { readonly id: string }, b: Post & { readonly id: string }): number {
  if (a.createdAt !== b.createdAt) {
    if (a.createdAt === null || b.createdAt === null) return a.createdAt === null ? 1 : -1
    return a.createdAt < b.createdAt ? -1 : 1
  }
  return compareIds(a.id, b.id)
}
