// Brings an archive to what its redaction events ask for: bytes out of the WARC files, text out of the database. The
// events come first, so a kill at any moment is taken up by the next opening, and bytes that come back (by a merge, by
// another crawl) are removed again.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { canonicalJson, contentDigest } from '../../fixity.ts'
import { groupBy } from '../../grouping.ts'
import { type CaptureRow, createCaptureFinder, factsOf } from '../facts/captures/capture-rows.ts'
import type { ExtractionStore, NewReading } from '../facts/readings/extraction-store.ts'
import { relearnWords } from '../findings/posts/words.ts'
import { newRecordId } from '../record-names.ts'
import type { SealedDatabase } from '../seal/sealed-database.ts'
import { WARC_FOLDER } from '../warc/folder.ts'
import { asRecorded, type KeptReading, type Redaction, tombstoneToRecord } from '../warc/redaction-record.ts'
import { REWRITTEN, type Replaced, removeLeftovers, takePlace, writeBeside } from '../warc/rewrite.ts'
import { encodeRecord } from '../warc/warc.ts'
import { liftGuards, readReading, replaceReadings, sweepForgotten } from './forgetting.ts'
import { isBefore, REDACTION_EVENT, type RedactionLaw, readRedactionLaw } from './law.ts'

interface DueRow {
  readonly key: number
  readonly id: string
  /** JSON of a `Redaction`. */
  readonly redaction: string
  /** The same of one that was carried out before, or null. */
  readonly earlier: string | null
  readonly fileKey: number
  readonly file: string
}

/** Does what is left to be done. Nobody may be writing to a WARC file. Gives the number of captures redacted now. */
export function obeyRedactions({ db, empty }: SealedDatabase, dir: string, now: () => Date): number {
  finishRewrites(db, dir)
  seekDue(db)
  const due = db.prepare<[], DueRow>(DUE).all()
  const files = groupBy(due, ({ fileKey }) => fileKey)
  if (files.size > 0) db.pragma('secure_delete = ON')
  for (const rows of files.values()) redactFile(db, dir, rows, now())
  if (db.prepare('SELECT 1 FROM redactions_due').get() !== undefined) wipe(db, empty)
  return due.length
}

/** Stores readings so that what was redacted never comes in again; notes which bytes have to go. */
export function createObedientStore(db: Database, store: ExtractionStore): ExtractionStore {
  const law = readRedactionLaw(db)
  if (law.isEmpty) return store
  const find = db.prepare<[string], { key: number; digest: string; carriedOut: string | null }>(
    "SELECT key, digest, redacted ->> 'event' AS carriedOut FROM captures WHERE id = ?",
  )
  const noteDue = createDueNotes(db)
  const obey = (reading: NewReading): NewReading => {
    const { captureId, extraction, adapter } = reading
    const capture = find.get(captureId)
    if (capture === undefined) return reading
    const isRedacted = capture.carriedOut !== null
    // What is left of a redacted capture may show another post that has to go.
    const why = isRedacted ? law.whyForget(extraction) : law.whyRemove({ adapter, extraction }, capture.digest)
    if (isRedacted && why === null) return reading
    if (why !== null) noteDue(capture.key, why)
    const obeyed = law.obey({ adapter, extraction }, capture)
    return { captureId, ...(why === null ? obeyed : asRecorded(obeyed)) }
  }
  const storeObeyed = db.transaction((readings: readonly NewReading[]) => store.store(readings.map(obey)))
  return { store: (readings) => storeObeyed.immediate(readings) }
}

/** Captures that events speak of which nobody looked for yet, and payloads that came back. */
function seekDue(db: Database): void {
  const law = readRedactionLaw(db)
  if (law.isEmpty) return
  const noteDue = createDueNotes(db)
  const seek = db.transaction(() => {
    for (const { key, digest } of db.prepare<[], { key: number; digest: string }>(NAMED).all())
      noteDue(key, law.ofPayload(digest)!)
    for (const { key, post } of db.prepare<[], { key: number; post: string }>(SHOWING).all())
      noteDue(key, law.ofPost(post)!)
    db.exec(KNOW)
  })
  seek.immediate()
}

/** Of several requests the first one counts, whichever was heard of first. */
function createDueNotes(db: Database): (captureKey: number, why: Redaction) => void {
  const put = db.prepare(PUT_DUE)
  return (key, { event, reason, at }) => void put.run(key, canonicalJson({ event, reason, at }))
}

/** The new file first, beside; then all rows at once; then the name. */
function redactFile(db: Database, dir: string, rows: readonly DueRow[], at: Date): void {
  const law = readRedactionLaw(db)
  const findCapture = createCaptureFinder(db)
  const path = join(dir, WARC_FOLDER, rows[0]!.file)
  const planned = rows.map((row) => planTombstone(db, law, { row, capture: findCapture(row.id)! }, at))
  const replaced = planned.map(({ place }) => place).sort((a, b) => a.offset - b.offset)
  const size = isWhole(path, replaced) ? writeBeside(path, replaced) : null
  const apply = db.transaction(() =>
    liftGuards(db, () => {
      for (const { row, kept, isChanged } of planned) {
        if (isChanged) replaceReadings(db, row, kept, at)
        db.prepare("UPDATE captures SET headers = '[]', redacted = ? WHERE key = ?").run(reasonOf(row), row.key)
      }
      if (size === null) return
      movePlaces(db, rows[0]!.fileKey, replaced)
      db.prepare(REWRITE).run(size, rows[0]!.file + REWRITTEN, rows[0]!.fileKey)
    }),
  )
  apply.immediate()
  finishRewrites(db, dir)
}

/** What is damaged so far that the records are not there stays as it is; verify names it. */
function isWhole(path: string, replaced: readonly Replaced[]): boolean {
  const last = replaced.at(-1)
  return last !== undefined && existsSync(path) && statSync(path).size >= last.offset + last.length
}

interface Due {
  readonly row: DueRow
  readonly capture: CaptureRow
}

interface Planned {
  readonly row: DueRow
  readonly kept: KeptReading
  /** Whether what was read has to be stored anew, without something. */
  readonly isChanged: boolean
  readonly place: Replaced
}

function planTombstone(db: Database, law: RedactionLaw, { row, capture }: Due, at: Date): Planned {
  const reading = readReading(db, row.key)
  const carriedOut = row.earlier === null ? null : (JSON.parse(row.earlier) as Redaction).event
  const kept = asRecorded(law.obey(reading ?? UNREAD, { digest: capture.digest, carriedOut }))
  const readings = Number(db.prepare('SELECT count(*) FROM extractions WHERE capture_key = ?').pluck().get(row.key))
  const isChanged = readings !== 1 || contentDigest(reading) !== contentDigest(kept)
  const redaction = JSON.parse(reasonOf(row)) as Redaction
  const { bytes, sameAs, warc } = capture
  const facts = { ...factsOf(capture), headers: [] }
  const record = tombstoneToRecord({ captureId: row.id, facts, bytes, sameAs, redaction, kept }, newRecordId(at))
  return { row, kept, isChanged, place: { offset: warc.offset, length: warc.length, member: encodeRecord(record) } }
}

/** The first request that was carried out on a capture is the one it names. */
function reasonOf({ redaction, earlier }: DueRow): string {
  return earlier === null || isBefore(JSON.parse(redaction), JSON.parse(earlier)) ? redaction : earlier
}

const UNREAD: KeptReading = {
  adapter: null,
  extraction: {
    ...{ posts: [], scrapes: [], blocks: [], next: [], notes: [] },
    declared: { title: null, site: null, replies: null },
  },
}

/** Records behind a replaced one begin later or earlier by the difference of the lengths. */
function movePlaces(db: Database, fileKey: number, replaced: readonly Replaced[]): void {
  const moves = JSON.stringify(replaced.map(({ offset, length, member }) => [offset, member.length - length]))
  const lengths = JSON.stringify(replaced.map(({ offset, member }) => [offset, member.length]))
  db.prepare(LENGTHS).run({ file: fileKey, lengths })
  for (const table of ['runs', 'captures', 'events']) db.prepare(movesOf(table)).run({ file: fileKey, moves })
}

/** Gives rewritten files their names; files that no row speaks of came from a kill and go. */
function finishRewrites(db: Database, dir: string): void {
  const folder = join(dir, WARC_FOLDER)
  const files = db.prepare<[], string>('SELECT name FROM warc_files WHERE rewritten IS NOT NULL').pluck().all()
  for (const name of files) {
    takePlace(join(folder, name))
    db.prepare('UPDATE warc_files SET rewritten = NULL WHERE name = ?').run(name)
  }
  removeLeftovers(folder)
}

/**
 * No row, no page of the file and no frame of its log may go on holding what was deleted. All is looked at: once for
 * all files.
 */
function wipe(db: Database, emptyLog: () => void): void {
  db.pragma('secure_delete = ON')
  const sweep = db.transaction(() =>
    liftGuards(db, () => {
      sweepForgotten(db)
      relearnWords(db)
    }),
  )
  sweep.immediate()
  db.exec('VACUUM')
  db.exec('DELETE FROM redactions_due')
  emptyLog()
}

const PUT_DUE = `
  INSERT INTO redactions_due VALUES (?, ?) ON CONFLICT (capture_key) DO UPDATE SET redaction = excluded.redaction
  WHERE (excluded.redaction ->> 'at', excluded.redaction ->> 'event') < (redaction ->> 'at', redaction ->> 'event')`

const DUE = `
  SELECT c.key, c.id, d.redaction, c.redacted AS earlier, w.key AS fileKey, w.name AS file FROM redactions_due AS d
  CROSS JOIN captures AS c ON c.key = d.capture_key JOIN warc_files AS w ON w.key = c.warc_file_key
  ORDER BY w.name, c.warc_offset`

/**
 * A payload of which only some posts must go waits until somebody has read it: the rest is kept. One that must go as a
 * whole may have been rid of some posts before; but what was left by the request in whose place this one stands was to
 * be kept. One that was removed for a later request than this is to name the first.
 */
const NAMED = `
  SELECT DISTINCT c.key, c.digest FROM events AS e, json_each(e.detail, '$.payloads') AS p
  JOIN captures AS c ON c.digest = p.value ->> 'digest'
  WHERE e.type = '${REDACTION_EVENT}' AND coalesce(e.detail ->> 'restores' <> c.redacted ->> 'event', 1) AND CASE
    WHEN (e.happened_at, e.id) < (c.redacted ->> 'at', c.redacted ->> 'event') THEN 1
    WHEN c.redacted IS NULL THEN p.value ->> 'whole' OR EXISTS (SELECT 1 FROM extractions AS x WHERE x.capture_key = c.key)
    ELSE p.value ->> 'whole' AND EXISTS (
      SELECT 1 FROM extractions AS x JOIN sightings AS s ON s.reading_key = x.reading_key WHERE x.capture_key = c.key) END`

/** Looked for once an event: what is read later comes through the store above. */
const SHOWING = `
  WITH asked(id) AS (
    SELECT p.value ->> 'id' FROM events AS e, json_each(e.detail, '$.posts') AS p
    WHERE e.type = '${REDACTION_EVENT}' AND e.key NOT IN (SELECT event_key FROM redactions_known)),
  showing(version_key, post) AS (
    SELECT v.key, v.post_id FROM post_versions AS v WHERE v.post_id IN (SELECT id FROM asked)
    UNION
    SELECT v.key, (q.value ->> '$.ref.platform') || ':' || (q.value ->> '$.ref.id')
    FROM post_versions AS v, json_each(v.detail, '$.quotes') AS q
    WHERE EXISTS (SELECT 1 FROM asked) AND q.value ->> '$.text' IS NOT NULL
      AND (q.value ->> '$.ref.platform') || ':' || (q.value ->> '$.ref.id') IN (SELECT id FROM asked))
  SELECT DISTINCT c.key, showing.post FROM showing
  JOIN sightings AS s ON s.version_key = showing.version_key
  JOIN extractions AS e ON e.reading_key = s.reading_key JOIN captures AS c ON c.key = e.capture_key
  UNION
  SELECT c.key, (q.value ->> '$.ref.platform') || ':' || (q.value ->> '$.ref.id')
  FROM readings AS r, json_each(r.scrapes) AS t, json_each(t.value, '$.lines') AS l, json_each(l.value, '$.shown.quotes') AS q
  JOIN extractions AS e ON e.reading_key = r.key JOIN captures AS c ON c.key = e.capture_key
  WHERE EXISTS (SELECT 1 FROM asked) AND r.scrapes <> '[]' AND q.value ->> '$.text' IS NOT NULL
    AND (q.value ->> '$.ref.platform') || ':' || (q.value ->> '$.ref.id') IN (SELECT id FROM asked)`

const KNOW = `
  INSERT OR IGNORE INTO redactions_known SELECT key FROM events WHERE type = '${REDACTION_EVENT}'`

const REWRITE = `
  UPDATE warc_files SET closed_bytes = CASE WHEN closed_bytes IS NULL THEN NULL ELSE ? END, rewritten = ? WHERE key = ?`

const LENGTHS = `
  UPDATE captures SET warc_length = (
    SELECT l.value ->> 1 FROM json_each(@lengths) AS l WHERE l.value ->> 0 = captures.warc_offset)
  WHERE warc_file_key = @file AND warc_offset IN (SELECT l.value ->> 0 FROM json_each(@lengths) AS l)`

function movesOf(table: string): string {
  return `
    UPDATE ${table} SET warc_offset = warc_offset + coalesce(
      (SELECT sum(m.value ->> 1) FROM json_each(@moves) AS m WHERE m.value ->> 0 < ${table}.warc_offset), 0)
    WHERE warc_file_key = @file`
}
