// What came of a crawl: its report kept in the archive, told to people in short, and said by the exit code.
import type { CrawlResult } from '../crawl/crawl.ts'
import type { CrawlReport } from '../crawl/report/report.ts'
import type { ReportedLook } from '../crawl/report/tally.ts'
import type { ExitName } from '../errors.ts'
import { plural } from '../wording.ts'
import { type Io, print, remark } from './io.ts'

const TROUBLES_SHOWN = 20

interface Outcome {
  readonly result: CrawlResult
  /** The exit code. */
  readonly code: number
}

/** Where it is kept, and how it is told. */
interface OutcomePlaces {
  readonly archive: string
  /** Megabytes. */
  readonly minFree: number
  readonly json: boolean
  readonly metrics?: string
}

/** Keeps the report in the archive and tells a person in short. */
export async function keepResult({ result, code }: Outcome, options: OutcomePlaces, io: Io): Promise<void> {
  const { makeReport, printReport, sayClock, sayLimit, summaryOf } = await import('../crawl/report/report.ts')
  const { sayReplaced } = await import('../archive/queries/replaced.ts')
  const { freeBytes, keepReport, writeWhole } = await import('../archive/crawl/reports.ts')
  const { printMetrics } = await import('../crawl/report/metrics.ts')
  const report = makeReport(result, io.now().toISOString(), freeBytes(options.archive))
  const texts = { json: `${JSON.stringify(report, null, 2)}\n`, md: printReport(report) }
  const kept = result.run === null ? [] : keepReport(options.archive, result.run, texts)
  if (options.json) print(io, JSON.stringify({ report }))
  else print(io, result.ending === 'nothing due' ? sayIdle(report) : summaryOf(report))
  if (result.ending === 'disk floor')
    remark(io, `less than ${options.minFree} MB is free where ${options.archive} lies; make room, or lower --min-free`)
  if (!options.json) for (const path of kept.slice(-1)) print(io, `the report is ${path}`)
  for (const [limit, pages] of Object.entries(report.leftOut)) remark(io, sayLimit(limit, pages))
  if (report.clockSkewMs !== null) remark(io, sayClock(report.clockSkewMs))
  remarkSome(report.replaced.map(sayReplaced), io)
  remarkTroubles(report.pages, io)
  // Last: when it cannot be written, all else is told already.
  if (options.metrics !== undefined) writeWhole(options.metrics, printMetrics(report, code))
}

function sayIdle({ waiting, nextDue }: CrawlReport): string {
  const pages = plural(waiting, 'page waits', 'pages wait')
  return `${waiting === 0 ? 'nothing is due' : `${pages} for a host that is down or wants a pause`}; next look ${nextDue}`
}

/** Each trouble once, and not more of them than a person reads; the report has all. */
function remarkTroubles(pages: readonly ReportedLook[], io: Io): void {
  const bad = pages.filter(({ outcome, kind, reason }) =>
    kind === 'source' ? reason !== null && outcome !== 'gone' : outcome === 'failed' || outcome === 'refused',
  )
  remarkSome([...new Set(bad.map(({ url, reason }) => reason ?? url))], io)
}

function remarkSome(troubles: readonly string[], io: Io): void {
  for (const trouble of troubles.slice(0, TROUBLES_SHOWN)) remark(io, trouble)
  if (troubles.length > TROUBLES_SHOWN)
    remark(io, `${troubles.length - TROUBLES_SHOWN} more troubles are in the report`)
}

export function exitOf({ ending, tally, waiting }: CrawlResult): ExitName {
  if (ending === 'stopped') return 'interrupted'
  if (ending === 'disk floor') return 'diskFloor'
  if (ending === 'nothing due') return 'nothingDue'
  if (tally.heldOff.size > 0 && waiting > 0) return 'rateLimited'
  if (tally.missed.size === 0) return 'ok'
  const { failed, refused, absent: _, ...answered } = tally.looks
  const good = Object.values(answered).reduce((sum, n) => sum + n, 0) - tally.unread
  if (good > 0) return 'partial'
  if (failed > 0) return 'transient'
  return refused > 0 ? 'refused' : 'notUnderstood'
}
