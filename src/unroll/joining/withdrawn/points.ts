// Counts of points inside a thread: `1) 2) 3)` in three of eighteen posts, `1/4 … 4/4` amid seventeen. By their company
// they pass for the numbers of the thread's posts, until it is known which posts are its own. Then they are words, and
// stay in the texts.
import type { Acceptance } from '../../markers/acceptance/families.ts'
import type { Form, Marker } from '../../markers/marker.ts'
import { listChains } from '../../solve/chains.ts'
import type { Lines } from '../lines.ts'

/** Of fewer posts nothing can be said. */
const LEAST_POSTS = 4
/**
 * Share of a thread's posts that bear numbers, at most, where the numbers misfit their places and count points: `3/`
 * and `3/9` are written for posts, `3.` as often for points. By judgement; real exports, tables and clips hold some
 * twenty such threads.
 */
const MOST_COUNTED = 0.5
const MOST_LISTED = 2 / 3
/** That a marker which misfits numbers its post, by judgement. */
const POINT_P = 0.1

const FOR_POSTS: ReadonlySet<Form> = new Set<Form>(['n/', '/n', 'n/m', 'n of m'])

interface CountedLines extends Lines {
  readonly acceptances: (Acceptance | null)[]
}

/** Takes back, in place, the numbers of counts that are not their thread's. */
export function releasePoints(lines: CountedLines): void {
  for (const chain of listChains(lines.next)) {
    const markers = chain.map((at) => lines.acceptances[at]?.marker ?? null)
    if (!arePoints(markers)) continue
    for (const at of chain) {
      const acceptance = lines.acceptances[at] ?? null
      if (acceptance?.marker?.number != null) lines.acceptances[at] = toPoint(acceptance)
    }
  }
}

function toPoint({ candidates }: Acceptance): Acceptance {
  return { marker: null, p: POINT_P, why: () => 'it counts points inside the thread, not its posts', candidates }
}

/** @param markers of the posts of one thread, in order */
function arePoints(markers: readonly (Marker | null)[]): boolean {
  const numbers = markers.flatMap((marker, at) => (marker?.number == null ? [] : [{ at, number: marker.number }]))
  if (numbers.length === 0 || markers.length < LEAST_POSTS) return false
  const isForPosts = markers.some((marker) => marker !== null && (marker.total !== null || FOR_POSTS.has(marker.form)))
  const share = numbers.length / markers.length
  if (share > (isForPosts ? MOST_COUNTED : MOST_LISTED)) return false
  const rooms = numbers.map((one, k) => roomBefore(numbers[k - 1], one))
  if (rooms.some((room) => room < 0)) return true
  // Too few of a list are posts of their own: `22.`, and `1. 2.` to `20. 21.` two to a post.
  const lacking = rooms.reduce((sum, room) => sum + room, 0)
  return !isForPosts && lacking > (numbers.length === 1 ? 0 : markers.length)
}

interface Placed {
  readonly at: number
  readonly number: number
}

/**
 * Posts promised between a number and the one before it that are not here; below 0 where more are than it has room for.
 */
function roomBefore(before: Placed | undefined, { at, number }: Placed): number {
  // A post that opens the thread is often left out of the count.
  if (before === undefined) return number - 1 - at + (at > 0 && number - 1 < at ? 1 : 0)
  return number - before.number - (at - before.at)
}
