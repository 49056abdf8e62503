// Solves a long timeline without ids of replies: how fast this author goes on and how his words go on are learnt from
// the timeline itself, in turns; then runs are chosen that promise most threads right as a whole. A short timeline
// tells too little of its author: it is solved as a bag (passes.ts).
import { type Bag, NONE } from '../solve/bag.ts'
import { clampOdds, sayProbability } from '../solve/certainty/calibrate.ts'
import { listRuns, stepProbabilities, sumOdds } from './chain.ts'
import { chooseRuns } from './choose.ts'
import { learnHabits } from './habits.ts'
import { guessPauses, type UsualRates, type Watch, watchPauses, weighPauses } from './pauses.ts'
import { ABSOLUTE, ANSWER_SIGNALS, OPEN_SIGNALS, type Rows, readAnswerSteps, readOpenSteps } from './signals.ts'
import { readStreams, type Stream, type Streams } from './streams.ts'
import { ANSWERS, OPEN, TRUST, USUAL_RATES } from './timeline-weights.ts'

/** Posts from which on a timeline tells its author's habits. */
export const LONG_TIMELINE = 60
/**
 * A run is stated as a thread when it is likelier than this to be one as a whole: half of what is right of those
 * stated.
 */
const LEAST_RUN = 0.4
/** Turns of learning; it settles in fewer. */
const TURNS = 20
/** Log-odds of what is known. */
const CERTAIN = 50

/** The fitted model of one stream. */
export interface StreamModel {
  readonly weights: Float64Array
  /** Added where two links follow each other. */
  readonly bonus: number
}

/** How far probabilities are to be trusted: log-odds of p = bias + slope × log-odds found. */
export interface Trust {
  readonly bias: number
  readonly slope: number
}

export interface TimelineModel {
  readonly open: StreamModel
  readonly answers: StreamModel
  readonly rates: UsualRates
  readonly trust: Trust
}

/** What speaks for a link: the share of each signal in its log-odds. */
type Shares = ReadonlyMap<string, number>

interface TimelineSolution {
  /** Successor of each post, NONE for none. */
  readonly next: Int32Array
  /** Probability of the link to each post. */
  readonly p: Float64Array
  /** By the post a link leads to. */
  readonly shares: ReadonlyMap<number, Shares>
  /** Neighbours a post may stand beside, by post. */
  readonly homes: ReadonlyMap<number, readonly Beside[]>
}

/** A neighbour in the stream and the probability of the link between. */
interface Beside {
  readonly near: number
  readonly p: number
}

const FITTED: TimelineModel = {
  open: toModel(OPEN_SIGNALS, OPEN),
  answers: toModel(ANSWER_SIGNALS, ANSWERS),
  rates: USUAL_RATES,
  trust: TRUST,
}

/** @param table weights by signal, and `goes-on` */
function toModel(names: readonly string[], table: Readonly<Record<string, number>>): StreamModel {
  return { weights: Float64Array.from(names, (name) => table[name] ?? 0), bonus: table['goes-on'] ?? 0 }
}

/** @param given successor of each post that is known from outside, NONE elsewhere */
export function solveTimeline(bag: Bag, given: Int32Array, model: TimelineModel = FITTED): TimelineSolution {
  const streams = readStreams(bag, given)
  const [shares, homes] = [new Map<number, Shares>(), new Map<number, readonly Beside[]>()]
  const solution = { next: Int32Array.from(given), p: new Float64Array(bag.size), shares, homes }
  for (const weighed of [weighOpen(bag, streams, model), weighAnswers(bag, streams, model)]) {
    const { stream, odds, bonus } = weighed
    const sums = sumOdds(odds, bonus)
    const p = stepProbabilities(sums).map((found) => trust(found, model))
    noteHomes(stream, p, homes)
    for (const { from, to } of chooseRuns(listRuns(odds, bonus, sums), stream.posts.length, LEAST_RUN))
      for (let k = from; k < to; k++) if (stream.known[k] === 0) linkStep(weighed, k, p[k] ?? 0, solution)
  }
  return solution
}

/** A stream with the log-odds of its steps, and what they are made of. */
interface Weighed {
  readonly stream: Stream
  readonly rows: Rows
  readonly names: readonly string[]
  readonly weights: Float64Array
  readonly odds: Float64Array
  readonly bonus: number
}

function linkStep(
  { stream, rows, names, weights, odds }: Weighed,
  k: number,
  p: number,
  solution: { readonly next: Int32Array; readonly p: Float64Array; readonly shares: Map<number, Shares> },
): void {
  const [i, j] = [stream.posts[k] ?? NONE, stream.posts[k + 1] ?? NONE]
  solution.next[i] = j
  solution.p[j] = p
  const shares = new Map<string, number>(names.map((name, s) => [name, (weights[s] ?? 0) * (rows[k]?.[s] ?? 0)]))
  shares.set('count', stream.count[k] ?? 0)
  const said = [...shares.values()].reduce((sum, share) => sum + share, 0)
  solution.shares.set(j, shares.set('pause', (odds[k] ?? 0) - said))
}

function noteHomes({ posts }: Stream, p: Float64Array, homes: Map<number, readonly Beside[]>): void {
  posts.forEach((post, k) => {
    const beside = [k - 1, k + 1].flatMap((at) => {
      const near = posts[at]
      return near === undefined ? [] : [{ near, p: p[Math.min(k, at)] ?? 0 }]
    })
    homes.set(post, beside)
  })
}

function trust(p: number, { trust: { bias, slope } }: TimelineModel): number {
  return sayProbability(bias + slope * clampOdds(Math.log(p / (1 - p))))
}

function weighAnswers(bag: Bag, { answers }: Streams, { answers: { weights, bonus } }: TimelineModel): Weighed {
  const rows = readAnswerSteps(bag, answers)
  const odds = addUp(weighRows(rows, weights), new Float64Array(rows.length), answers)
  return { stream: answers, rows, names: ANSWER_SIGNALS, weights, odds, bonus }
}

function weighOpen(bag: Bag, { open, silences }: Streams, model: TimelineModel): Weighed {
  const rows = readOpenSteps(bag, open)
  const { weights, odds } = learnTimeline(rows, open, watchPauses(open, silences), model)
  return { stream: open, rows, names: OPEN_SIGNALS, weights, odds, bonus: model.open.bonus }
}

/** Log-odds of each open step, and the weights of this author's words. */
function learnTimeline(
  rows: Rows,
  stream: Stream,
  watch: Watch,
  { open, rates }: TimelineModel,
): { readonly weights: Float64Array; readonly odds: Float64Array } {
  const guess = Float64Array.from(guessPauses(watch, rates), (odds) => 1 / (1 + Math.exp(-clampOdds(odds))))
  const learnPauses = (weights: Float64Array, bonus: number, start: Float64Array): Float64Array => {
    const words = weighRows(rows, weights)
    let linked = start
    for (let turn = 0; turn < TURNS; turn++)
      linked = stepProbabilities(sumOdds(addUp(words, weighPauses(watch, rates, linked), stream), bonus))
    return linked
  }
  const wordless = open.weights.map((weight, s) =>
    OPEN_SIGNALS[s] !== 'step' && (ABSOLUTE as readonly string[]).includes(OPEN_SIGNALS[s] ?? '') ? weight : 0,
  )
  const start = learnPauses(open.weights, open.bonus, guess)
  const weights = learnHabits(rows, open.weights, learnPauses(wordless, 0, start))
  const linked = learnPauses(weights, open.bonus, start)
  return { weights, odds: addUp(weighRows(rows, weights), weighPauses(watch, rates, linked), stream) }
}

function weighRows(rows: Rows, weights: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => row.reduce((sum, value, s) => sum + value * (weights[s] ?? 0), 0))
}

function addUp(words: Float64Array, pauses: Float64Array, { known, count }: Stream): Float64Array {
  return words.map((odds, k) =>
    known[k] === 0 ? odds + (pauses[k] ?? 0) + (count[k] ?? 0) : CERTAIN * (known[k] ?? 0),
  )
}
