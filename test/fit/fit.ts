// Fits the model's weights on the bags beside the repository, judges them on authors they have not seen, and writes
// weights.ts, certainty-weights.ts and loss-weights.ts of src/unroll: `npm run fit`. Full batches and fixed starts: the
// same bags give the same files. With a level and a number as arguments it shows that many held-out errors and writes
// nothing.

import { findGaps } from '../../src/unroll/gaps/gaps.ts'
import { homeClassOf, judgeHome } from '../../src/unroll/solve/certainty/calibrate.ts'
import { judgeLink, toSolvedBag } from '../../src/unroll/solve/certainty/certainty.ts'
import { listChains } from '../../src/unroll/solve/chains.ts'
import { solveBag } from '../../src/unroll/solve/passes.ts'
import { toChains } from '../../src/unroll/solve/search/arrangement.ts'
import { type Calibration, fitCalibration, fitTies, type Judged } from './curves.ts'
import { showErrors } from './errors.ts'
import { type Choice, fitLosses, listChoices, toNumbered } from './losses.ts'
import { makeTimelines } from './made-timelines.ts'
import { mixBags } from './mixtures.ts'
import { groupBags, makeSample, type Sample, SignalNames } from './samples.ts'
import { spliceBags } from './spliced-bags.ts'
import { SPLICE_KINDS } from './splices.ts'
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
/** Folds that have about as many different bags of each level as the others together. */
const FIRST_HALF: ReadonlySet<number> = new Set([0, 2, 6])
const LEAST_P = 0.5
/** Levels whose threads are cut into pieces: those that have three of four numbered posts as a rule. */
const SPLICED = new Set(['B', 'D', 'E', 'H', 'I'])

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
  addChoices(sample.bag, toChains(sample.bag, Int32Array.from(sample.trueNext), nobody(sample)), builder)
  return builder.done()
}

function nobody(sample: Sample): Int32Array {
  return new Int32Array(sample.bag.size).fill(-1)
}

function toWeights(theta: Float64Array): Map<string, number> {
  return new Map(names.names.map((name, k) => [name, theta[k] ?? 0]))
}

function pick(isIn: (k: number) => boolean, timeline: boolean): Choices[] {
  return choices.filter((_, k) => isIn(k) && samples[k]!.bag.isTimeline === timeline)
}

function fitBags(isIn: (k: number) => boolean): Float64Array {
  return trainChoices(pick(isIn, false), names.names, L2, STEPS)
}

function fitModel(isIn: (k: number) => boolean): Fitted {
  const bags = fitBags(isIn)
  return { bags, timelines: trainChoices(pick(isIn, true), names.names, TIMELINE_L2, TIMELINE_STEPS, bags) }
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

interface Folds {
  readonly judged: readonly Judged[]
  /** Pages of pieces of the same threads. */
  readonly spliced: readonly Judged[]
}

function judgeFolds(): Folds {
  const folds = splitFolds()
  const both = Array.from({ length: FOLDS }, (_, fold) => {
    const model = fitModel((k) => folds[k] !== fold)
    const judge = (sample: Sample): Judged => {
      const theta = sample.bag.isTimeline ? model.timelines : model.bags
      return { sample, fold, theta, solution: solveBag(sample.bag, nobody(sample), toWeights(theta)) }
    }
    const own = samples.filter((_, k) => folds[k] === fold)
    const pages = spliceBags(
      own.map(({ source }) => source).filter(({ level }) => SPLICED.has(level)),
      fold + 1,
    )
    return { judged: own.map(judge), spliced: pages.map(makeSample).map(judge) }
  })
  return { judged: both.flatMap(({ judged }) => judged), spliced: both.flatMap(({ spliced }) => spliced) }
}

/** Outside of its author's bag a page says nothing here. */
const BARE = { declaredTotal: null, isPreview: false, absentParent: null }

/** Bags of half the authors laid together, solved by a model of the other half; the fold is the half. */
function judgeMixtures(): readonly Judged[] {
  const folds = splitFolds()
  return [0, 1].flatMap((half) => {
    const isHere = (k: number): boolean => FIRST_HALF.has(folds[k] ?? 0) === (half === 0)
    const theta = fitBags((k) => !isHere(k))
    return mixBags(samples.flatMap(({ source }, k) => (isHere(k) ? [source] : [])))
      .map(makeSample)
      .map((sample) => ({
        sample,
        fold: half,
        theta,
        solution: solveBag(sample.bag, nobody(sample), toWeights(theta)),
      }))
      .filter(({ solution }) => solution.doubts.undrawn)
  })
}

/** What was learnt of certainty, and not of the judged. */
interface Belief {
  readonly calibration: Calibration
  readonly ties: ReadonlyMap<string, number>
  readonly losses: ReadonlyMap<string, number>
}

/** The document the scorer reads, with certainties and losses fitted without this fold. */
function answerOf({ sample, solution }: Judged, { calibration, ties, losses }: Belief) {
  const solved = toSolvedBag(sample.bag, solution)
  const { kind } = solved
  const p = sample.lines.map((_, j) => judgeLink(solved, j, calibration.certainty, ties))
  const homeClass = homeClassOf(kind, solved.undrawn)
  const home = [...solution.doubts.leaving].map((leaving) => judgeHome(homeClass, leaving, calibration.home[homeClass]))
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

async function printScores({ judged, spliced }: Folds, stretches: readonly (readonly Choice[])[]): Promise<void> {
  const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)
  const results = new Map<string, unknown[]>()
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = judged.filter((one) => one.fold !== fold)
    const calibration = fitCalibration(others)
    const ties = fitTies(
      others,
      spliced.filter((one) => one.fold !== fold),
      calibration,
    )
    const losses = fitLosses(judged.flatMap((one, k) => (one.fold === fold ? [] : stretches[k]!)))
    for (const one of [...judged, ...spliced].filter((other) => other.fold === fold)) {
      const { level, truth } = one.sample.source
      const score = scoreBag(truth, answerOf(one, { calibration, ties, losses }))
      results.set(level, [...(results.get(level) ?? []), score])
    }
  }
  console.log(
    'held-out authors, percent: level, exact sets, exact orders, links, gaps, ECE, share of links at p >= 0.95, right among them, nats a choice',
  )
  for (const level of [...LEVELS, 'T', ...SPLICE_KINDS]) {
    const r = summarise(results.get(level))
    console.log(level, r.setF1, r.orderedF1, r.linkF1, r.gapF1, r.ece, r.sure, r.sureRight, likelihoodOf(judged, level))
  }
}

/** Of bags too large to draw arrangements of; each half by calibrations fitted on the other. */
async function printMixtures(mixed: readonly Judged[], spliced: readonly Judged[]): Promise<void> {
  const { scoreBag, summarise } = await import(`${TANGLE}/score.mjs`)
  console.log(
    'mixed bags of 140 to 390 posts: level, posts, links, precision, recall, ECE, share at p >= 0.95, right among them',
  )
  const byHalf = [0, 1].map((half): Belief => {
    const others = mixed.filter(({ fold }) => fold !== half)
    const pieces = spliced.filter(({ fold }) => FIRST_HALF.has(fold) !== (half === 0))
    const calibration = fitCalibration(others)
    return { calibration, ties: fitTies(others, pieces, calibration), losses: new Map() }
  })
  for (const level of LEVELS) {
    const own = mixed.filter(({ sample }) => sample.source.level === level)
    if (own.length === 0) continue
    const scores = own.map((one) => scoreBag(one.sample.source.truth, answerOf(one, byHalf[one.fold]!)))
    const sum = (name: string): number => scores.reduce((total, score) => total + score[name], 0)
    const [hit, found, real] = [sum('linkHit'), sum('linkPredicted'), sum('linkReal')]
    const { ece, sure, sureRight } = summarise(scores)
    const posts = own.reduce((total, { sample }) => total + sample.bag.size, 0)
    console.log(level, posts, found, (hit / found).toFixed(3), (hit / real).toFixed(3), ece, sure, sureRight)
  }
}

/** How likely held-out choices are, in nats a choice: it wavers less than counts of whole threads. */
function likelihoodOf(judged: readonly Judged[], level: string): number | null {
  const sums = judged
    .filter(({ sample }) => sample.source.level === level)
    .map(({ sample, theta }) => likelihood(choices[samples.indexOf(sample)]!, theta))
  if (sums.length === 0) return null
  const total = sums.reduce((sum, [own]) => sum + own, 0)
  return Math.round((total / sums.reduce((sum, [, count]) => sum + count, 0)) * 1e4) / 1e4
}

const { judged, spliced } = judgeFolds()
/** Timelines lost nothing that we know of: they say nothing about losses. */
const stretches = judged.map(({ sample }) => (sample.source.level === 'T' ? [] : listChoices(sample)))
await printScores({ judged, spliced }, stretches)
const mixed = judgeMixtures()
await printMixtures(mixed, spliced)
const [level, most] = process.argv.slice(2)
if (level !== undefined) showErrors(judged, level, Number(most ?? 10), toWeights)
else {
  const model = fitModel(() => true)
  const calibration = fitCalibration([...judged, ...mixed])
  writeWeights(toWeights(model.bags), toWeights(model.timelines))
  writeCertainty(calibration, fitTies([...judged, ...mixed], spliced, calibration))
  writeLosses(fitLosses(stretches.flat()))
}
