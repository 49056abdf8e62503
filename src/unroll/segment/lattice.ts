// Exact dynamic programming over one run of rows: the best cut into posts, and how sure each of its posts is, from the
// forward and backward sums over all cuts. Knows spans and scores, nothing of text.
import type { Spans } from './model.ts'

/** Below e^-36 of the larger a term does not change a double. */
const NEGLIGIBLE = 36

/** One post of the best cut: rows `from`..`to`, both inclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface Lattice {
  readonly best: readonly Span[]
  /** Log-score of the best cut. */
  readonly bestScore: number
  /** Probability that exactly these rows are one post. */
  readonly spanP: (span: Span) => number
  /** Probability that a post begins at row `at`. */
  readonly cutP: (at: number) => number
  /** Probability that the rows of the span are two posts, and the likeliest first row of the second. */
  readonly halvesP: (span: Span) => { readonly p: number; readonly at: number }
}

/** The best cut alone. */
export function findBest(spans: Spans): Pick<Lattice, 'best' | 'bestScore'> {
  const scores = new Float64Array(spans.count + 1)
  const starts = new Int32Array(spans.count + 1)
  for (let to = 0; to < spans.count; to++) {
    let best = Number.NEGATIVE_INFINITY
    for (let from = to; from >= 0 && spans.reaches(from, to); from--) {
      const score = (scores[from] ?? 0) + spans.score(from, to)
      if (score > best || from === to) {
        best = score
        starts[to + 1] = from
      }
    }
    scores[to + 1] = best
  }
  return { best: traceBack(starts, spans.count), bestScore: scores[spans.count] ?? 0 }
}

/** The best cut and the probabilities of all others. */
export function buildLattice(spans: Spans): Lattice {
  const forward = sumForward(spans)
  const backward = sumBackward(spans)
  const total = forward[spans.count] ?? 0
  const through = (from: number, to: number, score: number) =>
    Math.min(1, Math.exp((forward[from] ?? 0) + score + (backward[to + 1] ?? 0) - total))
  return {
    ...findBest(spans),
    spanP: ({ from, to }) => through(from, to, spans.score(from, to)),
    cutP: (at) => Math.min(1, Math.exp((forward[at] ?? 0) + (backward[at] ?? 0) - total)),
    halvesP: ({ from, to }) => {
      let [p, at, most] = [0, from, 0]
      for (let middle = from + 1; middle <= to; middle++) {
        const half = through(from, to, spans.score(from, middle - 1) + spans.score(middle, to))
        p += half
        if (half > most) [most, at] = [half, middle]
      }
      return { p: Math.min(1, p), at }
    },
  }
}

function traceBack(starts: Int32Array, count: number): readonly Span[] {
  const out: Span[] = []
  for (let end = count; end > 0; end = starts[end] ?? 0) out.push({ from: starts[end] ?? 0, to: end - 1 })
  return out.reverse()
}

function sumForward(spans: Spans): Float64Array {
  const sums = new Float64Array(spans.count + 1)
  for (let to = 0; to < spans.count; to++) {
    let sum = Number.NEGATIVE_INFINITY
    for (let from = to; from >= 0 && spans.reaches(from, to); from--)
      sum = addLogs(sum, (sums[from] ?? 0) + spans.score(from, to))
    sums[to + 1] = sum
  }
  return sums
}

function sumBackward(spans: Spans): Float64Array {
  const sums = new Float64Array(spans.count + 1)
  for (let from = spans.count - 1; from >= 0; from--) {
    let sum = Number.NEGATIVE_INFINITY
    for (let to = from; to < spans.count && spans.reaches(from, to); to++)
      sum = addLogs(sum, (sums[to + 1] ?? 0) + spans.score(from, to))
    sums[from] = sum
  }
  return sums
}

function addLogs(a: number, b: number): number {
  const [high, low] = a > b ? [a, b] : [b, a]
  return high - low < NEGLIGIBLE ? high + Math.log1p(Math.exp(low - high)) : high
}
