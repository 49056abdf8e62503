// Posts of the findings as nouns: content from the best sighting, what differs from it, and every source.
import type { Database } from 'better-sqlite3'
import { groupBy } from '../../../grouping.ts'
import type { MergedPost, Post, Provenance } from '../../../model.ts'
import { toMerged } from '../../../post.ts'
import { fromJsonColumn } from '../../difference.ts'
import { createSightedReader } from '../../facts/sightings/sighted-posts.ts'
import { fromPlaceRow, type PlaceColumns, type SourceColumns } from '../../facts/sightings/sighting-rows.ts'

export interface PostReader {
  one(key: number): MergedPost
  /** Posts by key, in few statements. */
  some(keys: readonly number[]): ReadonlyMap<number, MergedPost>
}

interface PostRow {
  readonly key: number
  readonly id: string
  readonly sighting: number | null
  readonly extraction: number | null
  readonly text: string | null
  readonly detail: string | null
}

/** A stored sighting, or what was said of another source. */
type SourceRow = PlaceColumns &
  SourceColumns & { readonly postKey: number; readonly sighting: number | null; readonly provenance: string | null }

export function createPostReader(db: Database): PostReader {
  const posts = db.prepare<[string], PostRow>(POSTS)
  const readBest = createSightedReader<string>(db, BEST_SIGHTINGS)
  const others = db.prepare<[string], SourceRow>(OTHER_SOURCES)
  const some = (keys: readonly number[]): ReadonlyMap<number, MergedPost> => {
    const list = JSON.stringify(keys)
    const seen = new Map(readBest(list).map((one) => [placeOf(one.sightingKey, one.extractionKey), one.post] as const))
    const byPost = groupBy(others.all(list), ({ postKey }) => postKey)
    return new Map(
      posts.all(list).map((row) => {
        const base = row.sighting === null ? null : (seen.get(placeOf(row.sighting, row.extraction)) ?? null)
        return [row.key, mergePost(row, base, byPost.get(row.key) ?? [])] as const
      }),
    )
  }
  return { some, one: (key) => some([key]).get(key)! }
}

function placeOf(sighting: number, extraction: number | null): string {
  return `${sighting} ${extraction}`
}

function mergePost(row: PostRow, base: Post | null, others: readonly SourceRow[]): MergedPost {
  const isAsSeen = row.detail === null && row.text === null
  const post = isAsSeen
    ? base
    : { ...base, ...fromJsonColumn<Post>(row.detail), ...(row.text !== null && { text: row.text }) }
  const best = base === null ? [] : [base.provenance]
  return toMerged(post as Post, row.id, [...best, ...others.map(toProvenance)])
}

function toProvenance(row: SourceRow): Provenance {
  return row.sighting === null ? (JSON.parse(row.provenance ?? '') as Provenance) : fromPlaceRow(row, row)
}

const POSTS = `
  SELECT key, id, sighting_key AS sighting, extraction_key AS extraction, text, detail FROM posts
  WHERE key IN (SELECT value FROM json_each(?))`

const BEST_SIGHTINGS = {
  from: `posts AS p CROSS JOIN sightings AS s ON s.key = p.sighting_key CROSS JOIN extractions AS e ON e.key = p.extraction_key`,
  where: 'p.key IN (SELECT value FROM json_each(?))',
}

const OTHER_SOURCES = `
  SELECT o.post_key AS postKey, o.sighting_key AS sighting, o.provenance, s.selector, s.path, s.line, s.end_line AS endLine,
    s.detail AS sightingDetail, c.input, c.digest, c.captured_at AS capturedAt, r.adapter, r.adapter_version AS adapterVersion
  FROM other_sources AS o LEFT JOIN sightings AS s ON s.key = o.sighting_key
  LEFT JOIN extractions AS e ON e.key = o.extraction_key LEFT JOIN readings AS r ON r.key = e.reading_key
  LEFT JOIN captures AS c ON c.key = e.capture_key
  WHERE o.post_key IN (SELECT value FROM json_each(?)) ORDER BY o.post_key, o.position`
