// Takes out of the database what a redacted capture said: its readings, their posts, every finding that rests on them
// and the words of the full-text index. What remains of a reading is stored anew. Only redaction.ts calls this.
import type { Database } from 'better-sqlite3'
import { createExtractionReader } from '../facts/readings/extraction-read.ts'
import { createExtractionStore, FURTHER_PAGES, NO_ADAPTER, TOLD_REPLIES } from '../facts/readings/extraction-store.ts'
import { RESETTLE } from '../facts/sightings/names-seen.ts'
import { clearFindings, SWEEP_REASONS } from '../findings/replacing/clearing.ts'
import { takeGuards } from '../schema/guards.ts'
import type { KeptReading } from '../warc/redaction-record.ts'
import { REDACTED_NOTE } from './law.ts'

/** Facts are guarded by triggers; they are taken off and put back in the transaction of the caller. */
export function liftGuards(db: Database, act: () => void): void {
  const putBack = takeGuards(db)
  act()
  putBack()
}

/** The newest reading of a capture; null when nobody read it yet. */
export function readReading(db: Database, captureKey: number): KeptReading | null {
  const row = db.prepare<[number], ReadingRow>(LATEST_OF).get(captureKey)
  if (row === undefined) return null
  const adapter = row.adapter === NO_ADAPTER.name ? null : { name: row.adapter, version: row.version }
  return { adapter, extraction: createExtractionReader(db).read(row.key) }
}

interface ReadingRow {
  readonly key: number
  readonly adapter: string
  readonly version: number
}

/**
 * Puts `kept` in place of all readings of a capture. To be called within `liftGuards`; `sweepForgotten` and the words
 * are to follow.
 */
export function replaceReadings(db: Database, capture: { key: number; id: string }, kept: KeptReading, at: Date): void {
  markAffected(db, capture.key)
  db.exec(FORGET_FINDINGS)
  db.exec(FORGET_FACTS)
  createExtractionStore(db, () => at).store([{ captureId: capture.id, ...kept }])
  db.exec(FORGET_CONTENTS)
}

/** Removes what nothing names any more. It looks at all there is, so once for many captures. */
export function sweepForgotten(db: Database): void {
  db.exec(SWEEP)
}

function markAffected(db: Database, captureKey: number): void {
  db.exec(MARKS)
  db.prepare('INSERT INTO gone_extractions SELECT key FROM extractions WHERE capture_key = ?').run(captureKey)
  db.exec(MARK)
}

const LATEST_OF = `
  SELECT e.key, r.adapter, r.adapter_version AS version FROM extractions AS e JOIN readings AS r ON r.key = e.reading_key
  WHERE e.capture_key = ? ORDER BY e.key DESC LIMIT 1`

const MARKS = ['extractions', 'readings', 'sightings', 'contents', 'posts', 'threads', 'conversations']
  .map((name) => `CREATE TEMP TABLE IF NOT EXISTS gone_${name} (key INTEGER PRIMARY KEY); DELETE FROM gone_${name};`)
  .join('\n')

const MARK = `
  INSERT INTO gone_readings
    SELECT DISTINCT reading_key FROM extractions WHERE key IN (SELECT key FROM gone_extractions);
  INSERT INTO gone_sightings SELECT key FROM sightings WHERE reading_key IN (SELECT key FROM gone_readings);
  INSERT OR IGNORE INTO gone_contents
    SELECT version_key FROM sightings WHERE key IN (SELECT key FROM gone_sightings);
  INSERT OR IGNORE INTO gone_posts
    SELECT post_key FROM post_sources WHERE sighting_key IN (SELECT key FROM gone_sightings)
      AND extraction_key IN (SELECT key FROM gone_extractions)
    UNION SELECT post_key FROM other_sources WHERE extraction_key IN (SELECT key FROM gone_extractions);
  INSERT OR IGNORE INTO gone_threads
    SELECT thread_key FROM thread_posts WHERE post_key IN (SELECT key FROM gone_posts);
  INSERT OR IGNORE INTO gone_conversations
    SELECT conversation_key FROM conversation_replies WHERE post_key IN (SELECT key FROM gone_posts)
    UNION SELECT key FROM conversations WHERE root_key IN (SELECT key FROM gone_posts);`

/**
 * What the rest of a broken thread or discussion was read from waits to be unrolled again, with all looks that gave the
 * same: another may be the first or the last of them now.
 */
const FORGET_FINDINGS = `
  UPDATE unrolled_extractions SET engine_version = NULL WHERE extraction_key IN (
    SELECT same.key FROM post_sources AS ps JOIN extractions AS e ON e.key = ps.extraction_key
    JOIN extractions AS same ON same.reading_key = e.reading_key
    WHERE ps.post_key IN (
      SELECT key FROM gone_posts
      UNION SELECT post_key FROM thread_posts WHERE thread_key IN (SELECT key FROM gone_threads)
      UNION SELECT post_key FROM conversation_replies WHERE conversation_key IN (SELECT key FROM gone_conversations)
      UNION SELECT root_key FROM conversations WHERE key IN (SELECT key FROM gone_conversations)));
  DELETE FROM unrolled_extractions WHERE extraction_key IN (SELECT key FROM gone_extractions);
  ${clearFindings('gone')}
  DELETE FROM other_sources WHERE post_key IN (SELECT key FROM gone_posts);
  DELETE FROM posts WHERE key IN (SELECT key FROM gone_posts);`

/** What other captures say too stays: theirs are redacted each for itself. */
const FORGET_FACTS = `
  DELETE FROM extractions WHERE key IN (SELECT key FROM gone_extractions);
  DELETE FROM gone_readings WHERE EXISTS (SELECT 1 FROM extractions AS e WHERE e.reading_key = gone_readings.key);
  DELETE FROM further_pages WHERE (url, reading_key) IN (
    ${FURTHER_PAGES} WHERE r.key IN (SELECT key FROM gone_readings));
  DELETE FROM told_replies WHERE (post_id, reading_key) IN (
    SELECT post_id, reading_key FROM (${TOLD_REPLIES} WHERE r.key IN (SELECT key FROM gone_readings)));
  DELETE FROM sightings WHERE reading_key IN (SELECT key FROM gone_readings);
  DELETE FROM readings WHERE key IN (SELECT key FROM gone_readings);`

/** Contents that nothing shows any more. */
const FORGET_CONTENTS = `
  DELETE FROM post_versions WHERE key IN (SELECT key FROM gone_contents)
    AND NOT EXISTS (SELECT 1 FROM sightings AS s WHERE s.version_key = post_versions.key)`

/**
 * Remarks about inputs of which something waits to be unrolled again. They do not tell which capture they were made of,
 * so all captures of these inputs wait.
 */
const FORGET_REMARKS = `
  CREATE TEMP TABLE IF NOT EXISTS gone_inputs (input TEXT PRIMARY KEY);
  DELETE FROM gone_inputs;
  INSERT OR IGNORE INTO gone_inputs SELECT c.input FROM extractions AS e JOIN captures AS c ON c.key = e.capture_key
    WHERE e.key IN (SELECT extraction_key FROM unrolled_extractions WHERE engine_version IS NULL);
  UPDATE unrolled_extractions SET engine_version = NULL WHERE extraction_key IN (
    SELECT e.key FROM captures AS c JOIN extractions AS e ON e.capture_key = c.key
    WHERE c.input IN (SELECT input FROM gone_inputs));
  DELETE FROM unroll_note_posts WHERE note_key IN (
    SELECT key FROM unroll_notes WHERE input IN (SELECT input FROM gone_inputs));
  DELETE FROM unroll_notes WHERE input IN (SELECT input FROM gone_inputs);
  DELETE FROM unroll_notes WHERE code = '${REDACTED_NOTE}' AND message NOT IN (
    SELECT n.value ->> 'message' FROM captures AS c JOIN extractions AS e ON e.capture_key = c.key
    JOIN readings AS r ON r.key = e.reading_key, json_each(r.notes) AS n
    WHERE c.redacted IS NOT NULL AND n.value ->> 'code' = '${REDACTED_NOTE}');`

/** What only findings and contents said that are gone. */
const SWEEP = `
  ${FORGET_REMARKS}
  ${SWEEP_REASONS}
  DELETE FROM authors WHERE key NOT IN (SELECT author_key FROM posts WHERE author_key IS NOT NULL)
    AND key NOT IN (SELECT author_key FROM threads WHERE author_key IS NOT NULL);
  DELETE FROM bylines WHERE key NOT IN (SELECT byline_key FROM post_versions WHERE byline_key IS NOT NULL);
  DELETE FROM url_heads WHERE key NOT IN (SELECT url_head_key FROM post_versions WHERE url_head_key IS NOT NULL);
  DELETE FROM parent_reasons WHERE key NOT IN (SELECT parent_reason_key FROM sightings WHERE parent_reason_key IS NOT NULL);
  ${RESETTLE}`
