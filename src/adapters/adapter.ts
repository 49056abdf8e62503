// The contract every platform meets: a plain object of pure, synchronous functions. No I/O, clock, randomness, other
// adapters or archive. Adding a platform is four touches: its file or folder here (the adapter has the platform's name, what
// it reads with lies beside it), one line in index.ts, a fixture folder, a test that calls describeAdapter.
import type { Extraction, Post } from '../model.ts'
import type { Page } from './page.ts'

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
  /** Raised by one, once a release, when the same bytes give other posts than in the release before; 1 until the first release. */
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
  /** The posts of `extract` one at a time, for a look that keeps none, where they are all that joins pages. Absent: not so. */
  eachPost?(page: Page, visit: (post: Post) => void): void
}
