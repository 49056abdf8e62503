// Crawls a loopback web through the command line, in this process, with pauses short enough for a test.
import { Writable } from 'node:stream'
import type { Io } from '../../src/cli/io.ts'
import { runCli } from '../../src/cli/program.ts'
import type { Reach } from '../../src/fetch/guard.ts'
import type { FixtureWeb } from '../site/fixture-web.ts'

/** The least pause between two requests to a host in these tests, ms. */
export const PAUSE_MS = 40

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly now?: () => Date
  readonly signal?: AbortSignal
  readonly pauseMs?: number
  readonly limits?: Io['limits']
  /** Instead of the web's own. */
  readonly reach?: Reach
}

/** Runs one command; host names lead to the loopback site. */
export async function command(web: FixtureWeb | null, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const texts = { out: '', err: '' }
  const into = (key: 'out' | 'err') =>
    new Writable({
      write: (chunk: Buffer, _, done) => {
        texts[key] += chunk.toString()
        done()
      },
    })
  const pause = options.pauseMs ?? PAUSE_MS
  const io: Io = {
    stdout: into('out'),
    stderr: into('err'),
    stdin: (async function* () {})(),
    env: {},
    now: options.now ?? (() => new Date()),
    signal: options.signal ?? new AbortController().signal,
    manners: { floorMs: pause, ceilingMs: pause, factor: 0, random: () => 0.01 },
    ...(web === null ? {} : web.dispatcherOptions),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.reach === undefined ? {} : { reach: options.reach }),
  }
  const code = await runCli(args, io)
  return { code, ...texts }
}

/** A clock that can be set ahead: hours pass in no time. */
export function makeClock(): { now: () => Date; ahead: (ms: number) => void } {
  let offset = 0
  return {
    now: () => new Date(Date.now() + offset),
    ahead: (ms) => {
      offset += ms
    },
  }
}
