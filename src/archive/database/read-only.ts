// A database on a disk that may only be read. SQLite reads one with a write-ahead log only where it may lay that log's
// files beside it (sqlite.org/wal.html, "Read-Only Databases"); where it may not, the whole file is read into memory.
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { StorageError } from '../../errors.ts'
import { tryStorage } from './failures.ts'

/** What Node reads at once, in bytes. */
const MOST_BYTES = 2 ** 31 - 1
/**
 * Which journal a file was written with, to read and to write it (sqlite.org/fileformat2.html, 1.3.3): 2 is the log, 1
 * none.
 */
const JOURNAL_BYTES = [18, 19] as const
const REFUSED = /^SQLITE_(?:CANTOPEN|READONLY)/

/** Whether opening failed because nothing may be written beside the database. */
export function isReadOnlyPlace(path: string, error: unknown): boolean {
  const isRefused = error instanceof Database.SqliteError && REFUSED.test(error.code)
  return isRefused && tryStorage(() => accessSync(dirname(path), constants.W_OK) === undefined) === null
}

/** Throws StorageError where the file alone is not the whole database, or is too large. */
export function openInMemory(path: string): Database.Database {
  const advice = 'copy the archive to where it can be written'
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
    throw new StorageError(`the last changes stand in ${path}-wal, which cannot be read on a read-only disk; ${advice}`)
  if (statSync(path).size > MOST_BYTES)
    throw new StorageError(`${path} is too large to be read on a read-only disk; ${advice}`)
  const bytes = readFileSync(path)
  for (const at of JOURNAL_BYTES) bytes[at] = 1
  return new Database(bytes, { readonly: true })
}
