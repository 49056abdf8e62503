// One crawl of the benchmark's site in a process of its own, so that its processor time and memory are its own:
// `crawl-run.js PORT PAGES FOLDER`. Everything is on but the pauses. Prints one line of JSON.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { runCli } from '../../src/cli/program.ts'
import { routeTo } from '../site/fixture-web.ts'
import { HOSTS, measure } from './crawl-cost.ts'

const [port = 0, pages = 0] = process.argv.slice(2, 4).map(Number)
const dir = process.argv[4] ?? ''
mkdirSync(dir, { recursive: true })
const urls = Array.from({ length: pages }, (_, i) => `http://host${i % HOSTS}.example/thread/${i}.html`)
writeFileSync(join(dir, 'sources.toml'), urls.map((url) => `[[source]]\nurl = "${url}"\n`).join(''))

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
const io = {
  stdout: nowhere,
  stderr: nowhere,
  stdin: (async function* () {})(),
  env: {},
  now: () => new Date(),
  signal: new AbortController().signal,
  reach: { allowPrivate: [], route: routeTo(port) },
  manners: { floorMs: 0, ceilingMs: 0, factor: 0 },
}
const args = ['--browser', 'never', '--archive', join(dir, 'archive'), '--sources', join(dir, 'sources.toml')]
const code = await measure(pages, () => runCli(['crawl', ...args], io))
process.exitCode = code
