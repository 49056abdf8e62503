// Fits the model of long timelines on whole accounts beside the repository and judges it on the account it has not
// seen: weights of steps by the likelihood of whole streams, usual rates from the true links, trust from what held-out
// steps came to.
import { sha256 } from '../../src/fixity.ts'
import { bagOf } from '../../src/unroll/authors/bag-posts.ts'
import { groupByAuthor } from '../../src/unroll/authors/gathering.ts'
import { layTogether } from '../../src/unroll/sightings/copies.ts'
import { type Bag, makeBag, NONE } from '../../src/unroll/solve/bag.ts'
import { clampOdds } from '../../src/unroll/solve/certainty/calibrate.ts'
import { stepProbabilities, sumOdds } from '../../src/unroll/timelines/chain.ts'
import {
  BINS,
  shapeRates,
  type UsualRates,
  type Watch,
  watchPauses,
  weighPauses,
} from '../../src/unroll/timelines/pauses.ts'
import {
  ANSWER_SIGNALS,
  OPEN_SIGNALS,
  type Rows,
  readAnswerSteps,
  readOpenSteps,
} from '../../src/unroll/timelines/signals.ts'
import {
  type StreamModel,
  solveTimeline,
  type TimelineModel,
  type Trust,
} from '../../src/unroll/timelines/solve-timeline.ts'
import { readStreams, type Stream } from '../../src/unroll/timelines/streams.ts'
import { extractionOf } from './tangle.ts'
import { sortByTime, type Timeline, trueLines } from './timelines.ts'

const L2 = 2
const L2_STEP = 0.3
const STEPS = 600

/** One account with its truth. */
export interface Account {
  readonly name: string
  readonly bag: Bag
  /** True main lines as places in the bag. */
  readonly lines: readonly (readonly number[])[]
  readonly open: Taught
  readonly answers: Taught
  readonly watch: Watch
}

/** A stream with what is true of its steps, 1 or 0. */
interface Taught {
  readonly rows: Rows
  readonly linked: Float64Array
  /** Log-odds by numbers, which are not fitted here. */
  readonly count: Float64Array
}

export function readAccount({ name, posts }: Timeline): Account {
  const sorted = sortByTime(posts)
  const place = new Map(sorted.map((post, at) => [post.ref?.id ?? '', at]))
  const bare = sorted.map((post, at) => ({
    ...post,
    ...{ ref: null, parent: null, conversation: null, url: null, media: [], quotes: [] },
    ...{ key: String(at), index: at, provenance: { ...post.provenance, line: at + 1 } },
  }))
  const merged = layTogether([extractionOf(bare)], sha256)
  const gathering = { posts: merged.posts, places: merged.places, walls: merged.walls, order: 'page' as const }
  const [[author, group] = ['', []]] = groupByAuthor(gathering)
  const { posts: own, members } = bagOf(gathering, author, group)
  const bag = makeBag(own, true)
  const at = new Map(
    [...members].flatMap(
      (member, k) => merged.posts[member]?.sources.map((s) => [(s.line ?? 0) - 1, k] as const) ?? [],
    ),
  )
  const lines = trueLines(posts).map((line) => line.map((id) => at.get(place.get(id) ?? NONE) ?? NONE))
  const { open, answers, silences } = readStreams(bag, new Int32Array(bag.size).fill(NONE))
  return {
    name,
    bag,
    lines,
    open: { rows: readOpenSteps(bag, open), linked: tellLinks(open, lines), count: open.count },
    answers: { rows: readAnswerSteps(bag, answers), linked: tellLinks(answers, lines), count: answers.count },
    watch: watchPauses(open, silences),
  }
}

function tellLinks({ posts }: Stream, lines: readonly (readonly number[])[]): Float64Array {
  const next = new Map(lines.flatMap((line) => line.slice(1).map((post, k) => [line[k] ?? NONE, post] as const)))
  return Float64Array.from(posts.subarray(1), (post, k) => (next.get(posts[k] ?? NONE) === post ? 1 : 0))
}

export function fitTimelines(accounts: readonly Account[], trust: Trust): TimelineModel {
  const rates = averageRates(accounts.map(({ watch, open }) => shapeRates(watch, open.linked)))
  const open = accounts.map(({ open: taught, watch }) => {
    const pauses = weighPauses(watch, rates, taught.linked)
    return { ...taught, base: taught.count.map((odds, k) => odds + (pauses[k] ?? 0)) }
  })
  const answers = accounts.map(({ answers: taught }) => ({ ...taught, base: taught.count }))
  return { open: fitStream(open, OPEN_SIGNALS), answers: fitStream(answers, ANSWER_SIGNALS), rates, trust }
}

/** Geometric means. */
function averageRates(all: readonly UsualRates[]): UsualRates {
  const mean = (pick: (rates: UsualRates) => readonly number[]): number[] =>
    Array.from({ length: BINS }, (_, b) =>
      Math.exp(all.reduce((sum, rates) => sum + Math.log(pick(rates)[b] ?? 1), 0) / all.length),
    )
  return { goOn: mean((rates) => rates.goOn), unrelated: mean((rates) => rates.unrelated) }
}

interface Lesson extends Taught {
  /** Log-odds that are not fitted. */
  readonly base: Float64Array
}

/** Adam on the penalised likelihood of whole streams; the last number is the bonus of two links in a row. */
function fitStream(lessons: readonly Lesson[], names: readonly string[]): StreamModel {
  const size = names.length + 1
  const theta = new Float64Array(size)
  const [m, v] = [new Float64Array(size), new Float64Array(size)]
  for (let step = 1; step <= STEPS; step++) {
    const gradient = theta.map((weight, s) => weight * (names[s] === 'step' ? L2_STEP : L2))
    for (const lesson of lessons) addGradient(lesson, theta, gradient)
    const rate = 0.05 * (step < STEPS * 0.6 ? 1 : step < STEPS * 0.85 ? 0.3 : 0.1)
    for (let s = 0; s < size; s++) {
      m[s] = 0.9 * m[s]! + 0.1 * gradient[s]!
      v[s] = 0.98 * v[s]! + 0.02 * gradient[s]! ** 2
      theta[s]! -= (rate * (m[s]! / (1 - 0.9 ** step))) / (Math.sqrt(v[s]! / (1 - 0.98 ** step)) + 1e-9)
    }
  }
  return { weights: theta.slice(0, -1), bonus: theta[size - 1] ?? 0 }
}

function addGradient({ rows, linked, base }: Lesson, theta: Float64Array, gradient: Float64Array): void {
  const bonus = theta[theta.length - 1] ?? 0
  const odds = base.map((own, k) => own + (rows[k]?.reduce((sum, value, s) => sum + value * theta[s]!, 0) ?? 0))
  const sums = sumOdds(odds, bonus)
  const p = stepProbabilities(sums)
  for (const [k, row] of rows.entries()) {
    const wrong = (p[k] ?? 0) - (linked[k] ?? 0)
    for (let s = 0; s < row.length; s++) gradient[s]! += wrong * row[s]!
    if (k === 0) continue
    const both = sums.ahead[2 * k - 1]! + bonus + odds[k]! + sums.behind[2 * k + 1]! - sums.total
    gradient[theta.length - 1]! += Math.exp(both) - linked[k]! * linked[k - 1]!
  }
}

/** Found and true threads of one account, and how sure its links were. */
export interface TimelineScore {
  readonly name: string
  readonly truth: number
  readonly found: number
  readonly right: number
  /** Probability of each link found, and whether it is one. */
  readonly links: readonly (readonly [p: number, right: boolean])[]
}

export function scoreAccount(account: Account, model: TimelineModel): TimelineScore {
  const { next, p } = solveTimeline(account.bag, new Int32Array(account.bag.size).fill(NONE), model)
  const inside = new Set(next.filter((j) => j !== NONE))
  const found: string[] = []
  next.forEach((j, i) => {
    if (j === NONE || inside.has(i)) return
    const thread = [i]
    for (let at = j; at !== NONE; at = next[at] ?? NONE) thread.push(at)
    found.push(nameOf(thread))
  })
  const wanted = new Set(account.lines.map(nameOf))
  const joined = new Set(account.lines.flatMap((line) => line.slice(1).map((post, k) => `${line[k]} ${post}`)))
  const links = [...next].flatMap((j, i) => (j === NONE ? [] : [[p[j] ?? 0, joined.has(`${i} ${j}`)] as const]))
  const right = found.filter((one) => wanted.has(one)).length
  return { name: account.name, truth: wanted.size, found: found.length, right, links }
}

const nameOf = (thread: readonly number[]): string => [...thread].sort((a, b) => a - b).join()

export function trustIn(p: number, { bias, slope }: Trust): number {
  return 1 / (1 + Math.exp(-(bias + slope * clampOdds(Math.log(p / (1 - p))))))
}

/** Logistic of what was right on the log-odds found, by Newton's steps. */
export function fitTrust(links: readonly (readonly [p: number, right: boolean])[]): Trust {
  let [bias, slope] = [0, 1]
  for (let step = 0; step < 30; step++) {
    let [gb, gs, bb, bs, ss] = [0, 0.5 * (1 - slope), 1e-3, 0, 0.5]
    for (const [found, right] of links) {
      const x = clampOdds(Math.log(found / (1 - found)))
      const p = 1 / (1 + Math.exp(-(bias + slope * x)))
      const [wrong, bend] = [Number(right) - p, p * (1 - p)]
      gb += wrong
      gs += wrong * x
      bb += bend
      bs += bend * x
      ss += bend * x * x
    }
    const size = bb * ss - bs * bs
    bias += (ss * gb - bs * gs) / size
    slope += (bb * gs - bs * gb) / size
  }
  return { bias, slope }
}
