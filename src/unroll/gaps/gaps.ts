// Gaps of one thread: posts we know of and do not have, with a class, a count where it is known, and a probability. A
// hole in the numbers is not yet a missing post: authors skip numbers.
import type { Gap } from '../../model.ts'
import { toWeights, type Weights } from '../evidence/weights/weigh.ts'
import type { Sharers } from '../joining/counts/several-authors.ts'
import { isJumbled } from './contradictions.ts'
import { numberByCount } from './counted.ts'
import { LOSS_WEIGHTS } from './loss-weights.ts'
import { judgeStretch, type Loss, type Setting, settingOf } from './losses.ts'
import { correctMistakes } from './mistaken.ts'
import type { Numbered } from './numbered.ts'
import { highestOf, listSteps, listStretches, lowestOf, type Stretch } from './stretches.ts'

/** What is known of the thread from outside its posts. */
export interface ThreadContext {
  /** Posts the page says the unit has, or null. */
  readonly declaredTotal: number | null
  /** The page shows only the first posts (a preview card). */
  readonly isPreview: boolean
  /** The first post is a declared reply to a post we do not have. */
  readonly absentParent: string | null
  /** Who else bears numbers of the same count, by number; absent or null: nobody. */
  readonly sharers?: Sharers | null
}

const FITTED = toWeights(LOSS_WEIGHTS)
/**
 * Holes less likely a loss than this are put down to the author, and are not told where the doubt is of the links
 * around them: those say it. To tell what is right less often than half the hoped-for F1 (here 75 to 85) costs more
 * than it brings.
 */
const LEAST_LOSS = 0.4
/** What the platform declares: one post answers the other, and nothing stands between. */
const SKIPPED_BY_WORD = 0.99
/** By judgement: a count of which so many numbers lack before the first began in another thread. */
const FAR_BEGUN = 3
const BEGUN_ELSEWHERE = 0.9
/** The page shows as many posts as it says. Some of them may have been deleted before it counted. */
const SKIPPED_BY_COUNT = 0.9
/** The page says how many posts it has, and the numbers lack just as many. */
const LOST_BY_COUNT = 0.99
/** Of openings that lost no later post, one in ten had a number skipped; the others lost the first. */
const HEAD_OF_OPENING = 0.9
/** Of threads whose first seen number is 2, most had a first post that bore 1 or none. */
const SECOND_SEEN = 0.88
const LATER_SEEN = 0.97
const PREVIEW_GOES_ON = 0.97
const TOTAL_NOT_MET = 0.95
/** By judgement: seven posts of 8, then `8/9`: the eighth has a slip in its total, or the thread grew by one. */
const LAST_TOTAL_NEW = 0.45

/** By judgement: from here on a link over a hole is no doubt of the loss. */
const LIKELY_LINK = 0.75

/** @param weights of the signals of losses.ts */
export function findGaps(given: readonly Numbered[], around: ThreadContext, weights: Weights = FITTED): readonly Gap[] {
  const posts = correctMistakes(numberByCount(given))
  const head = headGap(posts, around)
  const inner = innerGaps(posts, around, weights)
  const gaps = inner.length === 0 ? head : [...head, ...inner]
  const tail = tailGap(posts, around, gaps)
  const all = tail.length === 0 ? gaps : [...gaps, ...tail]
  return around.sharers == null ? all : all.filter((one) => !isShared(one, posts, around.sharers))
}

/** Whether others bear all the numbers of a gap. */
function isShared({ after, before }: Gap, posts: readonly Numbered[], sharers: ThreadContext['sharers']): boolean {
  const from = after === null ? 0 : (posts[after - 1]?.number ?? null)
  const to = before === null ? (posts.at(-1)?.total ?? 0) + 1 : (posts[before - 1]?.number ?? null)
  if (from === null || to === null || sharers == null) return false
  return Array.from({ length: Math.max(0, to - from - 1) }, (_, k) => from + 1 + k).every((number) =>
    sharers.has(number),
  )
}

function headGap(posts: readonly Numbered[], around: ThreadContext): readonly Gap[] {
  const first = isJumbled(posts) ? lowestOf(posts) : (posts[0]?.number ?? null)
  if (around.absentParent !== null)
    return [
      {
        after: null,
        before: 1,
        count: null,
        class: 'head',
        p: 0.99,
        reason: `the first post replies to ${around.absentParent}, which is not here`,
      },
    ]
  if (first === null || first < 2) return []
  const p = first > 2 ? LATER_SEEN : SECOND_SEEN
  return [
    { after: null, before: 1, count: first - 1, class: 'head', p, reason: `the first post here bears number ${first}` },
  ]
}

function innerGaps(posts: readonly Numbered[], around: ThreadContext, weights: Weights): readonly Gap[] {
  const stretches = listStretches(posts)
  if (stretches.list.length === 0) return []
  const setting = settingOf(posts, stretches)
  return stretches.list.flatMap((stretch) => {
    const skip = beginsElsewhere(setting, stretch, around) ?? skipByDeclaration(setting, stretch, around)
    return skip === null ? judgeGaps(setting, stretch, around, judgeStretch(setting, stretch, weights)) : [skip]
  })
}

/** "And the rest", and in answer to it 21: nobody skips so many numbers, the count begins in another thread. */
function beginsElsewhere({ posts }: Setting, stretch: Stretch, { absentParent }: ThreadContext): Gap | null {
  if (stretch.from >= 0 || stretch.lacking < FAR_BEGUN || absentParent !== null) return null
  if (!listSteps(stretch, posts.length).every((step) => posts[step]?.isDeclared)) return null
  const count = (posts[stretch.to]?.number ?? 0) - 1
  const reason = `number ${count + 1} comes first, and is declared to answer what stands before it`
  return { after: null, before: 1, count, class: 'head', p: BEGUN_ELSEWHERE, reason }
}

/** What platform and page say of a hole goes before what its looks say. */
function skipByDeclaration({ posts, stretches }: Setting, stretch: Stretch, around: ThreadContext): Gap | null {
  const { from, to, lacking } = stretch
  const isInner = from >= 0 || around.absentParent === null
  if (to >= posts.length || !isInner) return null
  const skip = (p: number, why: string): Gap => ({
    after: to,
    before: to + 1,
    count: lacking,
    class: 'skipped',
    p,
    reason: `${sayHole(posts, stretch)}; ${why}`,
  })
  if (listSteps(stretch, posts.length).every((step) => posts[step]?.isDeclared))
    return skip(SKIPPED_BY_WORD, 'each post here is declared a reply to the one before it')
  const isWhole = around.declaredTotal !== null && around.declaredTotal <= posts.length
  if (isWhole && stretches.promised === 'none')
    return skip(SKIPPED_BY_COUNT, `the page has no more than ${around.declaredTotal} posts`)
  return null
}

function judgeGaps(setting: Setting, stretch: Stretch, around: ThreadContext, loss: Loss): readonly Gap[] {
  const { posts } = setting
  if (stretch.to >= posts.length && loss.p < LEAST_LOSS) return []
  const sure = listSteps(stretch, posts.length).reduce((product, step) => product * sureOf(posts[step]), 1)
  const p = isCounted(setting, around) ? Math.max(loss.p, LOST_BY_COUNT) : loss.p
  const isElse = p < LEAST_LOSS || (stretch.from < 0 && p < (1 - p) * HEAD_OF_OPENING)
  const made = isElse ? elseGaps(setting, stretch, p, around) : lostGaps(setting, stretch, { ...loss, p })
  const isClosing = stretch.to >= posts.length
  // If what stands behind the last number is not of the thread, the count lacks even more.
  const weigh = (one: Gap): Gap => ({ ...one, p: isClosing ? 1 - sure * (1 - one.p) : one.p * sure })
  return made.filter((one) => one.p * sure >= LEAST_LOSS).map(weigh)
}

/** Pieces of two threads that numbers join lack posts all the same: a likely link takes nothing from a loss. */
function sureOf(post: Numbered | undefined): number {
  const p = post?.linkP ?? 1
  return p >= LIKELY_LINK ? 1 : p
}

/** The page counts just the posts that are here and those the numbers lack. */
function isCounted({ posts, stretches }: Setting, { declaredTotal, isPreview }: ThreadContext): boolean {
  const lacking = stretches.list.reduce((sum, one) => sum + one.lacking, 0)
  return declaredTotal !== null && !isPreview && declaredTotal - posts.length === lacking
}

/** The likeliest place, and others that are likely too where more than one post is lost: each of them hides one. */
function lostGaps({ posts, stretches }: Setting, stretch: Stretch, { p, count, places }: Loss): readonly Gap[] {
  const said = `${sayHole(posts, stretch)}, ${sayPromise(stretches.promised)}; ${sayOther(stretch, 1 - p)}`
  const others = places.slice(1, count).filter(({ share }) => p * share >= LEAST_LOSS)
  return places.slice(0, 1 + others.length).map(({ step, share }, k) => {
    const place = share > 0.995 ? '' : `; its place is open (${percent(share)} here)`
    return {
      after: step,
      before: step + 1,
      count: k === 0 ? count - others.length : 1,
      class: 'missing',
      p: k === 0 ? p : p * share,
      reason: said + place,
    }
  })
}

/** No post is missing inside: the author skipped a number or, before the first number, the beginning is not here. */
function elseGaps({ posts, stretches }: Setting, stretch: Stretch, p: number, around: ThreadContext): readonly Gap[] {
  const hole = `${sayHole(posts, stretch)}, ${sayPromise(stretches.promised)}`
  if (stretch.from >= 0) {
    const reason = `${hole}; ${percent(1 - p)} that the author skipped a number`
    return [{ after: stretch.to, before: stretch.to + 1, count: stretch.lacking, class: 'skipped', p: 1 - p, reason }]
  }
  if (around.absentParent !== null) return []
  const reason = `${hole}; ${percent(p)} that a later post is lost`
  return [{ after: null, before: 1, count: stretch.lacking, class: 'head', p: (1 - p) * HEAD_OF_OPENING, reason }]
}

function sayHole(posts: readonly Numbered[], { from, to }: Stretch): string {
  const [last, number] = [posts[from]?.number, posts[to]?.number]
  const between = Math.min(to, posts.length) - from - 1
  if (from < 0)
    return `number ${number} comes first and ${between === 1 ? 'the post before it bears' : `the ${between} posts before it bear`} none`
  if (to >= posts.length) return `${between} without a number after ${last} of ${posts[from]?.total}`
  return between === 0
    ? `${last} is followed by ${number}`
    : `${between} without a number between ${last} and ${number}`
}

function sayOther({ from }: Stretch, p: number): string {
  return from < 0
    ? `${percent(p)} that the beginning is lost instead, or a number was skipped`
    : `${percent(p)} that the author skipped a number`
}

function sayPromise(promised: Setting['stretches']['promised']): string {
  const words = {
    met: 'the total is met',
    short: 'the total is not met',
    none: 'no total is given',
    over: 'the numbers run past their total',
  }
  return words[promised]
}

function percent(p: number): string {
  return `${Math.round(p * 100)}%`
}

function tailGap(posts: readonly Numbered[], around: ThreadContext, gaps: readonly Gap[]): readonly Gap[] {
  const size = posts.length
  if (posts.some(({ ends }) => ends)) return []
  if (around.declaredTotal !== null) {
    const rest = around.declaredTotal - size - countLost(gaps, 0)
    return rest > 0
      ? [
          {
            after: size,
            before: null,
            count: rest,
            class: 'tail',
            p: 0.99,
            reason: `the page says the thread has ${around.declaredTotal} posts`,
          },
        ]
      : []
  }
  const highest = isJumbled(posts) ? highestOf(posts) : null
  const last = posts.findLastIndex(({ number }) => number !== null && (highest === null || number === highest))
  const [number, total] = [posts[last]?.number ?? null, posts[last]?.total ?? null]
  if (number !== null && total !== null) {
    const behind = posts.slice(last + 1).filter((post) => post.number === null).length
    const rest = total - number - behind - countLost(gaps, last + 1)
    if (rest <= 0) return []
    const before = posts.findLast((post, at) => at < last && post.total !== null)?.total ?? total
    const isNew =
      total !== before && number === before && !posts.some((post, at) => at !== last && post.total === total)
    const said = isNew ? `, and the posts before it are of ${before}` : ''
    const p = isNew ? LAST_TOTAL_NEW : TOTAL_NOT_MET
    return [
      {
        after: size,
        before: null,
        count: rest,
        class: 'tail',
        p,
        reason: `the last post here is ${number} of ${total}${said}`,
      },
    ]
  }
  if (!around.isPreview) return []
  const reason = 'the page shows only the first posts of it; how many follow is not said'
  return [{ after: size, before: null, count: null, class: 'tail', p: PREVIEW_GOES_ON, reason }]
}

/** Posts known to be lost behind a position. */
function countLost(gaps: readonly Gap[], position: number): number {
  return gaps.reduce(
    (sum, one) => sum + (one.class === 'skipped' || (one.after ?? 0) < position ? 0 : (one.count ?? 0)),
    0,
  )
}
