// Posts out of cut rows: text and provenance of each, how sure its boundary is, and what else it may be.
import type { Boundary, Post, Scrape } from '../../model.ts'
import { UNKNOWN_POST } from '../../post.ts'
import type { Lattice, Span } from './lattice.ts'
import type { NumberedRow } from './model.ts'

/** Alternatives less likely than this are not worth a person's time. */
const MIN_ALTERNATIVE_P = 0.01
const P_DIGITS = 1e4

/** Rows between two hard cuts, and how they may be cut further. */
interface CutRun {
  readonly run: readonly NumberedRow[]
  readonly lattice: Lattice
}

/** One post of a scrape. `index` is its place on the page; the marker stays in the text. */
export function buildPost(scrape: Scrape, { run, lattice }: CutRun, span: Span, index: number): Post {
  const rows = run.slice(span.from, span.to + 1)
  const lines = rows.map((part) => part.row.line)
  const first = lines[0]
  const line = first?.line ?? 0
  return {
    ...UNKNOWN_POST,
    kind: 'post',
    platform: 'text',
    key: `l${line}`,
    author: scrape.author,
    html: null,
    text: textBetween(scrape, rows[0]?.row.at ?? 0, rows.at(-1)?.row.at ?? 0),
    media: lines.flatMap(({ shown }) => shown?.media ?? []),
    quotes: lines.flatMap(({ shown }) => shown?.quotes ?? []),
    block: first?.block ?? null,
    index,
    boundary: boundaryOf(run, lattice, span),
    provenance: { ...scrape.provenance, line, endLine: lastTextLine(rows) },
  }
}

function textBetween(scrape: Scrape, from: number, to: number): string {
  return scrape.lines
    .slice(from, to + 1)
    .map((line) => line.text)
    .join('\n')
}

/** A marker on a line of its own behind the text is not counted among the post's lines. */
function lastTextLine(rows: readonly NumberedRow[]): number {
  const last = rows.at(-1)
  const isTrailing = rows.length > 1 && last?.role === 'closes' && last.row.isMarkerOnly
  return (isTrailing ? rows.at(-2) : last)?.row.line.line ?? 0
}

function boundaryOf(run: readonly NumberedRow[], lattice: Lattice, span: Span): Boundary {
  const after = span.to + 1
  const halves = lattice.halvesP(span)
  const alternatives = [
    { say: `two posts, cut before line ${lineAt(run, halves.at)}`, p: halves.p },
    { say: `one post with the lines before line ${lineAt(run, span.from)}`, p: 1 - lattice.cutP(span.from) },
    {
      say: `one post with line ${lineAt(run, after)} and what follows`,
      p: after < run.length ? 1 - lattice.cutP(after) : 0,
    },
  ]
  const kept = alternatives.filter(({ p }) => p >= MIN_ALTERNATIVE_P).sort((a, b) => b.p - a.p)
  return { p: round(lattice.spanP(span)), alternatives: kept.map(({ say, p }) => ({ say, p: round(p) })) }
}

function lineAt(run: readonly NumberedRow[], at: number): number {
  return run[at]?.row.line.line ?? 0
}

function round(p: number): number {
  return Math.round(p * P_DIGITS) / P_DIGITS
}
