// `npm run real -- articles [--misses] [--half 0|1] [--only <name>] [--alone]`: how well the product reads the articles
// of real pages, which live beside the repository, side by side with the bare libraries Readability and Defuddle.
// Prints figures; it judges nothing. `blog-extraction` is Readability's own test set: its output there is the truth by
// definition.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { type Page, readPage } from '../../src/adapters/page/page.ts'
import { rawTextOf } from '../../src/markup/markup.ts'
import { bodyFromHtml } from '../../src/text/body.ts'
import { captureOf, extractPage } from '../adapters/cases.ts'
import { readDisputes } from './article-labels.ts'
import {
  newTally,
  type Reading,
  type ShingleScore,
  score,
  segmentF1,
  shingleScore,
  type Tally,
  type Truth,
  totalF1,
  wordF1,
} from './article-scores.ts'
import { REAL } from './files.ts'

const PAGES = join(REAL, 'article-pages/html')
const TRUTH = join(REAL, 'article-pages/groundtruth.json')
const BLOGS = join(REAL, 'blog-extraction/mozilla__readability')
/** More pages with a whole text beside them: what another reader's tests expect. */
const PAGES_OF_OMNIVORE = 'omnivore-app__omnivore/packages/readabilityjs/test/test-pages'
const MORE = ['wordpress-html', 'blogger', 'substack', 'ghost'].map((kind) => join(REAL, kind, PAGES_OF_OMNIVORE))
/** Fixture fields every page of the folders has. */
const CASE = {
  platform: 'real',
  folder: '',
  capturedAt: '2026-01-01T00:00:00.000Z',
  headers: [],
  browser: false,
  kind: 'html',
}

type Reader = (page: Page) => Reading | Promise<Reading>

interface Report {
  readonly halves: readonly [Tally, Tally]
  readonly cpu: number[]
  readonly words: number[]
  /** Over `blog-extraction` and over the others' expectations. */
  readonly shingles: readonly [ShingleScore[], ShingleScore[]]
}

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: 'boolean', default: false },
    half: { type: 'string' },
    only: { type: 'string' },
    alone: { type: 'boolean', default: false },
  },
})

const load = createRequire(import.meta.url)

await run()

async function run(): Promise<void> {
  if (!existsSync(TRUTH)) return console.log('There is no ../shared/real beside the repository: nothing to measure.')
  const readers: [string, Reader][] = [['unspool', readOurs]]
  if (!options.alone) readers.push(['readability', readReadability], ['defuddle', await loadDefuddle()])
  for (const [name, reader] of readers) {
    const report: Report = { halves: [newTally(), newTally()], cpu: [], words: [], shingles: [[], []] }
    await readPages(name, reader, report)
    for (const folder of readdirSync(BLOGS)) await readWhole(name, join(BLOGS, folder), reader, report, 0)
    for (const folder of MORE.flatMap(foldersIn)) await readWhole(name, folder, reader, report, 1)
    print(name, report)
  }
}

async function readPages(name: string, reader: Reader, report: Report): Promise<void> {
  const disputes = readDisputes()
  const truths = JSON.parse(readFileSync(TRUTH, 'utf8')) as Readonly<Record<string, Truth>>
  for (const [i, file] of Object.keys(truths).sort().entries()) {
    if (options.half !== undefined && Number(options.half) !== i % 2) continue
    const truth = truths[file] as Truth
    const path = join(PAGES, `${file}.gz`)
    if ((options.only !== undefined && !file.includes(options.only)) || !existsSync(path)) continue
    const page = pageOf(file, gunzipSync(readFileSync(path)), truth.url)
    const reading = await timed(report, () => reader(page))
    const source = { text: rawTextOf(page.html().root), disputed: disputes.get(file) ?? new Set<number>() }
    const misses = score(report.halves[i % 2] as Tally, truth, reading, source)
    if (!options.misses || name !== 'unspool') continue
    for (const { kind, segment } of misses) console.log(`${file.slice(0, 44).padEnd(44)} ${kind.padEnd(16)} ${segment}`)
  }
}

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** A page with its whole text beside it; `set` says whose. */
async function readWhole(name: string, folder: string, reader: Reader, report: Report, set: 0 | 1): Promise<void> {
  if (options.only !== undefined && !folder.includes(options.only)) return
  const page = pageOf(basename(folder), readFileSync(join(folder, 'source.html')), undefined)
  const expected = bodyFromHtml(readFileSync(join(folder, 'expected.html'), 'utf8'), null).text
  const { body } = await reader(page)
  const words = wordF1(expected, body)
  const shingles = shingleScore(expected, body)
  if (set === 0) report.words.push(words)
  report.shingles[set].push(shingles)
  if (!options.misses || name !== 'unspool' || words >= 0.97) return
  const { precision, recall } = shingles
  console.log(
    `${basename(folder).padEnd(44)} words ${words.toFixed(3)}, 4-grams P ${precision.toFixed(3)} R ${recall.toFixed(3)}`,
  )
}

function pageOf(name: string, body: Uint8Array, url: string | undefined): Page {
  const known = url !== undefined && URL.canParse(url) && url.startsWith('http') ? url : null
  return readPage({ ...captureOf({ ...CASE, name, url: known, body }), mediaType: 'text/html' })
}

async function timed(report: Report, read: () => Reading | Promise<Reading>): Promise<Reading> {
  const before = process.cpuUsage()
  const reading = await read()
  const { user, system } = process.cpuUsage(before)
  report.cpu.push((user + system) / 1000)
  return reading
}

/** The product as a person meets it: the first adapter that recognises the page. */
function readOurs(page: Page): Reading {
  const { posts } = extractPage(page)
  const article = posts.find(({ kind }) => kind === 'article')
  return {
    body: [article?.text ?? '', ...(article?.footnotes ?? []).map(({ text }) => text)].join('\n\n'),
    comments: posts
      .filter(({ kind }) => kind === 'comment')
      .map(({ text }) => text)
      .join('\n\n'),
    title: article?.title ?? null,
    author: article?.author?.name ?? article?.author?.handle ?? null,
    date: article?.createdAt ?? null,
  }
}

interface Found {
  readonly title?: string | null
  readonly byline?: string | null
  readonly author?: string | null
  readonly publishedTime?: string | null
  readonly published?: string | null
  readonly content?: string | null
}

function readReadability(page: Page): Reading {
  const { parseHTML } = load('linkedom')
  const { Readability } = load('@mozilla/readability')
  return readingOf(new Readability(parseHTML(page.text).document).parse() as Found | null)
}

/** Without its network: it would ask services of its own for some pages. */
async function loadDefuddle(): Promise<Reader> {
  const { Defuddle } = await import('defuddle/node')
  const { parseHTML } = load('linkedom')
  const fetch = () => Promise.reject(new Error('offline'))
  console.error = () => undefined // it prints the JSON-LD that pages have wrong
  return async (page) => {
    const { document } = parseHTML(page.text)
    const url = page.url?.href ?? 'https://nowhere.example/'
    return readingOf(await Defuddle(document, url, { useAsync: false, fetch }).catch(() => null))
  }
}

function readingOf(found: Found | null): Reading {
  return {
    body: bodyFromHtml(found?.content ?? '', null).text,
    comments: '',
    title: found?.title ?? null,
    author: found?.byline ?? found?.author ?? null,
    date: found?.publishedTime ?? found?.published ?? null,
  }
}

function print(name: string, { halves, cpu, words, shingles }: Report): void {
  for (const [i, tally] of halves.entries()) {
    const { precision, recall, f1 } = segmentF1(tally)
    const facts = (['title', 'author', 'date', 'comments'] as const).map((key) => `${key} ${shareOf(tally[key])}`)
    const body = `F1 ${f1.toFixed(3)} (P ${precision.toFixed(3)} R ${recall.toFixed(3)})`
    console.log(`${name.padEnd(12)} half ${i}: ${body}  ${facts.join('  ')}  comments in body ${tally.mixed}`)
    const { comments, mixed } = tally.agreed
    const undisputed = `comments ${shareOf(comments)}, in body ${mixed}`
    console.log(`${''.padEnd(20)} without the annotations that article-labels.md disputes: ${undisputed}`)
  }
  const mean = words.reduce((sum, f1) => sum + f1, 0) / Math.max(words.length, 1)
  const [blogs, others] = shingles.map((scores) => totalF1(scores).toFixed(3))
  const whole = `words ${mean.toFixed(3)}, least ${Math.min(...words).toFixed(3)}; 4-grams ${blogs}, others' pages ${others}`
  console.log(
    `${name.padEnd(12)} blog-extraction ${whole}; CPU ms a page: ${at(cpu, 0.5)} median, ${at(cpu, 0.95)} at 95 %\n`,
  )
}

function shareOf([right, asked]: readonly [number, number]): string {
  return `${(right / Math.max(asked, 1)).toFixed(3)} of ${asked}`
}

function at(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b)
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
}
