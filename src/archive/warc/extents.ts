// How far each WARC file reaches by the index: what was acknowledged, also while somebody writes. Read by copies and
// exports.
import type { Database } from 'better-sqlite3'

export interface WarcExtent {
  /** Inside the folder warc/. */
  readonly name: string
  /** Bytes that the index knows, never 0: of an open file only what was acknowledged. */
  readonly bytes: number
  /** Null while it is being written or after a crash. */
  readonly closedBytes: number | null
  readonly rewritten: string | null
}

/** A file of which nothing was acknowledged may go again. */
export function listWarcExtents(db: Database): readonly WarcExtent[] {
  return db.prepare<[], WarcExtent>(EXTENTS).all()
}

const EXTENTS = `
  SELECT * FROM (SELECT w.name, w.closed_bytes AS closedBytes, w.rewritten, coalesce(w.closed_bytes, (
    SELECT max(ended) FROM (
      SELECT warc_offset + warc_length AS ended FROM runs WHERE warc_file_key = w.key
      UNION ALL SELECT warc_offset + warc_length FROM captures WHERE warc_file_key = w.key
      UNION ALL SELECT warc_offset + warc_length FROM events WHERE warc_file_key = w.key))) AS bytes
  FROM warc_files AS w) WHERE bytes > 0 ORDER BY name`
