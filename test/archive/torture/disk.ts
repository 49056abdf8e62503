// A disk that is full, and one that gives errors: whatever writes stops with a clear word and the documented exit code,
// what it acknowledged is there, and it goes on when there is room again. Needs root for a small file system of its own
// (else the size of files is limited), and strace for errors.

import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_CODES } from '../../../src/errors.ts'
import { note, sizeOf } from './acknowledged.ts'
import { type Fault, findFaults, seenFaults, within } from './check.ts'
import { childCommand, type Lived, runFor } from './child-process.ts'
import { argumentsOf, openScene, type Scene } from './scene.ts'

export interface DiskReport {
  readonly tries: number
  /** Tries by what failed. */
  readonly byFault: Readonly<Record<string, number>>
  /** Tries that the machine did not allow: no strace. */
  readonly skipped: number
  /** Commands that met the fault and stopped with the exit code for it. */
  readonly stopped: number
  readonly acknowledged: number
  readonly faults: readonly Fault[]
}

/** What writes to the disk that fails; the others are in kills.ts. */
const DEEDS = ['add', 'rebuild', 'merge', 'backup', 'redact', 'refresh'] as const
const DISK_MIB = 16
/** When there is room again: more than a command fills while it is watched. */
const LARGER_MIB = 512
const BALLAST = 'ballast'
/** At most this much is left free on the full disk, bytes. */
const MOST_LEFT = 400_000
/** Largest file where no disk can be made, in KiB. */
const MOST_FILE_KIB = 900
const CALLS = [
  'fsync:error=EIO',
  'pwrite64:error=EIO',
  'fdatasync:error=EIO',
  'pwrite64:error=ENOSPC',
  'rename:error=EIO',
]
/** A command that has not met the fault by then never will, ms. */
const PATIENCE_MS = 6000
/** How long a command goes on when all is well again, ms. */
const GOES_ON_MS = 1500
const CLEAR_WORDS = /the disk is full|check the disk/

type Deed = (typeof DEEDS)[number]

interface Outcome {
  readonly fault: string
  readonly stopped: boolean
  readonly acknowledged: number
  readonly faults: readonly Fault[]
}

/** `dir` is an empty folder. */
export async function failDisks(dir: string, tries: number, random: () => number): Promise<DiskReport> {
  const outcomes: (Outcome | null)[] = []
  for (let at = 0; at < tries; at++) {
    const folder = join(dir, String(at))
    const deed = DEEDS[at % DEEDS.length]!
    mkdirSync(folder)
    outcomes.push(at % 2 === 0 ? await fillUp(folder, deed, random) : await breakCalls(folder, deed, random))
    rmSync(folder, { recursive: true, force: true })
  }
  const done = outcomes.filter((outcome) => outcome !== null)
  const byFault: Record<string, number> = {}
  for (const { fault } of done) byFault[fault] = (byFault[fault] ?? 0) + 1
  return {
    ...{ tries, byFault, skipped: tries - done.length },
    stopped: done.filter(({ stopped }) => stopped).length,
    acknowledged: done.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    faults: done.flatMap(({ faults }) => faults),
  }
}

async function fillUp(folder: string, deed: Deed, random: () => number): Promise<Outcome> {
  const isMounted = mountDisk(folder, DISK_MIB)
  try {
    const scene = await openScene(join(folder, 'on'), 0)
    const ballast = join(folder, BALLAST)
    if (isMounted) fillDisk(ballast, folder, Math.floor(random() * MOST_LEFT))
    const command = childCommand(deed, scene.dir, 'full', ...argumentsOf(scene, deed, 'full'))
    const run = await runFor(isMounted ? command : limitFiles(command, random), { lines: 0, ms: PATIENCE_MS })
    return await judge(scene, deed, run, isMounted ? 'full disk' : 'limited files', () => {
      rmSync(ballast, { force: true })
      if (isMounted) spawnSync('mount', ['-o', `remount,size=${LARGER_MIB}m`, folder])
    })
  } finally {
    if (isMounted) spawnSync('umount', ['-l', folder])
  }
}

/** False when this machine does not allow it. */
export function mountDisk(folder: string, mib: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder]).status === 0
}

/** Leaves so many bytes free. */
export function fillDisk(path: string, folder: string, left: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const file = openSync(path, 'w')
  const piece = Buffer.alloc(bsize)
  for (let at = 0; at < bavail - Math.ceil(left / bsize); at++) writeSync(file, piece)
  closeSync(file)
}

function limitFiles(command: readonly string[], random: () => number): readonly string[] {
  return ['bash', '-c', `ulimit -f ${Math.floor(random() * MOST_FILE_KIB)}; exec "$@"`, 'limited', ...command]
}

/** One call fails, or all from one on. */
async function breakCalls(folder: string, deed: Deed, random: () => number): Promise<Outcome | null> {
  if (spawnSync('strace', ['-V']).error !== undefined) return null
  const scene = await openScene(join(folder, 'on'), 0)
  const call = CALLS[Math.floor(random() * CALLS.length)]!
  const [first, last] = call.startsWith('pwrite') ? [20, 600] : [1, 40]
  const when = `${first + Math.floor(random() * last)}${random() < 0.5 ? '' : '+'}`
  const inject = ['strace', '-f', '-o', join(folder, 'calls'), '-e', `inject=${call}:when=${when}`]
  const command = childCommand(deed, scene.dir, 'broken', ...argumentsOf(scene, deed, 'broken'))
  const run = await runFor([...inject, ...command], { lines: 0, ms: PATIENCE_MS })
  return judge(scene, deed, run, call, () => undefined)
}

/** Before the disk is mended a reader must see all; after it, the next command goes on. */
async function judge(scene: Scene, deed: Deed, run: Lived, fault: string, mend: () => void): Promise<Outcome> {
  const { acked, dir } = scene
  const { lines, code, err } = run
  note(lines, acked)
  const isClear = code === null || code === 0 || (code === EXIT_CODES.storage.code && CLEAR_WORDS.test(err))
  const say = `stopped with code ${code} and no clear word: ${err.slice(0, 600)}`
  const unclear: readonly Fault[] = isClear ? [] : [{ kind: 'other', say }]
  const meanwhile = within('while the disk fails', seenFaults(dir, acked))
  mend()
  const after = findFaults(dir, acked)
  const again = await runFor(childCommand(deed, dir, 'again', ...argumentsOf(scene, deed, 'again')), {
    lines: 0,
    ms: GOES_ON_MS,
  })
  note(again.lines, acked)
  const isOn = again.code === null || again.code === 0
  const stuck: readonly Fault[] = isOn ? [] : [{ kind: 'other', say: `does not go on: ${again.err.slice(0, 600)}` }]
  return {
    fault,
    stopped: code === EXIT_CODES.storage.code,
    acknowledged: sizeOf(acked),
    faults: within(`${deed}, ${fault}`, [...unclear, ...meanwhile, ...after, ...stuck, ...findFaults(dir, acked)]),
  }
}
