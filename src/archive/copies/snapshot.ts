// A copy of the database as it is at one moment, also while another command writes: one plain file without a
// write-ahead log.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { makeFolders } from '../../folders.ts'
import { DATABASE_NAME, openForReading } from '../database/database.ts'
import { explainFailure } from '../database/failures.ts'
import { SqliteDatabase } from '../database/sqlite.ts'

/** Copies the database of an archive to a new file at `path`, replacing what is there. */
export async function snapshotDatabase(dir: string, path: string): Promise<void> {
  const db = openForReading(join(dir, DATABASE_NAME))
  try {
    makeFolders(dirname(path))
    rmSync(path, { force: true })
    await copyDatabase(db, dir, path)
    const copy = new SqliteDatabase(path, { fileMustExist: true })
    copy.pragma('journal_mode = DELETE')
    copy.close()
  } catch (error) {
    throw explainFailure(`the database cannot be copied to ${path}`, error)
  } finally {
    db.close()
  }
}

/**
 * In one step, from one moment: in steps, SQLite begins anew whenever somebody wrote between two, and may never end.
 */
const ALL_PAGES = 2 ** 31 - 1

/**
 * The database of an archive, which `db` has open for reading. One read from a read-only disk changes no more: its file
 * is copied.
 */
export async function copyDatabase(db: Database, dir: string, path: string): Promise<void> {
  // A copy by the system would be read-only too.
  if (db.memory) writeFileSync(path, readFileSync(join(dir, DATABASE_NAME)))
  else await db.backup(path, { progress: () => ALL_PAGES })
}
