// Stores what an adapter read: the extraction, new post versions, and a sighting for every post. Facts only, added and
// never changed; the same content of a known post makes no new version.
import type { Database } from 'better-sqlite3'
import type { AdapterName, Extraction } from '../../model.ts'
import { createRowInsert } from '../database/row-inserts.ts'
import { CONTENT_COLUMNS, toContentRow } from './content-rows.ts'
import { createDictionaryWriter, type DictionaryWriter } from './dictionary.ts'
import type { ExtractionColumns } from './extraction-rows.ts'
import type { FreshKeeper } from './fresh-readings.ts'
import { createNameBook } from './names-seen.ts'
import { type PreparedPost, prepareReading } from './prepared-reading.ts'

export interface ExtractionReport {
  /** Posts never seen before. */
  readonly newPosts: number
  /** Known posts whose content differs from every time the same adapter read them. */
  readonly newVersions: number
  /** Posts seen again as they were. */
  readonly knownPosts: number
}

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

/** What is stored is kept in `fresh` too, when there is one. */
export function createExtractionStore(db: Database, now: () => Date, fresh?: FreshKeeper): ExtractionStore {
  const findCapture = db.prepare<[string], CaptureRow>(
    'SELECT key, input, digest, captured_at AS capturedAt FROM captures WHERE id = ?',
  )
  const findLatest = db
    .prepare<[number], string>('SELECT sha256 FROM extractions WHERE capture_key = ? ORDER BY key DESC LIMIT 1')
    .pluck()
  const addExtraction = createExtractionAdder(db, now)
  const posts = createPostAdder(db)
  const storeOne = ({ captureId, extraction, adapter: found }: NewReading): ExtractionReport => {
    const adapter = found ?? NO_ADAPTER
    const capture = findCapture.get(captureId)
    if (capture === undefined) throw new Error(`there is no capture ${captureId} to store an extraction of`)
    const source = { ...capture, adapter: adapter.name, adapterVersion: adapter.version }
    const reading = prepareReading(extraction, source)
    if (findLatest.get(capture.key) === reading.sha256)
      return { newPosts: 0, newVersions: 0, knownPosts: reading.posts.length }
    const key = addExtraction(capture.key, reading.columns, reading.sha256)
    fresh?.keep(Number(key), reading.extraction)
    return posts.add(reading.posts, { key, capturedAt: capture.capturedAt, adapter: adapter.name })
  }
  const store = db.transaction((readings: readonly NewReading[]) => {
    posts.begin()
    const reports = readings.map(storeOne)
    posts.flush()
    return reports
  })
  return { store: (readings) => store.immediate(readings) }
}

type ExtractionAdder = (capture: number, columns: ExtractionColumns, digest: string) => number | bigint

function createExtractionAdder(db: Database, now: () => Date): ExtractionAdder {
  const insert = db.prepare(`
    INSERT INTO extractions
      (capture_key, adapter, adapter_version, extracted_at, declared, blocks, scrapes, next, notes, sha256)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const insertFurther = db.prepare(`INSERT OR IGNORE INTO further_pages ${FURTHER_PAGES} WHERE e.key = ?`)
  const forgetOlder = db.prepare(FORGET_OLDER)
  const insertWaiting = db.prepare('INSERT INTO unrolled_extractions VALUES (?, NULL)')
  return (captureKey, { adapter, version, declared, blocks, scrapes, next, notes }, digest) => {
    const parts = [declared, blocks, scrapes, next, notes]
    const key = insert.run(captureKey, adapter, version, now().toISOString(), ...parts, digest).lastInsertRowid
    if (next !== '[]') insertFurther.run(key)
    forgetOlder.run(captureKey)
    insertWaiting.run(key)
    return key
  }
}

interface PostAdder {
  begin(): void
  /** Adds the versions that are new, and a sighting of every post, which may wait for others. */
  add(posts: readonly PreparedPost[], extraction: StoredExtraction): ExtractionReport
  flush(): void
}

interface StoredExtraction {
  readonly key: number | bigint
  readonly capturedAt: string
  readonly adapter: string
}

function createPostAdder(db: Database): PostAdder {
  const findKnown = createVersionFinder(db)
  const wasReadBy = db.prepare<[string, string], number>(READ_BY_ADAPTER).pluck()
  const dictionary = createDictionaryWriter(db)
  const names = createNameBook(db, dictionary)
  const addVersion = createVersionAdder(db, dictionary)
  const sightings = createRowInsert(db, 'sightings', SIGHTING_COLUMNS)
  const known: Versions = new Map()
  const wasReadBefore = (postId: string, adapter: string): boolean => {
    sightings.flush()
    return wasReadBy.get(postId, adapter) !== undefined
  }
  return {
    begin: () => {
      known.clear()
      for (const one of [dictionary, names, sightings]) one.begin()
    },
    add: (posts, { key: extractionKey, capturedAt, adapter }) => {
      findKnown(posts, known)
      const count = { newPosts: 0, newVersions: 0, knownPosts: 0 }
      for (const post of posts) {
        names.note(post.post, capturedAt)
        const contents = known.get(post.postId)
        const version = contents?.get(post.sha256)
        if (contents === undefined) count.newPosts++
        else if (version === undefined && wasReadBefore(post.postId, adapter)) count.newVersions++
        else count.knownPosts++
        const key = version ?? addVersion(post)
        if (version === undefined) noteVersion(known, post.postId, post.sha256, key)
        sightings.add(describeSighting(post, extractionKey, key, dictionary))
      }
      return count
    },
    flush: () => {
      sightings.flush()
      names.flush()
    },
  }
}

type Versions = Map<string, Map<string, number>>

function noteVersion(known: Versions, postId: string, sha256: string, key: number): void {
  const contents = known.get(postId)
  if (contents === undefined) known.set(postId, new Map<string, number>().set(sha256, key))
  else contents.set(sha256, key)
}

/** Adds the keys of the versions of these posts to what is known, by post and hash. One statement for a page. */
function createVersionFinder(db: Database): (posts: readonly PreparedPost[], known: Versions) => void {
  const select = db
    .prepare<[string], readonly [postId: string, sha256: string, key: number]>(`
      SELECT v.post_id, lower(hex(v.sha256)), v.key FROM json_each(?) AS asked
      CROSS JOIN post_versions AS v ON v.post_id = asked.value`)
    .raw()
  return (posts, known) => {
    for (const [postId, sha256, key] of select.iterate(JSON.stringify(posts.map((post) => post.postId))))
      noteVersion(known, postId, sha256, key)
  }
}

/**
 * Gives the key. A row a statement: where a table has triggers, SQLite lays several rows of one aside first, each with
 * its texts.
 */
function createVersionAdder(db: Database, dictionary: DictionaryWriter): (post: PreparedPost) => number {
  const places = CONTENT_COLUMNS.map(() => '?').join(', ')
  const insert = db.prepare(
    `INSERT INTO post_versions (${CONTENT_COLUMNS.join(', ')}, sha256) VALUES (${places}, unhex(?))`,
  )
  return ({ post, postId, sha256 }) =>
    Number(insert.run(...toContentRow(post, postId, dictionary), sha256).lastInsertRowid)
}

const SIGHTING_COLUMNS = [
  ...['extraction_key', 'version_key', 'position', 'local_key', 'selector', 'path', 'line', 'end_line', 'block'],
  ...['parent_step', 'parent_id', 'parent_reason_key', 'detail'],
]

/** Values of these columns. */
function describeSighting(
  { sighting, reason }: PreparedPost,
  extractionKey: number | bigint,
  versionKey: number | bigint,
  dictionary: DictionaryWriter,
): readonly unknown[] {
  const reasonKey = reason === null ? null : dictionary.reason(reason)
  const [, position, localKey, selector, path, line, endLine, block, step, parentId, , , , detail] = sighting
  // biome-ignore format: the order of the columns, line by line
  return [
    extractionKey, versionKey, position, localKey, selector, path, line, endLine, block,
    step, parentId, reasonKey, detail,
  ]
}

/** Rows of further_pages as extractions `e` tell them. */
export const FURTHER_PAGES = `
  SELECT substr(n.value, 1, instr(n.value || '#', '#') - 1) AS url, e.key AS extraction_key
  FROM extractions AS e CROSS JOIN json_each(e.next) AS n`

/** The newest reading of a capture counts. */
const FORGET_OLDER = `
  DELETE FROM unrolled_extractions WHERE extraction_key IN (SELECT key FROM extractions WHERE capture_key = ?)`

/** Two adapters may read one post a little differently; only the same one can tell that it changed. */
const READ_BY_ADAPTER = `
  SELECT 1 FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN extractions AS e ON e.key = s.extraction_key
  WHERE v.post_id = ? AND e.adapter = ? LIMIT 1`
