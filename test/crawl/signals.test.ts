// How a crawl as a process ends, and what does not end it: signals, pipes that close.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { BIN } from '../cli/run.ts'
import { type Bench, htmlPage, listSources, openBenches } from './bench.ts'

const { makeBench, closeAll } = openBenches()
afterAll(closeAll)

/** A crawl of a page on loopback as a process of its own, without a terminal. */
async function startCrawl(...args: readonly string[]): Promise<{ bench: Bench; child: ChildProcess }> {
  const words = '<p>The wall of the harbour was built long ago, and nobody has mended it since then.</p>'.repeat(5)
  const page = htmlPage(`<article><h1>A wall</h1>${words}</article>`)
  const bench = await makeBench('', { '127.0.0.1/a': page })
  const sources = join(bench.dir, 'sources.toml')
  writeFileSync(sources, `browser = "never"\n${listSources(`http://127.0.0.1:${bench.web.port}/a`)}`)
  const place = ['--archive', bench.archive, '--sources', sources, '--allow-private', '127.0.0.1', '--min-free', '1']
  const child = spawn(process.execPath, [BIN, 'crawl', ...place, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  return { bench, child }
}

async function endOf(child: ChildProcess): Promise<unknown> {
  const [code, signal] = await once(child, 'exit')
  return signal ?? code
}

async function askedFor(bench: Bench, path: string): Promise<void> {
  while (!bench.web.requests.some((request) => request.path === path))
    await new Promise((resolve) => setTimeout(resolve, 20))
}

function runsIn(bench: Bench): readonly unknown[] {
  return bench.ask("SELECT outcome FROM events WHERE type = 'run ended'")
}

describe('a crawl', () => {
  it('ends by SIGTERM: a watch as it was asked to, one run before its end', async () => {
    for (const [args, code] of [
      [['--watch'], 0],
      [[], 130],
    ] as const) {
      const { bench, child } = await startCrawl(...args)
      const end = endOf(child)
      await askedFor(bench, '/robots.txt')
      child.kill('SIGTERM')
      expect(await end).toBe(code)
    }
  })

  it('goes on at SIGHUP where there is no terminal: nohup asked for that', async () => {
    const { bench, child } = await startCrawl()
    const end = endOf(child)
    await askedFor(bench, '/robots.txt')
    child.kill('SIGHUP')
    expect(await end).toBe(0)
    expect(runsIn(bench)).toEqual([{ outcome: 'success' }])
  })

  it('goes on when nobody reads what it prints any more', async () => {
    const { bench, child } = await startCrawl('--json')
    const end = endOf(child)
    child.stdout?.destroy()
    expect(await end).toBe(0)
    expect(runsIn(bench)).toEqual([{ outcome: 'success' }])
  })
})
