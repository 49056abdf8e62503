// How likely a run of lines is one post: a small generative model. A post has a length (near-uniform up to the limit of
// its platform), a number of lines, a place for each break, separators, and in a numbered document a marker at one end.
// All values are natural logarithms; frequencies were counted on public account archives of 2017–2024.
import type { Row, Separator } from './segment-rows.ts'

/** A row with its part in the numbering that the document was found to use. */
export interface Part {
  readonly row: Row
  /** `opens`: its post begins here. `closes`: its post ends here. */
  readonly role: 'opens' | 'closes' | null
  readonly number: number | null
}

/** The choices made once for a document. */
export interface Style {
  /** Weighted characters a post may have, or null for platforms without a limit that matters. */
  readonly limit: number | null
  readonly separators: SeparatorStyle
  /** Share of posts of a numbered document that carry no marker. */
  readonly unmarked: number
  /** Added for each post: drives the count of posts towards what the page declares. */
  readonly perPost: number
}

export interface SeparatorStyle {
  readonly boundary: Readonly<Record<Separator, number>>
  readonly inside: Readonly<Record<Separator, number>>
}

/** Prepared sums over one run of rows, so that any span is scored in constant time. */
export interface Spans {
  readonly count: number
  /** Log-likelihood of rows `from`..`to` (inclusive) as one post. */
  readonly score: (from: number, to: number) => number
  /** Whether a post that ends at `to` may still reach back to `from`. */
  readonly reaches: (from: number, to: number) => boolean
}

/** Share of posts with 1, 2, … lines of text, in 1,233 posts of self-threads. */
const LINES_SHARE = [0.675, 0.173, 0.085, 0.036, 0.016, 0.007, 0.004, 0.002]
/** Each further line halves the share. */
const MORE_LINES = Math.log(0.5)
/** 2% of real posts exceed the limit, by a few hundred characters. */
const OVER_SHARE = 0.02
const OVER_SCALE = 300
/** Mean length where there is no limit (weighted characters). */
const UNLIMITED_SCALE = 600
/** For a post without a marker: when the numbers around it leave room for it, and when they do not. */
const HOLE = 0.7
const NO_HOLE = -1.5
/** Stands for an end sign among the numbers around a post. */
const END_SIGN = -1
/** A marker inside a post, away from the end where the document has them. */
const STRAY = -9
/** A post that is nothing but its marker. */
const EMPTY = -5
/** Bounds of one post, so that the cost stays linear in lines: ten times the limit, or X's 25,000. */
const MAX_TIMES_LIMIT = 10
const MAX_WEIGHT = 25_000
const MAX_LINES = 300

/** Prepares the spans of one run of rows; `isNumbered` tells whether the document numbers its posts. */
export function prepareSpans(parts: readonly Part[], style: Style, isNumbered: boolean): Spans {
  const weights = sums(parts, ({ row }) => row.weight + 1)
  const inside = sums(parts, ({ row }) => Math.log(style.separators.inside[row.separator]) - row.lean / 2)
  const texts = sums(parts, ({ row, role }) => (row.isMarkerOnly && role !== null ? 0 : 1))
  const opens = sums(parts, ({ role }) => (role === 'opens' ? 1 : 0))
  const closes = sums(parts, ({ role }) => (role === 'closes' ? 1 : 0))
  const [previous, next] = numbersAround(parts)
  const lengthOf = (from: number, to: number) => between(weights, from, to + 1) - 1
  const marks = (from: number, to: number) => {
    const stray = between(opens, from + 1, to + 1) + between(closes, from, to)
    const [first, last] = [parts[from], parts[to]]
    const isMarked = first?.role === 'opens' || last?.role === 'closes'
    const unmarked = () => Math.log(style.unmarked) + room(previous[from] ?? null, next[to + 1] ?? null)
    const marking = !isNumbered ? 0 : isMarked ? Math.log(1 - style.unmarked) : unmarked()
    const isEmpty = from === to && first?.row.isMarkerOnly === true && isMarked
    return stray * STRAY + marking + (isEmpty ? EMPTY : 0)
  }
  const longest = style.limit === null ? MAX_WEIGHT : style.limit * MAX_TIMES_LIMIT
  const begin = (from: number) => beginning(parts[from], from, style)
  return {
    count: parts.length,
    reaches: (from, to) => from === to || (to - from < MAX_LINES && lengthOf(from, to) <= longest),
    score: (from, to) =>
      style.perPost +
      begin(from) +
      between(inside, from + 1, to + 1) +
      shape(between(texts, from, to + 1), lengthOf(from, to), style.limit) +
      marks(from, to),
  }
}

function beginning(part: Part | undefined, from: number, style: Style): number {
  if (part === undefined || from === 0) return 0
  return Math.log(style.separators.boundary[part.row.separator]) + part.row.lean / 2
}

/** Length, number of lines of text, and the places of the breaks, which are uniform. */
function shape(texts: number, weight: number, limit: number | null): number {
  const lines = Math.max(1, texts)
  const breaks = logFactorial(lines - 1) - (lines - 1) * Math.log(Math.max(weight, lines, 2))
  return lengthDensity(weight, limit) + linesShare(lines) + breaks
}

function lengthDensity(weight: number, limit: number | null): number {
  if (limit === null) return -Math.log(UNLIMITED_SCALE) - weight / UNLIMITED_SCALE
  if (weight <= limit) return Math.log((1 - OVER_SHARE) / limit)
  return Math.log(OVER_SHARE / OVER_SCALE) - (weight - limit) / OVER_SCALE
}

function linesShare(lines: number): number {
  const last = LINES_SHARE.length
  return Math.log(LINES_SHARE[Math.min(lines, last) - 1] ?? 1) + Math.max(0, lines - last) * MORE_LINES
}

const FACTORIALS = buildFactorials()

function logFactorial(n: number): number {
  return FACTORIALS[n] ?? 0
}

function buildFactorials(): readonly number[] {
  const logs = [0]
  for (let n = 1; n <= MAX_LINES; n++) logs.push((logs[n - 1] ?? 0) + Math.log(n))
  return logs
}

/** What the numbers before and after say about an unmarked post between them. */
function room(previous: number | null, next: number | null): number {
  if (next === null) return HOLE
  if (next === END_SIGN) return previous === null ? 0 : NO_HOLE
  if (previous !== null && next === previous + 1) return NO_HOLE
  return next >= 2 ? HOLE : 0
}

/** For each row: the last number before it, and the first number at or after it. */
function numbersAround(parts: readonly Part[]): readonly [(number | null)[], (number | null)[]] {
  const previous: (number | null)[] = []
  const next: (number | null)[] = Array<number | null>(parts.length + 1).fill(null)
  let last: number | null = null
  for (const part of parts) {
    previous.push(last)
    last = part.number ?? last
  }
  for (let at = parts.length - 1; at >= 0; at--) next[at] = numberOrEnd(parts[at]) ?? next[at + 1] ?? null
  return [previous, next]
}

function numberOrEnd(part: Part | undefined): number | null {
  return part?.row.marker?.form === 'end' ? END_SIGN : (part?.number ?? null)
}

function sums(parts: readonly Part[], value: (part: Part) => number): Float64Array {
  const out = new Float64Array(parts.length + 1)
  parts.forEach((part, at) => {
    out[at + 1] = (out[at] ?? 0) + value(part)
  })
  return out
}

function between(prefix: Float64Array, from: number, to: number): number {
  return (prefix[to] ?? 0) - (prefix[from] ?? 0)
}
