// `npm run bench:crawl -- [PAGES]`: a whole crawl with WARC, extraction, SQLite and unrolling on, politeness off, of a loopback
// site with 20 hosts. Prints pages a second, CPU a thousand pages, and the memory at its peak.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { runCli } from '../../src/cli/program.ts'
import { routeTo } from '../site/fixture-web.ts'

const HOSTS = 20
const MEGABYTE = 1024 * 1024
const pages = Number(process.argv[2] ?? 1000)

const site = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'crawl-site.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const port = Number(
  await new Promise<string>((resolve) => site.stdout.once('data', (data: Buffer) => resolve(String(data)))),
)
const dir = mkdtempSync(join(tmpdir(), 'unspool-bench-'))
const urls = Array.from({ length: pages }, (_, i) => `http://host${i % HOSTS}.example/thread/${i}.html`)
writeFileSync(join(dir, 'sources.toml'), urls.map((url) => `[[source]]\nurl = "${url}"\n`).join(''))

let out = ''
const io = {
  stdout: new Writable({
    write: (chunk: Buffer, _, done) => {
      out += chunk.toString()
      done()
    },
  }),
  stderr: process.stderr,
  stdin: (async function* () {})(),
  env: {},
  now: () => new Date(),
  signal: new AbortController().signal,
  reach: { allowPrivate: [], route: routeTo(port) },
  manners: { floorMs: 0, ceilingMs: 0, factor: 0 },
}
const [start, cpu] = [performance.now(), process.cpuUsage()]
const code = await runCli(
  ['crawl', '--browser', 'never', '--archive', join(dir, 'archive'), '--sources', join(dir, 'sources.toml')],
  io,
)
const seconds = (performance.now() - start) / 1000
const used = process.cpuUsage(cpu)
const cpuSeconds = (used.user + used.system) / 1e6
console.log(out.trim())
console.log(`exit ${code}; ${pages} pages in ${seconds.toFixed(1)} s: ${(pages / seconds).toFixed(0)} pages/s`)
console.log(
  `${((cpuSeconds / pages) * 1000).toFixed(1)} CPU s per 1,000 pages; peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
)
console.log(`heap at the end ${(process.memoryUsage().heapUsed / MEGABYTE).toFixed(0)} MB`)
site.kill()
rmSync(dir, { recursive: true, force: true })
