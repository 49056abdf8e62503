// How long the write-ahead log grows. Its pages move into the database when there are many; and because SQLite begins
// the log anew only when nobody reads from it, and readers that overlap leave no such moment, a long log makes the
// writer wait for them.
import type { Database } from 'better-sqlite3'
import { CHECKPOINT_PAGES } from '../database/database.ts'
import { tryStorage } from '../database/failures.ts'

/**
 * Pages in the log (32 MB) from which on the writer waits, at most as long as any statement does; then it writes on.
 */
const LONG_PAGES = 2 * CHECKPOINT_PAGES

/** What SQLite tells of a checkpoint. */
export interface Checkpoint {
  readonly busy: number
  /** Pages in the log, and those of them that are in the database too. */
  readonly log: number
  readonly checkpointed: number
}

/** Without waiting for readers, or waiting for those who are at it: who begins meanwhile reads the database alone. */
type Move = (how: 'PASSIVE' | 'RESTART') => Checkpoint | null

/** To be called after writing. A disk that takes no more stops the next write, not this. */
export function createSettler(db: Database, move: Move): () => void {
  const pending = db.prepare<[], Checkpoint>('PRAGMA wal_checkpoint(NOOP)')
  let [due, long] = [CHECKPOINT_PAGES, LONG_PAGES]
  return () => {
    if (db.inTransaction) return
    const found = pending.get()
    if (found === undefined || (waiting(found) < due && found.log < long)) return
    const moved = tryStorage(() => move(found.log < long ? 'PASSIVE' : 'RESTART'))
    due = waiting(moved) + CHECKPOINT_PAGES
    long = moved?.busy === 1 && found.log >= long ? found.log + CHECKPOINT_PAGES : LONG_PAGES
  }
}

function waiting(found: Checkpoint | null): number {
  return found === null ? 0 : found.log - found.checkpointed
}
