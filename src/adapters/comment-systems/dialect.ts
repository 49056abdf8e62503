// What the JSON of a comment system tells of one comment, whatever the system calls it; and the few readings that
// several share.
import type { Author, PostRef } from '../../model.ts'
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
  readonly extra: Readonly<Record<string, unknown>>
}

export interface Dialect {
  /** Also the platform of its comments, unless they are known elsewhere by another one. */
  readonly name: string
  readonly site: string
  /** Whether an object is one of its comments: by keys that no other system has together. */
  isComment(object: Json): boolean
  read(comment: Json): ToldComment | null
  /** What names a comment everywhere; null where its id is a counter. `host`: the server that answered. */
  refOf(told: ToldComment, host: string | null): PostRef | null
  /** How many comments the answer says there are, or null. */
  countIn(value: unknown, comments: readonly Json[]): number | null
  /** Whether it says that more are elsewhere. */
  isPart(holder: Json): boolean
}
