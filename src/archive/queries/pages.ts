// The captured pages as a reader wants to open them: address, time, title and the words of their posts. Not their
// bytes.
import type { Database } from 'better-sqlite3'

/** Rows read at once: no long read transaction holds back the write-ahead log. */
const PAGE_ROWS = 100

export interface CapturedPage {
  /** Of the capture. */
  readonly id: string
  readonly url: string
  readonly capturedAt: string
  readonly title: string | null
  readonly text: string | null
}

/**
 * HTML pages that answered, in the order of their capture. Shells, walls and errors that say so by their status are
 * left out.
 */
export function* readPages(db: Database): Generator<CapturedPage> {
  const page = db.prepare<[number, number], CapturedPage & { key: number }>(PAGES)
  for (let after = 0; ; ) {
    const rows = page.all(after, PAGE_ROWS)
    for (const { key: _key, ...row } of rows) yield row
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.key
  }
}

const PAGES = `
  SELECT c.key, c.id, coalesce(c.final_url, c.url) AS url, c.captured_at AS capturedAt, e.declared ->> 'title' AS title,
    (SELECT group_concat(v.text, char(10, 10)) FROM sightings AS s JOIN post_versions AS v ON v.key = s.version_key
      WHERE s.reading_key = e.reading_key) AS text
  FROM captures AS c
  LEFT JOIN latest_extractions AS e ON e.capture_key = c.key
  WHERE c.key > ? AND c.redacted IS NULL AND c.media_type IN ('text/html', 'application/xhtml+xml') AND coalesce(c.status, 200) BETWEEN 200 AND 299
    AND coalesce(c.final_url, c.url) GLOB 'http*'
  ORDER BY c.key LIMIT ?`
