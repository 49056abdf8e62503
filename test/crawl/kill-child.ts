// A crawl that is going to be killed: its host names lead to the parent's site, its clock may run ahead.
import { Writable } from 'node:stream'
import { runCli } from '../../src/cli/program.ts'
import { routeTo } from '../site/fixture-web.ts'

const [port = '', dir = '', aheadMs = ''] = process.argv.slice(2)
const toStdout = new Writable({ write: (chunk, _, done) => void process.stdout.write(chunk, done) })
const toStderr = new Writable({ write: (chunk, _, done) => void process.stderr.write(chunk, done) })

process.stdout.write('open\n')
process.exitCode = await runCli(
  [
    'crawl',
    '--json',
    '--browser',
    'never',
    '--min-free',
    '1',
    '--archive',
    `${dir}/archive`,
    '--sources',
    `${dir}/sources.toml`,
  ],
  {
    stdout: toStdout,
    stderr: toStderr,
    stdin: (async function* () {})(),
    env: {},
    now: () => new Date(Date.now() + Number(aheadMs)),
    signal: new AbortController().signal,
    reach: { allowPrivate: [], route: routeTo(Number(port)) },
    manners: { floorMs: 2, ceilingMs: 2, factor: 0, random: () => 0.01 },
  },
)
