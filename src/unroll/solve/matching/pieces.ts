// Cuts a long dated run of posts into pieces at its quietest moments: threads hardly ever cross them, and a piece is
// small enough to be solved with care.
import type { BagPost } from '../bag.ts'

/** Longer runs are cut. */
const LONG_RUN = 400
/** A piece has at least and at most so many posts. */
const LEAST_PIECE = 60
const MOST_PIECE = 200

/** [from, to) of each piece; one piece where the run is short, undated or not sorted by time. */
export function cutIntoPieces(posts: readonly BagPost[]): readonly (readonly [from: number, to: number])[] {
  if (posts.length <= LONG_RUN || !isSorted(posts)) return [[0, posts.length]]
  const pieces: [number, number][] = []
  for (let from = 0; from < posts.length; ) {
    const to =
      posts.length - from <= MOST_PIECE ? posts.length : quietestCut(posts, from + LEAST_PIECE, from + MOST_PIECE)
    pieces.push([from, to])
    from = to
  }
  return pieces
}

function isSorted(posts: readonly BagPost[]): boolean {
  return posts.every(({ time }, at) => time !== null && time >= (posts[at - 1]?.time ?? Number.NEGATIVE_INFINITY))
}

/** The place in [low, high) with the longest silence before it. */
function quietestCut(posts: readonly BagPost[], low: number, high: number): number {
  let [best, longest] = [low, -1]
  for (let at = low; at < Math.min(high, posts.length); at++) {
    const silence = (posts[at]?.time ?? 0) - (posts[at - 1]?.time ?? 0)
    if (silence > longest) [best, longest] = [at, silence]
  }
  return best
}
