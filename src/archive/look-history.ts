// Earlier looks at a URL, and captures that a crash kept from being read: what a crawl has to know of the past.
import type { Database } from 'better-sqlite3'
import type { CaptureFinder, CaptureRow } from './capture-rows.ts'

export interface LookHistory {
  /** The answers of the last looks at a URL by HTTP, newest first, redirects left out. */
  looks(url: string, limit: number): readonly CaptureRow[]
  /** Captures of runs that did not end, which nobody has read and which said something new. */
  unreadCaptures(): readonly CaptureRow[]
  /** When the last run of this command ended or was cut off; null when there was none. */
  lastRunAt(command: string): string | null
}

/** A 304 is an answer, other 3xx lead to one. */
const LOOKS = `
  SELECT id FROM captures
  WHERE url = ? AND method = 'http' AND (status NOT BETWEEN 300 AND 399 OR status = 304)
  ORDER BY key DESC LIMIT ?`

const UNREAD = `
  SELECT c.id FROM captures AS c JOIN runs AS r ON r.key = c.run_key
  WHERE NOT EXISTS (
      SELECT 1 FROM events AS e WHERE e.run_key = r.key AND e.type = 'run ended' AND e.outcome <> 'stopped')
    AND NOT EXISTS (SELECT 1 FROM extractions AS x WHERE x.capture_key = c.key)
    AND c.digest IS NOT (
      SELECT before.digest FROM captures AS before WHERE before.final_url = c.final_url AND before.key < c.key
      ORDER BY before.key DESC LIMIT 1)
  ORDER BY c.key`

export function createLookHistory(db: Database, findCapture: CaptureFinder): LookHistory {
  const looks = db.prepare<[string, number], string>(LOOKS).pluck()
  const unread = db.prepare<[], string>(UNREAD).pluck()
  const lastRun = db.prepare<[string], string | null>('SELECT max(started_at) FROM runs WHERE command = ?').pluck()
  return {
    looks: (url, limit) => looks.all(url, limit).map((id) => findCapture(id)!),
    unreadCaptures: () => unread.all().map((id) => findCapture(id)!),
    lastRunAt: (command) => lastRun.get(command) ?? null,
  }
}
