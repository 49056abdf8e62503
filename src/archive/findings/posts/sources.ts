// Where posts of the findings come from: the stored sighting that shows a post best, and what else shows it.
import type { Database } from 'better-sqlite3'
import type { MergedPost, Provenance } from '../../../model.ts'
import { createRowInsert, type RowInsert } from '../../database/row-inserts.ts'
import {
  createSightedReader,
  type StoredPlace,
  type StoredPost,
  type StoredPosts,
} from '../../facts/sightings/sighted-posts.ts'
import { createExtractionFinder, createSightingFinder } from '../../facts/sightings/sighting-finder.ts'

export interface FoundSources {
  /** The first of the sources; null when it is no stored sighting. */
  readonly best: StoredPost | null
  /** Columns of other_sources, the key of the post left out: every source but the best. */
  readonly others: readonly (readonly (string | number | null)[])[]
}

export interface SourceStore {
  find(post: MergedPost, stored: StoredPosts): FoundSources
  clear(postKey: number): void
  /** For rows of the key of a post and what `find` gave; `before` writes those posts. */
  inserts(before: () => void): RowInsert
}

const COLUMNS = ['post_key', 'position', 'sighting_key', 'extraction_key', 'line', 'provenance']
const NO_OTHERS: FoundSources['others'] = []
/** Of a `StoredPlace`. */
const OF_PLACE = {
  from: 'sightings AS s CROSS JOIN extractions AS e ON e.key = @extractionKey',
  where: 's.key = @sightingKey',
}

export function createSourceStore(db: Database): SourceStore {
  const findSighting = createSightingFinder(db)
  const findExtraction = createExtractionFinder(db)
  const readSighting = createSightedReader<StoredPlace>(db, OF_PLACE)
  const clear = db.prepare('DELETE FROM other_sources WHERE post_key = ?')
  const findBest = (source: Provenance, stored: StoredPosts): StoredPost | null => {
    const known = stored.get(source)
    if (known !== undefined) return known
    const place = findSighting(source)
    return place === null ? null : (readSighting(place)[0] ?? null)
  }
  const describe = (source: Provenance, position: number, stored: StoredPosts): FoundSources['others'][number] => {
    const place = stored.get(source) ?? findSighting(source)
    if (place !== null) return [position, place.sightingKey, place.extractionKey, null, null]
    return [position, null, findExtraction(source), source.line, JSON.stringify(source)]
  }
  return {
    find: ({ provenance, sources }, stored) => {
      const best = findBest(sources[0] ?? provenance, stored)
      if (best !== null && sources.length < 2) return { best, others: NO_OTHERS }
      const all = sources.map((source, position) => describe(source, position, stored))
      return { best, others: best === null ? all : all.slice(1) }
    },
    clear: (postKey) => void clear.run(postKey),
    inserts: (before) => createRowInsert(db, 'other_sources', COLUMNS, before),
  }
}
