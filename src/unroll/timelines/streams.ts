// A long timeline as two streams in time: what speaks to everybody, and what answers somebody. A thread runs in one of
// them, as a rule without a break, so what is asked of each post is whether it carries on the one before. It links
// nothing.
import { type Address, makeTimeline } from '../evidence/timeline/timeline.ts'
import { type Bag, NONE } from '../solve/bag.ts'
import { weighCount } from './counts.ts'

const SECOND = 1000

/** One stream: n posts, and n - 1 steps from each to the next. Pauses are in seconds. */
export interface Stream {
  /** Places in the bag, earliest first. */
  readonly posts: Int32Array
  /** Since the post before in this stream. */
  readonly pause: Float64Array
  /** Since the last post of whatever kind. */
  readonly quiet: Float64Array
  /** 1 where the last post of whatever kind was not of this stream: nobody's thread goes on from there. */
  readonly afterOther: Uint8Array
  /** 1 where the step is a link by declaration, -1 where it cannot be one, 0 where it is asked. */
  readonly known: Int8Array
  /** Log-odds by the numbers of both posts. */
  readonly count: Float64Array
}

/** How long an author was silent after posts, in seconds, by what came before the silence. */
export interface Silences {
  readonly afterOpen: Float64Array
  readonly afterOther: Float64Array
}

export interface Streams {
  readonly open: Stream
  readonly answers: Stream
  readonly silences: Silences
}

/**
 * @param bag all of its posts dated
 * @param given successor of each post that is known from outside, NONE elsewhere
 */
export function readStreams(bag: Bag, given: Int32Array): Streams {
  const line = bag.timeline ?? makeTimeline(bag.posts)
  const order = [...bag.posts.keys()].sort((a, b) => (line.rank[a] ?? 0) - (line.rank[b] ?? 0))
  const address = order.map((at) => line.address[at])
  const time = Float64Array.from(order, (at) => (bag.time[at] ?? 0) / SECOND)
  const stream = (kind: Address): Stream => {
    const ranks = order.flatMap((_, rank) => (address[rank] === kind ? [rank] : []))
    const steps = ranks.slice(1)
    const before = (k: number): number => ranks[k] ?? 0
    const posts = Int32Array.from(ranks, (rank) => order[rank] ?? NONE)
    return {
      posts,
      pause: Float64Array.from(steps, (rank, k) => (time[rank] ?? 0) - (time[before(k)] ?? 0)),
      quiet: Float64Array.from(steps, (rank) => (time[rank] ?? 0) - (time[rank - 1] ?? 0)),
      afterOther: Uint8Array.from(steps, (rank, k) => (before(k) === rank - 1 ? 0 : 1)),
      known: Int8Array.from(steps, (_, k) => knowStep(bag, given, posts[k] ?? NONE, posts[k + 1] ?? NONE)),
      count: Float64Array.from(steps, (_, k) => weighCount(bag, posts[k] ?? NONE, posts[k + 1] ?? NONE)),
    }
  }
  return { open: stream('open'), answers: stream('answer'), silences: measureSilences(time, address) }
}

function knowStep(bag: Bag, given: Int32Array, i: number, j: number): -1 | 0 | 1 {
  if (given[i] === j) return 1
  return given[i] !== NONE || bag.settled[j] === 1 || bag.wall[i] !== bag.wall[j] ? -1 : 0
}

function measureSilences(time: Float64Array, address: readonly (Address | undefined)[]): Silences {
  const [afterOpen, afterOther]: [number[], number[]] = [[], []]
  for (let rank = 1; rank < time.length; rank++) {
    const silence = (time[rank] ?? 0) - (time[rank - 1] ?? 0)
    if (address[rank - 1] === 'open') afterOpen.push(silence)
    else afterOther.push(silence)
  }
  return { afterOpen: Float64Array.from(afterOpen), afterOther: Float64Array.from(afterOther) }
}
