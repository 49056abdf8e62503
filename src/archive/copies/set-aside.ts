// The database that a rebuild replaces: kept beside the archive when it alone still knows what was read in captures
// whose WARC records are lost or damaged.
import { linkSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SqliteDatabase } from '../database/sqlite.ts'
import { makeFolder, syncFolder } from '../warc/file.ts'
import { QUARANTINE_FOLDER } from '../warc/quarantine.ts'

/** A database that was kept. */
export interface SetAside {
  /** Path in the archive. */
  readonly kept: string
  /** Captures that it knows and no WARC file holds; null when it is too damaged to tell. */
  readonly captures: number | null
}

const UNREADABLE = /^SQLITE_(CORRUPT|NOTADB|ERROR)/
const NOT_DIGIT = /\D/g

/**
 * Captures that the database at `old`, which nobody writes to, knows and the one at `fresh` does not; null when that
 * cannot be told. Removed on request does not count: nothing of it is left.
 */
export function countLost(old: string, fresh: string): number | null {
  const db = new SqliteDatabase(old, { fileMustExist: true })
  try {
    db.prepare('ATTACH ? AS fresh').run(fresh)
    return Number(db.prepare(LOST).pluck().get())
  } catch (error) {
    if (error instanceof SqliteDatabase.SqliteError && UNREADABLE.test(error.code)) return null
    throw error
  } finally {
    db.close()
  }
}

const LOST = `
  SELECT count(*) FROM main.captures AS c
  WHERE c.redacted IS NULL AND NOT EXISTS (SELECT 1 FROM fresh.captures AS f WHERE f.id = c.id)`

/** Gives the database at `path` a second name in quarantine/: whatever takes its place, it stays. Returns that name. */
export function keepAside(dir: string, path: string, now: Date): string {
  const kept = `${QUARANTINE_FOLDER}/archive-${now.toISOString().replace(NOT_DIGIT, '')}.sqlite`
  makeFolder(join(dir, QUARANTINE_FOLDER))
  try {
    linkSync(path, join(dir, kept))
  } catch {
    // Some disks have no second names; a kill between this and the next step leaves no database, which is told.
    renameSync(path, join(dir, kept))
  }
  syncFolder(dirname(join(dir, kept)))
  return kept
}
