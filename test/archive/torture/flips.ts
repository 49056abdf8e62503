// Flips one bit at a time in the database or a WARC file: verify must find it, a reader must never hand out what it changed
// as if nothing were wrong, and recover must save every other record. A flip in bytes that nothing is kept in is told apart:
// the whole content, read out before and after, is the same.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { checkArchive } from '../../../src/archive/verify.ts'
import { contentDigest, sha256 } from '../../../src/fixity.ts'
import { recoverArchive } from '../../../src/pipeline-recover.ts'
import { unspoolHere } from '../../cli/in-process.ts'

export interface FlipReport {
  readonly flips: number
  readonly inDatabase: number
  readonly inWarc: number
  /** Of these that changed anything: found by verify. */
  readonly found: number
  /** Nothing that is stored changed: free space, counters. */
  readonly harmless: number
  /** Changed something and verify did not see it: where. */
  readonly missed: readonly string[]
  /** A reader gave other bytes or words, and neither it nor verify said anything. */
  readonly servedSilently: number
  /** Archives that recover was tried on, and records that it lost beyond the one that was hit. */
  readonly recovered: number
  readonly lostByRecover: number
}

/** Flips after which recover is tried: it costs a rebuild. */
const RECOVER_EVERY = 25
const MOST_NAMED = 20

/** `dir` holds an archive that is whole; it is left as it was. */
export async function flipBits(dir: string, flips: number, random: () => number): Promise<FlipReport> {
  const work = `${dir}-flipped`
  cpSync(dir, work, { recursive: true })
  const before = { content: contentOf(work), served: servedBy(work), captures: countCaptures(work) }
  const tally = { inDatabase: 0, inWarc: 0, found: 0, harmless: 0, servedSilently: 0, recovered: 0, lostByRecover: 0 }
  const missed: string[] = []
  for (let flip = 0; flip < flips; flip++) {
    const name = pickFile(work, random)
    const at = Math.floor(random() * statSync(join(work, name)).size)
    flipBit(join(work, name), at, Math.floor(random() * 8))
    tally[name.startsWith('warc') ? 'inWarc' : 'inDatabase']++
    const isFound = isDamaged(work)
    const isServed = servedBy(work) !== before.served
    if (isFound) tally.found++
    else if (contentOf(work) === before.content) tally.harmless++
    else missed.push(`${name} at byte ${at}${name.startsWith('warc') ? '' : `: ${ownerOf(dir, at)}`}`)
    if (isServed && !isFound) tally.servedSilently++
    if (isFound && flip % RECOVER_EVERY === 0) {
      tally.recovered++
      tally.lostByRecover += await countLost(work, before.captures)
    }
    restore(dir, work)
  }
  rmSync(work, { recursive: true, force: true })
  return { flips, ...tally, missed: missed.slice(0, MOST_NAMED) }
}

/** Half of the flips in the database, half in the WARC files: else the greater would take nearly all. */
function pickFile(dir: string, random: () => number): string {
  if (random() < 0.5) return 'archive.sqlite'
  const names = readdirSync(join(dir, 'warc'))
  return join('warc', names[Math.floor(random() * names.length)]!)
}

function flipBit(path: string, at: number, bit: number): void {
  const bytes = readFileSync(path)
  bytes[at]! ^= 1 << bit
  writeFileSync(path, bytes)
}

function isDamaged(dir: string): boolean {
  try {
    for (const checked of checkArchive(dir)) if (!('ok' in checked)) return true
    return false
  } catch {
    return true
  }
}

/** Everything a reader would hand out; an error is not silent. */
function servedBy(dir: string): string {
  try {
    const reader = openArchiveReader(dir)
    try {
      const bodies = [...reader.captures()].map((row) => sha256(reader.readCapture(row).body))
      return contentDigest({ bodies, findings: [...reader.findings()], edges: [...reader.edges()] })
    } finally {
      reader.close()
    }
  } catch {
    return 'refused'
  }
}

/** Hash of every row of every table, and of the WARC files. */
function contentOf(dir: string): string {
  const files = readdirSync(join(dir, 'warc')).map((name) => sha256(readFileSync(join(dir, 'warc', name))))
  try {
    const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    const rows = tables.map((table) => db.prepare(`SELECT * FROM "${table}"`).raw().all())
    const schema = db.prepare('SELECT name, sql FROM sqlite_schema').raw().all()
    db.close()
    return contentDigest({ files, tables, rows: contentDigest(rows.map((list) => JSON.stringify(list))), schema })
  } catch {
    return 'unreadable'
  }
}

function countCaptures(dir: string): number {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const count = Number(db.prepare('SELECT count(*) FROM captures').pluck().get())
  db.close()
  return count
}

/** One record may be lost, with those that refer to its payload: no more. */
async function countLost(dir: string, captures: number): Promise<number> {
  const copy = `${dir}-recovered`
  cpSync(dir, copy, { recursive: true })
  const signal = new AbortController().signal
  const { captures: left } = await recoverArchive(copy, { now: () => new Date(), version: 'torture', signal })
  const { code } = await unspoolHere(['verify', '--archive', copy])
  rmSync(copy, { recursive: true, force: true })
  return Math.max(0, captures - left - 2) + (code === 0 ? 0 : 1)
}

function restore(from: string, to: string): void {
  for (const end of ['-wal', '-shm']) rmSync(join(to, `archive.sqlite${end}`), { force: true })
  copyFileSync(join(from, 'archive.sqlite'), join(to, 'archive.sqlite'))
  for (const name of readdirSync(join(from, 'warc'))) copyFileSync(join(from, 'warc', name), join(to, 'warc', name))
}

/** Name of the table or index in whose page a byte lies. */
function ownerOf(dir: string, at: number): string {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const size = Number(db.pragma('page_size', { simple: true }))
  try {
    return String(
      db
        .prepare('SELECT name FROM dbstat WHERE pageno = ?')
        .pluck()
        .get(Math.floor(at / size) + 1),
    )
  } catch {
    return `page ${Math.floor(at / size) + 1}`
  } finally {
    db.close()
  }
}
