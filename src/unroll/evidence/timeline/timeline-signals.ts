// Signals of a timeline: who is addressed, what was said between, how a pause compares with the author's rhythm. Only
// dated posts that stand among singles and answers have them.
import type { Bag } from '../../solve/bag.ts'
import type { Tally } from '../tally.ts'
import { OVERLAP_SCALE, sharedRarity } from '../words/word-signals.ts'
import type { Timeline } from './timeline.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
/** A composer sends the posts of a thread within this of each other, in milliseconds. */
const BURST = 15 * SECOND
/** From this pause on it is words that carry a thread on, in milliseconds. */
const LATE = 30 * MINUTE
/** Powers of e beyond which a pause is simply short, or long. */
const MOST_BEATS = 8

/** What is passed on is nobody's thread. */
export function isLinkable({ address }: Timeline, i: number, j: number): boolean {
  return address[i] !== 'share' && address[j] !== 'share'
}

/** Posts that stand between two in time. */
export function countBetween({ rank }: Timeline, i: number, j: number): number {
  return Math.max(0, (rank[j] ?? 0) - (rank[i] ?? 0) - 1)
}

/** Two posts of a timeline, one of which may follow the other. */
interface Step {
  readonly line: Timeline
  readonly i: number
  readonly j: number
  /** In milliseconds. */
  readonly pause: number
}

/** Nothing in a bag that is no timeline. */
export function tallyInTimeline(bag: Bag, i: number, j: number, tally: Tally): void {
  const { timeline: line, time } = bag
  if (line === null) return
  const step: Step = { line, i, j, pause: (time[j] ?? 0) - (time[i] ?? 0) }
  if (line.address[i] === 'open' && line.address[j] === 'open') tallyOpenPair(bag, step, tally)
  else tallyAnswerPair(step, tally)
}

function tallyOpenPair(bag: Bag, step: Step, tally: Tally): void {
  const { line, i, j, pause } = step
  const overlap = sharedRarity(bag, i, j)
  tally('open-pause', Math.log1p(Math.max(0, pause) / MINUTE))
  tally(pause > LATE ? 'open-words-late' : 'open-words-soon', overlap / (overlap + OVERLAP_SCALE))
  const between = (line.openUpTo[line.rank[j] ?? 0] ?? 0) - (line.openUpTo[line.rank[i] ?? 0] ?? 0) - 1
  tally(between <= 0 ? 'open-next' : between === 1 ? 'open-second' : 'open-far', 1)
  if (between > 0) return
  tallyBursts(step, tally)
  tally(`open-${line.linked[i] === 1 ? 'link' : 'words'}-${line.linked[j] === 1 ? 'link' : 'words'}`, 1)
  if ((bag.words[j]?.tokens.length ?? 0) === 0) tally('open-adds-no-words', 1)
}

/** A thread sent in one go is a burst; what comes before and after a burst seldom belongs to it. */
function tallyBursts({ line, i, j, pause }: Step, tally: Tally): void {
  const after = pause > MINUTE && (line.before[i] ?? 0) <= BURST
  const before = pause > MINUTE && (line.after[j] ?? 0) <= BURST
  if (after) tally('open-after-burst', 1)
  if (before) tally('open-before-burst', 1)
  if (after && before) tally('open-between-bursts', 1)
  if (pause < (line.after[j] ?? 0)) tally('open-nearest', 1)
  tally('open-beats', beats(line, i, pause))
}

function tallyAnswerPair({ line, i, j, pause }: Step, tally: Tally): void {
  tally('answer-pair', 1)
  tally('answer-pause', Math.log1p(Math.max(0, pause) / MINUTE))
  if (line.rank[j] === (line.rank[i] ?? 0) + 1) tally('answer-next', 1)
}

/** How many times shorter than the author's usual a pause is, in powers of e. */
function beats({ rhythm }: Timeline, at: number, pause: number): number {
  const ratio = Math.log((rhythm[at] ?? SECOND) / Math.max(SECOND, pause))
  return Math.max(-MOST_BEATS, Math.min(MOST_BEATS, ratio))
}
