// Which comment of a scraped list stands below which: by how far its name is set in; where that was lost in copying, by
// where the numbers start again.
import type { Line } from '../lines.ts'

/** Depth from which themes stop nesting (WordPress offers 10, ships 5): deeper replies are printed beside. */
const CAP_DEPTH = 4
const P_TOP = 0.99
const P_NESTED = 0.97
const P_AT_CAP = 0.85
const P_LEVEL_MISSING = 0.7
const P_BY_NUMBERS = 0.85
const P_BY_NUMBERS_DOUBTFUL = 0.6

/** The line that opens a comment. */
export interface Header {
  /** Index into the lines. */
  readonly at: number
  readonly line: Line
  /** The number before the name; null in a bulleted list. */
  readonly number: number | null
  readonly name: string
}

/** Where a comment stands in the tree. */
export interface Placed {
  readonly header: Header
  /** Index of the parent among the headers, or null at the top. */
  readonly parent: number | null
  readonly depth: number
  /** Probability of the parent. */
  readonly p: number
  readonly say: string
}

/** In their order. */
export function placeAll(headers: readonly Header[]): readonly Placed[] {
  const isFlat = headers.every((header) => header.line.indent === headers[0]?.line.indent)
  const restarts = headers.filter((header) => header.number === 1).length > 1
  return isFlat && restarts ? placeByNumbers(headers) : placeByIndent(headers)
}

function placeByIndent(headers: readonly Header[]): readonly Placed[] {
  const step = usualStep(headers)
  const open: { readonly indent: number; readonly index: number }[] = []
  const placed = headers.map((header, index) => {
    while ((open.at(-1)?.indent ?? -1) >= header.line.indent) open.pop()
    const outer = open.at(-1)
    const depth = open.length
    open.push({ indent: header.line.indent, index })
    const skipped = outer !== undefined && step > 0 && header.line.indent - outer.indent > step
    return { header, parent: outer?.index ?? null, depth, ...certainty(depth, skipped) }
  })
  return capped(placed)
}

function certainty(depth: number, skipped: boolean): { readonly p: number; readonly say: string } {
  if (depth === 0) return { p: P_TOP, say: 'stands at the outer level of the comment list' }
  const nested = `nested ${depth} ${depth === 1 ? 'level' : 'levels'} deep in the comment list`
  return skipped
    ? {
        p: P_LEVEL_MISSING,
        say: `${nested}, but indented past a level that is not here: a comment between may be gone`,
      }
    : { p: P_NESTED, say: nested }
}

function capped(placed: readonly Placed[]): readonly Placed[] {
  const deepest = placed.reduce((most, one) => Math.max(most, one.depth), 0)
  if (deepest < CAP_DEPTH) return placed
  return placed.map((one) =>
    one.depth === deepest && one.p > P_AT_CAP
      ? { ...one, p: P_AT_CAP, say: `${one.say}, the deepest the page goes: deeper replies may be printed here too` }
      : one,
  )
}

/** The commonest indentation of a child against its parent, in columns. */
function usualStep(headers: readonly Header[]): number {
  const steps = new Map<number, number>()
  for (const [i, header] of headers.entries()) {
    const step = header.line.indent - (headers[i - 1]?.line.indent ?? header.line.indent)
    if (step > 0) steps.set(step, (steps.get(step) ?? 0) + 1)
  }
  return [...steps].sort(([a, n], [b, m]) => m - n || a - b)[0]?.[0] ?? 0
}

// Indentation was lost in copying: 1 opens a level under the comment before, n + 1 goes on with the outermost n. (On a
// real tree of 38 that places 35 right; the innermost n 23, because one mistake swallows all that follows.)
function placeByNumbers(headers: readonly Header[]): readonly Placed[] {
  const open: { number: number; index: number }[] = []
  /** At which levels each number stands, the outermost first. */
  const levelsOf = new Map<number, number[]>()
  return headers.map((header, index) => {
    const number = header.number ?? 1
    const levels = number === 1 ? [] : (levelsOf.get(number - 1) ?? [])
    const p = levels.length > 1 ? P_BY_NUMBERS_DOUBTFUL : P_BY_NUMBERS
    for (const { number: closed } of open.splice(levels[0] ?? open.length)) levelsOf.get(closed)?.pop()
    const parent = open.at(-1)?.index ?? null
    const same = levelsOf.get(number)
    if (same === undefined) levelsOf.set(number, [open.length])
    else same.push(open.length)
    open.push({ number, index })
    const say = 'indentation is lost; placed by where the numbers start again'
    return { header, parent, depth: open.length - 1, p, say }
  })
}
