// Fits the model's weights on the tangle bags beside the repository, judges them on authors they have not seen, and
// writes src/unroll/weights.ts: `npm run fit`. Full batches and fixed starts: the same bags give the same file.
import { writeFileSync } from 'node:fs'
import { type Curve, calibrate, clampOdds, classOf, type SignalClass } from '../../src/unroll/calibrate.ts'
import { listChains } from '../../src/unroll/chains.ts'
import { makeScore } from '../../src/unroll/joins.ts'
import { toLists } from '../../src/unroll/mend.ts'
import { type Solution, solveBag, totalOf } from '../../src/unroll/passes.ts'
import { groupBags, makeSample, type Sample, SignalNames } from './samples.ts'
import { LEVELS, readTangle, TANGLE } from './tangle.ts'
import { readTimelineBags } from './timelines.ts'
import { addChoices, ChoiceBuilder, type Choices, trainChoices } from './whole.ts'

const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)
const L2 = Number(process.env['L2'] ?? 0.4)
const TIMELINE_L2 = Number(process.env['TL2'] ?? 0.3)
const FOLDS = Number(process.env['FOLDS'] ?? 7)
const LEAST_P = Number(process.env['LEAST'] ?? 0.5)
const bags = [...readTangle(), ...readTimelineBags()]
const names = new SignalNames()
const samples = bags.map(makeSample)
const choices: Choices[] = samples.map((s) => {
  const builder = new ChoiceBuilder(names)
  addChoices(s.bag, toLists(s.bag, Int32Array.from(s.trueNext), new Int32Array(s.bag.size).fill(-1)), builder)
  return builder.done()
})
const groups = groupBags(bags)
const none = (s: Sample): Int32Array => new Int32Array(s.bag.size).fill(-1)
const toWeights = (theta: Float64Array): Map<string, number> => new Map(names.names.map((n, k) => [n, theta[k] ?? 0]))

function splitFolds(): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const g of groups) sizes.set(g, (sizes.get(g) ?? 0) + 1)
  const load = Array(FOLDS).fill(0)
  const fold = new Map<number, number>()
  for (const g of [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b)) {
    const f = load.indexOf(Math.min(...load))
    fold.set(g, f)
    load[f] += sizes.get(g)!
  }
  return fold
}

interface Judged {
  readonly sample: Sample
  readonly solution: Solution
  readonly fold: number
  readonly theta: Float64Array
}
const foldOf = splitFolds()
const judged: Judged[] = []
/** The model, and the model as it is in timelines: fitted from the first one, so that what they do not tell stays. */
interface Fitted {
  readonly bags: Float64Array
  readonly timelines: Float64Array
}

function fitModel(isIn: (k: number) => boolean): Fitted {
  const pick = (timeline: boolean): Choices[] =>
    choices.filter((_, k) => isIn(k) && samples[k]!.bag.isTimeline === timeline)
  const base = trainChoices(pick(false), names.names, L2)
  return { bags: base, timelines: trainChoices(pick(true), names.names, TIMELINE_L2, base) }
}

const weightsFor = (sample: Sample, model: Fitted): Float64Array =>
  sample.bag.isTimeline ? model.timelines : model.bags

for (let fold = 0; fold < FOLDS; fold++) {
  const model = fitModel((k) => foldOf.get(groups[k]!) !== fold)
  samples.forEach((sample, k) => {
    if (foldOf.get(groups[k]!) !== fold) return
    const theta = weightsFor(sample, model)
    judged.push({ sample, fold, theta, solution: solveBag(sample.bag, none(sample), toWeights(theta)) })
  })
}

// calibration on held-out links
function fitCurve(points: readonly (readonly [number, number])[]): Curve {
  let [bias, slope] = [0, 1]
  for (let step = 0; step < 60; step++) {
    let [g0, g1, h00, h01, h11] = [0, (slope - 1) * 2, 1e-6, 0, 2]
    for (const [x, y] of points) {
      const p = 1 / (1 + Math.exp(-(bias + slope * x)))
      const w = p * (1 - p)
      g0 += p - y
      g1 += (p - y) * x
      h00 += w
      h01 += w * x
      h11 += w * x * x
    }
    // Two imagined links, one right and one wrong, keep a class without errors finite.
    g0 += 2 / (1 + Math.exp(-bias)) - 1
    h00 += 0.5
    const det = h00 * h11 - h01 * h01
    bias -= Math.max(-1, Math.min(1, (h11 * g0 - h01 * g1) / det))
    slope -= Math.max(-0.5, Math.min(0.5, (h00 * g1 - h01 * g0) / det))
  }
  return { bias: Math.round(bias * 1000) / 1000, slope: Math.round(slope * 1000) / 1000 }
}
type Question = 'link' | 'home'
const QUESTIONS = ['link', 'home'] as const
const CLASSES = ['ids', 'timeline', 'times', 'page', 'numbers', 'text'] as const
type Curves = Record<Question, Record<SignalClass, Curve>>

/** Odds of each made link beside whether it is right: the exact link, or only the thread. */
function points(list: readonly Judged[], kind: SignalClass, question: Question): (readonly [number, number])[] {
  return list
    .filter((j) => classOf(j.sample.bag) === kind)
    .flatMap(({ sample, solution }) => {
      const thread = trueThreads(sample)
      const { against, leaving } = solution.doubts
      return [...solution.next].flatMap((j, i) => {
        if (j < 0) return []
        if (question === 'link') return [[clampOdds(-against[j]!), sample.trueNext[i] === j ? 1 : 0] as const]
        return [[clampOdds(-leaving[j]!), thread[i] === thread[j] ? 1 : 0] as const]
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

function curvesOf(list: readonly Judged[]): Curves {
  const byClass = (question: Question) =>
    Object.fromEntries(CLASSES.map((kind) => [kind, fitCurve(points(list, kind, question))])) as Record<
      SignalClass,
      Curve
    >
  return { link: byClass('link'), home: byClass('home') }
}
const curves = curvesOf(judged)
const results = new Map<string, unknown[]>()
for (let fold = 0; fold < FOLDS; fold++) {
  const own = curvesOf(judged.filter((j) => j.fold !== fold))
  for (const { sample, solution } of judged.filter((j) => j.fold === fold)) {
    const kind = classOf(sample.bag)
    const p = [...solution.doubts.against].map((a) => calibrate(own.link[kind], a))
    const home = [...solution.doubts.leaving].map((a) => calibrate(own.home[kind], a))
    const next = solution.next.map((j) => (j >= 0 && home[j]! >= LEAST_P ? j : -1))
    const threads = listChains(next).map((c) => ({
      posts: c.map((x, at) => ({
        sources: sample.lines[x]!.map((line) => ({ line })),
        link: at === 0 ? null : { p: p[x] },
      })),
      gaps: [],
    }))
    const list = results.get(sample.source.level) ?? []
    results.set(sample.source.level, list)
    list.push(scoreBag(sample.source.truth, { threads }))
  }
}
for (const level of [...LEVELS, 'T']) {
  const r = summarise(results.get(level))
  console.log(
    level,
    'set',
    r.setF1,
    'ord',
    r.orderedF1,
    'link',
    r.linkF1,
    'ece',
    r.ece,
    'sure',
    r.sure,
    'right',
    r.sureRight,
  )
}
console.log(JSON.stringify(curves))
if (process.env['WRITE']) {
  const model = fitModel(() => true)
  const list = (theta: Float64Array): string =>
    names.names
      .map((name, k) => [name, Math.round(theta[k]! * 100) / 100] as const)
      .filter(([, weight]) => weight !== 0)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1))
      .map(([name, weight]) => `  '${name}': ${weight},`)
      .join('\n')
  const text = `// The fitted model. Written by \`npm run fit\`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of evidence.ts, evidence-words.ts and structure.ts, in natural log-odds. */
export const WEIGHTS: Readonly<Record<string, number>> = {
${list(model.bags)}
}

/** What is added to them in timelines: dated posts, few of them numbered, most of them alone. */
export const IN_TIMELINES: Readonly<Record<string, number>> = {
${list(model.timelines.map((weight, k) => weight - model.bags[k]!))}
}

/** Calibration by what orders the posts: of a link, and of belonging to the thread at all. */
export const CURVES = {
${QUESTIONS.map((q) => `  ${q}: {\n${CLASSES.map((c) => `    ${c}: { bias: ${curves[q][c].bias}, slope: ${curves[q][c].slope} },`).join('\n')}\n  },`).join('\n')}
} as const
`
  writeFileSync(new URL('../../src/unroll/weights.ts', import.meta.url), text)
}

if (process.env['SHOW']) {
  const [level, most] = process.env['SHOW'].split(',')
  const show = (t: string) => {
    const x = t.replace(/\n/g, '⏎')
    return x.length > 90 ? `${x.slice(0, 55)} … ${x.slice(-32)}` : x
  }
  let shown = 0
  for (const { sample: s, solution, theta } of judged) {
    if (s.source.level !== level || shown >= Number(most)) continue
    const score = makeScore(s.bag, none(s), toWeights(theta))
    const value = (next: Int32Array) => totalOf(next, score)
    if (solution.next.every((j, i) => j === s.trueNext[i])) continue
    shown++
    console.log(
      '#####',
      s.source.name.slice(-14),
      'found',
      value(solution.next).toFixed(2),
      'truth',
      value(s.trueNext).toFixed(2),
    )
    const line = (x: number) => s.lines[x]![0]!
    const key = (c: readonly number[]) => [...c].sort((a, b) => a - b).join()
    const good = new Set(listChains(s.trueNext).map(key))
    for (const c of listChains(solution.next))
      if (!good.has(key(c)))
        console.log(
          '   found',
          c
            .map(
              (x) =>
                `${line(x)}${s.bag.number[x]! >= 0 ? `[${s.bag.number[x]}${s.bag.total[x]! >= 0 ? `/${s.bag.total[x]}` : ''}]` : ''}`,
            )
            .join(' '),
          score([], { posts: c, closed: true }).toFixed(2),
        )
    const mine = new Set(listChains(solution.next).map(key))
    for (const c of listChains(s.trueNext))
      if (!mine.has(key(c))) {
        console.log(
          '   truth',
          score([], { posts: c, closed: true }).toFixed(2),
          JSON.stringify(s.source.truth.gaps.filter((g) => c.some((x) => s.lines[x]!.includes(g[0]!)))),
        )
        for (const x of c) console.log('      ', line(x), show(s.source.texts[line(x) - 1]!))
      }
  }
}
