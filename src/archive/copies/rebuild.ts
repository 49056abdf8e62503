// Makes archive.sqlite again from the WARC files alone. The new database grows beside the old one and takes its place
// in one rename, when everything is in it; until then the old one is untouched.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { StorageError, UsageError } from '../../errors.ts'
import { checkReplaceable, closeOnError, DATABASE_NAME } from '../database/database.ts'
import { guardStorage } from '../database/failures.ts'
import { takeLock } from '../database/lock.ts'
import { SqliteDatabase } from '../database/sqlite.ts'
import { createRecordIndex } from '../facts/captures/record-index.ts'
import { type ArchiveReader, openArchiveReader } from '../reader.ts'
import { obeyRedactions } from '../redaction/redaction.ts'
import { removeSeal, sealPath } from '../seal/seal.ts'
import { openSealed, type SealedDatabase } from '../seal/sealed-database.ts'
import type { AtBadSector } from '../warc/bad-sectors.ts'
import { syncFolder } from '../warc/file.ts'
import { listWarcFiles } from '../warc/folder.ts'
import { isStranger } from '../warc/strangers.ts'
import { type ArchiveWriter, createWriter, type WriterOptions } from '../writer.ts'
import { beginFilling } from './filling.ts'
import { refuseBackup } from './manifest.ts'
import { indexFile, type Recovery, removeEmptyFiles } from './recovery.ts'
import { countLost, keepAside, type SetAside } from './set-aside.ts'

const NEW_NAME = 'archive.rebuilt.sqlite'
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/
/** SQLite's files beside a database. */
const COMPANIONS = ['-wal', '-shm', '-journal']

interface Rebuilt {
  readonly captures: number
  /** Files in which something could not be read; the bytes stay where they are. */
  readonly damaged: readonly Recovery[]
  /** The old database, where it knows what the WARC files tell no more; null when nothing is lost with it. */
  readonly setAside: SetAside | null
}

export interface RebuildOptions extends WriterOptions {
  /** Left out: stop. */
  readonly atBadSector?: AtBadSector
}

/**
 * Indexes all WARC files into a new database, lets `refill` read the captures again and store extractions and findings,
 * then puts it in place of the old one. Throws UsageError when there are no WARC files or it is a backup, LockedError
 * when somebody writes, IntegrityError when a newer version made the old one. When `refill` throws, the old one stays.
 */
export async function rebuildDatabase(
  dir: string,
  options: RebuildOptions,
  refill: (writer: ArchiveWriter, reader: ArchiveReader) => Promise<void> | void,
): Promise<Rebuilt> {
  if (listWarcFiles(dir).length === 0) throw new UsageError(`there are no WARC files in ${dir}/warc to rebuild from`)
  refuseBackup(dir)
  const lock = takeLock(dir)
  const path = join(dir, NEW_NAME)
  try {
    checkReplaceable(join(dir, DATABASE_NAME))
    guardStorage(`${dir} cannot be tidied`, () => removeEmptyFiles(dir))
    removeDatabase(path)
    const sealed = openSealed(path, options.now())
    const endFilling = closeOnError(sealed, () => beginFilling(sealed.db))
    const found = closeOnError(sealed, () => indexFiles(sealed, dir, options.atBadSector ?? 'stop'))
    const writer = createWriter(sealed, dir, options, { release: () => undefined, isInPlace: false })
    await refillDatabase(dir, writer, async (...both) => {
      await refill(...both)
      guardStorage(`${path} cannot be finished`, endFilling)
    })
    const report = summarise(found)
    const setAside = putInPlace(dir, path, { now: options.now(), isDamaged: report.damaged.length > 0 })
    finishRedactions(dir, options)
    return { ...report, setAside }
  } finally {
    removeDatabase(path)
    lock.release()
  }
}

function indexFiles({ db, settle }: SealedDatabase, dir: string, at: AtBadSector): readonly Recovery[] {
  const index = createRecordIndex(db)
  const ours = listWarcFiles(dir).filter((name) => !isStranger(dir, name))
  return ours.map((name) => {
    const found = guardStorage(`warc/${name} cannot be indexed`, () =>
      db.transaction(() => indexFile(db, index, { dir, name, at })).immediate(),
    )
    settle()
    return found
  })
}

async function refillDatabase(
  dir: string,
  writer: ArchiveWriter,
  refill: (writer: ArchiveWriter, reader: ArchiveReader) => Promise<void> | void,
): Promise<void> {
  try {
    const reader = openArchiveReader(dir, NEW_NAME)
    try {
      await refill(writer, reader)
    } finally {
      reader.close()
    }
  } finally {
    writer.close()
  }
}

/** The old write-ahead log goes first: beside the new file it would be taken for its own. */
function putInPlace(dir: string, path: string, how: { now: Date; isDamaged: boolean }): SetAside | null {
  const target = join(dir, DATABASE_NAME)
  return guardStorage(`${target} cannot be replaced`, () => {
    settleNew(path)
    settleOld(target)
    const captures = existsSync(target) ? countLost(target, path) : 0
    const isKept = captures === null ? how.isDamaged : captures > 0
    const setAside = isKept ? { kept: keepAside(dir, target, how.now), captures } : null
    for (const ending of COMPANIONS) rmSync(target + ending, { force: true })
    removeSeal(target)
    renameSync(path, target)
    if (existsSync(sealPath(path))) renameSync(sealPath(path), sealPath(target))
    syncFolder(dir)
    return setAside
  })
}

/**
 * What a redaction asked for and a kill left undone: not before, because the old database must go on fitting the files.
 */
function finishRedactions(dir: string, options: WriterOptions): void {
  const sealed = openSealed(join(dir, DATABASE_NAME), options.now())
  try {
    guardStorage(`${dir} cannot be redacted`, () => obeyRedactions(sealed, dir, options.now))
  } finally {
    sealed.close()
  }
}

/** So that a crash right here leaves the old database whole. One that is damaged is the usual reason for a rebuild. */
function settleOld(path: string): void {
  if (!existsSync(path)) return
  try {
    settleLog(path)
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError && DAMAGED.test(error.code))) throw error
  }
}

/**
 * SQLite says nothing of a log that the disk did not let it move when it closed: without it the new file lacks rows.
 */
function settleNew(path: string): void {
  const hasLog = (): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  if (hasLog()) settleLog(path)
  if (hasLog()) throw new StorageError(`${path} could not be written whole; check the disk, then run the command again`)
}

function settleLog(path: string): void {
  const db = new SqliteDatabase(path, { fileMustExist: true })
  try {
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

function removeDatabase(path: string): void {
  for (const ending of ['', ...COMPANIONS]) rmSync(path + ending, { force: true })
  removeSeal(path)
}

function summarise(found: readonly Recovery[]): Omit<Rebuilt, 'setAside'> {
  const captures = found.reduce((sum, file) => sum + file.captures, 0)
  return { captures, damaged: found.filter((file) => file.unreadableBytes > 0) }
}
