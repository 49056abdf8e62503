// How likely a run of lines is one post: a small generative model. A post has a length (near-uniform up to the limit of
// its platform), a number of lines, a place for each break, separators, and in a numbered document a marker at one end.
// All values are natural logarithms; frequencies were counted on public account archives of 2017–2024.
import type { Row, Separator } from './rows.ts'

/** A row with its part in the numbering that the document was found to use. */
export interface NumberedRow {
  readonly row: Row
  /** `opens`: its post begins here. `closes`: its post ends here. */
  readonly role: 'opens' | 'closes' | null
  readonly number: number | null
  /** True for the next item of a list inside posts: `2.` below `1.`, neither of which numbers a post. */
  readonly isNextItem: boolean
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

/** Share of posts with 1, 2, … lines of text, counted once over posts of real self-threads. */
const LINES_SHARE = [0.675, 0.173, 0.085, 0.036, 0.016, 0.007, 0.004, 0.002]
/** Each further line halves the share. */
const MORE_LINES = Math.log(0.5)
/** Few real posts exceed the limit, by a few hundred characters: who pays may write more. */
const OVER_SHARE = 0.02
const OVER_SCALE = 300
/** Mean length where there is no limit (weighted characters). */
const UNLIMITED_SCALE = 600
/** For a post without a marker: when the numbers around it leave room for it, and when they do not. */
const HOLE = 0.7
const NO_HOLE = -1.5
/**
 * A count that begins with 2: three of ten authors leave their first post without a number. What stands above a number
 * that closes its post may be that post's own first paragraph.
 */
const FIRST_OPENED = 2.5
const FIRST_CLOSED = 1.1
/** A marker inside a post, away from the end where the document has them. */
const STRAY = -9
/** A list inside a post that is cut between two of its items. */
const TORN_LIST = -5
/** A post that is nothing but its marker. */
const EMPTY = -5
/** Bounds of one post, so that the cost stays linear in lines: ten times the limit, or X's 25,000. */
const MAX_TIMES_LIMIT = 10
const MAX_WEIGHT = 25_000
const MAX_LINES = 120
const MAX_STRAYS = 3
const TABLE_SIZE = 3000

/** Prepares the spans of one run of rows; `isNumbered` tells whether the document numbers its posts. */
export function prepareSpans(parts: readonly NumberedRow[], style: Style, isNumbered: boolean): Spans {
  const weights = sums(parts, ({ row }) => row.weight + 1)
  const texts = sums(parts, ({ row, role }) => (row.isMarkerOnly && role !== null ? 0 : 1))
  const inside = sums(parts, ({ row }) => Math.log(style.separators.inside[row.separator]) - row.lean / 2)
  const opens = sums(parts, ({ role }) => (role === 'opens' ? 1 : 0))
  const closes = sums(parts, ({ role }) => (role === 'closes' ? 1 : 0))
  const begin = Float64Array.from(parts, (part, at) => style.perPost + beginning(part, at, style))
  const lengths = lengthTable(style.limit)
  const marking = prepareMarking(parts, style, isNumbered)
  const longest = style.limit === null ? MAX_WEIGHT : style.limit * MAX_TIMES_LIMIT
  const weightOf = (from: number, to: number) => between(weights, from, to + 1) - 1
  const straysIn = (from: number, to: number) => between(opens, from + 1, to + 1) + between(closes, from, to)
  return {
    count: parts.length,
    reaches: (from, to) =>
      from === to || (to - from < MAX_LINES && weightOf(from, to) <= longest && straysIn(from, to) <= MAX_STRAYS),
    score: (from, to) => {
      const lines = Math.max(1, between(texts, from, to + 1))
      const weight = weightOf(from, to)
      const breaks = (lines - 1) * logOf(Math.max(weight, lines, 2))
      const shape = (LINES[lines] ?? 0) - breaks + (lengths[weight] ?? lengthDensity(weight, style.limit))
      const within = between(inside, from + 1, to + 1) + straysIn(from, to) * STRAY
      return (begin[from] ?? 0) + shape + within + marking(from, to)
    },
  }
}

function beginning({ row, isNextItem }: NumberedRow, at: number, style: Style): number {
  if (at === 0) return 0
  return Math.log(style.separators.boundary[row.separator]) + row.lean / 2 + (isNextItem ? TORN_LIST : 0)
}

/** What the marker at its end, or the want of one, says of a span. */
function prepareMarking(parts: readonly NumberedRow[], style: Style, isNumbered: boolean) {
  if (!isNumbered) return () => 0
  const [marked, unmarked] = [Math.log(1 - style.unmarked), Math.log(style.unmarked)]
  const [previous, next] = numbersAround(parts)
  const isOpened = parts.some(({ role }) => role === 'opens')
  return (from: number, to: number) => {
    // Where numbers open the posts, an end sign numbers none.
    const isClosed = parts[to]?.role === 'closes' && !(isOpened && parts[to]?.number === null)
    if (parts[from]?.role !== 'opens' && !isClosed) return unmarked + room(previous[from] ?? null, next[to + 1] ?? null)
    if (disagree(parts[from], parts[to])) return marked + STRAY
    return from === to && isBareMarker(parts[from]) ? marked + EMPTY : marked
  }
}

/** One number opens the post and another closes it: they number two. */
function disagree(first: NumberedRow | undefined, last: NumberedRow | undefined): boolean {
  return first?.role === 'opens' && last?.role === 'closes' && last.number !== null && first.number !== last.number
}

/** A number that opens its post and says END (`7/7 The end.`) is one without more words. */
function isBareMarker(part: NumberedRow | undefined): boolean {
  return part?.row.isMarkerOnly === true && (part.role !== 'opens' || part.row.marker?.cue !== 'end')
}

/** Log-likelihoods of all short lengths: the inner loop asks for them millions of times. */
function lengthTable(limit: number | null): Float64Array {
  return Float64Array.from({ length: TABLE_SIZE }, (_, weight) => lengthDensity(weight, limit))
}

function lengthDensity(weight: number, limit: number | null): number {
  if (limit === null) return -Math.log(UNLIMITED_SCALE) - weight / UNLIMITED_SCALE
  if (weight <= limit) return Math.log((1 - OVER_SHARE) / limit)
  return Math.log(OVER_SHARE / OVER_SCALE) - (weight - limit) / OVER_SCALE
}

const LOGS = Float64Array.from({ length: TABLE_SIZE }, (_, n) => Math.log(n))

function logOf(n: number): number {
  return LOGS[n] ?? Math.log(n)
}

/**
 * By number of lines: its share, and the orders in which its breaks may be drawn (they are uniform over the length).
 */
const LINES = Float64Array.from({ length: MAX_LINES + 1 }, (_, lines) => linesShare(lines) + logFactorial(lines - 1))

function linesShare(lines: number): number {
  const last = LINES_SHARE.length
  return Math.log(LINES_SHARE[Math.min(lines, last) - 1] ?? 1) + Math.max(0, lines - last) * MORE_LINES
}

function logFactorial(n: number): number {
  return n < 2 ? 0 : Math.log(n) + logFactorial(n - 1)
}

/** What the number before and the marker after say about an unmarked post between them. */
function room(previous: number | null, next: NumberedRow | null): number {
  if (next === null) return HOLE
  const { number, role } = next
  if (number === null) return previous === null ? 0 : NO_HOLE
  if (number === 2 && (previous === null || previous > number)) return role === 'opens' ? FIRST_OPENED : FIRST_CLOSED
  if (previous !== null && number === previous + 1) return NO_HOLE
  return number >= 2 ? HOLE : 0
}

/** For each row: the last number before it, and the first row at or after it with a number or an end sign. */
function numbersAround(parts: readonly NumberedRow[]): readonly [(number | null)[], (NumberedRow | null)[]] {
  const previous: (number | null)[] = []
  const next: (NumberedRow | null)[] = Array<NumberedRow | null>(parts.length + 1).fill(null)
  let last: number | null = null
  for (const part of parts) {
    previous.push(last)
    last = part.number ?? last
  }
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at]
    const counts = part !== undefined && (part.number !== null || part.row.marker?.form === 'end')
    next[at] = counts ? part : (next[at + 1] ?? null)
  }
  return [previous, next]
}

function sums(parts: readonly NumberedRow[], value: (part: NumberedRow) => number): Float64Array {
  const out = new Float64Array(parts.length + 1)
  parts.forEach((part, at) => {
    out[at + 1] = (out[at] ?? 0) + value(part)
  })
  return out
}

function between(prefix: Float64Array, from: number, to: number): number {
  return (prefix[to] ?? 0) - (prefix[from] ?? 0)
}
