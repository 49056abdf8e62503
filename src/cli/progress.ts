// What a person watching a crawl, an import or an export sees: one line that changes on a terminal, and nothing
// elsewhere.
import type { Progress } from '../crawl/crawl.ts'
import type { AddTally } from '../pipeline/add.ts'
import type { Io } from './io.ts'

const SECOND_MS = 1000
/** Clears to the end of the line (ECMA-48 EL). */
const CLEAR_REST = '\u001b[K'
/** Between two drawings of the line, ms: counting what waits takes time. */
const REDRAW_MS = 200
const MEGABYTE = 1_000_000
const USUAL_COLUMNS = 80
/** Minutes are told from here on, s. */
const MANY_SECONDS = 90

interface ProgressLine<T> {
  show(progress: T): void
  /** Leaves the terminal's cursor on a fresh line. */
  end(): void
}

/** An import on its way: `total` is null where the size of the inputs is not known. */
interface AddProgress {
  readonly tally: AddTally
  readonly bytesRead: number
  readonly total: number | null
}

/** `12 done · 3 waiting · 1.4/s · about 2 min · threads.example: changed, 4 posts` */
export function createProgressLine(io: Io): ProgressLine<Progress> {
  return createLine(io, crawlLine)
}

/** `43 % · 1204 captures, 310 here already · 5210 new posts · 95/s · about 2 min` */
export function createAddLine(io: Io): ProgressLine<AddProgress> {
  return createLine(io, addLine)
}

/** `12 files, 3.4 MB · warc/….warc.gz` */
export function createExportLine(io: Io): ProgressLine<string> {
  return createLine(io, (line) => line)
}

function createLine<T>(io: Io, lineOf: (progress: T, elapsedMs: number) => string): ProgressLine<T> {
  const startedAt = io.now().getTime()
  const isShown = io.stderr.isTTY === true
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show: (progress) => {
      const at = io.now().getTime()
      if (!isShown || at - shownAt < REDRAW_MS) return
      shownAt = at
      // A line that breaks could not be drawn over.
      const line = lineOf(progress, at - startedAt).slice(0, (io.stderr.columns ?? USUAL_COLUMNS) - 1)
      io.stderr.write(`\r${line}${CLEAR_REST}`)
    },
    end: () => {
      if (isShown) io.stderr.write(`\r${CLEAR_REST}`)
    },
  }
}

function crawlLine({ row, outcome, posts, tally, waiting: count }: Progress, elapsedMs: number): string {
  const waiting = count()
  const done = Object.values(tally.looks).reduce((sum, n) => sum + n, 0)
  const rate = done / Math.max(elapsedMs / SECOND_MS, 1)
  const left = sayLeft(rate > 0 ? waiting / rate : 0)
  return `${done} done · ${waiting} waiting · ${rate.toFixed(1)}/s · ${left} · ${row.host}: ${outcome}, ${posts} posts`
}

function addLine({ tally, bytesRead, total }: AddProgress, elapsedMs: number): string {
  const { captures, known, newPosts } = tally
  const rate = Math.round(captures / Math.max(elapsedMs / SECOND_MS, 1))
  const share = total === null || total === 0 ? null : Math.min(bytesRead / total, 1)
  const read = share === null ? `${Math.round(bytesRead / MEGABYTE)} MB` : `${Math.floor(share * 100)} %`
  const left = share === null || share === 0 ? [] : [sayLeft(((1 - share) / share) * (elapsedMs / SECOND_MS))]
  const here = known === 0 ? '' : `, ${known} here already`
  return [read, `${captures} captures${here}`, `${newPosts} new posts`, `${rate}/s`, ...left].join(' · ')
}

function sayLeft(seconds: number): string {
  return seconds > MANY_SECONDS ? `about ${Math.round(seconds / 60)} min` : `about ${Math.round(seconds)} s`
}
