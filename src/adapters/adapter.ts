// The contract every platform meets: a plain object of pure, synchronous functions. No I/O, clock, randomness, other
// adapters or archive. Adding a platform is four touches: its file or folder here (the adapter has the platform's name,
// what it reads with lies beside it), one line in index.ts, a fixture folder, a test that calls describeAdapter.
import type { Extraction, Post } from '../model.ts'
import type { Joining } from '../post.ts'
import type { Page } from './page/page.ts'

/** What a URL names on a platform. */
export interface Located {
  readonly kind: 'post' | 'author' | 'feed'
  /** The platform's own id of it, as text. */
  readonly id: string
  /** The URL to fetch for it (often the same, sometimes the JSON twin). */
  readonly fetch: string
}

export interface Adapter {
  /** Also the fixture folder, the test's name and `PostRef.platform`. */
  readonly name: string
  /**
   * Raised by one, once a release, when the same bytes give other posts than in the release before; 1 until the first
   * release.
   */
  readonly version: number
  /** True for the catch-alls at the end of the list (text, article). */
  readonly generic: boolean
  /** URLs it claims; the contract test checks each is located by this adapter and by no earlier one. */
  readonly examples: readonly string[]
  /** The post, author or feed a URL names, or null. Never throws. */
  locate(url: URL): Located | null
  /** Whether this page is mine. Looks at the bytes, because many platforms live on any host. */
  recognises(page: Page): boolean
  /** Everything readable. Damaged or hostile pages give notes, never a throw. */
  extract(page: Page): Extraction
  /** What sets its pages apart from posts in a row, each with a writer and a time; absent: nothing. */
  readonly traits?: readonly PageTrait[]
  /** For large pages whose posts stand one by one. Absent: its posts are read all at once. */
  readonly rows?: RowReader
}

/**
 * Whether a page drifted from its layout is told by these (page/drift.ts).
 * `any-site`: anybody's; where a platform that is known here made one, its own reader did not know it.
 * `mixed`: other prose stands beside the posts, and posts of others: what is in none that was read tells nothing.
 * `timeless`: no time is printed with a post; where a page has its id, that tells it.
 */
export type PageTrait = 'any-site' | 'mixed' | 'timeless'

/** Reads the posts of `extract` one by one: all of them once, without keeping any, then those that are asked for. */
export interface RowReader {
  /** Visits each post in order and tells where they stand; null where they do not, or are not all that joins pages. */
  list(page: Page, visit: (post: Joining) => void): Rows | null
  /** The posts of these places in the list, the same as `extract` gives them; null: all. */
  read(page: Page, rows: Rows, posts: readonly number[] | null): readonly Post[]
}

/** Where the posts of a page stand. All of it can be sent to a thread. */
export interface Rows {
  /**
   * Of each post, where its line begins in the text of the page, in UTF-16 code units, and the line's number, 1-based.
   */
  readonly starts: Int32Array
  readonly lines: Int32Array
  /** What `extract` gives beside the posts. */
  readonly frame: Extraction
}
