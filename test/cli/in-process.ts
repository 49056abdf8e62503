// Runs a command line in this process, with host names leading to a loopback site.
import { Writable } from 'node:stream'
import type { Io } from '../../src/cli/io.ts'
import { runCli } from '../../src/cli/program.ts'
import type { Ran } from './run.ts'

export async function unspoolHere(args: readonly string[], options: Partial<Io> = {}): Promise<Ran> {
  const said = { out: '', err: '' }
  const code = await runCli(args, {
    stdout: keepIn(said, 'out'),
    stderr: keepIn(said, 'err'),
    stdin: nothing(),
    env: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    ...options,
  })
  return { code, ...said }
}

function keepIn(said: { out: string; err: string }, name: 'out' | 'err'): Writable {
  return new Writable({
    write: (piece, _, done) => {
      said[name] += piece
      done()
    },
  })
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
