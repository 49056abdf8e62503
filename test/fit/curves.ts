// Fits calibration on links of held-out bags: how sure a link is, from its standing, and how sure a post belongs to its
// thread, from its odds. Both are logistics by Newton's method, pulled to "odds mean what they say".
import {
  type Curve,
  clampOdds,
  classOf,
  type HomeClass,
  homeClassOf,
} from '../../src/unroll/solve/certainty/calibrate.ts'
import { isByNumbers, judgeLink, tallyCertainty, toSolvedBag } from '../../src/unroll/solve/certainty/certainty.ts'
import { tallyTies } from '../../src/unroll/solve/certainty/ties.ts'
import { listChains } from '../../src/unroll/solve/chains.ts'
import type { Solution } from '../../src/unroll/solve/passes.ts'
import type { Sample } from './samples.ts'

const STEPS = 60
/** No coefficient moves further in one step. */
const LONGEST_STEP = 0.5
const PULL = { bias: 0.5, odds: 2, other: 1 } as const

/** One bag solved by a model that has not seen its author. */
export interface Judged {
  readonly sample: Sample
  readonly solution: Solution
  readonly fold: number
  readonly theta: Float64Array
}

export const CLASSES = [
  ...(['ids', 'timeline', 'times', 'page', 'numbers', 'text'] as const),
  ...(['undrawn-times', 'undrawn-page', 'undrawn-numbers', 'undrawn-text'] as const),
] as const

export interface Calibration {
  readonly certainty: ReadonlyMap<string, number>
  readonly home: Readonly<Record<HomeClass, Curve>>
}

interface Point {
  readonly signals: ReadonlyMap<string, number>
  readonly isRight: boolean
  /** How often it counts; absent: once. */
  readonly weight?: number
}

/** Only what is said to be right with more is learnt from: what links are at most, not what they are. */
const SAID_AT_LEAST = 0.9
/**
 * By judgement: how often a link of a page of pieces counts beside one of the bags, where every thread is as whole as it
 * was read. Posts that belong to no thread are frequent on pages, and none are in the bags.
 */
const PIECES_COUNT = 0.08
const STRANGERS_COUNT = 0.1

/** What is believed at most of links that rest on numbers: of bags of whole threads, and of pages of pieces. */
export function fitTies(
  whole: readonly Judged[],
  pieces: readonly Judged[],
  { certainty }: Calibration,
): ReadonlyMap<string, number> {
  const pointsOf = (list: readonly Judged[], isPiece: boolean): readonly Point[] =>
    list.flatMap((one) => tiePoints(one, certainty, isPiece))
  return fitLogistic([...pointsOf(whole, false), ...pointsOf(pieces, true)])
}

function tiePoints({ sample, solution }: Judged, certainty: Calibration['certainty'], isPiece: boolean) {
  const { bag, trueNext } = sample
  const solved = toSolvedBag(bag, solution)
  return [...solution.next].flatMap((j, i): readonly Point[] => {
    if (j < 0 || !isByNumbers(solved, j) || judgeLink(solved, j, certainty, NO_TIES) < SAID_AT_LEAST) return []
    const signals = new Map<string, number>()
    if (!tallyTies(bag, solved, j, (name, value) => signals.set(name, value))) return []
    const weight = !isPiece ? 1 : signals.has('tie-bare') ? STRANGERS_COUNT : PIECES_COUNT
    return [{ signals, isRight: trueNext[i] === j, weight }]
  })
}

const WAYS: ReadonlySet<string> = new Set(['tie-next', 'tie-hole', 'tie-bare'])
/** Believes everything. */
const NO_TIES: ReadonlyMap<string, number> = new Map([...WAYS].map((way) => [way, Number.POSITIVE_INFINITY]))

export function fitCalibration(list: readonly Judged[]): Calibration {
  const home = CLASSES.map((kind) => {
    const fitted = fitLogistic(homePoints(list, kind))
    return [kind, { bias: round(fitted.get('by-bias') ?? 0), slope: round(fitted.get('odds') ?? 1) }] as const
  })
  return {
    certainty: fitLogistic(list.flatMap(linkPoints)),
    home: Object.fromEntries(home) as Record<HomeClass, Curve>,
  }
}

function linkPoints({ sample, solution }: Judged): readonly Point[] {
  const solved = toSolvedBag(sample.bag, solution)
  return [...solution.next].flatMap((j, i) => {
    if (j < 0) return []
    const signals = new Map<string, number>()
    tallyCertainty(solved, j, (name, value) => signals.set(name, (signals.get(name) ?? 0) + value))
    return [{ signals, isRight: sample.trueNext[i] === j }]
  })
}

function homePoints(list: readonly Judged[], kind: HomeClass): readonly Point[] {
  return list
    .filter(({ sample, solution }) => homeClassOf(classOf(sample.bag), solution.doubts.undrawn) === kind)
    .flatMap(({ sample, solution }) => {
      const thread = trueThreads(sample)
      return [...solution.next].flatMap((j, i) => {
        if (j < 0) return []
        const odds = clampOdds(-solution.doubts.leaving[j]!)
        const signals = new Map([
          ['by-bias', 1],
          ['odds', odds],
        ])
        return [{ signals, isRight: thread[i] === thread[j] }]
      })
    })
}

function trueThreads(sample: Sample): readonly number[] {
  const thread: number[] = []
  listChains(sample.trueNext).forEach((chain, at) => {
    for (const x of chain) thread[x] = at
  })
  return thread
}

const MEAN_ONE: ReadonlySet<string> = new Set(['odds', 'drawn-odds', 'odds-in-timeline'])
const plainOf = (name: string): string => name.replace('undrawn-', '')
/** What nothing speaks against is believed: odds of 148. */
const BELIEVED = 5
function meanOf(name: string): number {
  if (WAYS.has(name)) return BELIEVED
  return MEAN_ONE.has(plainOf(name)) ? 1 : 0
}

function pullOf(name: string): number {
  const plain = plainOf(name)
  if (plain.startsWith('by-')) return PULL.bias
  return plain.startsWith('odds') || plain.startsWith('drawn') ? PULL.odds : PULL.other
}

/** The pulls keep a class without errors finite. */
function fitLogistic(points: readonly Point[]): ReadonlyMap<string, number> {
  const names = [...new Set(points.flatMap(({ signals }) => [...signals.keys()]))].sort()
  const place = new Map(names.map((name, k) => [name, k]))
  const rows = points.map(({ signals, isRight, weight = 1 }) => ({
    weight,
    terms: [...signals].map(([name, value]) => [place.get(name)!, value] as const),
    y: isRight ? 1 : 0,
  }))
  const theta = names.map(meanOf)
  for (let step = 0; step < STEPS; step++) {
    const gradient = names.map((name, k) => pullOf(name) * (theta[k]! - meanOf(name)))
    const curvature = names.map((name, k) => names.map((_, n) => (n === k ? pullOf(name) : 0)))
    for (const { terms, y, weight } of rows) {
      const p = 1 / (1 + Math.exp(-terms.reduce((sum, [k, value]) => sum + theta[k]! * value, 0)))
      for (const [k, value] of terms) {
        gradient[k]! += weight * (p - y) * value
        for (const [n, other] of terms) curvature[k]![n]! += weight * p * (1 - p) * value * other
      }
    }
    solve(curvature, gradient).forEach((change, k) => {
      theta[k]! -= Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, change))
    })
  }
  return new Map(names.map((name, k) => [name, theta[k]!]))
}

/** Gauss-Jordan on a positive definite matrix; both arguments are used up. */
function solve(matrix: number[][], right: number[]): number[] {
  for (let k = 0; k < right.length; k++) {
    const pivot = matrix[k]![k]!
    for (let row = 0; row < right.length; row++) {
      const factor = row === k ? 0 : matrix[row]![k]! / pivot
      if (factor === 0) continue
      for (let n = k; n < right.length; n++) matrix[row]![n]! -= factor * matrix[k]![n]!
      right[row]! -= factor * right[k]!
    }
  }
  return right.map((value, k) => value / matrix[k]![k]!)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
