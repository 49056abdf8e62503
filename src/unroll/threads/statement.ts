// One line a person reads: which posts are here, which are not, and how we know where the thread ends.
import { addTo } from '../../grouping.ts'
import type { Completeness, Gap } from '../../model.ts'
import { isJumbled, sayContradictions } from '../gaps/contradictions.ts'
import type { ThreadContext } from '../gaps/gaps.ts'
import { correctMistakes } from '../gaps/mistaken.ts'
import type { Numbered } from '../gaps/numbered.ts'
import { highestOf, listStretches } from '../gaps/stretches.ts'
import { type Filled, listFilled, listRuns, sayPosts, sayRange } from './places.ts'

/** From here on a gap makes a thread partial; below, completeness is not known. */
const BELIEVED = 0.5
/**
 * A thread that holds together less surely, all its links taken together, is not called complete. Judged on pages of
 * pieces of threads (2026-11-23): of those a little below this about half were whole.
 */
const WHOLE = 0.85
/** Nor one of which a post has no number, where its place is less sure: somebody else's may stand in any hole. */
const FILLED = 0.95
/** What is added behind the last number is no part of the count, and doubted no more from here on. */
const ADDED = 0.7
/** What a link above this lacks of certainty is not counted: a count of hundreds of posts is no doubt. */
const SURE_LINK = 0.98
/**
 * A link between two numbers that is less sure is named where a thread is called complete: words say nothing of it,
 * or others bear these numbers too. Judged on the same pages: threads with such a link were called complete in error
 * several times as often as those without.
 */
const UNDOUBTED = 0.99
/** Below these a gap is told with a word of doubt. */
const SURE = 0.9
const LIKELY = 0.6

interface Verdict {
  readonly completeness: Completeness
  readonly statement: string
  readonly declaredTotal: number | null
}

/**
 * `complete` needs evidence of an end and of a beginning, and no hole. Silence gives `unknown`. `unread`: further
 * pages.
 */
export function judgeThread(
  given: readonly Numbered[],
  gaps: readonly Gap[],
  around: ThreadContext,
  unread: number,
): Verdict {
  const posts = correctMistakes(given)
  const holes = gaps.filter((gap) => gap.class !== 'skipped' && gap.class !== 'marker-lost')
  const total = promisedTotal(posts, around)
  const end = sayEnd(posts, around, total)
  const isWhole =
    holes.length === 0 &&
    hasBeginning(posts) &&
    (around.declaredTotal !== null || !mixesCounts(posts)) &&
    countUntold(posts, gaps) - countBetween(posts, around) <= 0
  const isPartial = holes.some((gap) => gap.p >= BELIEVED)
  const most = Math.max(around.declaredTotal ?? 0, lastTotal(posts) ?? 0)
  const filled = listFilled(posts, gaps, most)
  const parts = [
    sayPosts(posts, gaps, most),
    ...sayFilled(filled),
    ...joinHoles(holes, posts).map((gap) => sayHole(gap, posts)),
    ...saySkips(gaps),
    ...saySharers(around),
    ...sayContradictions(given),
  ]
  if (end !== null) parts.push(end)
  else if (holes.length === 0 && !around.sharers?.has(total ?? 0)) parts.push('nothing says where it ends')
  const together = holdTogether(posts)
  const isOne = together >= WHOLE && filled.p >= FILLED
  if (end !== null && isWhole && !isOne) parts.push(`not sure to be one thread (${sayP(Math.min(together, filled.p))})`)
  const completeness = isPartial ? 'partial' : end !== null && isWhole && isOne ? 'complete' : 'unknown'
  if (completeness === 'complete') parts.push(...sayDoubted(posts))
  if (completeness !== 'complete') parts.push(...sayUnread(unread))
  return { completeness, statement: parts.join('; '), declaredTotal: total }
}

/**
 * The probability that all links are right together, but for those no count needs: of an opening post to number 1, of
 * what is added behind the last number. Two doubtful links on either side of a post are one doubt: whether it belongs
 * there. Where numbers and ids disagree, it is the order that is not sure.
 */
function holdTogether(posts: readonly Numbered[]): number {
  if (isJumbled(posts)) return 1
  const lastCounted = posts.findLastIndex(({ number, ends }) => number !== null || ends)
  let [before, whole, last] = [0, 1, 0]
  posts.forEach(({ linkP, number }, at) => {
    const enough = number === 1 ? 0 : lastCounted >= 0 && at > lastCounted ? ADDED : SURE_LINK
    const p = linkP === null || linkP >= enough ? 1 : linkP
    const next = Math.max(whole * p, before * Math.min(p, last))
    ;[before, whole, last] = [whole, next, p]
  })
  return whole
}

/** `3, 5 by their places alone (p 0.93)` */
function sayFilled({ numbers, p }: Filled): readonly string[] {
  if (numbers.length === 0) return []
  return [
    `${listRuns(numbers).map(sayRange).join(', ')} by ${numbers.length === 1 ? 'its place' : 'their places'} alone (${sayP(p)})`,
  ]
}

/** `the link to 3 less sure (p 0.97)`: what joins a number to the one before it is little more than numbers. */
function sayDoubted(posts: readonly Numbered[]): readonly string[] {
  if (isJumbled(posts)) return NO_CLAUSES
  const doubted = posts.filter(
    ({ number, linkP, isInferred }, at) =>
      isInferred === true && number !== null && posts[at - 1]?.number != null && linkP !== null && linkP < UNDOUBTED,
  )
  if (doubted.length === 0) return NO_CLAUSES
  const numbers = doubted.flatMap(({ number }) => number ?? [])
  const least = doubted.reduce((p, { linkP }) => Math.min(p, linkP ?? 1), 1)
  const noun = numbers.length === 1 ? 'link' : 'links'
  return [`the ${noun} to ${listRuns(numbers).map(sayRange).join(', ')} less sure (${sayP(least)})`]
}

const NO_CLAUSES: readonly string[] = []

/** `p 0.93`, and never a certainty: what is inferred is none. */
function sayP(p: number): string {
  return p > 0.99 ? 'p > 0.99' : `p ${p.toFixed(2)}`
}

/** Pages that would complete this and were not read: their number, or nothing. */
export function sayUnread(count: number): readonly string[] {
  return count === 0 ? [] : [`further pages not read: ${count}`]
}

/** Numbers that no gap accounts for: the links around them are too unsure to call a post lost, or to call none lost. */
function countUntold(posts: readonly Numbered[], gaps: readonly Gap[]): number {
  const lacking = listStretches(posts).list.reduce((sum, one) => sum + one.lacking, 0)
  return lacking - gaps.reduce((sum, gap) => sum + (gap.class === 'skipped' ? (gap.count ?? 0) : 0), 0)
}

/** Numbers inside the thread that stand in others' threads. */
function countBetween(posts: readonly Numbered[], { sharers }: ThreadContext): number {
  if (sharers == null) return 0
  const [first, last] = [posts[0]?.number ?? 0, posts.at(-1)?.number ?? 0]
  return [...sharers.keys()].filter((number) => number > first && number < last).length
}

/** `3–4 by @guest`: who else carries the count. */
function saySharers({ sharers }: ThreadContext): readonly string[] {
  if (sharers == null) return []
  const byName = new Map<string, number[]>()
  for (const [number, name] of sharers) addTo(byName, name, number)
  return [...byName].map(([name, numbers]) => `${listRuns(numbers).map(sayRange).join(', ')} by ${name}`)
}

function saySkips(gaps: readonly Gap[]): readonly string[] {
  const skips = gaps.filter((gap) => gap.class === 'skipped')
  if (skips.length === 0) return []
  const doubt = sayDoubt(skips.reduce((least, { p }) => Math.min(least, p), 1))
  const count = skips.reduce((sum, gap) => sum + (gap.count ?? 1), 0)
  return [`${count === 1 ? 'a number' : `${count} numbers`} ${doubt}skipped by the author`]
}

/** The words a probability deserves, with a space behind. */
function sayDoubt(p: number): string {
  return p >= SURE ? '' : p >= LIKELY ? 'probably ' : 'perhaps '
}

function promisedTotal(posts: readonly Numbered[], around: ThreadContext): number | null {
  return around.declaredTotal ?? lastTotal(posts)
}

/** Who mends a total on the way means the later one, whether it grew or shrank. */
function lastTotal(posts: readonly Numbered[]): number | null {
  return posts.findLast((post) => post.total !== null)?.total ?? null
}

function sayEnd(posts: readonly Numbered[], around: ThreadContext, total: number | null): string | null {
  if (posts.some(({ ends }) => ends)) return 'END seen'
  if (around.declaredTotal !== null && posts.length >= around.declaredTotal) return 'as many as the page says'
  const last = isJumbled(posts) ? highestOf(posts) : (posts.findLast((post) => post.number !== null)?.number ?? null)
  if (total === null || last === null || last < total) return null
  return last === total ? 'the promised total is reached' : 'the promised total is passed'
}

function hasBeginning(posts: readonly Numbered[]): boolean {
  const first = posts.findIndex((post) => post.number !== null)
  return first < 0 || (posts[first]?.number ?? 0) <= first + 1
}

/**
 * Whether numbers fall to a post of another count, which begins amid its numbers or, behind one that lacks its end,
 * tells no total: one count's total does not vouch for another (`Part 1`, `Part 3`, `2/7` … `7/7`; `2/5`, `/1` … `/7`).
 */
function mixesCounts(posts: readonly Numbered[]): boolean {
  const numbered = posts.flatMap(({ number, total }) => (number === null ? [] : [{ number, total }]))
  const lastTold = numbered.findLastIndex(({ total }) => total !== null)
  const seen = new Set<string>()
  return numbered.some(({ number, total }, at) => {
    const before = numbered[at - 1]
    if (before !== undefined) seen.add(`${before.number}/${before.total}`)
    if (before === undefined || number >= before.number || total === before.total) return false
    if (number > 1) return !seen.has(`${number - 1}/${total}`)
    return before.number < (before.total ?? 0) && lastTold < at
  })
}

/** Places between the same numbers as one, which then lacks as many posts as they: where exactly says each gap. */
function joinHoles(holes: readonly Gap[], posts: readonly Numbered[]): readonly Gap[] {
  const joined: Gap[] = []
  for (const hole of holes) {
    const before = joined.at(-1)
    const isOne =
      before?.class === 'missing' &&
      hole.class === 'missing' &&
      findRange(before, posts).join() === findRange(hole, posts).join()
    if (before === undefined || !isOne) joined.push(hole)
    else
      joined[joined.length - 1] = {
        ...before,
        count: (before.count ?? 0) + (hole.count ?? 0),
        p: Math.max(before.p, hole.p),
      }
  }
  return joined
}

/** `the last 2 missing`, `4–6 missing`, `one of 4–6 probably missing` where unnumbered posts leave the place open. */
function sayHole(gap: Gap, posts: readonly Numbered[]): string {
  const doubt = sayDoubt(gap.p)
  if (gap.class === 'tail') return gap.count === null ? 'the rest is not here' : `the last ${gap.count} ${doubt}missing`
  if (gap.class === 'head')
    return gap.count === null ? 'the beginning is not here' : `the first ${gap.count} ${doubt}missing`
  const [from, to] = findRange(gap, posts)
  if (gap.count === null || to === null) return `${gap.count ?? 'some'} ${doubt}missing`
  if (to - from + 1 === gap.count) return `${sayRange([from, to])} ${doubt}missing`
  return `${gap.count === 1 ? 'one' : gap.count} of ${sayRange([from, to])} ${doubt}missing`
}

/** The numbers that the nearest numbered posts, or a total, leave open. */
function findRange(gap: Gap, posts: readonly Numbered[]): readonly [from: number, to: number | null] {
  const before = posts.slice(0, gap.after ?? 0).findLast((post) => post.number !== null)
  const after = posts.slice(gap.after ?? 0).find((post) => post.number !== null)
  return [(before?.number ?? 0) + 1, after?.number == null ? (before?.total ?? null) : after.number - 1]
}
