// A database on a disk that is full or may only be read. SQLite reads one with a write-ahead log only where it may lay
// that log's files beside it (sqlite.org/wal.html, "Read-Only Databases"); where it may not, the whole file is read
// into memory.
import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from 'better-sqlite3'
import { StorageError } from '../../errors.ts'
import { tryStorage } from './failures.ts'
import { SqliteDatabase } from './sqlite.ts'

/** What Node reads at once, in bytes. */
const MOST_BYTES = 2 ** 31 - 1
/**
 * Which journal a file was written with, to read and to write it (sqlite.org/fileformat2.html, 1.3.3): 2 is the log, 1
 * none.
 */
const JOURNAL_BYTES = [18, 19] as const
const REFUSED = /^SQLITE_(?:CANTOPEN|READONLY)/
/** No room for the log's files, or for one more file of any size. */
const FULL = /^SQLITE_(?:FULL|IOERR_SHM|CANTOPEN)/

/** Whether opening failed because nothing can be written beside the database. */
export function isClosedPlace(path: string, error: unknown): boolean {
  if (!(error instanceof SqliteDatabase.SqliteError)) return false
  if (REFUSED.test(error.code) && tryStorage(() => accessSync(dirname(path), constants.W_OK) === undefined) === null)
    return true
  // Whoever writes there has both files.
  return FULL.test(error.code) && (sizeOf(`${path}-shm`) === 0 || sizeOf(`${path}-wal`) === 0)
}

/** Throws StorageError where the file alone is not the whole database, or is too large. */
export function openInMemory(path: string): Database {
  const advice = 'make room there, or copy the archive to where it can be written'
  if (sizeOf(`${path}-wal`) > 0)
    throw new StorageError(
      `the last changes stand in ${path}-wal, which cannot be read on a disk that is full or read-only; ${advice}`,
    )
  if (sizeOf(path) > MOST_BYTES)
    throw new StorageError(`${path} is too large to be read on a disk that is full or read-only; ${advice}`)
  const bytes = readFileSync(path)
  for (const at of JOURNAL_BYTES) bytes[at] = 1
  return new SqliteDatabase(bytes, { readonly: true })
}

/** In bytes; 0 when there is no such file. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
