// Starts the commands that are going to be killed. They are bundled once, as the program ships: a child that is up in half the
// time is killed twice as often.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'

const ROOT = join(import.meta.dirname, '../../..')
const OPENED = 'open'

export interface Lived {
  /** Whole lines that it said; the first, which says that it has begun, is left out. */
  readonly lines: readonly string[]
  /** Null: killed. */
  readonly code: number | null
  /** What it said to a person. */
  readonly err: string
}

let bundle: string | null = null

/** The command line of a child that does one deed; see child.ts. */
export function childCommand(deed: string, dir: string, seed: string, ...rest: readonly string[]): readonly string[] {
  bundle ??= bundleChild()
  return [process.execPath, join(bundle, 'child.js'), deed, dir, seed, ...rest]
}

export async function runToEnd(
  deed: string,
  dir: string,
  seed: string,
  ...rest: readonly string[]
): Promise<readonly string[]> {
  const { lines, code, err } = await runFor(childCommand(deed, dir, seed, ...rest), null)
  if (code !== 0) throw new Error(`${deed} ended with ${code}: ${err}`)
  return lines
}

/** Runs a command that is killed so long after its first word, in ms; null: it lives. */
export async function runFor([program = '', ...args]: readonly string[], ms: number | null): Promise<Lived> {
  // A group of its own: under strace it is two processes, and both have to go.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const err = gather(child.stderr!)
  const text = gather(child.stdout!, () => {
    if (ms !== null) setTimeout(() => killGroup(child), ms)
  })
  const code = await ending(child)
  const lines = text()
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== OPENED)
  return { lines, code, err: err() }
}

function gather(stream: NodeJS.ReadableStream, onFirst: () => void = () => undefined): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    if (text === '') onFirst()
    text += piece
  })
  return () => text
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve))
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}

/** Into a folder of its own, from which the packages can be seen. */
function bundleChild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-child-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  buildSync({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    ...{ outdir: folder, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
    ...{ packages: 'external', logLevel: 'warning' },
  })
  if (!existsSync(join(folder, 'child.js'))) throw new Error('the child was not bundled')
  return folder
}
