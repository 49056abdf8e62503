// `npm run bench:extract [rounds]`: CPU time of reading HTML pages, from the bytes to the extraction, side by side with
// cheerio on the same bytes: `cheerio.load` alone (parse5, its default), and load with a scraper's usual selections.
// The three take turns platform by platform; each figure is the median of the rounds.
import { load } from 'cheerio'
import { readPage } from '../../src/adapters/page/page.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import type { Capture } from '../../src/model.ts'
import { type HtmlCapture, htmlCaptures } from './html-captures.ts'
import { scrape } from './scrapers.ts'

const ROUNDS = 7
/** The general article extractor is held to a limit of its own. */
const ARTICLE = 'article'
const READERS = ['ours', 'load', 'scraper'] as const

type Reader = (typeof READERS)[number]
type Times = Readonly<Record<Reader, number>>

interface Row {
  readonly platform: string
  readonly pages: number
  readonly megabytes: number
  readonly times: Times
}

const [rounds = ROUNDS] = process.argv.slice(2).map(Number)
const { source, captures } = htmlCaptures()
const platforms = new Map<string, HtmlCapture[]>()
for (const one of captures) platforms.set(one.platform, [...(platforms.get(one.platform) ?? []), one])

console.log(`HTML pages of ${source}; CPU milliseconds, median of ${rounds} rounds`)
printRows([...platforms].filter(([name]) => name !== ARTICLE).map(([name, pages]) => measure(name, pages)))
printArticles(platforms.get(ARTICLE) ?? [])

function measure(platform: string, pages: readonly HtmlCapture[]): Row {
  const samples: Record<Reader, number[]> = { ours: [], load: [], scraper: [] }
  for (let round = -1; round < rounds; round += 1)
    for (const reader of inTurn(round)) {
      const spent = cpuOf(() => {
        for (const { capture } of pages) run(reader, capture, platform)
      })
      if (round >= 0) samples[reader].push(spent)
    }
  const bytes = pages.reduce((sum, { capture }) => sum + capture.body.length, 0)
  const times = { ours: median(samples.ours), load: median(samples.load), scraper: median(samples.scraper) }
  return { platform, pages: pages.length, megabytes: bytes / 1e6, times }
}

/** Each round begins with another reader: the first of a round finds colder caches. */
function inTurn(round: number): readonly Reader[] {
  const first = (round + READERS.length) % READERS.length
  return [...READERS.slice(first), ...READERS.slice(0, first)]
}

function run(reader: Reader, capture: Capture, platform: string): void {
  if (reader === 'ours') readPosts(readPage(capture))
  else if (reader === 'load') load(capture.body as Buffer)
  else scrape(load(capture.body as Buffer), platform)
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function printRows(rows: readonly Row[]): void {
  const sum = (pick: (row: Row) => number): number => rows.reduce((total, row) => total + pick(row), 0)
  const times = { ours: sum(({ times }) => times.ours), load: sum(({ times }) => times.load) }
  const whole = { ...times, scraper: sum(({ times }) => times.scraper) }
  console.log('| platform | pages | MB | unspool | cheerio.load | load + $() | of load | of load + $() |')
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const row of [...rows].sort((a, b) => b.times.load - a.times.load)) printRow(row)
  printRow({ platform: 'sum', pages: sum(({ pages }) => pages), megabytes: sum((row) => row.megabytes), times: whole })
}

function printRow({ platform, pages, megabytes, times: { ours, load, scraper } }: Row): void {
  const figures = [ours, load, scraper].map((ms) => ms.toFixed(ms < 10 ? 1 : 0))
  const ratios = [ours / load, ours / scraper].map((ratio) => `${ratio.toFixed(2)}×`)
  console.log(`| ${[platform, pages, megabytes.toFixed(2), ...figures, ...ratios].join(' | ')} |`)
}

function printArticles(pages: readonly HtmlCapture[]): void {
  const times = pages.map(({ capture }) => {
    const samples = Array.from({ length: rounds }, () => cpuOf(() => run('ours', capture, ARTICLE)))
    return median(samples)
  })
  const sorted = times.sort((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(0)
  console.log(
    `article extractor: ${pages.length} pages, ${at(0.5)} ms a median page, ${at(0.9)} ms the 90th of 100, ${(sorted.at(-1) ?? Number.NaN).toFixed(0)} ms the slowest`,
  )
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
