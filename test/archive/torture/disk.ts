// A disk that is full, and one that gives errors: the writer stops with a clear word, what it acknowledged is there, and it
// goes on when there is room again. Needs root for a small file system of its own, and strace for errors.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFaults, note, nothingYet } from './check.ts'

export interface DiskReport {
  readonly tries: number
  /** Tries that the machine did not allow. */
  readonly skipped: number
  /** Writers that met the fault and stopped. */
  readonly stopped: number
  readonly acknowledged: number
  readonly faults: readonly string[]
}

const SMALL_MIB = 4
const LARGE_MIB = 64
const PAGES = '400'
const CLEAR_WORDS = /StorageError|disk is full|cannot be|IntegrityError/
const FAULTS = ['fsync:error=EIO', 'pwrite64:error=EIO', 'fdatasync:error=EIO', 'pwrite64:error=ENOSPC']

interface Outcome {
  readonly stopped: boolean
  readonly acknowledged: number
  readonly faults: readonly string[]
}

/** `dir` is an empty folder. */
export function fillDisks(dir: string, tries: number, random: () => number): DiskReport {
  const outcomes: (Outcome | null)[] = []
  for (let at = 0; at < tries; at++) {
    const folder = join(dir, String(at))
    mkdirSync(folder)
    outcomes.push(at % 5 === 0 ? fillUp(folder, random) : breakCalls(folder, FAULTS[at % FAULTS.length]!, random))
  }
  const done = outcomes.filter((outcome) => outcome !== null)
  return {
    tries,
    skipped: tries - done.length,
    stopped: done.filter(({ stopped }) => stopped).length,
    acknowledged: done.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    faults: done.flatMap(({ faults }) => faults),
  }
}

/** Null when no file system can be made. */
function fillUp(dir: string, random: () => number): Outcome | null {
  const size = SMALL_MIB + Math.floor(random() * SMALL_MIB)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', dir]).status !== 0) return null
  try {
    const full = addPages(dir, [])
    spawnSync('mount', ['-o', `remount,size=${LARGE_MIB}m`, dir])
    return judge(join(dir, 'archive'), full, 'full disk')
  } finally {
    spawnSync('umount', [dir])
  }
}

function breakCalls(dir: string, fault: string, random: () => number): Outcome | null {
  const when = 20 + Math.floor(random() * 200)
  const log = join(dir, 'calls')
  const run = addPages(dir, ['strace', '-f', '-o', log, '-e', `inject=${fault}:when=${when}`])
  return run.missing ? null : judge(join(dir, 'archive'), run, `${fault} at call ${when}`)
}

interface Run {
  readonly missing: boolean
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function addPages(dir: string, under: readonly string[]): Run {
  const script = join(import.meta.dirname, 'child.ts')
  const command = [...under, process.execPath, '--import', 'tsx', script, 'add', join(dir, 'archive'), dir, PAGES]
  const ran = spawnSync(command[0]!, command.slice(1), { encoding: 'utf8' })
  return { missing: ran.error !== undefined, code: ran.status, out: ran.stdout ?? '', err: ran.stderr ?? '' }
}

function judge(archive: string, { code, out, err }: Run, what: string): Outcome {
  const acked = nothingYet()
  note(out.split('\n').slice(0, -1), acked)
  const isClear = code === 0 || CLEAR_WORDS.test(err)
  const unclear = isClear ? [] : [`stopped with code ${code} and no clear word: ${err.slice(0, 300)}`]
  const faults = acked.captures.size === 0 ? unclear : [...unclear, ...findFaults(archive, acked)]
  return {
    stopped: code !== 0,
    acknowledged: acked.captures.size + acked.threads.size,
    faults: faults.map((fault) => `${what}: ${fault}`),
  }
}
