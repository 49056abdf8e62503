// Fills archives for the archive benchmark: ours, stage by stage with a meter on each, and tables filled by a bare
// loop.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { createRowInsert } from '../../src/archive/database/row-inserts.ts'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { migrate } from '../../src/archive/schema/migrations.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { digestOf } from '../../src/fixity.ts'
import type { Capture } from '../../src/model.ts'
import { readCapture, unrollTogether } from '../../src/pipeline/pipeline.ts'
import { ENGINE_VERSION } from '../../src/unroll/unroll.ts'
import { makePage, POSTS } from './made-pages.ts'

/** Pages that are unrolled together, as a crawl does. */
const PAGES_A_BATCH = 50
/** Posts of one thread that is opened later. */
export const LONG_THREAD = 500
const ROWS_A_TRANSACTION = 3000
export const OPTIONS = { now: () => new Date(), version: '0.0.0' }

/** CPU seconds of everything that was given to it under one name. */
export interface Meter {
  measure<T>(name: string, work: () => T): T
  of(name: string): number
}

export function createMeter(): Meter {
  const spent = new Map<string, number>()
  return {
    measure: (name, work) => {
      const before = process.cpuUsage()
      const result = work()
      const { user, system } = process.cpuUsage(before)
      spent.set(name, (spent.get(name) ?? 0) + (user + system) / 1e6)
      return result
    },
    of: (name) => spent.get(name) ?? 0,
  }
}

export function makeCaptures(from: number, pages: number, posts = POSTS): readonly Capture[] {
  return Array.from({ length: pages }, (_, at) => {
    const url = `http://host${at % 20}.example/thread/${from + at}.html`
    const body = new TextEncoder().encode(makePage(from + at, posts))
    const told = { digest: digestOf(body), input: url, url, finalUrl: url, originalUrl: null, body }
    return {
      ...told,
      capturedAt: new Date(Date.UTC(2026, 0, 1) + (from + at) * 1000).toISOString(),
      capturedAtBasis: 'observed',
      method: 'http',
      status: 200,
      headers: [['content-type', 'text/html; charset=utf-8']],
      redactedHeaders: [],
      mediaType: 'text/html',
      truncated: null,
    }
  })
}

/** Adds pages as an import does: those of a group are stored together. Tells after each batch how many there are. */
export function fillArchive(dir: string, pages: number, meter: Meter, tell: (pages: number) => void): void {
  const writer = openArchiveWriter(dir, OPTIONS)
  const run = writer.beginRun({ command: 'add', options: {} })
  for (let from = 0; from < pages; from += PAGES_A_BATCH) {
    const captures = from === 0 ? makeCaptures(-1, 1, LONG_THREAD) : []
    const group = [...captures, ...makeCaptures(from, Math.min(PAGES_A_BATCH, pages - from))]
    const rows = group.map((capture) => meter.measure('append', () => writer.appendCapture(capture, run)))
    const readings = group.map((capture) => meter.measure('extract', () => readCapture(capture)))
    const named = rows.map(({ id }, at) => ({ captureId: id, ...readings[at]! }))
    meter.measure('store posts', () => writer.storeExtractions(named))
    const { extractions, scope } = meter.measure('read back', () => writer.readNeighbourhood())
    const unrolled = meter.measure('unroll', () => unrollTogether(extractions))
    const grown = meter.measure('look around', () => writer.growNeighbourhood(unrolled))
    if (!grown.isClosed) throw new Error('the pages are made to have nothing to do with each other')
    meter.measure('store findings', () => writer.storeFindings(grown.unrolled, String(ENGINE_VERSION), scope))
    tell(Math.min(pages, from + PAGES_A_BATCH))
  }
  writer.close()
}

/** CPU seconds of storing: posts and findings, not reading or unrolling. */
export function storedSeconds(meter: Meter): number {
  return meter.of('store posts') + meter.of('store findings')
}

/** What storing posts and findings fills, in an order that foreign keys allow. */
const TABLES = [
  'readings',
  'extractions',
  'bylines',
  'url_heads',
  'parent_reasons',
  'post_versions',
  'sightings',
  'authors',
  'reasons',
  'posts',
  'other_sources',
]
const MORE_TABLES = ['threads', 'thread_posts', 'thread_branches', 'gaps', 'conversations', 'conversation_replies']
const LAST_TABLES = ['unplaced', 'unrolled_extractions']
const LEARN = `
  INSERT INTO posts_fts (rowid, title, text) SELECT key, title, text FROM post_words WHERE key > ? AND key <= ?`

/** `one`: a row a statement, as loops do it; `many`: as many as are quickest. */
export type Rows = 'one' | 'many'

/**
 * The same rows into the same tables, indexes and full-text index by a loop that checks and knows nothing. CPU seconds.
 */
export function copyBare(from: string, to: string, rowsOfStatement: Rows): number {
  const source = new SqliteDatabase(join(from, 'archive.sqlite'), { readonly: true })
  const tables = [...TABLES, ...MORE_TABLES, ...LAST_TABLES].map((name) => {
    return { name, rows: source.prepare(`SELECT * FROM ${name}`).raw().all() as unknown[][] }
  })
  source.close()
  const db = openBare(to)
  migrate(db, new Date())
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all())
    db.exec(`DROP TRIGGER ${name}`)
  const meter = createMeter()
  meter.measure('copy', () => {
    for (const { name, rows } of tables) (rowsOfStatement === 'one' ? insertRows : insertManyRows)(db, name, rows)
    const learn = db.prepare(LEARN)
    const last = Number(db.prepare('SELECT max(key) FROM posts').pluck().get())
    for (let key = 0; key < last; key += ROWS_A_TRANSACTION) learn.run(key, key + ROWS_A_TRANSACTION)
  })
  db.close()
  return meter.of('copy')
}

/** Columns of a bare row: of the text, with who, when and where; or of all that a post says. */
export const TEXTS = ['id', 'author_handle', 'created_at', 'url', 'text']
export const CONTENTS = [...TEXTS, 'title', 'html', 'edited_at', 'author_name']

/** Posts in one table, and nothing else. */
export function insertRowsOnly(
  from: string,
  to: string,
  columns: readonly string[],
): { readonly seconds: number; readonly bytes: number } {
  const source = new SqliteDatabase(join(from, 'archive.sqlite'), { readonly: true })
  const rows = source
    .prepare(`SELECT ${columns.join(', ')} FROM post_latest`)
    .raw()
    .all() as unknown[][]
  source.close()
  const db = openBare(to)
  db.exec(`CREATE TABLE posts (${columns.map((name) => `${name} TEXT`).join(', ')}) STRICT`)
  const meter = createMeter()
  meter.measure('insert', () => insertRows(db, 'posts', rows))
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return { seconds: meter.of('insert'), bytes: statSync(to).size }
}

function openBare(path: string): Database {
  const db = new SqliteDatabase(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -65536')
  db.pragma('foreign_keys = OFF')
  return db
}

function insertRows(db: Database, table: string, rows: readonly unknown[][]): void {
  if (rows.length === 0) return
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${rows[0]?.map(() => '?').join(', ')})`)
  inTransactions(db, rows, (some) => {
    for (const row of some) insert.run(...row)
  })
}

function insertManyRows(db: Database, table: string, rows: readonly unknown[][]): void {
  const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[]
  const { begin, add, flush } = createRowInsert(db, table, columns)
  inTransactions(db, rows, (some) => {
    begin()
    for (const row of some) add(row)
    flush()
  })
}

function inTransactions(db: Database, rows: readonly unknown[][], insert: (some: readonly unknown[][]) => void): void {
  const insertSome = db.transaction(insert)
  for (let at = 0; at < rows.length; at += ROWS_A_TRANSACTION) insertSome(rows.slice(at, at + ROWS_A_TRANSACTION))
}

export function postsOf(pages: number): number {
  return pages * POSTS
}
