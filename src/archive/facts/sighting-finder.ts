// Finds the stored sighting that a provenance speaks of: same capture, same reader, same place in the bytes.
import type { Database } from 'better-sqlite3'
import type { Provenance } from '../../model.ts'
import { fromPlaceRow, type PlaceColumns, type SourceColumns } from './post-rows.ts'

/** Captures whose sightings are kept in memory while findings are stored. */
const KEPT_CAPTURES = 256

/**
 * Null when nothing stored is meant. Of two captures that say the same (one WARC file, imported twice), the one with
 * the later id.
 */
type SightingFinder = (provenance: Provenance) => number | null

type PlaceRow = PlaceColumns & SourceColumns & { readonly key: number }

/** Selects where sightings were; `fromPlaceRow` reads it. */
const SELECT_PLACE = `
  SELECT s.key, s.selector, s.path, s.line, s.end_line AS endLine, s.detail AS sightingDetail, c.input, c.digest, c.captured_at AS capturedAt, e.adapter,
    e.adapter_version AS adapterVersion
  FROM sightings AS s
  JOIN extractions AS e ON e.key = s.extraction_key
  JOIN captures AS c ON c.key = e.capture_key`

export function createSightingFinder(db: Database): SightingFinder {
  const select = db.prepare<[string], PlaceRow>(`${SELECT_PLACE} WHERE c.digest = ? ORDER BY c.id, s.key`)
  const captures = new Map<string, ReadonlyMap<string, number>>()
  const load = (digest: string): ReadonlyMap<string, number> => {
    if (captures.size >= KEPT_CAPTURES) captures.clear()
    const places = new Map(select.all(digest).map((row) => [placeKey(fromPlaceRow(row, row)), row.key] as const))
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
export function createExtractionFinder(db: Database): SightingFinder {
  const select = db
    .prepare<unknown[], number>(`
      SELECT e.key FROM extractions AS e JOIN captures AS c ON c.key = e.capture_key
      WHERE c.digest = ? AND c.captured_at = ? AND c.input = ? AND e.adapter = ? AND e.adapter_version = ?
      ORDER BY c.id DESC, e.key DESC LIMIT 1`)
    .pluck()
  return ({ capture, capturedAt, input, adapter, adapterVersion }) =>
    select.get(capture, capturedAt, input, adapter, adapterVersion) ?? null
}

function placeKey(provenance: Provenance): string {
  const { input, capturedAt, adapter, adapterVersion, selector, path, line, endLine } = provenance
  return JSON.stringify([input, capturedAt, adapter, adapterVersion, selector, path, line, endLine])
}
