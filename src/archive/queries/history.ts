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
  /** What besides title and text is otherwise than in the version before: `author`, `html`, `media` … */
  readonly alsoChanged: readonly string[]
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
  const seen = db.prepare<{ post: number }, SeenRow>(VERSIONS).all({ post: key })
  const versions = seen.map(({ rest, ...version }, at) => ({
    ...version,
    alsoChanged: at === 0 ? [] : differingKeys(JSON.parse(seen[at - 1]!.rest), JSON.parse(rest)),
  }))
  return { id: name, versions: versions.length > 0 ? versions : readCutPost(db, key) }
}

interface SeenRow extends Omit<VersionSeen, 'alsoChanged'> {
  /** JSON: the rest of the content. */
  readonly rest: string
}

type Rest = Readonly<Record<string, unknown>>

function differingKeys(before: Rest, after: Rest): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
}

/** A post of a text without marked ends is named by its words: other words are another post, so it has one version. */
function readCutPost(db: Database, key: number): readonly VersionSeen[] {
  const versions = db.prepare<{ post: number }, Omit<VersionSeen, 'alsoChanged'>>(CUT_POST).all({ post: key })
  return versions.map((version) => ({ ...version, alsoChanged: [] }))
}

const CUT_POST = `
  SELECT NULL AS sha256, r.adapter, min(c.captured_at) AS firstSeenAt, max(c.captured_at) AS lastSeenAt,
    count(*) AS sightings, p.edited_at AS editedAt, p.title, p.text
  FROM post_latest AS p
  JOIN other_sources AS ps ON ps.post_key = p.key AND ps.sighting_key IS NULL
  JOIN extractions AS e ON e.key = ps.extraction_key
  JOIN readings AS r ON r.key = e.reading_key
  JOIN captures AS c ON c.key = e.capture_key
  WHERE p.key = @post GROUP BY r.adapter`

/** Copies of the post under other names are versions of it too. What a newer adapter reads otherwise is no edit. */
const VERSIONS = `
  SELECT v.sha256, e.adapter, min(c.captured_at) AS firstSeenAt, max(c.captured_at) AS lastSeenAt,
    count(*) AS sightings, v.edited_at AS editedAt, v.title, v.text, json_patch(json_object('author', json_array(v.author_handle, v.author_name),
      'html', v.html, 'created at', v.created_at, 'address', v.url, 'language', v.lang), coalesce(v.detail, '{}')) AS rest
  FROM post_contents AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN latest_extractions AS e ON e.reading_key = s.reading_key
  JOIN captures AS c ON c.key = e.capture_key
  WHERE v.post_id IN (
    SELECT id FROM posts WHERE key = @post
    UNION SELECT seen.post_id FROM post_sources AS ps JOIN sightings AS at ON at.key = ps.sighting_key
      JOIN post_versions AS seen ON seen.key = at.version_key WHERE ps.post_key = @post)
  GROUP BY v.key, e.adapter
  ORDER BY firstSeenAt, v.key`
