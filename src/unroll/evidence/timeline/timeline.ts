// A timeline as the solver sees it: which posts speak to everybody, which answer somebody, which pass on what others
// said, and how they follow each other in time. It links nothing.
import { readAddressee } from '../words/words.ts'

/** Open posts on either side whose spacing is the author's rhythm about a post. */
const RHYTHM_REACH = 12
/** Milliseconds: clocks of whole seconds tell no shorter pauses apart. */
const LEAST_PAUSE = 1000
const LINK = /https?:\/\//
/** How exports of X before 2023 hold a repost. */
const SHARED = /^RT @/

/** To everybody; to somebody, by a name it opens with; another's words passed on. */
export type Address = 'open' | 'answer' | 'share'

/** Indexed by post of the bag; times are milliseconds. */
export interface Timeline {
  readonly address: readonly Address[]
  /** 1 where a post holds a link, a picture as a rule. */
  readonly linked: Uint8Array
  /** Place of each post in time. */
  readonly rank: Int32Array
  /** Open posts at or before each place. */
  readonly openUpTo: Int32Array
  /** Pause to the open post before and after, infinite at the ends. */
  readonly before: Float64Array
  readonly after: Float64Array
  /** Median pause between open posts about each post. */
  readonly rhythm: Float64Array
}

interface Dated {
  readonly text: string
  readonly time: number | null
  readonly idRank: number | null
  /** Absent: it bears no number. */
  readonly acceptance?: { readonly marker: { readonly number: number | null } | null }
}

/** @param posts all of them dated */
export function makeTimeline(posts: readonly Dated[]): Timeline {
  const address = posts.map((post) => readAddress(post.text))
  const order = [...posts.keys()].sort((a, b) => compareDated(posts, a, b))
  const rank = new Int32Array(posts.length)
  const openUpTo = new Int32Array(posts.length)
  let open = 0
  order.forEach((at, place) => {
    rank[at] = place
    if (address[at] === 'open') open++
    openUpTo[place] = open
  })
  const linked = Uint8Array.from(posts, (post) => (LINK.test(post.text) ? 1 : 0))
  return { address, linked, rank, openUpTo, ...measurePauses(posts, order, address) }
}

export function readAddress(text: string): Address {
  if (SHARED.test(text)) return 'share'
  return readAddressee(text) === '' ? 'open' : 'answer'
}

/** Earliest first; posts of one second as their page has them or, where none orders them, as they are numbered. */
function compareDated(posts: readonly Dated[], a: number, b: number): number {
  const [x, y] = [posts[a], posts[b]]
  return (x?.time ?? 0) - (y?.time ?? 0) || (x?.idRank ?? 0) - (y?.idRank ?? 0) || numberOf(x) - numberOf(y) || a - b
}

/** What bears no number opens a thread. */
function numberOf(post: Dated | undefined): number {
  return post?.acceptance?.marker?.number ?? 1
}

function measurePauses(posts: readonly Dated[], order: readonly number[], address: readonly Address[]) {
  const times = Float64Array.from(order.flatMap((at) => (address[at] === 'open' ? [posts[at]?.time ?? 0] : [])))
  const pauses = times.map((time, k) => time - (times[k - 1] ?? Number.NEGATIVE_INFINITY))
  const before = new Float64Array(posts.length)
  const after = new Float64Array(posts.length)
  const rhythm = new Float64Array(posts.length)
  let last = -1
  for (const at of order) {
    const time = posts[at]?.time ?? 0
    if (address[at] === 'open') last++
    before[at] = address[at] === 'open' ? (pauses[last] ?? 0) : time - (times[last] ?? Number.NEGATIVE_INFINITY)
    after[at] = (times[last + 1] ?? Number.POSITIVE_INFINITY) - time
    rhythm[at] = median(pauses.subarray(Math.max(1, last - RHYTHM_REACH), last + RHYTHM_REACH + 1))
  }
  return { before, after, rhythm }
}

function median(pauses: Float64Array): number {
  const sorted = pauses.slice().sort()
  return Math.max(LEAST_PAUSE, sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY)
}
