// What keeps a post from following another beyond what the weights were learnt among: another day in a bag of which
// nothing says that it holds threads, the same words under the same number, `2b` before `2a`. What their places forbid
// is in evidence/evidence.ts.
import { isPossible } from '../evidence/evidence.ts'
import { type Bag, type BagPost, NONE } from './bag.ts'
import { FEW_NUMBERED } from './singles.ts'

/** Milliseconds. */
const LONG_PAUSE = 18 * 3_600_000
/** Share of the longer text's words that a copy of it has. */
const SAME_WORDS = 0.9

/** Whether j may follow i at all. */
export function mayFollow(bag: Bag, i: number, j: number): boolean {
  if (!isPossible(bag, i, j) || isOfAnotherDay(bag, i, j)) return false
  return (
    bag.number[i] === NONE || bag.number[i] !== bag.number[j] || (!saysItAgain(bag, i, j) && !isStepBack(bag, i, j))
  )
}

/** Of 732 such neighbours in whole timelines six were linked (2026-11-22). Timelines know their author's pauses. */
function isOfAnotherDay(bag: Bag, i: number, j: number): boolean {
  if (bag.numbered >= FEW_NUMBERED || bag.isTimeline) return false
  if (bag.number[i] !== NONE || bag.number[j] !== NONE) return false
  return (bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN) > LONG_PAUSE
}

/** Who numbers a text as before begins anew. */
function saysItAgain({ tokens }: Bag, i: number, j: number): boolean {
  const [a, b] = [tokens[i] ?? NO_TOKENS, tokens[j] ?? NO_TOKENS]
  const longer = Math.max(a.length, b.length)
  return longer > 0 && a.filter((token) => b.includes(token)).length >= SAME_WORDS * longer
}

const NO_TOKENS = new Int32Array()

const STEP = /\d([a-e½])/

/** Where nothing but the letters orders posts of one number. */
function isStepBack({ posts, page, idRank, time }: Bag, i: number, j: number): boolean {
  if (page[i] !== NONE || idRank[i] !== NONE || !Number.isNaN(time[i])) return false
  return stepOf(posts[i]) > stepOf(posts[j])
}

/** The letter of `2a`, or nothing. */
function stepOf(post: BagPost | undefined): string {
  const marker = post?.acceptance.marker
  return marker == null ? '' : (STEP.exec(post?.text.slice(marker.start, marker.end) ?? '')?.[1] ?? '')
}
