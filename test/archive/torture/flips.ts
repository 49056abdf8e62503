// Flips one bit at a time in the database or a WARC file: verify must find it, a reader must never hand out what it
// changed as if nothing were wrong, and recover must save every other row. Whether a flip changed anything that is
// stored is known by reading out the whole content before and after.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { scanWarc } from '../../../src/archive/warc/scan.ts'
import { MEMBER_HEAD_BYTES } from '../../../src/archive/warc/warc.ts'
import { contentOf, servedBy } from './content.ts'
import { countLost, readRows } from './salvage.ts'

export interface FlipReport {
  readonly flips: number
  readonly inDatabase: number
  readonly inWarc: number
  /** Told by verify: damage named, or a file that is not what was left, in bytes that mean nothing. */
  readonly found: number
  /** Those that changed anything that is stored; the others hit free space, counters, headers of compression. */
  readonly changing: number
  readonly foundChanging: number
  /** Changed something and were not found: where. */
  readonly missed: readonly string[]
  /** A reader gave other bytes or words, and neither it nor verify said anything. */
  readonly servedSilently: number
  /** Archives that recover was tried on, and rows that it lost beyond those of the record that was hit. */
  readonly recovered: number
  readonly lostByRecover: readonly string[]
  /** Flips in a backup, and those that its manifest told. */
  readonly inBackup: number
  readonly foundInBackup: number
}

/** Flips after which recover is tried: it costs a rebuild. */
const RECOVER_EVERY = 10
const BACKUP_EVERY = 10
const MOST_NAMED = 20

interface Flip {
  readonly name: string
  readonly at: number
}

/** `dir` holds an archive that is whole; it is left as it was. */
export async function flipBits(dir: string, flips: number, random: () => number): Promise<FlipReport> {
  const work = `${dir}-flipped`
  cpSync(dir, work, { recursive: true })
  const before = { content: contentOf(work), served: servedBy(work), told: tellAll(work), rows: readRows(work) }
  const tally = { inDatabase: 0, inWarc: 0, found: 0, changing: 0, foundChanging: 0, servedSilently: 0, recovered: 0 }
  const missed: string[] = []
  const lostByRecover: string[] = []
  for (let flip = 1; flip <= flips; flip++) {
    const hit = flipSomewhere(work, random)
    const isFound = tellAll(work) !== before.told
    const isChanging = contentOf(work) !== before.content
    tally[isInWarc(hit) ? 'inWarc' : 'inDatabase']++
    if (isFound) tally.found++
    if (isChanging) tally.changing++
    if (isChanging && isFound) tally.foundChanging++
    if (isChanging && !isFound) missed.push(`${hit.name} at byte ${hit.at}: ${ownerOf(dir, hit)}`)
    if (!isFound && servedBy(work) !== before.served) tally.servedSilently++
    if (flip % RECOVER_EVERY === 0) {
      tally.recovered++
      lostByRecover.push(...(await countLost(work, before.rows, isInWarc(hit) ? hit : null)))
    }
    restore(dir, work)
  }
  rmSync(work, { recursive: true, force: true })
  const named = { missed: missed.slice(0, MOST_NAMED), lostByRecover: lostByRecover.slice(0, MOST_NAMED) }
  return { flips, ...tally, ...named, ...(await flipBackups(dir, Math.ceil(flips / BACKUP_EVERY), random)) }
}

async function flipBackups(
  dir: string,
  flips: number,
  random: () => number,
): Promise<Pick<FlipReport, 'inBackup' | 'foundInBackup'>> {
  const backup = `${dir}-backup`
  const work = `${backup}-flipped`
  await backupArchive(dir, backup)
  cpSync(backup, work, { recursive: true })
  const whole = tellAll(work)
  let found = 0
  for (let flip = 0; flip < flips; flip++) {
    flipSomewhere(work, random)
    if (tellAll(work) !== whole) found++
    restore(backup, work)
  }
  for (const folder of [backup, work]) rmSync(folder, { recursive: true, force: true })
  return { inBackup: flips, foundInBackup: found }
}

function flipSomewhere(dir: string, random: () => number): Flip {
  const name = pickFile(dir, random)
  const path = join(dir, name)
  const at = Math.floor(random() * statSync(path).size)
  const bytes = readFileSync(path)
  bytes[at]! ^= 1 << Math.floor(random() * 8)
  writeFileSync(path, bytes)
  return { name, at }
}

/** Half of the flips in the database, half in the WARC files: else the greater would take nearly all. */
function pickFile(dir: string, random: () => number): string {
  if (random() < 0.5) return 'archive.sqlite'
  const names = readdirSync(join(dir, 'warc'))
  return join('warc', names[Math.floor(random() * names.length)]!)
}

function isInWarc({ name }: Flip): boolean {
  return name.startsWith('warc')
}

/** All that verify says of an archive: what is wrong, and in what way each file was proven. */
function tellAll(dir: string): string {
  try {
    const told = [...checkArchive(dir)].map((checked) => {
      if (!('ok' in checked)) return `${checked.where}: ${checked.what}`
      return checked.ok === 'file' ? `${checked.proof.file} by ${checked.proof.by}, ${checked.proof.why}` : ''
    })
    return told.filter((line) => line !== '').join('\n')
  } catch (error) {
    return String(error)
  }
}

function restore(from: string, to: string): void {
  for (const end of ['-wal', '-shm', '.seal.new']) rmSync(join(to, `archive.sqlite${end}`), { force: true })
  copyFileSync(join(from, 'archive.sqlite'), join(to, 'archive.sqlite'))
  for (const name of readdirSync(join(from, 'warc'))) copyFileSync(join(from, 'warc', name), join(to, 'warc', name))
}

/** What a byte belongs to: a table or index, or a part of a record. */
function ownerOf(dir: string, { name, at }: Flip): string {
  if (name !== 'archive.sqlite') return partOf(join(dir, name), at)
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const page = Math.floor(at / Number(db.pragma('page_size', { simple: true }))) + 1
  try {
    return String(db.prepare('SELECT name FROM dbstat WHERE pageno = ?').pluck().get(page))
  } catch {
    return `page ${page}`
  } finally {
    db.close()
  }
}

/** Time, level and system in the head of a gzip member mean nothing, and no checksum covers them (RFC 1952). */
function partOf(path: string, at: number): string {
  const hit = [...scanWarc(path)].find(({ offset, length }) => offset <= at && at < offset + length)
  if (hit === undefined) return 'behind the records'
  const [into, toEnd] = [at - hit.offset, hit.offset + hit.length - at]
  return into < MEMBER_HEAD_BYTES
    ? `byte ${into} of the head of a record`
    : `byte ${into} of a record, ${toEnd} before its end`
}
