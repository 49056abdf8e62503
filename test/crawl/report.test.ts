// The report of a run: whole in its counts whatever the size, and a page that nothing in it can turn into another.
import { expect, it } from 'vitest'
import type { FrontierRow, VisitOutcome } from '../../src/archive/crawl/frontier.ts'
import { makeReport, printReport } from '../../src/crawl/report/report.ts'
import { type CrawlTally, countLeftOut, countLook, createTally } from '../../src/crawl/report/tally.ts'

const START = '2026-11-20T10:00:00.000Z'

function rowOf(at: number): FrontierRow {
  const url = `https://harbour.example/${at}`
  const known = { depth: 1, round: START, dueAt: null, attempts: 0, outcome: null, reason: null, visitedAt: null }
  return { key: at, url, source: 'harbour', host: 'harbour.example', kind: 'item', ...known }
}

function look(tally: CrawlTally, outcome: VisitOutcome, times: number, reason: string | null = null): void {
  for (let at = 0; at < times; at++) countLook(tally, rowOf(at), outcome, reason)
}

function reportOf(tally: CrawlTally) {
  const result = { ending: 'done', run: 'r1', tally, unrolled: null, waiting: 0, nextDue: null } as const
  return makeReport(result, '2026-11-20T11:00:00.000Z', 0)
}

it('names failures behind any number of new pages, and says how many pages it does not name', () => {
  const tally = createTally(START)
  look(tally, 'new', 2000)
  look(tally, 'failed', 1, 'the line was dead')
  for (let at = 0; at < 700; at++) countLeftOut(tally, { url: `https://a.example/${at}`, source: 'a', why: 'enough' })
  const report = reportOf(tally)
  expect(report.pages.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
  const untold = { pages: 2001 - report.pages.length, notFollowed: 700 - report.notFollowed.length, replaced: 0 }
  expect(report.untold).toEqual(untold)
  expect(report.untold.pages).toBeGreaterThan(0)
  const page = printReport(report)
  expect(page).toContain(`and ${report.untold.pages} more`)
  expect(page).toContain(`and ${report.untold.notFollowed} more`)
})

it('is a page in which no words of a server are markup', () => {
  const tally = createTally(START)
  look(tally, 'failed', 1, 'https://a.example/x_y_z: names <img src=x> *not* [this](https://b.example/)\n# nor this')
  const page = printReport(reportOf(tally))
  expect(page).toContain('`https://a.example/x_y_z`: names \\<img src=x\\> \\*not\\* \\[this\\]')
  expect(page).not.toMatch(/^# nor/m)
  expect(page).not.toMatch(/(?<!\\)<img/)
})

it('names a page once, and once for all that was said of it alike', () => {
  const tally = createTally(START)
  for (const status of [503, 503, 503, 429])
    countLook(tally, rowOf(7), 'failed', `https://harbour.example/7 answered ${status}: try again later`)
  const listed = printReport(reportOf(tally))
    .split('\n')
    .filter((line) => line.startsWith('- failed'))
  expect(listed).toEqual([
    '- failed: `https://harbour.example/7` – answered 503: try again later (3 times)',
    '- failed: `https://harbour.example/7` – answered 429: try again later',
  ])
})

it('finds no fault with a host on which a page is not there', () => {
  const tally = createTally(START)
  look(tally, 'absent', 1, 'answered 404')
  look(tally, 'gone', 1, 'answered 410')
  expect(printReport(reportOf(tally))).not.toContain('Hosts with trouble')
  look(tally, 'refused', 1, 'robots.txt forbids it')
  expect(printReport(reportOf(tally))).toContain('- `harbour.example`: robots.txt forbids it')
})
