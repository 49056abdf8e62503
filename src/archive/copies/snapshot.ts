// A copy of the database as it is at one moment, also while another command writes: one plain file without a write-ahead log.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { DATABASE_NAME, openForReading } from '../database.ts'
import { explainFailure } from '../failures.ts'

/** Copies the database of an archive to a new file at `path`, replacing what is there. */
export async function snapshotDatabase(dir: string, path: string): Promise<void> {
  const db = openForReading(join(dir, DATABASE_NAME))
  try {
    mkdirSync(dirname(path), { recursive: true })
    rmSync(path, { force: true })
    await db.backup(path)
    const copy = new SqliteDatabase(path, { fileMustExist: true })
    copy.pragma('journal_mode = DELETE')
    copy.close()
  } catch (error) {
    throw explainFailure(`the database cannot be copied to ${path}`, error)
  } finally {
    db.close()
  }
}
