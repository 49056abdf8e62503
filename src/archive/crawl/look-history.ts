// Earlier looks at a URL, and captures that a crash kept from being read: what a crawl has to know of the past.
import type { Database } from 'better-sqlite3'
import type { CaptureFinder, CaptureRow } from '../facts/captures/capture-rows.ts'

/** Of the event that tells the list of sources that a crawl was given. */
export const SOURCES_EVENT = 'sources'

/** By any method, or by HTTP alone. */
export type LookMethod = 'any' | 'http'

export interface LookHistory {
  /** The last answer of each run that looked at a URL, newest first. */
  looks(url: string, limit: number, method: LookMethod): readonly CaptureRow[]
  /** Of these the ones that brought a page whole, or said that it is as before, however many lie between. */
  wholeLooks(url: string, limit: number, method: LookMethod): readonly CaptureRow[]
  /** A hash of what was read in a capture; null when it was not read, or nothing was that could change. */
  said(captureId: string): string | null
  /** Whether an event of type `SOURCES_EVENT` tells the list of sources with this digest. */
  knowsSources(digest: string): boolean
  /** Captures of runs that did not end, which nobody has read. */
  unreadCaptures(): readonly CaptureRow[]
}

/**
 * Redirects come before the answer they lead to; a browser's captures end with the page as it stood at last. A 304 that
 * stands for no earlier answer is a fault of the site.
 */
const LOOKS = `
  SELECT id FROM captures
  WHERE redacted IS NULL
    AND (NOT @whole OR truncated IS NULL AND (status BETWEEN 200 AND 299 OR status = 304 AND bytes > 0))
    AND key IN (SELECT max(key) FROM captures WHERE url = @url AND (method = 'http' OR @browser) GROUP BY run_key)
  ORDER BY key DESC LIMIT @limit`

/** Posts, text lines, or a list of pages: of a page in which nothing of that was found its bytes alone tell. */
const SAID = `
  SELECT e.sha256 FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
  WHERE c.id = ? AND (e.scrapes <> '[]' OR json_array_length(e.declared, '$.lists') > 0
    OR EXISTS (SELECT 1 FROM sightings AS s WHERE s.reading_key = e.reading_key))`

const LISTED = `SELECT 1 FROM events WHERE type = '${SOURCES_EVENT}' AND detail ->> 'digest' = ? LIMIT 1`

/** CROSS JOIN: from the runs, of which few did not end, never from all captures there are. */
const UNREAD = `
  SELECT c.id FROM runs AS r CROSS JOIN captures AS c ON c.run_key = r.key
  WHERE c.redacted IS NULL AND NOT EXISTS (
      SELECT 1 FROM events AS e WHERE e.run_key = r.key AND e.type = 'run ended' AND e.outcome <> 'stopped')
    AND NOT EXISTS (SELECT 1 FROM extractions AS x WHERE x.capture_key = c.key)
  ORDER BY c.key`

export function createLookHistory(db: Database, findCapture: CaptureFinder): LookHistory {
  const looks = db.prepare<Record<string, string | number>, string>(LOOKS).pluck()
  const any = db.prepare<[string], number>('SELECT 1 FROM captures WHERE url = ? LIMIT 1').pluck()
  const said = db.prepare<[string], string>(SAID).pluck()
  const listed = db.prepare<[string], number>(LISTED).pluck()
  const unread = db.prepare<[], string>(UNREAD).pluck()
  const list = (whole: 0 | 1) => (url: string, limit: number, method: LookMethod) => {
    // Grouping nothing costs forty times as much as finding that there is nothing.
    if (any.get(url) === undefined) return []
    return looks.all({ url, limit, browser: Number(method === 'any'), whole }).map((id) => findCapture(id)!)
  }
  return {
    looks: list(0),
    wholeLooks: list(1),
    said: (id) => said.get(id) ?? null,
    knowsSources: (digest) => listed.get(digest) !== undefined,
    unreadCaptures: () => unread.all().map((id) => findCapture(id)!),
  }
}
