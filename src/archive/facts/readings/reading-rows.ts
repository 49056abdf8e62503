// What a reading says besides its posts, as columns, and the hash that proves it together with its sightings. Over
// the rows as they are stored: proving one parses no JSON and reads no text twice.
import { sha256 } from '../../../fixity.ts'
import type { AdapterName, Extraction, Provenance, Scrape } from '../../../model.ts'
import { PLACE_COLUMNS, type SightingPlace } from '../sightings/sighting-rows.ts'

/** The columns of readings that hold what was read, JSON as text. */
export interface ReadingColumns {
  readonly adapter: string
  readonly version: number
  readonly declared: string
  readonly blocks: string
  readonly scrapes: string
  readonly next: string
  readonly notes: string
}

/** What a sighting says, in the order of `SELECT_SIGHTINGS`, beginning with the hash of the content it shows. */
export type HashedSighting = readonly [
  sha256: string,
  ...place: SightingPlace,
  basis: string | null,
  p: number | null,
  say: string | null,
  detail: string | null,
]

/** Selects the sightings of a reading; raw rows are `HashedSighting`. */
export const SELECT_SIGHTINGS = `
  SELECT lower(hex(v.sha256)), ${PLACE_COLUMNS}, r.basis, r.p, r.say, s.detail
  FROM sightings AS s JOIN post_versions AS v ON v.key = s.version_key LEFT JOIN parent_reasons AS r ON r.key = s.parent_reason_key
  WHERE s.reading_key = ? ORDER BY s.key`

/** Whether the input's order means anything is the run's word, not the page's: `order` is no column. */
export function toReadingColumns(extraction: Extraction, { name, version }: AdapterName): ReadingColumns {
  const { declared, blocks, scrapes, next, notes } = extraction
  return {
    adapter: name,
    version,
    declared: JSON.stringify(declared),
    blocks: JSON.stringify(blocks),
    scrapes: JSON.stringify(scrapes.map(toStoredScrape)),
    next: JSON.stringify(next),
    notes: JSON.stringify(notes),
  }
}

/** What the capture tells of a place: of looks that read the same it is all that differs. */
export type Looked = Pick<Provenance, 'input' | 'capture' | 'capturedAt'>

interface StoredScrape extends Omit<Scrape, 'provenance'> {
  readonly provenance: Omit<Provenance, keyof Looked>
}

function toStoredScrape({ provenance, ...scrape }: Scrape): StoredScrape {
  const { input: _input, capture: _capture, capturedAt: _time, ...place } = provenance
  return { ...scrape, provenance: place }
}

/** `json`: the column of that name. */
export function toScrapes(json: string, looked: Looked): readonly Scrape[] {
  const stored = JSON.parse(json) as readonly StoredScrape[]
  return stored.map((scrape) => ({ ...scrape, provenance: { ...looked, ...scrape.provenance } }))
}

/**
 * Hex SHA-256 over a JSON array: the columns in their order, then those of each sighting, in the order of their keys.
 */
export function readingDigest(columns: ReadingColumns, sightings: readonly HashedSighting[]): string {
  return sha256(readingForm(columns, sightings))
}

export function readingForm(columns: ReadingColumns, sightings: readonly HashedSighting[]): string {
  const { adapter, version, declared, blocks, scrapes, next, notes } = columns
  return JSON.stringify([adapter, version, declared, blocks, scrapes, next, notes, sightings])
}
