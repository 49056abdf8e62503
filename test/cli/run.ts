// Runs the built command as a person would: a real process, in a folder of its own.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export { makeFolder } from '../folder.ts'

export const ROOT = join(import.meta.dirname, '../..')
export const BIN = join(ROOT, 'dist/bin.js')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export function writeInto(folder: string, name: string, body: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, body)
  return path
}

/** One command to its end. `input` goes to its standard input. */
export function unspool(
  args: readonly string[],
  options: { cwd?: string; input?: string | Buffer; timeout?: number } = {},
): Ran {
  const ran: SpawnSyncReturns<string> = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    timeout: options.timeout ?? 60_000,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: options.input }),
  })
  return { code: ran.status, out: ran.stdout, err: ran.stderr }
}
