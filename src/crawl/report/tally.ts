// Counts and lists what one run came across. Kept small whatever the size of the run: long lists are cut, and the
// report says so.

import type { FrontierRow, VisitOutcome } from '../../archive/crawl/frontier.ts'
import type { CaptureRow } from '../../archive/facts/captures/capture-rows.ts'
import type { Replaced } from '../../archive/queries/replaced.ts'
import { judgeClock } from '../../fetch/manners/clock-skew.ts'
import type { CoverageGap } from '../schedule/due.ts'

/** Pages listed of each outcome, so that no number of new ones hides a failure; the counts are always whole. */
const LIST_LIMIT = 500

const NO_BYTES: ReadonlySet<VisitOutcome> = new Set(['absent', 'refused', 'failed'])

export interface ReportedLook {
  readonly url: string
  readonly source: string
  readonly kind: FrontierRow['kind']
  readonly outcome: VisitOutcome
  readonly reason: string | null
}

export interface HostTally {
  looks: number
  failures: number
  lastError: string | null
}

/** One redirect that a run met on its way from a source to its page. */
export interface Move {
  readonly from: string
  readonly to: string
  readonly source: string
  /** Row of the work list that was sent on, when it is the source's own; null: one that stands for it. */
  readonly key: number | null
}

/** What is counted while a run goes on. */
export interface CrawlTally {
  readonly startedAt: string
  readonly looks: Record<VisitOutcome, number>
  readonly posts: { new: number; changed: number }
  captures: number
  revisits: number
  bytes: number
  /**
   * Work-list keys of sources whose last look of this run brought nothing: it failed, was refused, or nothing can be
   * read.
   */
  readonly missed: Set<number>
  /** Looks that brought bytes in which nothing can be read. */
  unread: number
  /** Hosts that asked for a longer pause than a run waits. */
  readonly heldOff: Set<string>
  told: ReportedLook[]
  /** How many pages would be told beside these. */
  untold: number
  /** By the address that was sent on. */
  readonly moves: Map<string, Move>
  /** Pages that stand where a source's page was, with the redirects before them. */
  readonly stands: Map<string, number>
  readonly notFollowed: { readonly url: string; readonly source: string; readonly why: string }[]
  /** Pages on which nothing is left of what they said, and how many more than are listed. */
  readonly replaced: Replaced[]
  untoldReplaced: number
  /** How many pages each limit of each source left out, by `source: limit`; whole where the list is cut. */
  readonly leftOut: Map<string, number>
  /** By host: how far our clock is ahead of its, ms, as it said last. */
  readonly clockSkews: Map<string, number>
  readonly gaps: ({ readonly source: string } & CoverageGap)[]
  readonly hosts: Map<string, HostTally>
}

export function createTally(startedAt: string): CrawlTally {
  return {
    startedAt,
    looks: { new: 0, changed: 0, unchanged: 0, gone: 0, absent: 0, refused: 0, failed: 0 },
    posts: { new: 0, changed: 0 },
    captures: 0,
    revisits: 0,
    bytes: 0,
    missed: new Set(),
    unread: 0,
    heldOff: new Set(),
    told: [],
    untold: 0,
    moves: new Map(),
    stands: new Map(),
    notFollowed: [],
    replaced: [],
    untoldReplaced: 0,
    leftOut: new Map(),
    clockSkews: new Map(),
    gaps: [],
    hosts: new Map(),
  }
}

/** Times without a look, but for those that only a clock made which runs ahead. */
export function trueGaps({ gaps, clockSkews }: CrawlTally): CrawlTally['gaps'] {
  const skewMs = judgeClock([...clockSkews.values()]) ?? 0
  return gaps.filter(({ from, to }) => Date.parse(to) - Date.parse(from) > skewMs)
}

/** Counts what came into the archive. */
export function countKept(tally: CrawlTally, rows: readonly CaptureRow[]): void {
  for (const { sameAs, bytes } of rows) {
    tally.captures++
    if (sameAs === null) tally.bytes += bytes
    else tally.revisits++
  }
}

/** Counts the end of one look. Unchanged pages are counted, and listed only when nothing can be read in them. */
export function countLook(tally: CrawlTally, row: FrontierRow, outcome: VisitOutcome, reason: string | null): void {
  const isMissed = outcome !== 'gone' && reason !== null
  tally.looks[outcome]++
  if (isMissed && !NO_BYTES.has(outcome)) tally.unread++
  if (!isMissed) tally.missed.delete(row.key)
  else if (row.kind === 'source') tally.missed.add(row.key)
  if (outcome !== 'unchanged' || isMissed)
    tell(tally, { url: row.url, source: row.source, kind: row.kind, outcome, reason })
  const host = tally.hosts.get(row.host) ?? { looks: 0, failures: 0, lastError: null }
  host.looks++
  if (outcome === 'failed') host.failures++
  // That a page is not there is nothing that the host did.
  if (outcome === 'failed' || outcome === 'refused') host.lastError = reason
  tally.hosts.set(row.host, host)
}

/** Lists a look; beyond a limit it is counted alone. */
export function tell(tally: CrawlTally, told: ReportedLook): void {
  if (tally.looks[told.outcome] <= LIST_LIMIT) tally.told.push(told)
  else tally.untold++
}

/** Counts a page that a limit of its source leaves out. */
export function countLeftOut(tally: CrawlTally, page: CrawlTally['notFollowed'][number]): void {
  const limit = `${page.source}: ${page.why}`
  tally.leftOut.set(limit, (tally.leftOut.get(limit) ?? 0) + 1)
  if (tally.notFollowed.length < LIST_LIMIT) tally.notFollowed.push(page)
}

/** Counts a page on which nothing is left of what it said. */
export function countReplaced(tally: CrawlTally, page: Replaced): void {
  if (tally.replaced.length < LIST_LIMIT) tally.replaced.push(page)
  else tally.untoldReplaced++
}

/** Pages that are counted, and that no list has room for. */
export function countUntold({ untold, notFollowed, leftOut, untoldReplaced }: CrawlTally) {
  return { pages: untold, notFollowed: sum([...leftOut.values()]) - notFollowed.length, replaced: untoldReplaced }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, n) => total + n, 0)
}
