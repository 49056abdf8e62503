// The chain over runs: each run names the one before it and a digest of all that it left. Who takes a run out of an
// archive, or changes what it captured, breaks the link of the next.
import type { Database } from 'better-sqlite3'
import { contentDigest } from '../../fixity.ts'
import { type FileHash, RUN_ENDED } from '../warc/hashes.ts'
import { RECOVERY_EVENT } from '../warc/quarantine.ts'
import type { RunLink } from '../warc/run-record.ts'
import type { Checked } from './checked.ts'

/** The newest run and its digest, for the run that begins now; null for the first. */
export function linkToLastRun(db: Database): RunLink | null {
  const id = db.prepare<[], string | null>('SELECT max(id) FROM runs').pluck().get() ?? null
  return id === null ? null : { id, digest: createRunHasher(db).whole(id) }
}

/** Hex SHA-256 over a run and what names and proves its records, in the order of the log: places may move. */
interface RunHasher {
  whole(id: string): string
  /** Of a run that is about to end, or as it was then: the event of its end left out, but for its `files`. */
  manifest(id: string, files: readonly FileHash[]): string
}

export function createRunHasher(db: Database): RunHasher {
  const start = db.prepare('SELECT id, command, options, version, started_at, prev_run_digest FROM runs WHERE id = ?')
  const records = db.prepare(RECORDS).raw()
  const contentOf = (id: string, without: string) => ({ run: start.get(id), records: records.all({ id, without }) })
  return {
    whole: (id) => contentDigest(contentOf(id, '')),
    manifest: (id, files) => contentDigest({ ...contentOf(id, RUN_ENDED), files }),
  }
}

/** Runs that the one after them names, and that are not here. */
export function listLostRuns(db: Database): readonly string[] {
  return db.prepare<[], string>(LOST_RUNS).pluck().all()
}

const LOST_RUNS = `
  SELECT DISTINCT prev_run_id FROM runs WHERE prev_run_id IS NOT NULL AND prev_run_id NOT IN (SELECT id FROM runs) ORDER BY 1`

/**
 * Every link held against what is here. A run that is known to be gone, or unreadable in part, is let be: that was said
 * already.
 */
export function* verifyChain(db: Database): Generator<Checked> {
  const hasher = createRunHasher(db)
  for (const { id, prevId, prevDigest, isThere, isDamaged, isMissed } of db.prepare<[], LinkRow>(LINKS).all()) {
    const where = `runs ${id}`
    if (isThere === 0 && isMissed === 0) yield { where, what: `the run before it, ${prevId}, is not here` }
    else if (isThere === 1 && isDamaged === 0 && hasher.whole(prevId) !== prevDigest)
      yield { where, what: `the run before it, ${prevId}, is not what it was when this one began` }
    else yield { ok: 'other' }
  }
}

interface LinkRow {
  readonly id: string
  readonly prevId: string
  readonly prevDigest: string
  readonly isThere: number
  readonly isDamaged: number
  /** Named by `unspool recover`. */
  readonly isMissed: number
}

const RECORDS = `
  SELECT id, digest, detail FROM (
  SELECT w.name, c.warc_offset AS place, c.id, c.digest, NULL AS detail FROM captures AS c
  JOIN runs AS r ON r.key = c.run_key JOIN warc_files AS w ON w.key = c.warc_file_key WHERE r.id = @id
  UNION ALL
  SELECT w.name, e.warc_offset, e.id, e.outcome, e.detail FROM events AS e
  JOIN runs AS r ON r.key = e.run_key JOIN warc_files AS w ON w.key = e.warc_file_key WHERE r.id = @id AND e.type <> @without
  ORDER BY 1, 2)`

const LINKS = `
  SELECT r.id, r.prev_run_id AS prevId, r.prev_run_digest AS prevDigest, p.id IS NOT NULL AS isThere,
    EXISTS (SELECT 1 FROM captures AS c JOIN warc_files AS w ON w.key = c.warc_file_key
      WHERE c.run_key = p.key AND w.unreadable_bytes > 0)
      OR EXISTS (SELECT 1 FROM warc_files AS w WHERE w.key = p.warc_file_key AND w.unreadable_bytes > 0) AS isDamaged,
    p.id IS NULL AND EXISTS (SELECT 1 FROM events AS e, json_each(iif(json_valid(e.detail), e.detail, '{}'), '$.lostRuns') AS l
      WHERE e.type = '${RECOVERY_EVENT}' AND l.value = r.prev_run_id) AS isMissed
  FROM runs AS r LEFT JOIN runs AS p ON p.id = r.prev_run_id
  WHERE r.prev_run_id IS NOT NULL ORDER BY r.id`
