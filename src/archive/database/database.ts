// Opens archive.sqlite, for writing or for reading, and asserts that it is ours, sound to open, and durable.
import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { IntegrityError, UsageError } from '../../errors.ts'
import { APPLICATION_ID, MIGRATIONS, migrate } from '../schema/migrations.ts'
import { noteConnection } from '../seal/database-bytes.ts'
import { listWarcFiles } from '../warc/folder.ts'
import { guardStorage } from './failures.ts'
import { isClosedPlace, openInMemory } from './read-only.ts'
import { SqliteDatabase } from './sqlite.ts'

export const DATABASE_NAME = 'archive.sqlite'
/** How long a statement waits for another program before it gives up, in ms. */
const BUSY_TIMEOUT_MS = 10_000
/** Before 3.51.3 a checkpoint beside a write could lose committed rows (sqlite.org, "WAL-reset bug", 2026). */
const OLDEST_SQLITE = [3, 51, 3] as const
/** SQLite's own number for synchronous=FULL. */
const FULL = 2
/** Cache of the writer, in KiB: full-text and index pages that a batch touches stay in memory. */
const WRITER_CACHE_KIB = 32_768
/** Pages in the write-ahead log before they move into the database (16 MB): a page that changes often moves once. */
export const CHECKPOINT_PAGES = 4096
/** The write-ahead log is cut back to this after a checkpoint, in bytes. */
const JOURNAL_LIMIT = 67_108_864

/** Opens for writing, creates or migrates as needed. The caller holds the lock. */
export function openForWriting(path: string, now: Date): Database {
  return guardStorage(`${path} cannot be opened`, () => {
    const db = new SqliteDatabase(path, { timeout: BUSY_TIMEOUT_MS })
    noteConnection(db, path)
    return closeOnError(db, () => {
      checkOwner(db, path)
      hardenConnection(db)
      makeDurable(db, path)
      migrate(db, now)
      return db
    })
  })
}

/** Throws UsageError when there is no archive, IntegrityError when only its database is gone, or nothing is in it. */
export function checkIsThere(path: string): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return
  const [dir, name] = [dirname(path), basename(path)]
  const files = listWarcFiles(dir).length
  if (files === 0) throw new UsageError(`there is no archive at ${path}; \`unspool add INPUT\` makes one`)
  throw new IntegrityError(`${dir} has ${files} WARC files but no ${name}; \`unspool rebuild\` makes it from them`)
}

/** Opens for reading only. Throws what `checkIsThere` throws. */
export function openForReading(path: string): Database {
  checkIsThere(path)
  return guardStorage(`${path} cannot be opened`, () => {
    const db = new SqliteDatabase(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
    noteConnection(db, path)
    try {
      return prepareReader(db, path)
    } catch (error) {
      if (isClosedPlace(path, error)) return prepareReader(openInMemory(path), path)
      throw error
    }
  })
}

function prepareReader(db: Database, path: string): Database {
  return closeOnError(db, () => {
    checkOwner(db, path)
    hardenConnection(db)
    db.pragma('query_only = ON')
    return db
  })
}

/**
 * Runs a transaction of what can be made again from the captures: it does not wait for the disk. A loss of power may
 * take it back whole; the next transaction that waits makes it safe too.
 */
export function withoutWaiting<T>(db: Database, act: () => T): T {
  db.pragma('synchronous = NORMAL')
  try {
    return act()
  } finally {
    db.pragma('synchronous = FULL')
  }
}

/**
 * Whether a new database may take its place: not that of a newer version, which reads more in the same bytes. One that
 * cannot be read is nobody's. Throws IntegrityError.
 */
export function checkReplaceable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return
  const version = guardStorage(`${path} cannot be opened`, () => versionOf(path))
  refuseNewer(path, version, `Update unspool, or move ${basename(path)} to another folder and run the command again`)
}

/** 0: it is not ours, or cannot be read. */
function versionOf(path: string): number {
  const db = new SqliteDatabase(path, { readonly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    return readNumber(db, 'application_id') === APPLICATION_ID ? readNumber(db, 'user_version') : 0
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError) return 0
    throw error
  } finally {
    db.close()
  }
}

/** Whether SQLite can read its own file, rows against indexes left out. Throws IntegrityError that says what to do. */
export function checkStructure(db: Database, path: string): void {
  const found = guardStorage(`${path} cannot be read`, () => String(db.pragma('quick_check', { simple: true })))
  if (found !== 'ok')
    throw new IntegrityError(
      `the database of ${path} is damaged (${found}); nothing was fetched. \`unspool rebuild\` makes it anew from the WARC files`,
    )
}

export function closeOnError<T>(opened: { close(): unknown }, act: () => T): T {
  try {
    return act()
  } catch (error) {
    opened.close()
    throw error
  }
}

/**
 * A new, empty database has neither id nor tables and is welcome; anything else must be ours and not from the future.
 */
function checkOwner(db: Database, path: string): void {
  checkSqlite(db)
  const owner = readNumber(db, 'application_id')
  const version = readNumber(db, 'user_version')
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
  if (owner === 0 && version === 0 && tables === 0 && !db.readonly) return
  if (owner !== APPLICATION_ID)
    throw new IntegrityError(`${path} was not made by unspool; nothing was changed. Name another folder with --archive`)
  refuseNewer(path, version, 'Update unspool')
  if (db.readonly && version < MIGRATIONS.length)
    throw new IntegrityError(
      `${path} was made by an older version of unspool; \`unspool rebuild\` or \`add\` brings it up to date`,
    )
}

function refuseNewer(path: string, version: number, whatNext: string): void {
  if (version > MIGRATIONS.length)
    throw new IntegrityError(
      `${path} was made by a newer version of unspool (schema ${version}, this one knows ${MIGRATIONS.length}); nothing was changed. ${whatNext}`,
    )
}

function checkSqlite(db: Database): void {
  const text = String(db.prepare('SELECT sqlite_version()').pluck().get())
  const found = text.split('.').map(Number)
  const difference = OLDEST_SQLITE.map((part, index) => (found[index] ?? 0) - part).find((step) => step !== 0) ?? 0
  if (difference < 0)
    throw new IntegrityError(
      `SQLite ${text} can lose committed rows; install unspool with SQLite ${OLDEST_SQLITE.join('.')} or newer`,
    )
}

/** The file may come from anybody: no functions from its schema, no mapped memory, sizes of cells checked. */
function hardenConnection(db: Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('mmap_size = 0')
  db.pragma('foreign_keys = ON')
}

/** A reopened WAL database falls back to synchronous=NORMAL in better-sqlite3's build, so FULL is set and asserted. */
function makeDurable(db: Database, path: string): void {
  const mode = db.pragma('journal_mode = WAL', { simple: true })
  db.pragma('synchronous = FULL')
  db.pragma(`journal_size_limit = ${JOURNAL_LIMIT}`)
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  db.pragma(`cache_size = -${WRITER_CACHE_KIB}`)
  // What a statement would take back is kept aside page by page: in files, two writes to the system for each.
  db.pragma('temp_store = MEMORY')
  if (mode !== 'wal' || readNumber(db, 'synchronous') !== FULL)
    throw new IntegrityError(`${path} does not allow safe writes (journal ${mode}); put the archive on a local disk`)
  // SQLite opens what it may only read without a word, and fails at the first row.
  db.exec('BEGIN IMMEDIATE; ROLLBACK')
}

function readNumber(db: Database, pragma: string): number {
  return Number(db.pragma(pragma, { simple: true }))
}
