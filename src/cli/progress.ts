// What a person watching a crawl sees: one line that changes on a terminal, a line a look elsewhere only when asked.
import type { Progress } from '../crawl/crawl.ts'
import type { Io } from './io.ts'

const SECOND_MS = 1000
/** Clears to the end of the line (ECMA-48 EL). */
const CLEAR_REST = '\u001b[K'

export interface ProgressLine {
  show(progress: Progress): void
  /** Leaves the terminal's cursor on a fresh line. */
  end(): void
}

/** Between two drawings of the line, ms: counting what waits takes time. */
const REDRAW_MS = 200

/** `12 done · 3 waiting · 1.4/s · about 2 min · threads.example: changed, 4 posts` */
export function createProgressLine(io: Io): ProgressLine {
  const startedAt = io.now().getTime()
  const isShown = io.stderr.isTTY === true
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    show: (progress) => {
      const at = io.now().getTime()
      if (!isShown || at - shownAt < REDRAW_MS) return
      shownAt = at
      io.stderr.write(`\r${lineOf(progress, at - startedAt)}${CLEAR_REST}`)
    },
    end: () => {
      if (isShown) io.stderr.write(`\r${CLEAR_REST}`)
    },
  }
}

function lineOf({ row, outcome, posts, tally, waiting: count }: Progress, elapsedMs: number): string {
  const waiting = count()
  const done = Object.values(tally.looks).reduce((sum, n) => sum + n, 0)
  const rate = done / Math.max(elapsedMs / SECOND_MS, 1)
  const left = rate > 0 ? Math.round(waiting / rate) : 0
  const eta = left > 90 ? `about ${Math.round(left / 60)} min` : `about ${left} s`
  return `${done} done · ${waiting} waiting · ${rate.toFixed(1)}/s · ${eta} · ${row.host}: ${outcome}, ${posts} posts`
}
