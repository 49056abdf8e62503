// Starts the commands that are going to be killed. They are bundled once, as the program ships: a child that is up in
// half the time is killed twice as often.
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

/** When a command is killed: so many ms after it has said so many lines beyond the first, or after all its time. */
export interface End {
  readonly lines: number
  readonly ms: number
}

/** A slow machine comes to its lines late; one that says none is killed after this, ms. */
const LONGEST_LIFE_MS = 4000

/** One end in two comes at any moment of the beginning, the others on the way. */
export function drawEnd(random: () => number, mostLines: number, mostMs: number): End {
  return { lines: random() < 0.5 ? 0 : Math.ceil(random() * mostLines), ms: random() * mostMs }
}

/** Runs a command that is killed, or lives: null. */
export async function runFor([program = '', ...args]: readonly string[], end: End | null): Promise<Lived> {
  // A group of its own: under strace it is two processes, and both have to go.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const err = gather(child.stderr!)
  const text = gather(child.stdout!, createKiller(child, end))
  const code = await ending(child)
  const lines = text()
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== OPENED)
  return { lines, code, err: err() }
}

function gather(stream: NodeJS.ReadableStream, onText: (text: string) => void = () => undefined): () => string {
  let text = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    text += piece
    onText(text)
  })
  return () => text
}

/** To be told all that was said so far. */
export function createKiller(child: ChildProcess, end: End | null): (text: string) => void {
  let isFirst = true
  let isDue = false
  return (text) => {
    if (end === null) return
    if (isFirst) setTimeout(() => killGroup(child), Math.max(LONGEST_LIFE_MS, end.ms))
    isFirst = false
    if (isDue || text.split('\n').length - 2 < end.lines) return
    isDue = true
    setTimeout(() => killGroup(child), end.ms)
  }
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve))
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL')
}

/** Into a folder of its own, from which the packages can be seen, and what the program loads by its own name. */
function bundleChild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-child-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const name of ['node_modules', 'package.json', 'src']) symlinkSync(join(ROOT, name), join(folder, name))
  buildSync({
    entryPoints: [join(import.meta.dirname, 'child.ts')],
    ...{ outdir: folder, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
    ...{ packages: 'external', logLevel: 'warning' },
  })
  if (!existsSync(join(folder, 'child.js'))) throw new Error('the child was not bundled')
  return folder
}
