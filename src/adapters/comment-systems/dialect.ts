// What the JSON of a comment system tells of one comment, whatever the system calls it; and the few readings that
// several share.
import type { Author, PostRef } from '../../model.ts'
import { escapeHtml } from '../extraction/post.ts'
import type { Json } from '../values/json-fields.ts'

/** One comment, as its system tells it. */
export interface ToldComment {
  /** Within its system, or within its site. */
  readonly id: string
  /** The id of what it answers; null: the page; undefined: it does not say, and is nested in what it answers. */
  readonly parent: string | null | undefined
  readonly author: Author | null
  /** Of the body, as HTML. */
  readonly html: string
  readonly createdAt: string | null
  readonly editedAt: string | null
  readonly url: string | null
  /** Why it has no words, or null. */
  readonly withheld: string | null
  /** The page it stands below, as the system names it. */
  readonly page: string | null
  /** Whether its author is that of the page. */
  readonly isPageAuthor: boolean
  readonly extra: Readonly<Record<string, unknown>>
}

export interface Dialect {
  /** Also the platform of its comments, unless they are known elsewhere by another one. */
  readonly name: string
  readonly site: string
  /** Whether an object is one of its comments: by keys that no other system has together. */
  isComment(object: Json): boolean
  /** `answer`: all of it, where authors stand beside their comments. */
  read(comment: Json, answer: unknown): ToldComment | null
  /** What names a comment everywhere; null where its id is a counter. `host`: the server that answered. */
  refOf(told: ToldComment, host: string | null): PostRef | null
  /** What names the page in the address that was asked, where the comments do not. */
  pageIn?(url: URL): string | null
  /** How many comments the answer says there are, or null. */
  countIn(value: unknown, comments: readonly Json[]): number | null
  /** Whether it says that more are elsewhere. */
  isPart(holder: Json): boolean
}

/** A comment of which nothing is known but what is given; null without an id. */
export function told(id: string | null, given: Partial<ToldComment>): ToldComment | null {
  if (id === null) return null
  const unknown = { author: null, html: '', createdAt: null, editedAt: null, url: null, withheld: null, page: null }
  return { id, parent: undefined, isPageAuthor: false, ...unknown, extra: {}, ...given }
}

export function hasAll(object: Json, keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(object, key))
}

/** Plain text and Markdown stay as their author typed them. */
export function paragraphs(text: string): string {
  return text === '' ? '' : `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`
}

/** The time, where it is behind the other. */
export function later(time: string | null, than: string | null): string | null {
  return time !== null && than !== null && time > than ? time : null
}

/** Why a comment that is not public has no words, as its system says it. */
export function withheldBy(status: string | null): string | null {
  return status === null || status === 'published' ? null : status
}
