// What is kept already, as an import asks for it: a capture by its payload, by its address, or the very one that is
// about to be added again. Captures whose bytes were removed on request are not among them.
import type { Database } from 'better-sqlite3'
import type { Capture } from '../../../model.ts'
import type { CaptureFinder, CaptureRow } from './capture-rows.ts'

export interface KeptCaptures {
  /** A capture with this payload. */
  byDigest(digest: string): Capture | null
  /** Captures of a URL: of this time (UTC, ISO 8601), or the newest first. */
  byUrl(url: string, capturedAt: string | null): Iterable<Capture>
  /** The same bytes from the same place at the same time, with the same answer and record; null when it is new. */
  same(capture: Capture): SameCapture | null
  /** Captures of imports that were killed before they read them, in the order they were made. */
  unread(): readonly CaptureRow[]
}

export interface SameCapture {
  readonly row: CaptureRow
  /**
   * Posts and texts not yet cut into posts that were read out of it; null: a crash came between, and nobody has read
   * it.
   */
  readonly posts: number | null
}

const BY_DIGEST = 'SELECT id FROM captures WHERE digest = ? AND redacted IS NULL ORDER BY key LIMIT 1'
const BY_URL = 'SELECT id FROM captures WHERE final_url = ? AND redacted IS NULL ORDER BY captured_at DESC'
const BY_URL_AND_TIME =
  'SELECT id FROM captures WHERE final_url = ? AND captured_at = ? AND redacted IS NULL ORDER BY key'
/** An answer whose time nobody tells is taken at another time each time. */
const same = (time: string): string => `
  SELECT c.id, CASE WHEN r.key IS NOT NULL THEN
    (SELECT count(*) FROM sightings AS s WHERE s.reading_key = r.key) + json_array_length(r.scrapes) END AS posts
  FROM captures AS c
  LEFT JOIN extractions AS e ON e.key = (SELECT max(x.key) FROM extractions AS x WHERE x.capture_key = c.key)
  LEFT JOIN readings AS r ON r.key = e.reading_key
  WHERE ${time} AND c.digest = @digest AND c.status IS @status AND c.imported_from ->> 'id' IS @record AND c.redacted IS NULL`
const OF_TIME = same('c.captured_at = @capturedAt')
const SAME_URL = `${OF_TIME} AND c.final_url = @finalUrl ORDER BY c.key LIMIT 1`
const SAME_FILE = `${OF_TIME} AND c.final_url IS NULL AND c.input = @input ORDER BY c.key LIMIT 1`
const SAME_UNTIMED = `${same("c.captured_at_basis = 'unknown'")} AND c.final_url IS @finalUrl AND c.input = @input ORDER BY c.key LIMIT 1`

const UNREAD = `
  SELECT c.id FROM runs AS r CROSS JOIN captures AS c ON c.run_key = r.key
  WHERE r.command = 'add' AND c.redacted IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM events AS e WHERE e.run_key = r.key AND e.type = 'run ended' AND e.outcome <> 'stopped')
    AND NOT EXISTS (SELECT 1 FROM extractions AS x WHERE x.capture_key = c.key)
  ORDER BY c.key`

interface Same {
  readonly id: string
  readonly posts: number | null
}

export function createKeptCaptures(
  db: Database,
  findCapture: CaptureFinder,
  read: (row: CaptureRow) => Capture,
): KeptCaptures {
  const byDigest = db.prepare<[string], string>(BY_DIGEST).pluck()
  const byUrl = db.prepare<[string], string>(BY_URL).pluck()
  const byUrlAndTime = db.prepare<[string, string], string>(BY_URL_AND_TIME).pluck()
  const sameUrl = db.prepare<Record<string, unknown>, Same>(SAME_URL)
  const sameUntimed = db.prepare<Record<string, unknown>, Same>(SAME_UNTIMED)
  const sameFile = db.prepare<Record<string, unknown>, Same>(SAME_FILE)
  const unread = db.prepare<[], string>(UNREAD).pluck()
  return {
    byDigest: (digest) => {
      const id = byDigest.get(digest)
      return id === undefined ? null : read(findCapture(id)!)
    },
    byUrl: function* (url, capturedAt) {
      const ids = capturedAt === null ? byUrl.all(url) : byUrlAndTime.all(url, capturedAt)
      for (const id of ids) yield read(findCapture(id)!)
    },
    same: ({ finalUrl, input, capturedAt, capturedAtBasis, digest, status, importedFrom }) => {
      const told = { finalUrl, input, capturedAt, digest, status, record: importedFrom?.id ?? null }
      const one = capturedAtBasis === 'unknown' ? sameUntimed : finalUrl === null ? sameFile : sameUrl
      const found = one.get(told)
      return found === undefined ? null : { row: findCapture(found.id)!, posts: found.posts }
    },
    unread: () => unread.all().map((id) => findCapture(id)!),
  }
}
