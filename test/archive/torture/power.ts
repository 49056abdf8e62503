// Power loss: the system calls of a writer are recorded (strace), and the files made again as a disk may show them after the
// current fails at some call: what was synced is there, each later write is dropped, kept or torn at 512 bytes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findFaults, note, nothingYet } from './check.ts'

export interface PowerReport {
  readonly cuts: number
  /** Writes and syncs in the record. */
  readonly calls: number
  /** Cuts at which some write was not synced yet. */
  readonly unsynced: number
  readonly acknowledged: number
  readonly faults: readonly string[]
}

const SECTOR_BYTES = 512
const CALLS = 'openat,close,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink'
const PAGES = 6

/** One recorded call on a file of the archive, or a line the writer said. */
type Call =
  | { readonly kind: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly file: number; readonly length: number }
  | { readonly kind: 'sync'; readonly file: number }
  | { readonly kind: 'name'; readonly file: number; readonly path: string }
  | { readonly kind: 'unname'; readonly path: string }
  | { readonly kind: 'said'; readonly line: string }

/** `dir` is an empty folder. Null where there is no strace. */
export function cutPower(dir: string, cuts: number, random: () => number): PowerReport | null {
  const archive = join(dir, 'archive')
  const log = join(dir, 'calls')
  const script = join(import.meta.dirname, 'child.ts')
  const child = [process.execPath, '--import', 'tsx', script, 'add', archive, 'power', String(PAGES)]
  const traced = spawnSync('strace', ['-o', log, '-xx', '-s', '100000000', '-e', `trace=${CALLS}`, ...child])
  if (traced.error !== undefined || traced.status !== 0) return null
  const calls = readCalls(readFileSync(log, 'latin1'), archive)
  const faults: string[] = []
  const tally = { unsynced: 0, acknowledged: 0 }
  for (let cut = 0; cut < cuts; cut++) {
    const at = Math.floor(((cut + random()) / cuts) * calls.length)
    const acked = nothingYet()
    const said = calls.slice(0, at).flatMap((call) => (call.kind === 'said' ? [call.line] : []))
    note(said, acked)
    const disk = replay(calls.slice(0, at), random)
    if (disk.unsynced) tally.unsynced++
    tally.acknowledged += acked.captures.size + acked.threads.size
    const target = join(dir, 'after')
    rmSync(target, { recursive: true, force: true })
    layOut(disk.files, archive, target)
    faults.push(...findFaults(target, acked).map((fault) => `cut at call ${at} of ${calls.length}: ${fault}`))
  }
  return { cuts, calls: calls.length, ...tally, faults }
}

const LINE = /^(\w+)\((.*)\)\s+= (-?\d+)/
const TEXT = /"((?:\\x[0-9a-f]{2})*)"/g

/** Descriptors become numbers of files that outlive their names. Memory shared by processes (-shm) does not outlive the machine. */
function readCalls(text: string, dir: string): readonly Call[] {
  const open = new Map<number, number>()
  const byPath = new Map<string, number>()
  const calls: Call[] = []
  let files = 0
  for (const line of text.split('\n')) {
    const [, name = '', args = '', result = '-1'] = LINE.exec(line) ?? []
    if (Number(result) < 0) continue
    const texts = [...args.matchAll(TEXT)].map(([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex'))
    const fd = Number(args.split(',')[0])
    const path = String(texts[0] ?? '')
    const file = open.get(fd)
    if (name === 'openat') {
      open.delete(Number(result))
      if (!path.startsWith(dir) || path.endsWith('-shm')) continue
      const isNew = !byPath.has(path)
      const opened = byPath.get(path) ?? ++files
      byPath.set(path, opened)
      open.set(Number(result), opened)
      if (isNew && args.includes('O_CREAT')) calls.push({ kind: 'name', file: opened, path })
      if (args.includes('O_TRUNC')) calls.push({ kind: 'cut', file: opened, length: 0 })
    } else if (name === 'close') open.delete(fd)
    else if (name === 'write' && fd === 1)
      calls.push(
        ...String(texts[0])
          .split('\n')
          .slice(0, -1)
          .map((said) => ({ kind: 'said' as const, line: said })),
      )
    else if (name === 'rename') {
      const moved = byPath.get(path)
      const to = String(texts[1])
      if (moved === undefined) continue
      byPath.delete(path)
      byPath.set(to, moved)
      calls.push({ kind: 'unname', path }, { kind: 'name', file: moved, path: to })
    } else if (name === 'unlink') {
      byPath.delete(path)
      calls.push({ kind: 'unname', path })
    } else if (file === undefined) continue
    else if (name === 'pwrite64')
      calls.push({
        kind: 'write',
        file,
        at: Number(args.split(', ').at(-1)),
        bytes: texts[0]!.subarray(0, Number(result)),
      })
    else if (name === 'ftruncate') calls.push({ kind: 'cut', file, length: Number(args.split(', ')[1]) })
    else if (name === 'fsync' || name === 'fdatasync') calls.push({ kind: 'sync', file })
  }
  return calls
}

type Change = Extract<Call, { kind: 'write' | 'cut' }>

interface Disk {
  readonly files: ReadonlyMap<string, Buffer>
  readonly unsynced: boolean
}

/** Names are taken as kept: a journaling file system orders them, and a file that was synced has its name. */
function replay(calls: readonly Call[], random: () => number): Disk {
  const synced = new Map<number, Buffer>()
  const pending = new Map<number, Change[]>()
  const names = new Map<string, number>()
  for (const call of calls) {
    if (call.kind === 'name') names.set(call.path, call.file)
    else if (call.kind === 'unname') names.delete(call.path)
    else if (call.kind === 'write' || call.kind === 'cut')
      pending.set(call.file, [...(pending.get(call.file) ?? []), call])
    else if (call.kind === 'sync') {
      synced.set(call.file, (pending.get(call.file) ?? []).reduce(apply, synced.get(call.file) ?? Buffer.alloc(0)))
      pending.delete(call.file)
    }
  }
  const files = [...names].map(([path, file]) => {
    const left = (pending.get(file) ?? []).flatMap((change) => fate(change, random))
    return [path, left.reduce(apply, synced.get(file) ?? Buffer.alloc(0))] as const
  })
  return { files: new Map(files), unsynced: [...pending.values()].some((list) => list.length > 0) }
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

function apply(bytes: Buffer, change: Change): Buffer {
  if (change.kind === 'cut') {
    const cut = Buffer.alloc(change.length)
    bytes.copy(cut)
    return cut
  }
  const end = change.at + change.bytes.length
  const grown = end > bytes.length ? Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]) : Buffer.from(bytes)
  change.bytes.copy(grown, change.at)
  return grown
}

function layOut(files: Disk['files'], from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const [path, bytes] of files) {
    const target = to + path.slice(from.length)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, bytes)
  }
}
