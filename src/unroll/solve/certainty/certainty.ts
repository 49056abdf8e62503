// How sure an inferred link is: a logistic on its odds and on how the thread stands around it. Odds alone say too much
// where several posts bear one number, over a hole, or next to links that are shaky themselves.
import type { Tally } from '../../evidence/tally.ts'
import { toWeights, type Weights, weigh } from '../../evidence/weights/weigh.ts'
import { type Bag, NONE } from '../bag.ts'
import { listChains, reverseLinks } from '../chains.ts'
import type { Solution } from '../passes.ts'
import { clampOdds, classOf, type SignalClass, sayProbability } from './calibrate.ts'
import { CERTAINTY, TIES } from './certainty-weights.ts'
import { type Habitual, readHabits } from './habits.ts'
import { BY_PLACE, mostBelieved } from './limits.ts'
import { tallyTies } from './ties.ts'

/** The bags of the fit were about this large, and none was larger than the second, in posts. */
const USUAL_BAG = 20
const LARGEST_BAG = 64
/** More forms than any bag has. */
const FORMS = 1024

/**
 * Log-odds that are believed at most of two posts in a row without numbers where neither ids nor times order them.
 * Judged on pages of authors not learnt from (2026-11-22): of what the model said with 73 % and with 99.9 % as many
 * were right, about as many as these odds mean. No more where no other arrangement seems likely: an author's only two
 * posts are as far from all that was learnt from.
 */
const MOST_BY_PLACE = 2.5
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
  /** Times of the posts that bear a number, rising. */
  readonly numberedTimes: Float64Array
  /** How many posts bear the number of a post in the same form, whatever their totals. */
  readonly rivals: (post: number) => number
  /** Habits of writing as bits (habits.ts). */
  readonly habits: Habitual['habits']
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
  const shared = { numberedTimes: numberedTimesOf(bag), rivals: countRivals(bag), habits: readHabits(bag) }
  return { ...place, drawn: doubts.drawn, undrawn: doubts.undrawn, next, odds, least, ...shared }
}

function numberedTimesOf({ number, time }: Bag): Float64Array {
  return time.filter((one, post) => !Number.isNaN(one) && number[post] !== NONE).sort()
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
  return Math.min(mostBelieved(solved, j), mostByTies(solved, j, ties), p)
}

/** What is believed at most of two posts that numbers join and no words do. */
function mostByTies(solved: SolvedBag, j: number, weights: Weights): number {
  if (!isByNumbers(solved, j)) return 1
  const { bag } = solved
  let isBound = false
  const odds = weigh(weights, (tally) => {
    isBound = tallyTies(bag, solved, j, tally)
  })
  return isBound ? sayProbability(odds) : 1
}

/**
 * Whether a link rests on numbers: neither ids nor times order the posts, one of the two bears a number, and they do
 * not bear the same.
 */
export function isByNumbers({ bag, kind, previous }: SolvedBag, j: number): boolean {
  const i = previous[j] ?? NONE
  return BY_PLACE.has(kind) && i !== NONE && bag.number[i] !== bag.number[j]
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
