// Power loss: the system calls of a writer are recorded (strace), and the files made again as a disk may show them
// after the current fails at some call: what was synced is there, each later write is dropped, kept or torn at 512
// bytes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { note, nothingYet, sizeOf } from './acknowledged.ts'
import { CALLS, type Call, readCalls } from './calls.ts'
import { type Fault, findFaults, within } from './check.ts'
import { childCommand, runToEnd } from './child-process.ts'

export interface PowerReport {
  readonly cuts: number
  /** Writes, syncs and names in the record. */
  readonly calls: number
  readonly syncs: number
  /** Cuts at which some write was not synced yet. */
  readonly unsynced: number
  readonly acknowledged: number
  readonly faults: readonly Fault[]
}

const SECTOR_BYTES = 512
const PAGES_ELSEWHERE = '4'

/** `dir` is an empty folder. Null where there is no strace. */
export async function cutPower(dir: string, cuts: number, random: () => number): Promise<PowerReport | null> {
  const archive = join(dir, 'archive')
  const other = join(dir, 'other')
  await runToEnd('add', other, 'elsewhere', PAGES_ELSEWHERE)
  const calls = recordCalls(dir, childCommand('life', archive, 'power', other), archive)
  if (calls === null) return null
  const faults: Fault[] = []
  const tally = { unsynced: 0, acknowledged: 0 }
  for (let cut = 0; cut < cuts; cut++) {
    const at = Math.floor(((cut + random()) / cuts) * calls.length)
    const before = calls.slice(0, at)
    const acked = nothingYet()
    note(
      before.flatMap((call) => (call.kind === 'said' ? [call.line] : [])),
      acked,
    )
    const disk = replay(before, random)
    if (disk.unsynced) tally.unsynced++
    tally.acknowledged += sizeOf(acked)
    const target = join(dir, 'after')
    layOut(disk.files, archive, target)
    faults.push(...within(`cut at call ${at} of ${calls.length}`, findFaults(target, acked)))
  }
  return { cuts, calls: calls.length, syncs: calls.filter(({ kind }) => kind === 'sync').length, ...tally, faults }
}

function recordCalls(dir: string, command: readonly string[], archive: string): readonly Call[] | null {
  const log = join(dir, 'calls')
  const traced = spawnSync('strace', ['-o', log, '-xx', '-s', '100000000', '-e', `trace=${CALLS}`, ...command])
  if (traced.error !== undefined) return null
  if (traced.status !== 0) throw new Error(`the writer ended with ${traced.status}: ${String(traced.stderr)}`)
  return readCalls(readFileSync(log, 'latin1'), archive)
}

type Change = Extract<Call, { kind: 'write' | 'cut' }>
type Naming = Extract<Call, { kind: 'name' | 'unname' }>

interface Disk {
  readonly files: ReadonlyMap<string, Buffer>
  readonly unsynced: boolean
}

/**
 * Names come in order, as a journaling file system keeps them: those since the last sync of a folder up to some point.
 * That a file was synced does not keep its name (fsync(2)).
 */
function replay(calls: readonly Call[], random: () => number): Disk {
  const synced = new Map<number, Buffer>()
  const pending = new Map<number, Change[]>()
  const names = new Map<string, number>()
  let naming: Naming[] = []
  for (const call of calls) {
    if (call.kind === 'name' || call.kind === 'unname') naming.push(call)
    else if (call.kind === 'write' || call.kind === 'cut')
      pending.set(call.file, [...(pending.get(call.file) ?? []), call])
    else if (call.kind === 'sync') {
      if (call.file === null) {
        for (const one of naming) rename(names, one)
        naming = []
        continue
      }
      synced.set(call.file, applyAll(synced.get(call.file), pending.get(call.file) ?? []))
      pending.delete(call.file)
    }
  }
  for (const one of naming.slice(0, Math.floor(random() * (naming.length + 1)))) rename(names, one)
  const files = [...names].map(([path, file]) => {
    const left = (pending.get(file) ?? []).flatMap((change) => fate(change, random))
    return [path, applyAll(synced.get(file), left)] as const
  })
  return { files: new Map(files), unsynced: [...pending.values()].some((list) => list.length > 0) }
}

function rename(names: Map<string, number>, naming: Naming): void {
  if (naming.kind === 'name') names.set(naming.path, naming.file)
  else names.delete(naming.path)
}

/** Dropped, kept, or for a write some of its sectors. */
function fate(change: Change, random: () => number): readonly Change[] {
  const dice = random()
  if (dice < 1 / 3) return []
  if (change.kind === 'cut' || dice < 2 / 3) return [change]
  const sectors: Change[] = []
  for (let from = 0; from < change.bytes.length; from += SECTOR_BYTES)
    if (random() < 0.5)
      sectors.push({ ...change, at: change.at + from, bytes: change.bytes.subarray(from, from + SECTOR_BYTES) })
  return sectors
}

/** What is written past the end of a file leaves zeros between. */
function applyAll(bytes: Buffer | undefined, changes: readonly Change[]): Buffer {
  const ends = changes.map((change) => (change.kind === 'cut' ? change.length : change.at + change.bytes.length))
  const whole = Buffer.alloc(Math.max(bytes?.length ?? 0, ...ends))
  bytes?.copy(whole)
  let length = bytes?.length ?? 0
  for (const change of changes) {
    if (change.kind === 'cut') {
      whole.fill(0, Math.min(change.length, length))
      length = change.length
    } else {
      change.bytes.copy(whole, change.at)
      length = Math.max(length, change.at + change.bytes.length)
    }
  }
  return whole.subarray(0, length)
}

function layOut(files: Disk['files'], from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  for (const [path, bytes] of files) {
    const target = to + path.slice(from.length)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
  }
}
