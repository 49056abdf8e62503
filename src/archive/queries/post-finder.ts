// Finds the one post that a person means by an id: its own, one it had before copies were laid together, or a
// beginning.
import type { Database } from 'better-sqlite3'
import { UsageError } from '../../errors.ts'

interface Named {
  readonly key: number
  readonly id: string
}

/**
 * Key of a post in the findings, or null. Throws UsageError when the beginning fits several. The exact id comes first.
 */
export function findPost(db: Database, id: string): number | null {
  const exact = db.prepare<[string], number>('SELECT key FROM posts WHERE id = ?').pluck().get(id)
  if (exact !== undefined || id === '') return exact ?? null
  const other = db.prepare<[string], number>(BY_OTHER_ID).pluck().get(id)
  if (other !== undefined) return other
  const near = db.prepare<{ id: string }, Named>(BY_PREFIX).all({ id })
  if (near.length > 1)
    throw new UsageError(
      `${id} is the beginning of several posts: ${near.map((row) => row.id).join(', ')} …; give more of it`,
    )
  return near[0]?.key ?? null
}

/** A copy on a mirror may have had a name of its own. */
const BY_OTHER_ID = `
  SELECT ps.post_key FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN post_sources AS ps ON ps.sighting_key = s.key
  WHERE v.post_id = ? LIMIT 1`

/** Up to three: enough to say that it is not unique. The upper bound is the largest code point. */
const BY_PREFIX = 'SELECT key, id FROM posts WHERE id >= @id AND id < @id || char(1114111) ORDER BY id LIMIT 3'
