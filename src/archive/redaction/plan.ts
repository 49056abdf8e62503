// What a redaction would remove: a capture with every record of the same payload, or a post under all its names, out of
// every capture that shows it. Reads only.
import type { Database } from 'better-sqlite3'
import { findPost } from '../queries/post-finder.ts'
import type { RedactionOrder } from './law.ts'

export interface RedactionPlan extends Omit<RedactionOrder, 'reason'> {
  readonly kind: 'post' | 'capture'
  readonly id: string
  /** Captures whose bytes go. */
  readonly captures: number
  /** Threads and discussions that will be put together anew. */
  readonly homes: readonly string[]
}

/** Null when neither a capture nor a post is called so. Throws UsageError for an ambiguous beginning. */
export function planRedaction(db: Database, id: string): RedactionPlan | null {
  const digest = db
    .prepare<[string], string>('SELECT digest FROM captures WHERE id = ? AND redacted IS NULL')
    .pluck()
    .get(id)
  if (digest !== undefined) return planCapture(db, id, digest)
  const key = findPost(db, id)
  return key === null ? null : planPost(db, key)
}

function planCapture(db: Database, id: string, digest: string): RedactionPlan {
  const homes = db.prepare<{ digest: string }, string>(HOMES_OF_PAYLOAD).pluck().all({ digest })
  return { kind: 'capture', id, posts: [], payloads: [{ digest, whole: true }], captures: countOf(db, [digest]), homes }
}

/** A post that was cut out of text lines has no place of its own to be taken out of: the whole text goes. */
function planPost(db: Database, key: number): RedactionPlan {
  const id = db.prepare<[number], string>('SELECT id FROM posts WHERE key = ?').pluck().get(key)!
  const seen = db.prepare<{ post: number }, { id: string; sha256: string }>(CONTENTS).all({ post: key })
  const posts = seen.some((post) => post.id === id) ? seen : [{ id, sha256: null }, ...seen]
  const payloads = db
    .prepare<{ post: number }, { digest: string; whole: number }>(PAYLOADS)
    .all({ post: key })
    .map(({ digest, whole }) => ({ digest, whole: whole === 1 }))
  const homes = db.prepare<{ post: number }, string>(HOMES_OF_POST).pluck().all({ post: key })
  const captures = countOf(
    db,
    payloads.map(({ digest }) => digest),
  )
  return { kind: 'post', id, posts, payloads, captures, homes }
}

function countOf(db: Database, digests: readonly string[]): number {
  const count = db.prepare<[string], number>(
    'SELECT count(*) FROM captures WHERE redacted IS NULL AND digest IN (SELECT value FROM json_each(?))',
  )
  return count.pluck().get(JSON.stringify(digests)) ?? 0
}

/** Names of the post and of its copies, with every content seen under them. */
const CONTENTS = `
  SELECT post_id AS id, lower(hex(sha256)) AS sha256 FROM post_versions WHERE post_id IN (
    SELECT id FROM posts WHERE key = @post
    UNION SELECT v.post_id FROM post_sources AS ps JOIN sightings AS s ON s.key = ps.sighting_key
      JOIN post_versions AS v ON v.key = s.version_key WHERE ps.post_key = @post)
  ORDER BY post_id, sha256`

/**
 * Of looks that give the same, findings name two; the bytes of each may be others. What a platform names is one post.
 */
const PAYLOADS = `
  SELECT c.digest, max(named.isCut) AS whole FROM (
    SELECT e.reading_key, max(ps.sighting_key IS NULL) AS isCut FROM post_sources AS ps
    JOIN extractions AS e ON e.key = ps.extraction_key WHERE ps.post_key = @post GROUP BY e.reading_key
    UNION ALL SELECT s.reading_key, 0 FROM posts AS p JOIN post_versions AS v ON v.post_id = p.id
    JOIN sightings AS s ON s.version_key = v.key WHERE p.key = @post AND p.id NOT GLOB 'text:*') AS named
  JOIN extractions AS e ON e.reading_key = named.reading_key
  JOIN captures AS c ON c.key = e.capture_key
  GROUP BY c.digest ORDER BY c.digest`

const HOMES_OF_POST = `
  SELECT t.id FROM thread_posts AS tp JOIN threads AS t ON t.key = tp.thread_key WHERE tp.post_key = @post
  UNION SELECT c.id FROM conversation_replies AS r JOIN conversations AS c ON c.key = r.conversation_key
    WHERE r.post_key = @post
  UNION SELECT id FROM conversations WHERE root_key = @post`

const HOMES_OF_PAYLOAD = `
  WITH shown AS (
    SELECT ps.post_key AS key FROM captures AS c JOIN extractions AS e ON e.capture_key = c.key
    JOIN sightings AS s ON s.reading_key = e.reading_key
    JOIN post_sources AS ps ON ps.sighting_key = s.key AND ps.extraction_key = e.key
    WHERE c.digest = @digest
    UNION SELECT ps.post_key FROM captures AS c JOIN extractions AS e ON e.capture_key = c.key
    JOIN other_sources AS ps ON ps.extraction_key = e.key WHERE c.digest = @digest)
  SELECT t.id FROM thread_posts AS tp JOIN threads AS t ON t.key = tp.thread_key
    WHERE tp.post_key IN (SELECT key FROM shown)
  UNION SELECT c.id FROM conversation_replies AS r JOIN conversations AS c ON c.key = r.conversation_key
    WHERE r.post_key IN (SELECT key FROM shown)
  UNION SELECT id FROM conversations WHERE root_key IN (SELECT key FROM shown)`
