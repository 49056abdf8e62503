// Fits the model's weights on the bags beside the repository, judges them on authors they have not seen, and writes
// weights.ts, certainty-weights.ts and loss-weights.ts of src/unroll: `npm run fit`. Full batches and fixed starts: the same
// bags give the same files. With a level and a number as arguments it shows that many held-out errors and writes nothing.
import { judgeHome } from '../../src/unroll/solve/calibrate.ts'
import { judgeLink, standingOf } from '../../src/unroll/solve/certainty.ts'
import { listChains } from '../../src/unroll/solve/chains.ts'
import { toLists } from '../../src/unroll/solve/mend.ts'
import { solveBag } from '../../src/unroll/solve/passes.ts'
import { findGaps } from '../../src/unroll/threads/gaps.ts'
import { type Calibration, fitCalibration, type Judged } from './curves.ts'
import { showErrors } from './errors.ts'
import { type Choice, fitLosses, listChoices, toNumbered } from './losses.ts'
import { makeTimelines } from './made-timelines.ts'
import { groupBags, makeSample, type Sample, SignalNames } from './samples.ts'
import { LEVELS, readTangle, TANGLE, type TangleBag } from './tangle.ts'
import { cutTimelines, readTimelines } from './timelines.ts'
import { addChoices, ChoiceBuilder, type Choices, likelihood, trainChoices } from './whole.ts'
import { writeCertainty, writeLosses, writeWeights } from './write.ts'

const L2 = 0.4
/** One in so many bags of made timelines is learnt from. */
const MADE_SHARE = 3
/** Timelines have few authors here: what they shift is held near the model of the bags. */
const TIMELINE_L2 = 0.5
const STEPS = 400
const TIMELINE_STEPS = 250
const FOLDS = 7
const LEAST_P = 0.5

/** The model, and the model as it is in timelines: fitted from the first one, so that what they do not tell stays. */
interface Fitted {
  readonly bags: Float64Array
  readonly timelines: Float64Array
}

const names = new SignalNames()
const timelines = readTimelines()
const made = makeTimelines(timelines.map(({ name }) => name))
const samples = [...readTangle(), ...cutTimelines(timelines), ...cutTimelines(made).filter(isTaught)].map(makeSample)
const choices = samples.map(choicesOf)

/** Made timelines have fewer singles than life: all of them would outvote the whole ones. */
function isTaught(_bag: TangleBag, k: number): boolean {
  return k % MADE_SHARE === 0
}

function choicesOf(sample: Sample): Choices {
  const builder = new ChoiceBuilder(names)
  addChoices(sample.bag, toLists(sample.bag, Int32Array.from(sample.trueNext), nobody(sample)), builder)
  return builder.done()
}

function nobody(sample: Sample): Int32Array {
  return new Int32Array(sample.bag.size).fill(-1)
}

function toWeights(theta: Float64Array): Map<string, number> {
  return new Map(names.names.map((name, k) => [name, theta[k] ?? 0]))
}

function fitModel(isIn: (k: number) => boolean): Fitted {
  const pick = (timeline: boolean): Choices[] =>
    choices.filter((_, k) => isIn(k) && samples[k]!.bag.isTimeline === timeline)
  const bags = trainChoices(pick(false), names.names, L2, STEPS)
  return { bags, timelines: trainChoices(pick(true), names.names, TIMELINE_L2, TIMELINE_STEPS, bags) }
}

/** The fold of each sample: authors stay whole, large ones are dealt out first. */
function splitFolds(): readonly number[] {
  const groups = groupBags(samples.map((sample) => sample.source))
  const sizes = new Map<number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const load: number[] = Array(FOLDS).fill(0)
  const fold = new Map<number, number>()
  for (const [group, size] of [...sizes].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
    const least = load.indexOf(Math.min(...load))
    fold.set(group, least)
    load[least]! += size
  }
  return [...groups].map((group) => fold.get(group) ?? 0)
}

function judgeFolds(): readonly Judged[] {
  const folds = splitFolds()
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const model = fitModel((k) => folds[k] !== fold)
    return samples.flatMap((sample, k) => {
      if (folds[k] !== fold) return []
      const theta = sample.bag.isTimeline ? model.timelines : model.bags
      return [{ sample, fold, theta, solution: solveBag(sample.bag, nobody(sample), toWeights(theta)) }]
    })
  })
}

/** Outside of its author's bag a page says nothing here. */
const BARE = { declaredTotal: null, isPreview: false, absentParent: null }

/** The document the scorer reads, with certainties and losses fitted without this fold. */
function answerOf({ sample, solution }: Judged, calibration: Calibration, losses: ReadonlyMap<string, number>) {
  const standing = standingOf(sample.bag, solution)
  const { kind } = standing
  const p = sample.lines.map((_, j) => judgeLink(standing, j, calibration.certainty))
  const home = [...solution.doubts.leaving].map((leaving) => judgeHome(kind, leaving, calibration.home[kind]))
  const next = solution.next.map((j) => (j >= 0 && home[j]! >= LEAST_P ? j : -1))
  const threads = listChains(next).map((chain) => ({
    posts: chain.map((x, at) => ({
      sources: sample.lines[x]!.map((line) => ({ line })),
      link: at === 0 ? null : { p: p[x] },
    })),
    gaps: findGaps(
      chain.map((x, at) => toNumbered(sample, x, at === 0 ? null : p[x]!)),
      BARE,
      losses,
    ),
  }))
  return { threads }
}

async function printScores(judged: readonly Judged[], stretches: readonly (readonly Choice[])[]): Promise<void> {
  const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)
  const results = new Map<string, unknown[]>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const calibration = fitCalibration(judged.filter((one) => one.fold !== fold))
    const losses = fitLosses(judged.flatMap((one, k) => (one.fold === fold ? [] : stretches[k]!)))
    for (const one of judged.filter((other) => other.fold === fold)) {
      const { level, truth } = one.sample.source
      results.set(level, [...(results.get(level) ?? []), scoreBag(truth, answerOf(one, calibration, losses))])
    }
  }
  console.log(
    'held-out authors, percent: level, exact sets, exact orders, links, gaps, ECE, share of links at p >= 0.95, right among them, nats a choice',
  )
  for (const level of [...LEVELS, 'T']) {
    const r = summarise(results.get(level))
    console.log(level, r.setF1, r.orderedF1, r.linkF1, r.gapF1, r.ece, r.sure, r.sureRight, likelihoodOf(judged, level))
  }
}

/** How likely held-out choices are, in nats a choice: it wavers less than counts of whole threads. */
function likelihoodOf(judged: readonly Judged[], level: string): number {
  const sums = judged
    .filter(({ sample }) => sample.source.level === level)
    .map(({ sample, theta }) => likelihood(choices[samples.indexOf(sample)]!, theta))
  const total = sums.reduce((sum, [own]) => sum + own, 0)
  return Math.round((total / sums.reduce((sum, [, count]) => sum + count, 0)) * 1e4) / 1e4
}

const judged = judgeFolds()
/** Timelines lost nothing that we know of: they say nothing about losses. */
const stretches = judged.map(({ sample }) => (sample.source.level === 'T' ? [] : listChoices(sample)))
await printScores(judged, stretches)
const [level, most] = process.argv.slice(2)
if (level !== undefined) showErrors(judged, level, Number(most ?? 10), toWeights)
else {
  const model = fitModel(() => true)
  writeWeights(toWeights(model.bags), toWeights(model.timelines))
  writeCertainty(fitCalibration(judged))
  writeLosses(fitLosses(stretches.flat()))
}
