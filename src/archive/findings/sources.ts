// Where posts of the findings come from: the stored sighting that shows a post best, and what else shows it.
import type { Database } from 'better-sqlite3'
import type { MergedPost, Provenance } from '../../model.ts'
import { createRowInsert, type RowInsert } from '../database/row-inserts.ts'
import { createSightedReader, type StoredPost, type StoredPosts } from '../facts/sighted-posts.ts'
import { createExtractionFinder, createSightingFinder } from '../facts/sighting-finder.ts'

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

export function createSourceStore(db: Database): SourceStore {
  const findSighting = createSightingFinder(db)
  const findExtraction = createExtractionFinder(db)
  const readSighting = createSightedReader<number>(db, 's.key = ?')
  const clear = db.prepare('DELETE FROM other_sources WHERE post_key = ?')
  const findBest = (source: Provenance, stored: StoredPosts): StoredPost | null => {
    const known = stored.get(source)
    if (known !== undefined) return known
    const sightingKey = findSighting(source)
    return sightingKey === null ? null : (readSighting(sightingKey)[0] ?? null)
  }
  const describe = (source: Provenance, position: number, stored: StoredPosts): FoundSources['others'][number] => {
    const sighting = stored.get(source)?.sightingKey ?? findSighting(source)
    if (sighting !== null) return [position, sighting, null, null, null]
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
