// `npm run bench:crawl -- [PAGES …]`: a whole crawl with WARC, extraction, SQLite and unrolling on, politeness off, of
// a loopback site with 20 hosts; beside it Crawlee's CheerioCrawler, when CRAWLEE names a folder with @crawlee/cheerio
// in its node_modules. Prints pages a second, CPU a thousand pages, and the memory at its peak; then the browser's part
// (crawl-browser.ts).
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import type { CrawlCost } from './crawl-cost.ts'

const HERE = import.meta.dirname
const EXTERNAL = ['undici', 'puppeteer-core', 'linkedom', '@mozilla/readability']
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000]
const crawlee = process.env['CRAWLEE'] ?? null

// Beside the program, so that what is not bundled is found; a loader of TypeScript would be measured with it.
const dir = mkdtempSync(join(HERE, '../../dist/bench-'))
const site = spawn(process.execPath, ['--import', 'tsx', join(HERE, 'crawl-site.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const port = await new Promise<string>((resolve) => site.stdout.once('data', (data) => resolve(String(data).trim())))
  console.log('crawler        pages   pages/s   CPU s per 1,000   peak MB')
  for (const size of sizes) compare(port, size)
} finally {
  site.kill()
  rmSync(dir, { recursive: true, force: true })
}
execFileSync(process.execPath, ['--import', 'tsx', join(HERE, 'crawl-browser.ts')], { stdio: 'inherit' })

function compare(port: string, pages: number): void {
  const own = run('crawl-run', port, pages, join(dir, String(pages)))
  print('unspool', own)
  if (crawlee !== null) printRatio(own, run('crawl-crawlee', port, pages, crawlee))
}

function printRatio(own: CrawlCost, other: CrawlCost): void {
  print('Crawlee', other)
  const [speed, cpu] = [other.seconds / own.seconds, own.cpuSeconds / other.cpuSeconds]
  console.log(`unspool / Crawlee: ${speed.toFixed(2)}× the pages/s, ${cpu.toFixed(2)}× the CPU`)
}

function run(name: string, port: string, pages: number, folder: string): CrawlCost {
  const banner = { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" }
  // As the program ships: a thread finds its code beside the folder of chunks.
  const how = { bundle: true, splitting: true, minify: true, platform: 'node', format: 'esm', banner } as const
  const entryPoints = { [name]: join(HERE, `${name}.ts`), worker: join(HERE, '../../src/workers/worker.ts') }
  const outdir = join(dir, name)
  const where = { entryPoints, outdir, chunkNames: 'chunks/[name]-[hash]', external: EXTERNAL }
  buildSync({ ...where, ...how, logLevel: 'warning' })
  const args = [join(outdir, `${name}.js`), port, String(pages), folder]
  const told = execFileSync(process.execPath, args, { encoding: 'utf8' })
  return JSON.parse(told.trim().split('\n').at(-1) ?? '') as CrawlCost
}

function print(name: string, { pages, seconds, cpuSeconds, peakMb }: CrawlCost): void {
  const cells = [
    String(pages),
    (pages / seconds).toFixed(0),
    ((cpuSeconds / pages) * 1000).toFixed(1),
    peakMb.toFixed(0),
  ]
  console.log(name.padEnd(11) + cells.map((cell, at) => cell.padStart([9, 10, 18, 10][at] ?? 0)).join(''))
}
