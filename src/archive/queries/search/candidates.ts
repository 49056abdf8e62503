// Posts that may be what was asked for, the one stored last first, window by window: by the full-text index, of one
// author, or all. Each window costs the same, wherever in the archive it lies.
import type { Database } from 'better-sqlite3'
import type { ReadFilter } from './filter.ts'

interface Source {
  /** What the full-text index is asked; empty: nothing, and the author's posts are meant, or all. */
  readonly match: string
  readonly filter: ReadFilter
  /** Posts or matches of one window. */
  readonly size: number
}

interface Window {
  /** Keys that pass the filter, the greatest first. */
  readonly keys: readonly number[]
  /** Posts or matches looked at for them. */
  readonly looked: number
  /** What is left lies below this key; null when nothing is left. */
  readonly below: number | null
}

export function* listCandidates(db: Database, source: Source, below: number): Generator<Window> {
  const { match, filter, size } = source
  if (match === '' && filter.posts !== null)
    return yield keepOf(
      db,
      filter,
      filter.posts.filter((key) => key < below),
      null,
    )
  for (let from: number | null = below; from !== null; ) {
    const seen = match === '' ? readKeys(db, from, size) : readMatches(db, match, from, size)
    const window = keepOf(db, filter, seen, seen.length < size ? null : (seen.at(-1) ?? null))
    yield window
    from = window.below
  }
}

function readKeys(db: Database, below: number, most: number): readonly number[] {
  const keys = db.prepare<[number, number], number>('SELECT key FROM posts WHERE key < ? ORDER BY key DESC LIMIT ?')
  return keys.pluck().all(below, most)
}

function readMatches(db: Database, match: string, below: number, most: number): readonly number[] {
  const keys = db.prepare<[string, number, number], number>(
    'SELECT rowid FROM posts_fts WHERE posts_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?',
  )
  return keys.pluck().all(match, below, most)
}

function keepOf(db: Database, filter: ReadFilter, seen: readonly number[], below: number | null): Window {
  if (filter.sql === '') return { keys: seen, looked: seen.length, below }
  const keys = db
    .prepare<Record<string, unknown>, number>(
      `SELECT p.key FROM posts AS p WHERE p.key IN (SELECT value FROM json_each(@seen))${filter.sql} ORDER BY p.key DESC`,
    )
    .pluck()
    .all({ ...filter.values, seen: JSON.stringify(seen) })
  return { keys, looked: seen.length, below }
}

/** Posts that match, counted to this number and no further. */
export function countMatches(db: Database, match: string, most: number): number {
  const count = db.prepare('SELECT count(*) FROM (SELECT 1 FROM posts_fts WHERE posts_fts MATCH ? LIMIT ?)')
  return Number(count.pluck().get(match, most))
}
