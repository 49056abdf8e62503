// What a run came across, as a value for machines and as a page for people. Both are kept in the archive. Holds no
// secrets: addresses, outcomes, numbers. Nothing that a site or an address says is markup on that page.
import { sayReplaced } from '../../archive/queries/replaced.ts'
import { judgeClock } from '../../fetch/manners/clock-skew.ts'
import { plural } from '../../wording.ts'
import type { CrawlResult, Ending } from '../crawl.ts'
import { listMoves } from '../look/moves.ts'
import { sayDuration } from '../sources/duration.ts'
import { type CrawlTally, countUntold, type HostTally, type ReportedLook, trueGaps } from './tally.ts'

export interface CrawlReport {
  readonly format: 1
  readonly run: string | null
  readonly ending: Ending
  readonly startedAt: string
  readonly endedAt: string
  readonly looks: CrawlTally['looks']
  readonly posts: CrawlTally['posts']
  readonly captures: number
  readonly revisits: number
  /** Of new payloads. */
  readonly bytes: number
  readonly unrolled: { readonly threads: number; readonly conversations: number; readonly gaps: number } | null
  readonly pages: readonly ReportedLook[]
  readonly notFollowed: CrawlTally['notFollowed']
  /** How many more than these lists name. */
  readonly untold: ReturnType<typeof countUntold>
  /** Pages that limits of the sources left out, by `source: limit`. */
  readonly leftOut: Readonly<Record<string, number>>
  /** How far this machine's clock is ahead of the servers', ms; null: it seems right, or nobody says. */
  readonly clockSkewMs: number | null
  readonly coverageGaps: CrawlTally['gaps']
  readonly hosts: Readonly<Record<string, HostTally>>
  readonly heldOff: readonly string[]
  /** Sources that their site sends on to another host, and where to. */
  readonly moved: ReturnType<typeof listMoves>
  /** Pages on which nothing is left of what they said. */
  readonly replaced: CrawlTally['replaced']
  readonly waiting: number
  readonly nextDue: string | null
  readonly freeBytes: number
}

export function makeReport(result: CrawlResult, endedAt: string, freeBytes: number): CrawlReport {
  const { tally, unrolled, run, ending, waiting, nextDue } = result
  const { startedAt, looks, posts, captures, revisits, bytes, notFollowed } = tally
  return {
    format: 1,
    run,
    ending,
    startedAt,
    endedAt,
    looks,
    posts,
    captures,
    revisits,
    bytes,
    unrolled: unrolled && {
      threads: unrolled.threads.length,
      conversations: unrolled.conversations.length,
      gaps: unrolled.threads.reduce((sum, { gaps }) => sum + gaps.length, 0),
    },
    pages: tally.told,
    notFollowed,
    untold: countUntold(tally),
    leftOut: Object.fromEntries(tally.leftOut),
    clockSkewMs: judgeClock([...tally.clockSkews.values()]),
    coverageGaps: trueGaps(tally),
    hosts: Object.fromEntries([...tally.hosts].sort(([a], [b]) => (a < b ? -1 : 1))),
    heldOff: [...tally.heldOff].sort(),
    moved: listMoves(tally),
    replaced: tally.replaced,
    waiting,
    nextDue,
    freeBytes,
  }
}

/** The report as Markdown. */
export function printReport(report: CrawlReport): string {
  const { looks, posts } = report
  const sections = [
    `# Crawl ${report.run ?? ''}\n\n${report.startedAt} – ${report.endedAt}: ${report.ending}.`,
    summaryOf(report),
    `| looks | new | changed | unchanged | gone | absent | refused | failed |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| ${sum(looks)} | ${looks.new} | ${looks.changed} | ${looks.unchanged} | ${looks.gone} | ${looks.absent} | ${looks.refused} | ${looks.failed} |`,
    `${plural(posts.new, 'new post')}, ${posts.changed} changed; ${plural(report.captures, 'capture')}, ${report.revisits} of them unchanged bytes; ${report.bytes} new bytes.`,
    report.clockSkewMs === null ? '' : `${sayClock(report.clockSkewMs)}.`,
    listOf('Pages', countAlike(report.pages.map(sayLook)), report.untold.pages),
    listOf(
      'Limits',
      Object.entries(report.leftOut).map(([limit, pages]) => plain(sayLimit(limit, pages))),
    ),
    listOf(
      'Not followed',
      report.notFollowed.map(({ url, why }) => `${code(url)} – ${why}`),
      report.untold.notFollowed,
    ),
    listOf(
      'Sources that have moved (the sources file may name the new place)',
      report.moved.map(({ from, to }) => `${code(from)} → ${code(to)}`),
    ),
    listOf(
      'Pages that say something else altogether',
      report.replaced.map((one) => plain(sayReplaced(one))),
      report.untold.replaced,
    ),
    listOf(
      'Times without a look',
      report.coverageGaps.map(
        (gap) => `${code(gap.source)}: ${gap.from} – ${gap.to}, ${plural(gap.missed, 'look')} missed`,
      ),
    ),
    listOf(
      'Hosts that asked for a longer pause than a run waits',
      report.heldOff.map((host) => code(host)),
    ),
    listOf('Hosts with trouble', troubles(report.hosts)),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

/** A sentence without its dot: `this machine's clock is 2 d ahead of what servers say; …`. */
export function sayClock(skewMs: number): string {
  const way = skewMs > 0 ? 'ahead of' : 'behind'
  return `this machine's clock is ${sayDuration(Math.abs(skewMs))} ${way} what servers say; times in the archive follow it: set it right`
}

/** `20 pages were left out (blog: max_pages is 200)`. */
export function sayLimit(limit: string, pages: number): string {
  return `${pages === 1 ? '1 page was' : `${pages} pages were`} left out (${limit})`
}

/** One line: `12 looks: 3 new, 9 unchanged; 17 new posts; next look 2026-…`. */
export function summaryOf({ looks, posts, waiting, nextDue }: CrawlReport): string {
  const counts = Object.entries(looks).flatMap(([name, n]) => (n === 0 ? [] : [`${n} ${name}`]))
  const parts = [
    `${plural(sum(looks), 'look')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`,
    `${plural(posts.new, 'new post')}, ${posts.changed} changed`,
    ...(waiting === 0 ? [] : [waiting === 1 ? '1 page still waits' : `${waiting} pages still wait`]),
    ...(nextDue === null ? [] : [`next look ${nextDue}`]),
  ]
  return parts.join('; ')
}

function troubles(hosts: CrawlReport['hosts']): readonly string[] {
  const bad = Object.entries(hosts).filter(([, { lastError }]) => lastError !== null)
  return bad.map(([host, { failures, lastError }]) => {
    const told = failures === 0 ? [] : [plural(failures, 'failure')]
    return `${code(host)}: ${[...told, plain(lastError ?? '')].join('; ')}`
  })
}

/** The reason names its page itself, which the line has done. */
function sayLook({ url, outcome, reason }: CrawlReport['pages'][number]): string {
  const why = reason?.startsWith(`${url} `) === true ? reason.slice(url.length + 1) : reason
  return `${outcome}: ${code(url)}${why === null ? '' : ` – ${plain(why)}`}`
}

/** A page that is tried again within a run fails in the same words. */
function countAlike(lines: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return [...counts].map(([line, times]) => (times === 1 ? line : `${line} (${times} times)`))
}

/** @param untold how many lines there would be more */
function listOf(title: string, lines: readonly string[], untold = 0): string {
  if (lines.length === 0) return ''
  const all = untold === 0 ? lines : [...lines, `and ${untold} more, which are counted and not listed`]
  return `## ${title}\n\n${all.map((line) => `- ${line.replaceAll('\n', ' ')}`).join('\n')}`
}

/** Words of errors, which quote what a server said: addresses stand in code spans, and the rest is no markup. */
function plain(words: string): string {
  return words
    .split(ADDRESS)
    .map((part, at) => (at % 2 === 1 ? code(part) : part.replace(MARKUP, '\\$&')))
    .join('')
}

const ADDRESS = /(https?:\/\/\S*[^\s:;,.)])/g
const MARKUP = /[\\`*_[\]<>#&|]/g

function code(text: string): string {
  return `\`${text.replaceAll('`', '%60')}\``
}

function sum(looks: CrawlTally['looks']): number {
  return Object.values(looks).reduce((total, n) => total + n, 0)
}
