// Takes into the index what a crash left in the WARC folder without rows. Whole records are adopted: somebody served
// those bytes. A torn end is counted and left where it is; the next run writes a file of its own.
import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { createRecordIndex, type RecordIndex } from '../facts/captures/record-index.ts'
import type { AtBadSector } from '../warc/bad-sectors.ts'
import type { RecordPlace } from '../warc/file.ts'
import { listWarcFiles, WARC_FOLDER } from '../warc/folder.ts'
import { isDamage, scanWarc } from '../warc/scan.ts'
import { isStranger, RUN_NAME } from '../warc/strangers.ts'

/** What was found in one WARC file beyond its index. */
export interface Recovery {
  readonly file: string
  readonly captures: number
  readonly unreadableBytes: number
  /** One line for each stretch that could not be read. */
  readonly problems: readonly string[]
  readonly damage: readonly (RecordPlace & { readonly reason: string })[]
}

/** Indexes what files that were never closed hold beyond their rows. Tells only of files where something was found. */
export function recoverWarcFiles(db: Database, dir: string): readonly Recovery[] {
  removeEmptyFiles(dir)
  for (const name of db.prepare<[], string>(BARE_ROWS).pluck().all())
    if (!existsSync(join(dir, WARC_FOLDER, name))) db.prepare('DELETE FROM warc_files WHERE name = ?').run(name)
  const index = createRecordIndex(db)
  const closed = new Set(
    db.prepare<[], string>('SELECT name FROM warc_files WHERE closed_bytes IS NOT NULL').pluck().all(),
  )
  const open = listWarcFiles(dir).filter((name) => !closed.has(name) && !isStranger(dir, name))
  return open
    .map((name) => indexFile(db, index, { dir, name, at: 'stop' }))
    .filter((found) => found.captures + found.unreadableBytes > 0)
}

/** A file without a byte is left by a kill before its first record: nothing was said in it. */
export function removeEmptyFiles(dir: string): void {
  for (const name of listWarcFiles(dir)) {
    const path = join(dir, WARC_FOLDER, name)
    if (statSync(path).size === 0) rmSync(path)
  }
}

/** Files of which no record is known, and that nobody finished. */
const BARE_ROWS = `
  SELECT name FROM warc_files AS w WHERE closed_bytes IS NULL
    AND NOT EXISTS (SELECT 1 FROM runs WHERE warc_file_key = w.key)
    AND NOT EXISTS (SELECT 1 FROM captures WHERE warc_file_key = w.key)
    AND NOT EXISTS (SELECT 1 FROM events WHERE warc_file_key = w.key)`

interface Unindexed {
  readonly dir: string
  /** Inside the folder warc/. */
  readonly name: string
  readonly at: AtBadSector
}

/** Indexes the records of one file that have no rows yet, in transactions of the caller's making or one by one. */
export function indexFile(db: Database, index: RecordIndex, { dir, name, at }: Unindexed): Recovery {
  const path = join(dir, WARC_FOLDER, name)
  const key = index.addFile(name)
  const damage: (RecordPlace & { readonly reason: string })[] = []
  let captures = 0
  for (const scanned of scanWarc(path, endOfIndex(db, key), at)) {
    const { offset, length } = scanned
    const kind = isDamage(scanned)
      ? scanned.reason
      : attempt(() => index.addRecord(scanned.record, key, { offset, length }))
    if (kind === 'capture') captures++
    if (kind === 'capture' || kind === 'run' || kind === 'event' || kind === 'known') continue
    damage.push({ offset, length, reason: kind })
    if (offset === 0 && RUN_NAME.test(name)) index.addLostRun(name, key, { offset, length })
  }
  const unreadableBytes = damage.reduce((sum, { length }) => sum + length, 0)
  index.closeFile(key, statSync(path).size, unreadableBytes)
  const problems = damage.map(
    ({ offset, length, reason }) => `${WARC_FOLDER}/${name} at byte ${offset}: ${reason} (${length} bytes)`,
  )
  return { file: name, captures, unreadableBytes, problems, damage }
}

/** What came out, or why nothing did: a strange record is named, not fatal. SQLite's own errors are. */
function attempt(act: () => string): string {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error) throw error
    return error.message
  }
}

function endOfIndex(db: Database, fileKey: number): number {
  const end = db.prepare<{ file: number }, number>(`
    SELECT max(ended) FROM (
      SELECT warc_offset + warc_length AS ended FROM runs WHERE warc_file_key = @file
      UNION ALL SELECT warc_offset + warc_length FROM captures WHERE warc_file_key = @file
      UNION ALL SELECT warc_offset + warc_length FROM events WHERE warc_file_key = @file)`)
  return end.pluck().get({ file: fileKey }) ?? 0
}
