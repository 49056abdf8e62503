// Finds a post by a web address: by ids that the address gives it, else by the pages that were captured there, else by
// the address that pages give it.
import type { Database } from 'better-sqlite3'
import { URL_OF_V } from '../schema/facts.ts'

/**
 * Id of the post that has one of `names`; else of the first post on the newest page that was asked for by, or answered
 * from, one of `urls`; else of the post that some page says is there. Null when there is none.
 */
export function findByAddress(db: Database, urls: readonly string[], names: readonly string[]): string | null {
  const find = (sql: string, values: readonly string[]): string | null =>
    db.prepare<[string], string>(sql).pluck().get(JSON.stringify(values)) ?? null
  return find(BY_NAME, names) ?? find(BY_PAGE, urls) ?? find(BY_OWN_ADDRESS, urls)
}

/** Those of `names` that are ids of posts. */
export function findNamed(db: Database, names: readonly string[]): readonly string[] {
  return db.prepare<[string], string>(BY_NAMES).pluck().all(JSON.stringify(names))
}

const BY_NAMES = 'SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id'
const BY_NAME = `${BY_NAMES} LIMIT 1`

const BY_PAGE = `
  WITH asked(url) AS (SELECT value FROM json_each(?)),
    pages(key, captured_at) AS (
      SELECT c.key, c.captured_at FROM asked JOIN captures AS c ON c.final_url = asked.url
      UNION SELECT c.key, c.captured_at FROM asked JOIN captures AS c ON c.url = asked.url)
  SELECT p.id FROM pages
  JOIN latest_extractions AS e ON e.capture_key = pages.key
  JOIN sightings AS s ON s.reading_key = e.reading_key
  JOIN post_sources AS ps ON ps.sighting_key = s.key
  JOIN posts AS p ON p.key = ps.post_key
  ORDER BY pages.captured_at DESC, s.position LIMIT 1`

/** Reads every version: addresses are kept in pieces, without an index. A third of a second at 300,000 posts. */
const BY_OWN_ADDRESS = `
  SELECT v.post_id FROM post_versions AS v
  LEFT JOIN url_heads AS h ON h.key = v.url_head_key
  WHERE ${URL_OF_V} IN (SELECT value FROM json_each(?)) LIMIT 1`
