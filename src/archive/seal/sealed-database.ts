// A database that is open for writing and will be sealed when it is closed. A stretch that changes is first held
// against the seal before, so that what the disk did to it is not sealed as if we had written it; one that does not
// change keeps its hash.
import { existsSync, fstatSync, statSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { openForWriting } from '../database/database.ts'
import { tryStorage } from '../database/failures.ts'
import { closeBytes, hashBytes, openBytes } from './database-bytes.ts'
import { readTouched } from './log-pages.ts'
import { type Checkpoint, createSettler } from './log-size.ts'
import { readSeal, removeSeal, type Seal, STRETCH_BYTES, stretchLength, writeSeal } from './seal.ts'

/**
 * How long closing waits for readers that are in the middle of something, ms; then the database is left without a seal.
 */
const CLOSING_WAIT_MS = 1000

export interface SealedDatabase {
  readonly db: Database
  /** To be called after writing: moves the write-ahead log into the database when it has grown. */
  settle(): void
  /** Moves all of it, and leaves the log empty unless somebody is reading it. */
  empty(): void
  /** Closes the connection and leaves a seal, if it can be vouched for. */
  close(): void
}

/** Opens as `openForWriting` does. The caller holds the lock until it has closed. */
export function openSealed(path: string, now: Date): SealedDatabase {
  const before = readBefore(path)
  const db = openForWriting(path, now)
  return before === null ? leaveUnsealed(db, path) : keepSealed(db, path, before)
}

const NOTHING: Seal = { bytes: 0, hashes: [] }

/** What may be built on; null when rows may be on the way that nobody vouches for. */
function readBefore(path: string): Seal | null {
  const isNew = !existsSync(path) || statSync(path).size === 0
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (log !== undefined && log.size > 0) return null
  return isNew ? NOTHING : readSeal(path)
}

/** `verify` seals it again, when it has looked at every row. */
function leaveUnsealed(db: Database, path: string): SealedDatabase {
  removeSeal(path)
  return {
    db,
    settle: createSettler(db, (how) => checkpoint(db, how)),
    empty: () => void checkpoint(db, 'TRUNCATE'),
    close: () => void db.close(),
  }
}

function keepSealed(db: Database, path: string, before: Seal): SealedDatabase {
  const ledger = createLedger(db, path, before)
  // Each checkpoint has to be told before: SQLite would make one in the middle of a commit.
  db.pragma('wal_autocheckpoint = 0')
  const move = (how: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): Checkpoint | null => {
    ledger.noteLog()
    return checkpoint(db, how)
  }
  return {
    db,
    settle: createSettler(db, move),
    empty: () => void move('TRUNCATE'),
    close: () => {
      try {
        db.pragma(`busy_timeout = ${CLOSING_WAIT_MS}`)
        const seal = tryStorage(() => (move('TRUNCATE')?.busy === 0 ? ledger.total() : null))
        db.close()
        if (seal === null) removeSeal(path)
        else if (seal !== before) tryStorage(() => writeSeal(path, seal))
      } finally {
        db.close()
        ledger.close()
      }
    },
  }
}

function checkpoint(db: Database, how: string): Checkpoint | null {
  return (db.pragma(`wal_checkpoint(${how})`) as readonly Checkpoint[])[0] ?? null
}

/** What is known of the stretches while the database changes. */
interface Ledger {
  /** What is in the write-ahead log is about to change the database. */
  noteLog(): void
  /** The seal of the database as it is now; null when something else had a hand in it. */
  total(): Seal | null
  close(): void
}

function createLedger(db: Database, path: string, before: Seal): Ledger {
  const fd = openBytes(path)
  const readVersion = (): number => Number(db.pragma('data_version', { simple: true }))
  const version = readVersion()
  const changed = new Set<number>()
  let isTrusted = before === NOTHING || fstatSync(fd).size === before.bytes
  const isAsSealed = (stretch: number): boolean => {
    const length = stretchLength(before.bytes, stretch)
    return length === 0 || hashBytes(fd, stretch * STRETCH_BYTES, length) === before.hashes[stretch]
  }
  return {
    noteLog: () => {
      const touched = tryStorage(() => readTouched(path))
      isTrusted &&= touched !== null
      if (touched === null || touched.size > 0) removeSeal(path)
      for (const stretch of touched ?? []) {
        if (changed.has(stretch)) continue
        changed.add(stretch)
        isTrusted &&= tryStorage(() => isAsSealed(stretch)) ?? false
      }
    },
    total: () => {
      if (isTrusted && changed.size === 0) return before
      const bytes = fstatSync(fd).size
      const hashOf = (stretch: number): string => hashBytes(fd, stretch * STRETCH_BYTES, stretchLength(bytes, stretch))
      const seal = isTrusted ? { bytes, hashes: listHashes(bytes, before, changed, hashOf) } : null
      return version === readVersion() ? seal : null
    },
    close: () => closeBytes(path, fd),
  }
}

function listHashes(
  bytes: number,
  before: Seal,
  changed: ReadonlySet<number>,
  hashOf: (stretch: number) => string,
): readonly string[] {
  return Array.from({ length: Math.ceil(bytes / STRETCH_BYTES) }, (_, stretch) => {
    const known = changed.has(stretch) ? undefined : before.hashes[stretch]
    return known ?? hashOf(stretch)
  })
}
