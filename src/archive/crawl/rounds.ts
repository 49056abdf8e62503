// How many pages following brought into each round of a source. Counted once a round and then kept up: counting all of
// them for each link that a page names would cost a long round its square.
import type { Database } from 'better-sqlite3'

/** A row as it stands after a URL was taken in. */
export interface TakenRow {
  readonly source: string
  readonly round: string
  readonly counts: number
  /** 1 when it was there and left an older round for this one. */
  readonly joined: number
}

interface RoundCounts {
  of(source: string, round: string): number
  /** A URL was taken in, or joined a newer round. */
  note(row: TakenRow): void
  /** Rows changed otherwise, or changes were taken back. */
  forget(): void
}

/**
 * SQL that is 1 for a row that counts. Items that came of their own accord, because it was time to revisit them, do
 * not.
 */
export const COUNTS = `(kind IN ('part', 'more') OR (kind = 'item' AND found_at >= round))`

export function createRoundCounts(db: Database): RoundCounts {
  const count = db
    .prepare<[string, string], number>(`SELECT count(*) FROM frontier WHERE source = ? AND round = ? AND ${COUNTS}`)
    .pluck()
  const known = new Map<string, Map<string, number>>()
  const roundsOf = (source: string): Map<string, number> => {
    const rounds = known.get(source) ?? new Map<string, number>()
    known.set(source, rounds)
    return rounds
  }
  return {
    of: (source, round) => {
      const rounds = roundsOf(source)
      const found = rounds.get(round) ?? count.get(source, round) ?? 0
      rounds.set(round, found)
      return found
    },
    note: ({ source, round, counts, joined }) => {
      const rounds = roundsOf(source)
      const before = rounds.get(round)
      // Which round it left is not told.
      if (joined === 1) rounds.clear()
      if (before !== undefined) rounds.set(round, before + counts)
    },
    forget: () => known.clear(),
  }
}
