// What must hold of an archive after anything was done to it: everything acknowledged is there, every thread is whole,
// and nothing is damaged. Gives faults by kind, with a sentence each; none is good.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { type ArchiveReader, openArchiveReader } from '../../../src/archive/reader.ts'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import { StorageError } from '../../../src/errors.ts'
import { storePending } from '../../../src/pipeline/pipeline.ts'
import { type Acknowledged, stemOf } from './acknowledged.ts'

/** `lost`: it was acknowledged; `partial`: a thread that is not whole; `damaged`: any check of SQLite's or of verify's;
 * `busy`: a person was told that the database is in use. */
export type FaultKind = 'lost' | 'partial' | 'damaged' | 'busy' | 'other'

export interface Fault {
  readonly kind: FaultKind
  readonly say: string
}

const SHARED_MEMORY = 'SQLITE_IOERR_SHMSIZE'

/**
 * Looks as a reader would, opens the archive as the next command would, lets it finish what was begun, and looks
 * closely.
 */
export function findFaults(dir: string, acked: Acknowledged): readonly Fault[] {
  try {
    const seen = canBeRead(dir) ? partialThreads(dir, acked) : []
    finish(dir)
    return [
      ...seen,
      ...lostCaptures(dir, acked),
      ...partialThreads(dir, acked),
      ...lostThreads(dir, acked),
      ...damageOf(dir),
    ]
  } catch (error) {
    return [
      { kind: 'other', say: `the archive cannot be used: ${error instanceof Error ? error.stack : String(error)}` },
    ]
  }
}

/**
 * Only looks, as a reader does while nobody may write: what was acknowledged is there, or the disk is named as the
 * reason.
 */
export function seenFaults(dir: string, acked: Acknowledged): readonly Fault[] {
  try {
    return canBeRead(dir)
      ? [...lostCaptures(dir, acked), ...partialThreads(dir, acked), ...lostThreads(dir, acked)]
      : []
  } catch (error) {
    // SQLite makes a file of shared memory to read a database with a log: a disk without any room has none for it.
    if (error instanceof StorageError || (error instanceof Error && 'code' in error && error.code === SHARED_MEMORY))
      return []
    return [
      { kind: 'other', say: `the archive cannot be read: ${error instanceof Error ? error.stack : String(error)}` },
    ]
  }
}

/** Every fault with the words before it. */
export function within(where: string, faults: readonly Fault[]): readonly Fault[] {
  return faults.map(({ kind, say }) => ({ kind, say: `${where}: ${say}` }))
}

/** A database that a cut left half made has a journal, which only a writer may play back: nobody reads it before. */
function canBeRead(dir: string): boolean {
  return existsSync(join(dir, 'archive.sqlite')) && !existsSync(join(dir, 'archive.sqlite-journal'))
}

function finish(dir: string): void {
  const writer = openArchiveWriter(dir, { now: () => new Date(), version: 'torture' })
  const reader = openArchiveReader(dir)
  storePending(writer)
  reader.close()
  writer.close()
}

function lostCaptures(dir: string, acked: Acknowledged): readonly Fault[] {
  const reader = openArchiveReader(dir)
  try {
    return missingFrom(reader, acked)
  } finally {
    // A disk with an open file on it cannot be taken away.
    reader.close()
  }
}

function missingFrom(reader: ArchiveReader, { captures, looks }: Acknowledged): readonly Fault[] {
  const digests = new Set([...reader.captures()].map(({ url, digest }) => `${url} ${digest}`))
  const unseen = [...looks].filter(([url, digest]) => !digests.has(`${url} ${digest}`)).map(([url]) => url)
  const faults = [...captures].flatMap(([id, digest]) => {
    const row = reader.readCaptureRow(id)
    if (row === null) return [lost(`the capture ${id} was acknowledged and is not there`)]
    if (row.redacted !== null) return []
    return reader.readCapture(row).digest === digest ? [] : [lost(`the capture ${id} has other bytes`)]
  })
  return [...faults, ...unseen.map((url) => lost(`the look at ${url} was acknowledged and is not there`))]
}

/**
 * Each thread of these pages counts its posts: fewer than it counts is a partial thread, unless some were asked out of
 * it.
 */
function partialThreads(dir: string, { spared }: Acknowledged): readonly Fault[] {
  const ids = query<{ id: string }>(dir, "SELECT id FROM threads WHERE completeness <> 'complete'")
  const partial = ids.filter(({ id }) => !spared.has(stemOf(id)))
  return partial.map(({ id }) => ({ kind: 'partial', say: `the thread ${id} is partial` }))
}

function lostThreads(dir: string, { threads, spared }: Acknowledged): readonly Fault[] {
  const rows = query<{ id: string; posts: number }>(dir, 'SELECT id, posts FROM thread_latest')
  const counted = new Map(rows.map(({ id, posts }) => [id, posts]))
  const gone = [...threads].filter(([id, posts]) => counted.get(id) !== posts && !spared.has(stemOf(id)))
  return gone.map(([id, posts]) => ({
    kind: 'partial',
    say: `the thread ${id} of ${posts} posts was acknowledged, there are ${counted.get(id) ?? 0}`,
  }))
}

/** A database that a kill left without its tables has no rows. */
function query<T>(dir: string, sql: string): readonly T[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  try {
    const isMade = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'thread_latest'").get() !== undefined
    return isMade ? db.prepare<[], T>(sql).all() : []
  } finally {
    db.close()
  }
}

function damageOf(dir: string): readonly Fault[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  const foreign = db.pragma('foreign_key_check') as readonly unknown[]
  db.close()
  return [
    ...(integrity === 'ok' ? [] : [integrity]),
    ...(foreign.length === 0 ? [] : ['a reference leads nowhere']),
    ...problemsOf(dir).map(({ where, what }) => `${where}: ${what}`),
  ].map((say) => ({ kind: 'damaged', say }))
}

/** What verify finds: every record of the WARC files held against the index, every row against its hash. */
export function problemsOf(dir: string): readonly { readonly where: string; readonly what: string }[] {
  return [...checkArchive(dir)].flatMap((checked) => ('ok' in checked ? [] : [checked]))
}

function lost(say: string): Fault {
  return { kind: 'lost', say }
}
