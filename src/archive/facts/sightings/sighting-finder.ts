// Finds the stored sighting that a provenance speaks of: same capture, same reader, same place in the bytes.
import type { Database } from 'better-sqlite3'
import type { Provenance } from '../../../model.ts'
import type { StoredPlace } from './sighted-posts.ts'
import { fromPlaceRow, type PlaceColumns, type SourceColumns } from './sighting-rows.ts'

/** Captures whose sightings are kept in memory while findings are stored. */
const KEPT_CAPTURES = 256

/**
 * Null when nothing stored is meant. Of two captures that say the same (one WARC file, imported twice), the one with
 * the later id.
 */
type SightingFinder = (provenance: Provenance) => StoredPlace | null

type PlaceRow = PlaceColumns & SourceColumns & StoredPlace

/** Selects where sightings were; `fromPlaceRow` reads it. */
const SELECT_PLACE = `
  SELECT s.key AS sightingKey, e.key AS extractionKey, s.selector, s.path, s.line, s.end_line AS endLine, s.detail AS sightingDetail,
    c.input, c.digest, c.captured_at AS capturedAt, r.adapter, r.adapter_version AS adapterVersion
  FROM captures AS c
  JOIN extractions AS e ON e.capture_key = c.key
  JOIN readings AS r ON r.key = e.reading_key
  JOIN sightings AS s ON s.reading_key = r.key`

export function createSightingFinder(db: Database): SightingFinder {
  const select = db.prepare<[string], PlaceRow>(`${SELECT_PLACE} WHERE c.digest = ? ORDER BY c.id, e.key, s.key`)
  const captures = new Map<string, ReadonlyMap<string, StoredPlace>>()
  const load = (digest: string): ReadonlyMap<string, StoredPlace> => {
    if (captures.size >= KEPT_CAPTURES) captures.clear()
    const places = new Map(select.all(digest).map((row) => [placeKey(fromPlaceRow(row, row)), row] as const))
    captures.set(digest, places)
    return places
  }
  return (provenance) => {
    const digest = provenance.capture
    if (digest === null) return null
    return (captures.get(digest) ?? load(digest)).get(placeKey(provenance)) ?? null
  }
}

/** Finds the extraction whose text lines a post was cut out of: such a post is no stored sighting. */
export function createExtractionFinder(db: Database): (provenance: Provenance) => number | null {
  const select = db
    .prepare<unknown[], number>(`
      SELECT e.key FROM captures AS c JOIN extractions AS e ON e.capture_key = c.key
      JOIN readings AS r ON r.key = e.reading_key
      WHERE c.digest = ? AND c.captured_at = ? AND c.input = ? AND r.adapter = ? AND r.adapter_version = ?
      ORDER BY c.id DESC, e.key DESC LIMIT 1`)
    .pluck()
  return ({ capture, capturedAt, input, adapter, adapterVersion }) =>
    select.get(capture, capturedAt, input, adapter, adapterVersion) ?? null
}

function placeKey(provenance: Provenance): string {
  const { input, capturedAt, adapter, adapterVersion, selector, path, line, endLine } = provenance
  return JSON.stringify([input, capturedAt, adapter, adapterVersion, selector, path, line, endLine])
}
