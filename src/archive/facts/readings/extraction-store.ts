// Stores what an adapter read: that a capture was read and, where no capture said the same before, the reading with its
// posts (post-store.ts). Facts only, added and never changed; the same content of a known post makes no new version.
import type { Database } from 'better-sqlite3'
import type { AdapterName, Extraction } from '../../../model.ts'
import { isToldByPost } from '../looks/by-post.ts'
import type { FreshKeeper } from './fresh-readings.ts'
import { createPostStore, type ExtractionReport } from './post-store.ts'
import { type PreparedReading, prepareReading } from './prepared-reading.ts'

/** What was read in a capture, on its way into the tables. */
export interface NewReading {
  readonly captureId: string
  readonly extraction: Extraction
  readonly adapter: AdapterName | null
}

export interface ExtractionStore {
  /** One transaction, a report for each. Throws a plain Error when there is no such capture. */
  store(readings: readonly NewReading[]): readonly ExtractionReport[]
}

/** Stands where no adapter recognised the capture. */
export const NO_ADAPTER: AdapterName = { name: 'none', version: 0 }

interface CaptureRow {
  readonly key: number
  readonly input: string
  readonly digest: string
  readonly capturedAt: string
}

/** The extraction of a capture that counted until now. */
interface LatestRow {
  readonly key: number
  readonly readingKey: number
}

/** What is stored is kept in `fresh` too, when there is one. */
export function createExtractionStore(db: Database, now: () => Date, fresh?: FreshKeeper): ExtractionStore {
  const findCapture = db.prepare<[string], CaptureRow>(
    'SELECT key, input, digest, captured_at AS capturedAt FROM captures WHERE id = ?',
  )
  const findLatest = db.prepare<[number], LatestRow>(
    'SELECT key, reading_key AS readingKey FROM extractions WHERE capture_key = ? ORDER BY key DESC LIMIT 1',
  )
  const wakes = [WAKE_LOOKS, WAKE_ADDRESS].map((sql) => db.prepare<LatestRow>(sql))
  const findReading = db.prepare<[string], number>('SELECT key FROM readings WHERE sha256 = unhex(?)').pluck()
  const addReading = createReadingAdder(db)
  const addExtraction = createExtractionAdder(db, now)
  const posts = createPostStore(db)
  const storeOne = ({ captureId, extraction, adapter: found }: NewReading): ExtractionReport => {
    const adapter = found ?? NO_ADAPTER
    const capture = findCapture.get(captureId)
    if (capture === undefined) throw new Error(`there is no capture ${captureId} to store an extraction of`)
    const source = { ...capture, adapter: adapter.name, adapterVersion: adapter.version }
    const reading = prepareReading(extraction, source)
    const known = findReading.get(reading.sha256)
    const allKnown = { newPosts: 0, newVersions: 0, knownPosts: reading.posts.length }
    const latest = findLatest.get(capture.key)
    if (known !== undefined && latest?.readingKey === known) return allKnown
    const readingKey = known ?? addReading(reading)
    if (latest !== undefined) for (const wake of wakes) wake.run(latest)
    const key = addExtraction(capture.key, readingKey)
    fresh?.keep(key, reading.extraction)
    posts.noteNames(reading.posts, capture.capturedAt)
    return known === undefined ? posts.add(reading.posts, readingKey, adapter.name) : allKnown
  }
  const store = db.transaction((readings: readonly NewReading[]) => {
    posts.begin()
    const reports = readings.map(storeOne)
    posts.flush()
    return reports
  })
  return { store: (readings) => store.immediate(readings) }
}

/** Gives the key of a reading that is not there yet; its posts follow. */
function createReadingAdder(db: Database): (reading: PreparedReading) => number {
  const insert = db.prepare(`
    INSERT INTO readings (adapter, adapter_version, declared, blocks, scrapes, next, notes, by_post, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, unhex(?))`)
  const insertFurther = db.prepare(`INSERT OR IGNORE INTO further_pages ${FURTHER_PAGES} WHERE r.key = ?`)
  const insertTold = db.prepare(`INSERT INTO told_replies ${TOLD_REPLIES} WHERE r.key = ?`)
  return ({ extraction, columns, sha256 }) => {
    const { adapter, version, declared, blocks, scrapes, next, notes } = columns
    const told = [adapter, version, declared, blocks, scrapes, next, notes, Number(isToldByPost(extraction))]
    const key = Number(insert.run(...told, sha256).lastInsertRowid)
    if (next !== '[]') insertFurther.run(key)
    if (extraction.declared.tree !== undefined) insertTold.run(key)
    return key
  }
}

/** Notes that a capture was read, and gives the key of that. */
function createExtractionAdder(db: Database, now: () => Date): (captureKey: number, readingKey: number) => number {
  const insert = db.prepare('INSERT INTO extractions (capture_key, reading_key, extracted_at) VALUES (?, ?, ?)')
  const forgetOlder = db.prepare(FORGET_OLDER)
  const insertWaiting = db.prepare('INSERT INTO unrolled_extractions VALUES (?, NULL)')
  return (captureKey, readingKey) => {
    const key = Number(insert.run(captureKey, readingKey, now().toISOString()).lastInsertRowid)
    forgetOlder.run(captureKey)
    insertWaiting.run(key)
    return key
  }
}

/** Rows of further_pages as readings `r` tell them. */
export const FURTHER_PAGES = `
  SELECT substr(n.value, 1, instr(n.value || '#', '#') - 1) AS url, r.key AS reading_key
  FROM readings AS r CROSS JOIN json_each(r.next) AS n`

/** Rows of told_replies as readings `r` tell them. */
export const TOLD_REPLIES = `
  SELECT (t.value ->> '$.post.platform') || ':' || (t.value ->> '$.post.id') AS post_id,
    (t.value ->> '$.parent.platform') || ':' || (t.value ->> '$.parent.id') AS parent_id, r.key AS reading_key
  FROM readings AS r CROSS JOIN json_each(r.declared, '$.tree') AS t`

/** The newest extraction of a capture counts. */
const FORGET_OLDER = `
  DELETE FROM unrolled_extractions WHERE extraction_key IN (SELECT key FROM extractions WHERE capture_key = ?)`

/**
 * Findings name the first and the last look that gave a reading. One of them counts no more: another may take its
 * place.
 */
const WAKE_LOOKS = `
  UPDATE unrolled_extractions SET engine_version = NULL
  WHERE extraction_key IN (SELECT key FROM extractions WHERE reading_key = @readingKey) AND @key IN (
    SELECT ps.extraction_key FROM post_sources AS ps
    WHERE ps.sighting_key IN (SELECT key FROM sightings WHERE reading_key = @readingKey)
    UNION ALL SELECT extraction_key FROM other_sources WHERE extraction_key = @key)`

/** The same where each content has its first and its last look: any look at the address may take its place. */
const WAKE_ADDRESS = `
  UPDATE unrolled_extractions SET engine_version = NULL WHERE engine_version IS NOT NULL AND extraction_key IN (
    SELECT e.key FROM extractions AS old CROSS JOIN readings AS r ON r.key = old.reading_key
    CROSS JOIN captures AS c ON c.key = old.capture_key
    CROSS JOIN captures AS look ON look.final_url = c.final_url CROSS JOIN extractions AS e ON e.capture_key = look.key
    WHERE old.key = @key AND @readingKey = r.key AND r.by_post AND look.input = c.input)`
