// How sure an inferred link is: a logistic on its odds and on how the thread stands around it. Odds alone say too much
// where several posts bear one number, over a hole, or next to links that are shaky themselves.

import type { Tally } from '../../evidence/tally.ts'
import { toWeights, type Weights, weigh } from '../../evidence/weigh.ts'
import { type Bag, NONE } from '../bag.ts'
import { listChains, reverseLinks } from '../chains.ts'
import type { Solution } from '../passes.ts'
import { clampOdds, classOf, type SignalClass, sayProbability } from './calibrate.ts'
import { CERTAINTY, TIES } from './certainty-weights.ts'
import { sharesWords, tallyTies } from './ties.ts'

/** The bags of the fit were about this large, and none was larger than the second, in posts. */
const USUAL_BAG = 20
const LARGEST_BAG = 64
/** More forms than any bag has. */
const FORMS = 1024

/**
 * Log-odds that are believed of two posts in a row without numbers where neither ids nor times order them: on a page,
 * of those said to be right with 73 % and with 99.9 % as many were, 92 of 100 (authors not learnt from, 2026-11-22). No
 * more where no other arrangement seems likely: an author's only two posts are as far from all that was learnt from.
 */
const MOST_BY_PLACE = 2.5
/** What orders posts that bear neither numbers nor ids nor times: their place, or nothing. */
const BY_PLACE: ReadonlySet<SignalClass> = new Set(['page', 'numbers', 'text'])

/**
 * Among singles, what is believed at most of two dated posts in a row without numbers, by the seconds
 * between them. In three whole timelines, of neighbours that address nobody 100, 86, 73 and 66 % were declared to be
 * linked within so long, and 7 % of the later ones (1,818 pairs, 2026-11-22); the last is by judgement, since who gives
 * a few posts seldom gives single ones.
 */
const MOST_BY_DELAY: readonly (readonly [seconds: number, p: number])[] = [
  [3, 0.995],
  [30, 0.86],
  [120, 0.73],
  [300, 0.66],
]
const MOST_LATER = 0.55

/**
 * What is believed at most over a pause of more days than these, whatever numbers say: halves of two threads may fit.
 * Of 961 true links of numbered threads with times four, of 1,152 of real ones two took more than a week, and none a
 * month (2026-11-23). By judgement.
 */
const MOST_BY_PAUSE: readonly (readonly [days: number, p: number])[] = [
  [30, 0.6],
  [7, 0.9],
]
const DAY_MS = 86_400_000

/**
 * What is believed at most of a post without a number behind the last number of a count, where only its place says so:
 * in the bags of the fit every post belongs to a thread, on pages single posts stand between. More where it bears just
 * the one number that the count lacks. By judgement: of 44 such links on pages of the fit 39 are right.
 */
const MOST_BEHIND_COUNT = 0.94
const MOST_AS_LAST = 0.98
/**
 * What is believed at most of posts without numbers between n and n + 1, which leave them no room, where only their
 * times put them there: asides of that minute stand so, too. In the bags of the fit none stands there. By judgement.
 */
const MOST_BETWEEN = 0.8
/**
 * What is believed at most of a post without a number in the hole of a count, where its id or time puts it and no word
 * it shares with the posts around it does. By judgement: in the bags of the fit, which hold no singles, all 27 such
 * links are right; a single post that stands for a lost one looks just so.
 */
const MOST_IN_HOLE = 0.94
/** Posts looked at on either side. */
const BETWEEN_REACH = 8
/** Nine of ten pauses inside threads are shorter, in milliseconds: within it a time says more than a place. */
const USUAL_PAUSE_MS = 28 * 60_000

const FITTED = toWeights(CERTAINTY)
const FITTED_TIES = toWeights(TIES)

/** One solved bag, and what all its links share. */
export interface SolvedBag {
  readonly bag: Bag
  readonly kind: SignalClass
  /** Whether the odds were counted in drawn arrangements. */
  readonly drawn: boolean
  /** Whether they should have been, and the bag is too large. */
  readonly undrawn: boolean
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Odds of the link to each post, as far as they go. */
  readonly odds: Float64Array
  /** The lowest odds in the thread of each post. */
  readonly least: Float64Array
  /** How many posts bear the number of a post in the same form, whatever their totals. */
  readonly rivals: (post: number) => number
}

export function toSolvedBag(bag: Bag, { next, doubts }: Pick<Solution, 'next' | 'doubts'>): SolvedBag {
  const kind = classOf(bag)
  const previous = reverseLinks(next)
  const place = { bag, kind, previous }
  const odds = doubts.against.map((against, j) => Math.min(mostOdds(place, j), clampOdds(-against)))
  const least = new Float64Array(bag.size)
  for (const chain of listChains(next)) {
    const lowest = chain.reduce((low, x, k) => (k === 0 ? low : Math.min(low, odds[x] ?? 0)), clampOdds(Infinity))
    for (const x of chain) least[x] = lowest
  }
  return { ...place, drawn: doubts.drawn, undrawn: doubts.undrawn, next, odds, least, rivals: countRivals(bag) }
}

/** What is believed at most of the link to a post, in log-odds. */
function mostOdds({ bag, kind, previous }: Pick<SolvedBag, 'bag' | 'kind' | 'previous'>, j: number): number {
  const i = previous[j] ?? NONE
  const isByPlace = BY_PLACE.has(kind) && i !== NONE && bag.number[j] === NONE && bag.number[i] === NONE
  return isByPlace ? MOST_BY_PLACE : Number.POSITIVE_INFINITY
}

function countRivals({ form, number }: Bag): SolvedBag['rivals'] {
  const counts = new Map<number, number>()
  const keyOf = (post: number): number => (form[post] ?? NONE) + (number[post] ?? NONE) * FORMS
  for (let post = 0; post < number.length; post++) counts.set(keyOf(post), (counts.get(keyOf(post)) ?? 0) + 1)
  return (post) => counts.get(keyOf(post)) ?? 0
}

/** Probability of the link to a post from the one before it. */
export function judgeLink(solved: SolvedBag, j: number, weights = FITTED, ties = FITTED_TIES): number {
  const odds = weigh(weights, (tally) => tallyCertainty(solved, j, tally))
  const p = sayProbability(Math.min(mostOdds(solved, j), odds))
  const most = [mostByDelay, mostByPause, mostBetween, mostBehindCount].map((judge) => judge(solved, j))
  return Math.min(...most, mostByTies(solved, j, ties), p)
}

/** What is believed at most of two posts that numbers join and no words do. */
function mostByTies(solved: SolvedBag, j: number, weights: Weights): number {
  if (!isByNumbers(solved, j)) return mostInHole(solved, j)
  const { bag } = solved
  let isBound = false
  const odds = weigh(weights, (tally) => {
    isBound = tallyTies(bag, solved, j, tally)
  })
  return isBound ? sayProbability(odds) : 1
}

/** What is believed at most of the link to or from a post without a number, in a bag that ids or times order. */
function mostInHole({ bag, kind, previous, next }: SolvedBag, j: number): number {
  const i = previous[j] ?? NONE
  if (kind === 'timeline' || i === NONE || (bag.number[i] === NONE) === (bag.number[j] === NONE)) return 1
  return sharesWords(bag, { previous, next }, j) ? 1 : MOST_IN_HOLE
}

/**
 * Whether a link rests on numbers: neither ids nor times order the posts, one of the two bears a number, and they do
 * not bear the same.
 */
export function isByNumbers({ bag, kind, previous }: SolvedBag, j: number): boolean {
  const i = previous[j] ?? NONE
  return BY_PLACE.has(kind) && i !== NONE && bag.number[i] !== bag.number[j]
}

/** What is believed at most of a post without a number that ends a count. */
function mostBehindCount({ bag, kind, previous, next }: SolvedBag, j: number): number {
  const i = previous[j] ?? NONE
  if (bag.number[j] !== NONE || next[j] !== NONE || i === NONE) return 1
  const last = bag.number[i] ?? NONE
  if (last === NONE || kind === 'timeline' || bag.posts[j]?.named === true) return 1
  if (!BY_PLACE.has(kind) && isSoonBehind(bag, i, j)) return 1
  return last + 1 === bag.total[i] ? MOST_AS_LAST : MOST_BEHIND_COUNT
}

/** Whether times say so, other than by saying the same of all posts. */
function isSoonBehind({ time, sortedTimes }: Bag, i: number, j: number): boolean {
  const pause = (time[j] ?? Number.NaN) - (time[i] ?? Number.NaN)
  return pause <= USUAL_PAUSE_MS && sortedTimes[0] !== sortedTimes.at(-1)
}

/** What is believed at most of two posts in a row of which nothing but their times is known, in a bag of such posts. */
function mostByDelay({ bag, kind, previous }: SolvedBag, j: number): number {
  const i = previous[j] ?? NONE
  if (kind === 'timeline' || !bag.hasSingles || i === NONE) return 1
  const seconds = ((bag.time[j] ?? Number.NaN) - (bag.time[i] ?? Number.NaN)) / 1000
  if (Number.isNaN(seconds) || bag.number[i] !== NONE || bag.number[j] !== NONE) return 1
  return MOST_BY_DELAY.find(([most]) => seconds <= most)?.[1] ?? MOST_LATER
}

/** What is believed at most of a link to or from a post for which the numbers around it leave no room. */
function mostBetween({ bag, kind, previous, next }: SolvedBag, j: number): number {
  const i = previous[j] ?? NONE
  if (BY_PLACE.has(kind) || i === NONE) return 1
  if (bag.number[i] !== NONE && bag.number[j] !== NONE) return 1
  const [before, after] = [nearestNumbered(bag, previous, i), nearestNumbered(bag, next, j)]
  const isFull = before !== NONE && after !== NONE && bag.family[before] === bag.family[after]
  return isFull && bag.number[after] === (bag.number[before] ?? NONE) + 1 ? MOST_BETWEEN : 1
}

/** The post itself, or the nearest one along the links, that bears a number; NONE where none is near. */
function nearestNumbered({ number }: Bag, links: Int32Array, from: number): number {
  let at = from
  for (let step = 0; at !== NONE && number[at] === NONE && step < BETWEEN_REACH; step++) at = links[at] ?? NONE
  return at !== NONE && number[at] === NONE ? NONE : at
}

/** What is believed at most of two posts weeks apart; timelines know their author's pauses. */
function mostByPause({ bag, kind, previous }: SolvedBag, j: number): number {
  if (kind === 'timeline') return 1
  const days = ((bag.time[j] ?? Number.NaN) - (bag.time[previous[j] ?? NONE] ?? Number.NaN)) / DAY_MS
  return MOST_BY_PAUSE.find(([least]) => days > least)?.[1] ?? 1
}

/**
 * What bears on the certainty of the link to j. All of it weighs otherwise where arrangements should have been drawn
 * and were not.
 */
export function tallyCertainty(solved: SolvedBag, j: number, tally: Tally): void {
  if (solved.undrawn) tallyOdds(solved, j, (signal, value) => tally(`undrawn-${signal}`, value))
  else tallyOdds(solved, j, tally)
}

function tallyOdds(solved: SolvedBag, j: number, tally: Tally): void {
  const { bag, kind, odds } = solved
  tally(`by-${kind}`, 1)
  // Timelines stand for themselves: most of their posts are alone.
  if (kind === 'timeline') {
    tally('odds-in-timeline', odds[j] ?? 0)
    return
  }
  // Odds counted in draws mean what they say; those of single moves say too much.
  const by = solved.drawn ? 'drawn-' : ''
  tally(`${by}odds`, odds[j] ?? 0)
  if (kind === 'ids') tally('odds-by-ids', odds[j] ?? 0)
  tally(`${by}least-odds-of-thread`, solved.least[j] ?? 0)
  tally(`${by}odds-beside`, oddsBeside(solved, j))
  tally('bag-size', Math.log(Math.min(bag.size, LARGEST_BAG) / USUAL_BAG))
  const i = solved.previous[j] ?? NONE
  // The model believes words more than an author it has not seen bears out.
  if (i !== NONE) tally('meaning-alike', bag.alike(i, j))
  tallyNumbers(solved, i, j, tally)
}

function oddsBeside({ next, previous, odds }: SolvedBag, j: number): number {
  const [i, after] = [previous[j] ?? NONE, next[j] ?? NONE]
  const before = i !== NONE && previous[i] !== NONE ? odds[i] : undefined
  return Math.min(before ?? clampOdds(Infinity), after === NONE ? clampOdds(Infinity) : (odds[after] ?? 0))
}

function tallyNumbers(solved: SolvedBag, i: number, j: number, tally: Tally): void {
  const { bag } = solved
  const [a = NONE, b = NONE] = [bag.number[i], bag.number[j]]
  if (a === NONE) tally('after-no-number', 1)
  if (b === NONE) tally('no-number', 1)
  else {
    tally('posts-of-that-number', Math.log(Math.max(1, bag.numbers.find(bag.family[j] ?? NONE, b).length)))
    tally('posts-of-that-number-in-form', Math.log(solved.rivals(j)))
  }
  if (a === NONE || b === NONE) {
    if (a === b) tallyNoNumbers(solved, j, tally)
    return
  }
  if (b === a + 1 && bag.family[i] === bag.family[j]) tally('next-number', 1)
  if (b > a + 1) tally('over-a-hole', 1)
}

/** Neighbours on a page that nothing numbers seem surer of each other than they are: several threads may run so. */
function tallyNoNumbers({ kind, odds }: SolvedBag, j: number, tally: Tally): void {
  tally('no-numbers', 1)
  if (kind === 'page') tally('odds-no-numbers-on-page', odds[j] ?? 0)
}
