// A copy of the archive that can stand alone: the database by SQLite's own backup, the WARC files that are new, and a
// manifest. It may run while another command writes: the database is copied first, so every record it speaks of is in
// the files.
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { IntegrityError, LockedError, UsageError } from '../../errors.ts'
import { DATABASE_NAME, openForReading } from '../database/database.ts'
import { explainFailure } from '../database/failures.ts'
import { SqliteDatabase } from '../database/sqlite.ts'
import { carrySeal } from '../seal/backup-seal.ts'
import { compareWarcFiles } from '../warc/compare.ts'
import { listWarcExtents, type WarcExtent } from '../warc/extents.ts'
import { makeFolder } from '../warc/file.ts'
import { listWarcFiles, WARC_FOLDER } from '../warc/folder.ts'
import { markUnfinished, readManifest, writeManifest } from './manifest.ts'
import { liesIn } from './place.ts'
import { copyDatabase } from './snapshot.ts'
import { copyWhole, hashFile, putInPlace } from './whole-files.ts'

interface BackupReport {
  readonly captures: number
  readonly postVersions: number
  /** WARC files that were copied, and those that were there already. */
  readonly copied: readonly string[]
  readonly known: number
}

const PARTIAL_NAME = `${DATABASE_NAME}.part`
/** Times nearer than this are the same: a copy's time is set in milliseconds. */
const TIME_STEP_MS = 2
/** What systems lay down on a disk by themselves. */
const OF_DISKS = /^(?:\..*|lost\+found|System Volume Information|\$RECYCLE\.BIN)$/
/** Written by people and by `unspool`, beside the two formats; copied when there. */
const COMPANIONS = ['README.md', 'schema.sql', 'metadata.json', 'sources.toml']

/**
 * Brings `target` up to date. Throws UsageError when `target` is another archive, holds something else or lies in this
 * one, IntegrityError when a file that must never change is another one there: nothing is overwritten then.
 */
export async function backupArchive(dir: string, target: string): Promise<BackupReport> {
  const db = openForReading(join(dir, DATABASE_NAME))
  try {
    if (liesIn(target, dir))
      throw new UsageError(`${target} lies in the archive itself; name a folder elsewhere, best on another disk`)
    checkIsFree(target)
    checkSameArchive(target, listWarcExtents(db))
    makeFolder(join(target, WARC_FOLDER))
    const before = readManifest(target)
    // What has no manifest is no backup yet, and might be taken for an archive.
    if (before === null) markUnfinished(target)
    const partial = join(target, PARTIAL_NAME)
    rmSync(partial, { force: true })
    await copyDatabase(db, dir, partial)
    return finishBackup({ dir, target, partial, before: before ?? new Map() })
  } catch (error) {
    throw explainFailure(`the backup to ${target} was not finished`, error)
  } finally {
    db.close()
  }
}

/** A backup brings a README of its own, among other names: in a folder of something else it would overwrite. */
function checkIsFree(target: string): void {
  if (!existsSync(target) || existsSync(join(target, WARC_FOLDER)) || existsSync(join(target, DATABASE_NAME))) return
  const stranger = readdirSync(target).find((name) => !OF_DISKS.test(name))
  if (stranger === undefined) return
  throw new UsageError(
    `${target} holds ${stranger} and is no backup; name a folder of its own, such as ${join(target, 'unspool-backup')}`,
  )
}

interface Copying {
  readonly dir: string
  readonly target: string
  /** The new copy of the database. */
  readonly partial: string
  /** The manifest of the backup that was there. */
  readonly before: ReadonlyMap<string, string>
}

/** Whatever speaks against it comes out before the first file is touched. */
function finishBackup({ dir, target, partial, before }: Copying): BackupReport {
  const { counts, files } = inspectCopy(partial)
  checkNotRewritten(dir, files)
  const known = new Map(files.map((file) => [file, hashOfKept(file, { dir, target, before })] as const))
  markUnfinished(target)
  const hashes = new Map<string, string>()
  for (const [{ name, bytes }, hash] of known) {
    const path = `${WARC_FOLDER}/${name}`
    hashes.set(path, hash ?? copyWhole(join(dir, path), join(target, path), bytes))
  }
  for (const name of COMPANIONS)
    if (existsSync(join(dir, name))) hashes.set(name, copyWhole(join(dir, name), join(target, name)))
  replaceDatabase(partial, join(target, DATABASE_NAME))
  carrySeal(join(dir, DATABASE_NAME), join(target, DATABASE_NAME))
  hashes.set(DATABASE_NAME, hashFile(join(target, DATABASE_NAME)))
  writeManifest(target, hashes)
  const copied = files.flatMap((file) => (known.get(file) === null ? [`${WARC_FOLDER}/${file.name}`] : []))
  return { ...counts, copied, known: files.length - copied.length }
}

/** Opens the copy as anybody would, and asks it what it holds. It becomes one plain file without a write-ahead log. */
function inspectCopy(path: string): {
  counts: { captures: number; postVersions: number }
  files: readonly WarcExtent[]
} {
  const db = new SqliteDatabase(path, { fileMustExist: true })
  try {
    db.pragma('journal_mode = DELETE')
    const found = db.pragma('quick_check', { simple: true })
    if (found !== 'ok')
      throw new IntegrityError(`the copy of the database is damaged (${found}); run \`unspool verify\``)
    const count = (table: string): number => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    return { counts: { captures: count('captures'), postVersions: count('post_versions') }, files: listWarcExtents(db) }
  } finally {
    db.close()
  }
}

/** Every WARC file of an earlier backup is one of ours. */
function checkSameArchive(target: string, files: readonly WarcExtent[]): void {
  const ours = new Set(files.map(({ name }) => name))
  const stranger = listWarcFiles(target).find((name) => !ours.has(name))
  if (stranger === undefined) return
  throw new UsageError(
    `${target} holds ${WARC_FOLDER}/${stranger}, which this archive does not know: it is another archive, or was written to; name another folder, or \`unspool merge\` it`,
  )
}

/** A redaction between the copy of the database and those of the files would leave two that do not fit. */
function checkNotRewritten(dir: string, files: readonly WarcExtent[]): void {
  const isFit = ({ name, closedBytes, rewritten }: WarcExtent): boolean => {
    const path = join(dir, WARC_FOLDER, name)
    return rewritten === null && (closedBytes === null || !existsSync(path) || statSync(path).size === closedBytes)
  }
  const moved = files.find((file) => !isFit(file))
  if (moved === undefined) return
  throw new LockedError(
    `${WARC_FOLDER}/${moved.name} does not fit its index: it is being redacted or damaged; run \`unspool verify\`, then \`backup\` again`,
  )
}

/** By size and time, as copying programs do; `unspool verify` on the backup hashes all. */
function isSameFile(from: string, to: string, bytes: number): boolean {
  if (!existsSync(from) || !existsSync(to)) return false
  const [a, b] = [statSync(from), statSync(to)]
  return b.size === bytes && Math.abs(a.mtimeMs - b.mtimeMs) < TIME_STEP_MS
}

/**
 * Hash of a file that is in the backup as it has to be; null: it is to be copied, for it is new there, has grown since
 * or was redacted here. Any other difference is an alarm.
 */
function hashOfKept({ name, bytes }: WarcExtent, { dir, target, before }: Omit<Copying, 'partial'>): string | null {
  const path = `${WARC_FOLDER}/${name}`
  const [from, to, listed] = [join(dir, path), join(target, path), before.get(path)]
  if (listed !== undefined && isSameFile(from, to, bytes)) return listed
  if (!existsSync(to) || compareWarcFiles(from, to) === 'first-lacks') return null
  const kept = statSync(to).size
  const hash = hashFile(to)
  if (kept > bytes || hashFile(from, kept) !== hash)
    throw new IntegrityError(
      `${from} and ${to} differ, and WARC files never change: run \`unspool verify\` on both, then remove the damaged one`,
    )
  return kept === bytes ? hash : null
}

function replaceDatabase(partial: string, path: string): void {
  for (const ending of ['-wal', '-shm', '-journal']) rmSync(path + ending, { force: true })
  putInPlace(partial, path)
}
