// The choices made once for a whole scrape: which numbering it uses and on which side, what separates posts, and how
// long a post may be. Each choice is the one under which the best cut of the text is likeliest.

import { saysEnd } from '../markers/candidates/cues.ts'
import { findBest } from './lattice.ts'
import { X_LIMIT } from './length.ts'
import { type NumberedRow, prepareSpans, type SeparatorStyle, type Style } from './model.ts'
import { assignParts, type Numbering, numberingKeys, scoreNumbers, twinNumberings } from './numbering.ts'
import type { Row } from './rows.ts'

interface Fit {
  readonly style: Style
  readonly numberings: readonly Numbering[]
}

/** The style of a document shows in its first lines; more are not fitted. */
const FIT_ROWS = 3000

const NEUTRAL = separators([0.34, 0.33, 0.32, 0.01], [0.3, 0.3, 0.1, 0.3])
const TWO_BLANKS = separators([0.02, 0.08, 0.89, 0.01], [0.25, 0.55, 0.05, 0.15])
/**
 * What stands between and inside posts, with how often: a blank line, two, and rarely (Readability) one against two.
 */
const SEPARATORS: readonly (readonly [style: SeparatorStyle, prior: number])[] = [
  [NEUTRAL, Math.log(0.4)],
  [separators([0.04, 0.89, 0.06, 0.01], [0.55, 0.2, 0.05, 0.2]), Math.log(0.3)],
  [TWO_BLANKS, Math.log(0.25)],
  [separators([0.03, 0.93, 0.03, 0.01], [0.1, 0.33, 0.55, 0.02]), Math.log(0.05)],
]
/** Where the page itself marks the posts off, a blank line is a paragraph. */
const DECLARED = separators([0.002, 0.002, 0.002, 0.001], [0.5, 0.4, 0.08, 0.02])
const DECLARED_SHARE = 0.2
const MIN_DECLARED = 3
const MIN_SINGLE_BLANKS = 3
/** X, Mastodon and Threads, and long posts; most text is from X. */
const LIMITS: readonly (readonly [limit: number | null, prior: number])[] = [
  [X_LIMIT, Math.log(0.9)],
  [500, Math.log(0.06)],
  [null, Math.log(0.04)],
]
/** Share of posts without a marker: where markers stand on own lines next to none; else often a fifth. */
const UNMARKED_SHARES = [
  [0.025, Math.log(0.7)],
  [0.25, Math.log(0.3)],
] as const

/** Finds the style under which the rows are likeliest. */
export function fitStyle(rows: readonly Row[]): Fit {
  const sample = rows.slice(0, FIT_ROWS)
  const start: Fit = { style: startStyle(sample), numberings: [] }
  const numbered = chooseNumberings(sample, start)
  const styled = chooseStyle(sample, numbered)
  return chooseNumberings(sample, { style: styled.style, numberings: [] })
}

/** The rows between two hard cuts; an end sign cuts behind itself. */
export function splitRuns(parts: readonly NumberedRow[]): readonly (readonly NumberedRow[])[] {
  const runs: NumberedRow[][] = []
  let isOpen = false
  for (const part of parts) {
    const run = runs.at(-1)
    if (run === undefined || !isOpen || part.row.hard) runs.push([part])
    else run.push(part)
    isOpen = !saysEndBehind(part)
  }
  return runs
}

/** Whether a row says END, but for where the next paragraphs stand behind it: `7/END The last …`, `END/ The last …`. */
function saysEndBehind({ row: { marker, line }, role }: NumberedRow): boolean {
  if (marker === null || marker.cue !== 'end') return false
  return marker.form === 'end' ? role === 'closes' : saysEnd(line.text.slice(marker.end))
}

export function isNumbered(run: readonly NumberedRow[]): boolean {
  return run.some((part) => part.number !== null)
}

function chooseNumberings(rows: readonly Row[], from: Fit): Fit {
  let best = { fit: from, score: scoreFit(rows, from) }
  for (const key of numberingKeys(rows))
    for (const side of ['closes', 'opens'] as const) {
      const numberings = [...best.fit.numberings.filter((other) => other.key !== key), { key, side }]
      best = better(rows, best, { ...best.fit, numberings })
    }
  for (const numberings of twinNumberings(rows)) best = better(rows, best, { ...best.fit, numberings })
  return best.fit
}

function chooseStyle(rows: readonly Row[], from: Fit): Fit {
  let best = { fit: from, score: scoreFit(rows, from) }
  for (const separators of separatorChoices(rows, from.style))
    best = better(rows, best, withStyle(best.fit, { separators }))
  for (const [limit] of LIMITS.slice(1)) best = better(rows, best, withStyle(best.fit, { limit }))
  for (const [unmarked] of UNMARKED_SHARES.slice(1)) best = better(rows, best, withStyle(best.fit, { unmarked }))
  return best.fit
}

/**
 * Authors who part paragraphs by a blank line do so more often than they end posts. Where two blank lines are the more
 * frequent, they are paragraphs and one ends a post (Readability writes <br><br> so, 2026).
 */
function separatorChoices(rows: readonly Row[], style: Style): readonly SeparatorStyle[] {
  if (style.separators === DECLARED) return []
  const single = rows.filter((row) => row.separator === 'blank').length
  const double = rows.filter((row) => row.separator === 'blanks').length
  const isTurned = single >= MIN_SINGLE_BLANKS && double > single
  return SEPARATORS.map(([separators]) => separators).filter((separators) => !isTurned || separators !== TWO_BLANKS)
}

interface Scored {
  readonly fit: Fit
  readonly score: number
}

function better(rows: readonly Row[], best: Scored, fit: Fit): Scored {
  const score = scoreFit(rows, fit)
  return score > best.score ? { fit, score } : best
}

function scoreFit(rows: readonly Row[], { style, numberings }: Fit): number {
  const runs = splitRuns(assignParts(rows, numberings))
  const prior =
    priorOf(SEPARATORS, style.separators) + priorOf(LIMITS, style.limit) + priorOf(UNMARKED_SHARES, style.unmarked)
  return runs.reduce((sum, run) => {
    const cut = findBest(prepareSpans(run, style, isNumbered(run)))
    return sum + cut.bestScore + scoreNumbers(run)
  }, prior)
}

function priorOf<T>(choices: readonly (readonly [value: T, prior: number])[], value: T): number {
  return choices.find(([choice]) => choice === value)?.[1] ?? 0
}

function withStyle(fit: Fit, change: Partial<Style>): Fit {
  return { ...fit, style: { ...fit.style, ...change } }
}

function startStyle(rows: readonly Row[]): Style {
  const cuts = rows.filter((row, at) => row.hard && row.line.block === rows[at - 1]?.line.block).length
  const isDeclared = cuts >= MIN_DECLARED && cuts >= rows.length * DECLARED_SHARE
  return { separators: isDeclared ? DECLARED : NEUTRAL, limit: X_LIMIT, unmarked: UNMARKED_SHARES[0][0], perPost: 0 }
}

function separators(boundary: readonly number[], inside: readonly number[]): SeparatorStyle {
  return { boundary: record(boundary), inside: record(inside) }
}

function record([newline = 0, blank = 0, blanks = 0, joined = 0]: readonly number[]) {
  return { newline, blank, blanks, joined }
}
