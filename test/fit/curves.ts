// Fits calibration curves on links of held-out bags: a logistic of two coefficients by Newton's method.
import { type Curve, clampOdds, classOf, type SignalClass } from '../../src/unroll/calibrate.ts'
import { listChains } from '../../src/unroll/chains.ts'
import type { Solution } from '../../src/unroll/passes.ts'
import type { Sample } from './samples.ts'

const STEPS = 60

/** One bag solved by a model that has not seen its author. */
export interface Judged {
  readonly sample: Sample
  readonly solution: Solution
  readonly fold: number
  readonly theta: Float64Array
}

export type Question = 'link' | 'home'
export const QUESTIONS = ['link', 'home'] as const
export const CLASSES = ['ids', 'timeline', 'times', 'page', 'numbers', 'text'] as const
export type Curves = Record<Question, Record<SignalClass, Curve>>

type Point = readonly [odds: number, isRight: number]

export function fitCurves(list: readonly Judged[]): Curves {
  const byClass = (question: Question) =>
    Object.fromEntries(CLASSES.map((kind) => [kind, fitCurve(points(list, kind, question))])) as Record<
      SignalClass,
      Curve
    >
  return { link: byClass('link'), home: byClass('home') }
}

/** Odds of each made link beside whether it is right: the exact link, or only the thread. */
function points(list: readonly Judged[], kind: SignalClass, question: Question): readonly Point[] {
  return list
    .filter(({ sample }) => classOf(sample.bag) === kind)
    .flatMap(({ sample, solution }) => {
      const thread = trueThreads(sample)
      const { against, leaving } = solution.doubts
      return [...solution.next].flatMap((j, i): Point[] => {
        if (j < 0) return []
        if (question === 'link') return [[clampOdds(-against[j]!), sample.trueNext[i] === j ? 1 : 0]]
        return [[clampOdds(-leaving[j]!), thread[i] === thread[j] ? 1 : 0]]
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

/** Two imagined links, one right and one wrong, and a pull of the slope to 1 keep a class without errors finite. */
function fitCurve(list: readonly Point[]): Curve {
  let [bias, slope] = [0, 1]
  for (let step = 0; step < STEPS; step++) {
    let [g0, g1, h00, h01, h11] = [2 / (1 + Math.exp(-bias)) - 1, (slope - 1) * 2, 0.5, 0, 2]
    for (const [x, y] of list) {
      const p = 1 / (1 + Math.exp(-(bias + slope * x)))
      const w = p * (1 - p)
      g0 += p - y
      g1 += (p - y) * x
      h00 += w
      h01 += w * x
      h11 += w * x * x
    }
    const det = h00 * h11 - h01 * h01
    bias -= Math.max(-1, Math.min(1, (h11 * g0 - h01 * g1) / det))
    slope -= Math.max(-0.5, Math.min(0.5, (h00 * g1 - h01 * g0) / det))
  }
  return { bias: Math.round(bias * 1000) / 1000, slope: Math.round(slope * 1000) / 1000 }
}
