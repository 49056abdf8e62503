// What an extraction says besides its posts, as columns, and the hash that proves it together with its sightings. Over the
// rows as they are stored: proving one parses no JSON and reads no text twice.
import { sha256 } from '../fixity.ts'
import type { Extraction } from '../model.ts'
import type { SightingColumns } from './post-rows.ts'

/** Who read; null elsewhere when no adapter recognised the capture. */
export interface AdapterName {
  readonly name: string
  readonly version: number
}

/** The columns of extractions that hold what was read, JSON as text. */
export interface ExtractionColumns {
  readonly adapter: string
  readonly version: number
  readonly declared: string
  readonly blocks: string
  readonly scrapes: string
  readonly next: string
  readonly notes: string
}

/** A sighting and the hash of the content it shows. */
export type HashedSighting = SightingColumns & { readonly sha256: string }

/** Whether the input's order means anything is the run's word, not the page's: `order` is no column. */
export function toExtractionColumns(extraction: Extraction, { name, version }: AdapterName): ExtractionColumns {
  const { declared, blocks, scrapes, next, notes } = extraction
  return {
    adapter: name,
    version,
    declared: JSON.stringify(declared),
    blocks: JSON.stringify(blocks),
    scrapes: JSON.stringify(scrapes),
    next: JSON.stringify(next),
    notes: JSON.stringify(notes),
  }
}

/** Hex SHA-256 over a JSON array: the columns in their order, then those of each sighting, in the order of their keys. */
export function extractionDigest(columns: ExtractionColumns, sightings: readonly HashedSighting[]): string {
  const { adapter, version, declared, blocks, scrapes, next, notes } = columns
  const places = sightings.map(
    ({ sha256, position, localKey, selector, path, line, endLine, block, parent, ...rest }) => [
      ...[sha256, position, localKey, selector, path, line, endLine, block, parent, rest.sightingDetail],
    ],
  )
  return sha256(JSON.stringify([adapter, version, declared, blocks, scrapes, next, notes, places]))
}
