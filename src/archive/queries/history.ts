// The versions of a post: each content it was seen with, when first and when last, and who read it. Facts only; how two
// versions differ is for whoever shows them.
import type { Database } from 'better-sqlite3'
import { findPost } from './post-finder.ts'

export interface VersionSeen {
  /** Of the content; null for a post that was cut out of text lines, whose content is the capture's. */
  readonly sha256: string | null
  readonly adapter: string
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly sightings: number
  readonly editedAt: string | null
  readonly title: string | null
  readonly text: string
}

export interface PostHistory {
  readonly id: string
  /** In the order they were first seen. */
  readonly versions: readonly VersionSeen[]
}

/** Null when no post is called so. Throws UsageError for an ambiguous beginning. */
export function readHistory(db: Database, id: string): PostHistory | null {
  const key = findPost(db, id)
  if (key === null) return null
  const name = db.prepare<[number], string>('SELECT id FROM posts WHERE key = ?').pluck().get(key)!
  const versions = db.prepare<{ post: number }, VersionSeen>(VERSIONS).all({ post: key })
  return { id: name, versions: versions.length > 0 ? versions : readCutPost(db, key) }
}

/** A post of a text without marked ends is named by its words: other words are another post, so it has one version. */
function readCutPost(db: Database, key: number): readonly VersionSeen[] {
  return db.prepare<{ post: number }, VersionSeen>(CUT_POST).all({ post: key })
}

const CUT_POST = `
  SELECT NULL AS sha256, e.adapter, min(c.captured_at) AS firstSeenAt, max(c.captured_at) AS lastSeenAt,
    count(*) AS sightings, p.edited_at AS editedAt, p.title, p.text
  FROM post_latest AS p
  JOIN other_sources AS ps ON ps.post_key = p.key
  JOIN extractions AS e ON e.key = ps.extraction_key
  JOIN captures AS c ON c.key = e.capture_key
  WHERE p.key = @post GROUP BY e.adapter`

/** Copies of the post under other names are versions of it too. What a newer adapter reads otherwise is no edit. */
const VERSIONS = `
  SELECT lower(hex(v.sha256)) AS sha256, e.adapter, min(c.captured_at) AS firstSeenAt, max(c.captured_at) AS lastSeenAt,
    count(*) AS sightings, v.edited_at AS editedAt, v.title, v.text
  FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN latest_extractions AS e ON e.key = s.extraction_key
  JOIN captures AS c ON c.key = e.capture_key
  WHERE v.post_id IN (
    SELECT id FROM posts WHERE key = @post
    UNION SELECT seen.post_id FROM post_sources AS ps JOIN sightings AS at ON at.key = ps.sighting_key
      JOIN post_versions AS seen ON seen.key = at.version_key WHERE ps.post_key = @post)
  GROUP BY v.key, e.adapter
  ORDER BY firstSeenAt, v.key`
