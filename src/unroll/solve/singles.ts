// Whether an author's posts are a timeline, or hold singles: posts without a number of which nothing says that they
// make threads. It reads looks and times, and links nothing.
import { floatsOf } from '../columns.ts'
import { readAddressee } from '../evidence/words/words.ts'
import { firstAtLeast } from '../sorted.ts'

/** Share of numbered posts below which nothing says that a bag is one of threads: dated posts may be a timeline. */
export const FEW_NUMBERED = 0.12
/** So many posts, and this share of those without a number, open by addressing somebody: it is one. */
const LEAST_ADDRESSED = 2
const OFTEN_ADDRESSED = 0.15
/** Share of pauses that are long, from which on it is one too: inside threads one in twenty is so long. */
const OFTEN_QUIET = 0.4
/**
 * So many posts, and this share of those without a number, stand alone. By judgement: of 80 bags of threads five look
 * so, of 53 stretches of timelines with threads among them, of 40 posts or 100, 46 do (2026-11-23, `npm run
 * bench:mislead`).
 */
const LEAST_ALONE = 4
const OFTEN_ALONE = 0.25
/** Milliseconds. */
const LONG_PAUSE = 2 * 3_600_000

/** What is looked at of a post. */
interface Looks {
  readonly text: string
  /** Milliseconds since 1970, or null. */
  readonly time: number | null
  readonly acceptance: { readonly marker: { readonly number: number | null } | null }
}

/**
 * Dated posts: of those without a number many open by addressing somebody, or few bear one and many stand hours apart.
 */
export function isTimelineOf(posts: readonly Looks[]): boolean {
  if (posts.some((post) => post.time === null)) return false
  const plain = posts.filter(isPlain)
  const addressed = plain.filter((post) => readAddressee(post.text) !== '').length
  if (addressed >= Math.max(LEAST_ADDRESSED, OFTEN_ADDRESSED * plain.length)) return true
  return isFewNumbered(posts) && shareOfPauses(posts) >= OFTEN_QUIET
}

/** Whether so few posts bear a number that nothing says that the others make threads. */
export function isFewNumbered(posts: readonly Looks[]): boolean {
  return posts.length - posts.filter(isPlain).length < FEW_NUMBERED * posts.length
}

/** Whether few posts bear a number, or many of the others stand hours from any other post. */
export function holdsSingles(posts: readonly Looks[]): boolean {
  if (isFewNumbered(posts)) return true
  const times = Float64Array.from(posts.flatMap((post) => post.time ?? [])).sort()
  if (times.length === 0) return false
  const plain = posts.filter(isPlain)
  const alone = plain.filter(({ time }) => time !== null && standsAlone(times, time)).length
  return alone >= Math.max(LEAST_ALONE, OFTEN_ALONE * plain.length)
}

function isPlain({ acceptance: { marker } }: Looks): boolean {
  return marker?.number == null
}

/** @param times of all posts, rising, this one among them */
function standsAlone(times: Float64Array, time: number): boolean {
  const at = firstAtLeast(times, time)
  const [before, after] = [times[at - 1] ?? Number.NEGATIVE_INFINITY, times[at + 1] ?? Number.POSITIVE_INFINITY]
  return time - before > LONG_PAUSE && after - time > LONG_PAUSE
}

/** Share of pauses that hardly any thread has. */
function shareOfPauses(posts: readonly Looks[]): number {
  const times = floatsOf(posts, (post) => post.time ?? 0).sort()
  const long = times.filter((time, k) => k > 0 && time - (times[k - 1] ?? 0) > LONG_PAUSE).length
  return long / Math.max(1, times.length - 1)
}
