// Time and memory from the files of JSONL to threads, beside JSON.parse over the same lines: `npm run bench:cost`, or
// `tsx test/bench/cost.ts short` for sizes that take seconds. Posts are made (made-posts.ts); each run is a process of
// its own, of code bundled as it ships. Reading files and cutting them into lines counts on both sides.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { Measured } from './cost-run.ts'
import { type Kind, makeLines } from './made-posts.ts'

interface Series {
  readonly kind: Kind
  readonly say: string
  readonly sizes: readonly number[]
  readonly perAuthor: number
}

/** Posts of one file: the program reads no more than 64 MB of one input. */
const PER_FILE = 100_000
const SIZES = process.argv[2] === 'short' ? [10_000, 50_000] : [10_000, 100_000, 1_000_000]
const SERIES: readonly Series[] = [
  { kind: 'ids', say: 'ids, times, parents', sizes: SIZES, perAuthor: 5000 },
  { kind: 'numbers', say: 'numbers and text only', sizes: SIZES, perAuthor: 5000 },
  { kind: 'one-form', say: 'one author, one form', sizes: [5000, 10_000, 20_000], perAuthor: 20_000 },
]

const scratch = mkdtempSync(join(tmpdir(), 'unspool-cost-run-'))
const run = join(scratch, 'cost-run.js')
for (const name of ['package.json', 'src']) symlinkSync(join(import.meta.dirname, '../..', name), join(scratch, name))
buildSync({
  entryPoints: {
    'cost-run': join(import.meta.dirname, 'cost-run.ts'),
    worker: join(import.meta.dirname, '../../src/workers/worker.ts'),
  },
  outdir: scratch,
  bundle: true,
  splitting: true,
  minify: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['linkedom', '@mozilla/readability', 'undici', 'puppeteer-core', '@sparticuz/chromium'],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})

console.log(
  'posts                          size   wall s  × JSON.parse   by CPU   µs a post  growth  peak B a post  threads',
)
for (const series of SERIES) {
  let first: number | null = null
  for (const size of series.sizes) {
    const measured = measure(series, size)
    const each = eachOf(measured)
    first ??= each
    console.log(row(series, measured, each / first))
  }
}
rmSync(scratch, { recursive: true })

/** Microseconds of processor time a post. */
function eachOf({ unroll, posts }: Measured): number {
  return (unroll.cpu * 1000) / posts
}

function row({ say }: Series, measured: Measured, growth: number): string {
  const { posts, threads, parse, unroll, peak } = measured
  const cells: readonly (readonly [value: string, width: number])[] = [
    [String(posts), 12],
    [(unroll.wall / 1000).toFixed(2), 8],
    [(unroll.wall / parse.wall).toFixed(1), 13],
    [(unroll.cpu / parse.cpu).toFixed(1), 8],
    [eachOf(measured).toFixed(1), 11],
    [growth.toFixed(2), 7],
    [String(Math.round(peak / posts)), 14],
    [String(threads), 8],
  ]
  return say.padEnd(22) + cells.map(([value, width]) => ` ${value.padStart(width)}`).join('')
}

function measure({ kind, perAuthor }: Series, size: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-cost-'))
  try {
    writeFiles(folder, kind, size, Math.min(size, perAuthor))
    const told = execFileSync(process.execPath, [run, folder], { encoding: 'utf8' })
    return JSON.parse(told) as Measured
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeFiles(folder: string, kind: Kind, size: number, perAuthor: number): void {
  for (let first = 0; first < size; first += PER_FILE) {
    const lines: string[] = []
    for (let at = first; at < Math.min(size, first + PER_FILE); at += perAuthor)
      for (const line of makeLines(kind, `author${at}`, perAuthor, at)) lines.push(line)
    writeFileSync(join(folder, `${first}.jsonl`), `${lines.join('\n')}\n`)
  }
}
