// Who read each capture, and with which version: what a refresh needs to know to read again only what may read
// differently.
import type { Database } from 'better-sqlite3'
import { NO_ADAPTER } from './extraction-store.ts'

/** Event that says which adapters an archive was brought up to. */
export const REFRESH_EVENT = 'refresh'
/** Rows read at once: no long read transaction holds back the write-ahead log. */
const PAGE_ROWS = 500

/** The reading of a capture that counts. */
export interface ReadingRow {
  readonly captureId: string
  readonly input: string
  /** Null when no adapter recognised the capture. */
  readonly adapter: string | null
  readonly version: number
  readonly extractionKey: number
}

/** Version by name of an adapter. */
export type AdapterVersions = Readonly<Record<string, number>>

/** Of every capture whose bytes are here, in the order of the log. */
export function* readReadings(db: Database): Generator<ReadingRow> {
  const page = db.prepare<unknown[], Omit<ReadingRow, 'adapter'> & { key: number; adapter: string }>(READINGS)
  for (let after = 0; ; ) {
    const rows = page.all(after, PAGE_ROWS)
    for (const { key: _key, adapter, ...row } of rows)
      yield { ...row, adapter: adapter === NO_ADAPTER.name ? null : adapter }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.key
  }
}

/** The adapters of the last refresh; null when there was none. */
export function readRefreshed(db: Database): AdapterVersions | null {
  const detail = db
    .prepare<[], string>(`SELECT detail FROM events WHERE type = '${REFRESH_EVENT}' ORDER BY key DESC LIMIT 1`)
    .pluck()
    .get()
  return detail === undefined ? null : (JSON.parse(detail) as { readonly adapters: AdapterVersions }).adapters
}

/** Versions of the engine that made the findings there are. */
export function readEngineVersions(db: Database): readonly string[] {
  return db.prepare<[], string>(ENGINES).pluck().all()
}

/** Whether something waits to be unrolled, or was by another version of the engine. */
export function isBehind(db: Database, engine: string): boolean {
  const waiting = db.prepare('SELECT 1 FROM unrolled_extractions WHERE engine_version IS NULL LIMIT 1')
  return waiting.get() !== undefined || readEngineVersions(db).some((version) => version !== engine)
}

/** As `isBare` tells of one page, as far as copies go. */
export function hasNamelessTexts(db: Database): boolean {
  return db.prepare(NAMELESS).get() !== undefined
}

const NAMELESS = `
  SELECT 1 FROM post_versions WHERE post_id >= 'text:' AND post_id < 'text;' AND kind = 'post'
  UNION ALL SELECT 1 FROM readings WHERE scrapes <> '[]' LIMIT 1`

/** From one version to the next by the index: DISTINCT reads all rows there are. */
const ENGINES = `
  WITH RECURSIVE engines(version) AS (
    SELECT min(engine_version) FROM unrolled_extractions
    UNION ALL SELECT (SELECT min(engine_version) FROM unrolled_extractions WHERE engine_version > version)
    FROM engines WHERE version IS NOT NULL)
  SELECT version FROM engines WHERE version IS NOT NULL`

const READINGS = `
  SELECT c.key, c.id AS captureId, c.input, e.adapter, e.adapter_version AS version, e.key AS extractionKey
  FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
  WHERE c.redacted IS NULL AND c.key > ? ORDER BY c.key LIMIT ?`
