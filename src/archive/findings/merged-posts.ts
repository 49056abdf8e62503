// Posts of the findings as nouns: content from the best sighting, what differs from it, and every source.
import type { Database } from 'better-sqlite3'
import type { MergedPost, Post, Provenance } from '../../model.ts'
import { toMerged } from '../../post.ts'
import { fromJson } from '../difference.ts'
import { fromPlaceRow, type PlaceColumns, type SourceColumns } from '../facts/post-rows.ts'
import { createSightedReader } from '../facts/sighted-posts.ts'

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

interface SourceRow {
  readonly postKey: number
  readonly sighting: number | null
  readonly provenance: string | null
}

type PlaceRow = PlaceColumns & SourceColumns & { readonly key: number }
type Places = ReadonlyMap<number, Provenance>

export function createPostReader(db: Database): PostReader {
  const posts = db.prepare<[string], PostRow>(POSTS)
  const readSightings = createSightedReader<string>(
    db,
    's.key IN (SELECT sighting_key FROM posts WHERE key IN (SELECT value FROM json_each(?)))',
  )
  const sources = db.prepare<[string], SourceRow>(SOURCES)
  const places = db.prepare<[string], PlaceRow>(PLACES)
  const some = (keys: readonly number[]): ReadonlyMap<number, MergedPost> => {
    const list = JSON.stringify(keys)
    const seen = new Map(readSightings(list).map(({ sightingKey, post }) => [sightingKey, post] as const))
    const sourceRows = sources.all(list)
    const others = sourceRows.flatMap(({ sighting }) => (sighting === null || seen.has(sighting) ? [] : [sighting]))
    const known = new Map([...seen].map(([key, { provenance }]) => [key, provenance]))
    if (others.length > 0)
      for (const row of places.all(JSON.stringify(others))) known.set(row.key, fromPlaceRow(row, row))
    const bySource = groupByPost(sourceRows)
    return new Map(
      posts.all(list).map((row) => {
        const base = row.sighting === null ? null : seen.get(row.sighting)
        return [row.key, mergePost(row, base ?? null, bySource.get(row.key) ?? [], known)] as const
      }),
    )
  }
  return { some, one: (key) => some([key]).get(key)! }
}

function groupByPost(rows: readonly SourceRow[]): ReadonlyMap<number, readonly SourceRow[]> {
  const groups = new Map<number, SourceRow[]>()
  for (const row of rows) {
    const group = groups.get(row.postKey)
    if (group === undefined) groups.set(row.postKey, [row])
    else group.push(row)
  }
  return groups
}

function mergePost(row: PostRow, base: Post | null, sources: readonly SourceRow[], places: Places): MergedPost {
  const isAsSeen = row.detail === null && row.text === null
  const post = isAsSeen
    ? base
    : { ...base, ...fromJson<Post>(row.detail), ...(row.text !== null && { text: row.text }) }
  return toMerged(
    post as Post,
    row.id,
    sources.map((source) => toProvenance(source, places)),
  )
}

function toProvenance({ sighting, provenance }: SourceRow, places: Places): Provenance {
  return sighting === null ? (JSON.parse(provenance ?? '') as Provenance) : places.get(sighting)!
}

const POSTS = `
  SELECT key, id, sighting_key AS sighting, text, detail FROM posts WHERE key IN (SELECT value FROM json_each(?))`

const SOURCES = `
  SELECT post_key AS postKey, sighting_key AS sighting, provenance FROM post_sources
  WHERE post_key IN (SELECT value FROM json_each(?)) ORDER BY post_key, position`

/** Of sightings that are not the best of their post. */
const PLACES = `
  SELECT s.key, s.selector, s.path, s.line, s.end_line AS endLine, s.detail AS sightingDetail, c.input, c.digest, c.captured_at AS capturedAt, e.adapter,
    e.adapter_version AS adapterVersion
  FROM sightings AS s JOIN extractions AS e ON e.key = s.extraction_key JOIN captures AS c ON c.key = e.capture_key
  WHERE s.key IN (SELECT value FROM json_each(?))`
