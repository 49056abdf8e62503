// Runs the built command as a person would: a real process, in a folder of its own.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

export const ROOT = join(import.meta.dirname, '../..')
export const BIN = join(ROOT, 'dist/bin.js')

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A temporary folder that is gone after the tests of the file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
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
