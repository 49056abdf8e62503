// The pages that would complete those on which posts stand, and that nobody read: what a statement only counts.
import type { Database } from 'better-sqlite3'

/** Addresses, each once. `posts`: ids. Looks without a rank say what the ranked ones say. */
export function readUnreadPages(db: Database, posts: readonly string[]): readonly string[] {
  return db.prepare<[string], string>(UNREAD).pluck().all(JSON.stringify(posts))
}

const UNREAD = `
  SELECT DISTINCT url FROM unread_pages
  WHERE capture_id IN (
    SELECT capture_id FROM post_places WHERE rank IS NOT NULL AND post_id IN (SELECT value FROM json_each(?)))
  ORDER BY url`
