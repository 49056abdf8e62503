// Holds the rows of the database against their own hashes. SQLite's integrity_check sees the structure and almost no flipped
// bit (5 of 400 in a measurement), so every post and every extraction carries a SHA-256.
import SqliteDatabase, { type Database } from 'better-sqlite3'
import { contentDigest } from '../fixity.ts'
import { type ExtractionColumns, extractionDigest, type HashedSighting } from './extraction-rows.ts'
import { postIdOf } from './extraction-store.ts'
import { verifySeals } from './finding-seals.ts'
import { migrate } from './migrations.ts'
import { fromVersionColumns, SELECT_VERSION, type VersionColumns } from './post-rows.ts'
import type { Checked } from './verify.ts'
import { scopeParameters, type VerifyScope, WHOLE } from './verify-scope.ts'

/** Rows read at once: no long read transaction holds back the write-ahead log. */
const PAGE_ROWS = 500

interface VersionRow extends VersionColumns {
  readonly key: number
  readonly postId: string
  readonly sha256: string
}

interface ExtractionRow extends ExtractionColumns {
  readonly key: number
  readonly sha256: string
}

/** What there is, of a database whose file is what the writer left. */
export function* countRows(db: Database): Generator<Checked> {
  yield { ok: 'post', count: Number(db.prepare('SELECT count(*) FROM post_versions').pluck().get()) }
}

export function* verifyRows(db: Database, scope: VerifyScope = WHOLE): Generator<Checked> {
  yield* verifyStructure(db)
  for (const row of pages<VersionRow>(db, VERSIONS, scope)) yield checkVersion(row)
  const sightings = db.prepare<[number], HashedSighting>(SIGHTINGS)
  for (const row of pages<ExtractionRow>(db, EXTRACTIONS, scope)) yield checkExtraction(row, sightings.all(row.key))
  if (scope.since === null) yield* verifySeals(db, scope)
}

function* verifyStructure(db: Database): Generator<Checked> {
  yield* verifySchema(db)
  for (const what of db.prepare<[], string>('PRAGMA integrity_check').pluck().all())
    yield what === 'ok' ? { ok: 'other' } : { where: 'archive.sqlite', what }
  const broken = db.prepare<[], { table: string; rowid: number; parent: string }>('PRAGMA foreign_key_check').all()
  for (const { table, rowid, parent } of broken)
    yield { where: `${table} row ${rowid}`, what: `refers to a row of ${parent} that is not there` }
}

function checkVersion(row: VersionRow): Checked {
  const where = `post_versions row ${row.key}`
  const content = attempt(() => fromVersionColumns(row))
  const isSame =
    content !== null && contentDigest(content) === row.sha256 && postIdOf(content, row.sha256) === row.postId
  return isSame ? { ok: 'post' } : { where, what: `the post ${row.postId} is not what its hash says` }
}

/** The contents of its posts are proven as versions: here their hashes stand for them. */
function checkExtraction(row: ExtractionRow, sightings: readonly HashedSighting[]): Checked {
  if (extractionDigest(row, sightings) === row.sha256) return { ok: 'other' }
  const what = 'the extraction or its sightings are not what the hash says'
  return { where: `extractions row ${row.key}`, what }
}

/**
 * The full-text index against the words of the posts. SQLite has only a statement that writes for it, which changes nothing;
 * where nobody may write, or somebody is writing, the index is left out.
 */
export function* verifyWords(path: string): Generator<Checked> {
  try {
    const db = new SqliteDatabase(path, { fileMustExist: true, timeout: 0 })
    try {
      db.exec("INSERT INTO posts_fts (posts_fts, rank) VALUES ('integrity-check', 1)")
      yield { ok: 'other' }
    } finally {
      db.close()
    }
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error
    if (error.code.startsWith('SQLITE_CORRUPT'))
      yield {
        where: 'posts_fts',
        what: 'the full-text index is not what the posts say; `unspool rebuild` makes it again',
      }
  }
}

/** Tables and views as the migrations make them, comments included; what somebody added of their own is theirs. */
function* verifySchema(db: Database): Generator<Checked> {
  const fresh = new SqliteDatabase(':memory:')
  try {
    migrate(fresh, new Date(0))
    const expected = new Map(readSchema(fresh))
    const found = new Map(readSchema(db))
    for (const [name, sql] of expected)
      yield found.get(name) === sql
        ? { ok: 'other' }
        : { where: `schema of ${name}`, what: 'is not what this version makes' }
  } finally {
    fresh.close()
  }
}

function readSchema(db: Database): readonly [string, string][] {
  const select = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type <> 'trigger'"
  return db.prepare<[], [string, string]>(select).raw().all()
}

/** A flipped bit may also break JSON: then there is nothing to hash. */
function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function* pages<Row extends { readonly key: number }>(db: Database, sql: string, scope: VerifyScope): Generator<Row> {
  const page = db.prepare<Record<string, string | number>, Row>(sql)
  const parameters = { ...scopeParameters(scope), limit: PAGE_ROWS }
  for (let after = 0; ; ) {
    const rows = page.all({ ...parameters, after })
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.key
  }
}

const VERSIONS = `
  ${SELECT_VERSION} WHERE v.key > @after AND v.key % @of = @part AND (@since = '' OR EXISTS (
    SELECT 1 FROM sightings AS s JOIN extractions AS e ON e.key = s.extraction_key
    WHERE s.version_key = v.key AND e.extracted_at >= @since))
  ORDER BY v.key LIMIT @limit`

const EXTRACTIONS = `
  SELECT key, adapter, adapter_version AS version, declared, blocks, scrapes, next, notes, sha256 FROM extractions
  WHERE key > @after AND key % @of = @part AND extracted_at >= @since ORDER BY key LIMIT @limit`

const SIGHTINGS = `
  SELECT v.sha256, s.position, s.local_key AS localKey, s.selector, s.path, s.line, s.end_line AS endLine, s.block,
    s.parent, s.detail AS sightingDetail
  FROM sightings AS s JOIN post_versions AS v ON v.key = s.version_key WHERE s.extraction_key = ? ORDER BY s.key`
