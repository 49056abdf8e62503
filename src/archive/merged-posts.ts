// Posts of the findings as nouns: content from the best sighting, what differs from it, and every source.
import type { Database } from 'better-sqlite3'
import type { MergedPost, Post, Provenance } from '../model.ts'
import { fromJson } from './difference.ts'
import {
  fromPlaceRow,
  fromSightedRow,
  SELECT_SIGHTED,
  type SightedRow,
  type SightingColumns,
  type SourceColumns,
} from './post-rows.ts'

export interface PostReader {
  one(key: number): MergedPost
  /** Posts by key, in few statements. */
  some(keys: readonly number[]): ReadonlyMap<number, MergedPost>
}

interface PostRow {
  readonly key: number
  readonly id: string
  readonly sighting: number | null
  readonly text: string | null
  readonly detail: string | null
}

interface SourceRow extends SightingColumns, SourceColumns {
  readonly postKey: number
  readonly provenance: string | null
}

export function createPostReader(db: Database): PostReader {
  const posts = db.prepare<[string], PostRow>(POSTS)
  const sighted = db.prepare<[string], SightedRow>(
    `${SELECT_SIGHTED} WHERE s.key IN (SELECT sighting_key FROM posts WHERE key IN (SELECT value FROM json_each(?)))`,
  )
  const sources = db.prepare<[string], SourceRow>(SOURCES)
  const some = (keys: readonly number[]): ReadonlyMap<number, MergedPost> => {
    const list = JSON.stringify(keys)
    const seen = new Map(sighted.all(list).map((row) => [row.sightingKey, row] as const))
    const bySource = groupByPost(sources.all(list))
    return new Map(
      posts.all(list).map((row) => {
        const base = row.sighting === null ? null : seen.get(row.sighting)
        return [row.key, mergePost(row, base ?? null, bySource.get(row.key) ?? [])] as const
      }),
    )
  }
  return { some, one: (key) => some([key]).get(key)! }
}

function groupByPost(rows: readonly SourceRow[]): ReadonlyMap<number, readonly SourceRow[]> {
  const groups = new Map<number, SourceRow[]>()
  for (const row of rows) groups.set(row.postKey, [...(groups.get(row.postKey) ?? []), row])
  return groups
}

function mergePost(row: PostRow, base: SightedRow | null, sources: readonly SourceRow[]): MergedPost {
  const seen: Partial<Post> = base === null ? {} : fromSightedRow(base)
  const post = { ...seen, ...fromJson<Post>(row.detail), ...(row.text !== null && { text: row.text }) }
  return { ...(post as Post), id: row.id, sources: sources.map(toProvenance) }
}

function toProvenance(row: SourceRow): Provenance {
  return row.provenance === null ? fromPlaceRow(row) : (JSON.parse(row.provenance) as Provenance)
}

const POSTS = `
  SELECT key, id, sighting_key AS sighting, text, detail FROM posts WHERE key IN (SELECT value FROM json_each(?))`

const SOURCES = `
  SELECT ps.post_key AS postKey, ps.provenance, s.position, s.local_key AS localKey, s.selector, s.path, s.line,
    s.end_line AS endLine, s.block, s.parent, s.detail AS sightingDetail, c.input, c.digest,
    c.captured_at AS capturedAt, e.adapter, e.adapter_version AS adapterVersion
  FROM post_sources AS ps
  LEFT JOIN sightings AS s ON s.key = ps.sighting_key
  LEFT JOIN extractions AS e ON e.key = s.extraction_key
  LEFT JOIN captures AS c ON c.key = e.capture_key
  WHERE ps.post_key IN (SELECT value FROM json_each(?)) ORDER BY ps.post_key, ps.position`
