// Writes what was fitted into src/unroll, as tables a person can read and compare.
import { writeFileSync } from 'node:fs'
import { ANSWER_SIGNALS, OPEN_SIGNALS } from '../../src/unroll/timelines/signals.ts'
import type { StreamModel, TimelineModel } from '../../src/unroll/timelines/solve-timeline.ts'
import { type Calibration, CLASSES } from './curves.ts'

type Weights = ReadonlyMap<string, number>

export function writeWeights(bags: Weights, timelines: Weights): void {
  const shift = new Map([...timelines].map(([name, weight]) => [name, weight - (bags.get(name) ?? 0)]))
  write(
    'evidence/weights/weights.ts',
    'The fitted model.',
    `/** Weights of the signals of evidence.ts, evidence/words/word-signals.ts and structure.ts, in natural log-odds. */
export const WEIGHTS: Readonly<Record<string, number>> = {
${list(bags)}}

/** What is added to them in timelines: dated posts, few of them numbered, most of them alone. */
export const IN_TIMELINES: Readonly<Record<string, number>> = {
${list(shift)}}
`,
  )
}

export function writeCertainty({ certainty, home }: Calibration, ties: Weights): void {
  const curves = CLASSES.map(
    (kind) =>
      `  ${kind.includes('-') ? `'${kind}'` : kind}: { bias: ${home[kind].bias}, slope: ${home[kind].slope} },\n`,
  )
  write(
    'solve/certainty/certainty-weights.ts',
    'The fitted calibration.',
    `/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
${list(certainty)}}

/** Weights of the signals of ties.ts: what is believed at most of links that rest on numbers. */
export const TIES: Readonly<Record<string, number>> = {
${list(ties)}}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
${curves.join('')}} as const
`,
  )
}

export function writeLosses(losses: Weights): void {
  write(
    'gaps/loss-weights.ts',
    'The fitted weights of losses.ts.',
    `/** In natural log-odds against "nothing was lost here". */
export const LOSS_WEIGHTS: Readonly<Record<string, number>> = {
${list(losses)}}
`,
  )
}

export function writeTimelines({ open, answers, rates, trust }: TimelineModel): void {
  const table = (names: readonly string[], { weights, bonus }: StreamModel): string =>
    list(new Map([...names.map((name, s) => [name, weights[s] ?? 0] as const), ['goes-on', bonus]]))
  const row = (values: readonly number[]): string => values.map((value) => value.toExponential(2)).join(', ')
  write(
    'timelines/timeline-weights.ts',
    'The fitted model of long timelines.',
    `/**
 * Weights of a step between posts that speak to everybody, in natural log-odds; \`goes-on\` where two links follow each
 * other.
 */
export const OPEN: Readonly<Record<string, number>> = {
${table(OPEN_SIGNALS, open)}}

/** The same of a step between answers. */
export const ANSWERS: Readonly<Record<string, number>> = {
${table(ANSWER_SIGNALS, answers)}}

/** How often a thread goes on, and an unrelated post comes, by the pause: see pauses.ts. */
export const USUAL_RATES: { readonly goOn: readonly number[]; readonly unrelated: readonly number[] } = {
  goOn: [${row(rates.goOn)}],
  unrelated: [${row(rates.unrelated)}],
}

/** Log-odds of p = bias + slope × log-odds found. */
export const TRUST = { bias: ${round(trust.bias)}, slope: ${round(trust.slope)} }
`,
  )
}

const round = (value: number): number => Math.round(value * 100) / 100

/** One signal a line, by name; what rounds to nothing is left out. */
function list(weights: Weights): string {
  return [...weights]
    .map(([name, weight]) => [name, Math.round(weight * 100) / 100] as const)
    .filter(([, weight]) => weight !== 0)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([name, weight]) => `  '${name}': ${weight},\n`)
    .join('')
}

function write(file: string, title: string, body: string): void {
  const text = `// ${title} Written by \`npm run fit\`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

${body}`
  writeFileSync(new URL(`../../src/unroll/${file}`, import.meta.url), text)
}
