// Holds the rows of the database against their own hashes. SQLite's integrity_check sees the structure and almost no
// flipped bit (5 of 400 in a measurement), so every post and every reading carries a SHA-256.
import type { Database, Statement } from 'better-sqlite3'
import { SqliteDatabase } from '../database/sqlite.ts'
import { createDictionaries, type Dictionary } from '../facts/contents/dictionary.ts'
import { SELECT_CONTENTS, type StoredContentRow, toStoredContent } from '../facts/contents/stored-contents.ts'
import { FURTHER_PAGES, TOLD_REPLIES } from '../facts/readings/extraction-store.ts'
import {
  type HashedSighting,
  type ReadingColumns,
  readingDigest,
  SELECT_SIGHTINGS,
} from '../facts/readings/reading-rows.ts'
import { SEEN } from '../facts/sightings/names-seen.ts'
import { verifySeals } from '../findings/seals.ts'
import { migrate } from '../schema/migrations.ts'
import type { Checked } from './checked.ts'
import { scopeParameters, type VerifyScope, WHOLE } from './scope.ts'

/** Rows read at once: no long read transaction holds back the write-ahead log. */
const PAGE_ROWS = 500

interface ReadingRow extends ReadingColumns {
  readonly key: number
  readonly sha256: string
}

/** What there is, of a database whose file is what the writer left. */
export function* countRows(db: Database): Generator<Checked> {
  yield { ok: 'post', count: Number(db.prepare('SELECT count(*) FROM post_versions').pluck().get()) }
}

export function* verifyRows(db: Database, scope: VerifyScope = WHOLE): Generator<Checked> {
  yield* verifyStructure(db)
  yield* verifyVersions(db, scope)
  yield* verifyReadings(db, scope)
  if (scope.since === null) yield* verifySeals(db, scope)
}

function* verifyStructure(db: Database): Generator<Checked> {
  for (const what of db.prepare<[], string>('PRAGMA integrity_check').pluck().all())
    yield what === 'ok' ? { ok: 'other' } : { where: 'archive.sqlite', what }
  const broken = db.prepare<[], { table: string; rowid: number; parent: string }>('PRAGMA foreign_key_check').all()
  for (const { table, rowid, parent } of broken)
    yield { where: `${table} row ${rowid}`, what: `refers to a row of ${parent} that is not there` }
  for (const [table, sql] of Object.entries(INDEXES))
    for (const what of db.prepare<[], string | number>(sql).pluck().all())
      yield { where: table, what: `is not what the facts say of ${what}; \`unspool rebuild\` makes it again` }
}

/** By table: what differs from the facts that it makes quick to find. */
const INDEXES: Readonly<Record<string, string>> = {
  further_pages: difference('url', FURTHER_PAGES, 'SELECT url, reading_key FROM further_pages'),
  told_replies: difference('post_id', TOLD_REPLIES, 'SELECT post_id, parent_id, reading_key FROM told_replies'),
  names_seen: difference('byline_key', SEEN, 'SELECT platform, byline_key, last_seen_at FROM names_seen'),
}

function difference(column: string, a: string, b: string): string {
  return `SELECT ${column} FROM (SELECT * FROM (${a}) EXCEPT ${b}) UNION SELECT ${column} FROM (${b} EXCEPT SELECT * FROM (${a}))`
}

function* verifyVersions(db: Database, scope: VerifyScope): Generator<Checked> {
  const page = db.prepare<Parameters, StoredContentRow>(VERSIONS).raw()
  const openDictionary = createDictionaries(db)
  for (const rows of pages(page, scope, ([key]) => key)) {
    const dictionary = openDictionary()
    for (const row of rows) yield checkVersion(row, dictionary)
  }
}

function checkVersion(row: StoredContentRow, dictionary: Dictionary): Checked {
  const { key, postId, isAsHashed } = toStoredContent(row, dictionary)
  if (isAsHashed) return { ok: 'post' }
  return { where: `post_versions row ${key}`, what: `the post ${postId} is not what its hash says` }
}

function* verifyReadings(db: Database, scope: VerifyScope): Generator<Checked> {
  const page = db.prepare<Parameters, ReadingRow>(READINGS)
  const sightings = db.prepare<[number], HashedSighting>(SELECT_SIGHTINGS).raw()
  for (const rows of pages(page, scope, ({ key }) => key))
    for (const row of rows) yield checkReading(row, sightings.all(row.key))
}

/** The contents of its posts are proven as versions: here their hashes stand for them. */
function checkReading(row: ReadingRow, sightings: readonly HashedSighting[]): Checked {
  if (readingDigest(row, sightings) === row.sha256) return { ok: 'other' }
  const what = 'the reading or its sightings are not what the hash says'
  return { where: `readings row ${row.key}`, what }
}

/**
 * The full-text index against the words of the posts. SQLite has only a statement that writes for it, which changes
 * nothing; where nobody may write, or somebody is writing, the index is left out.
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
export function* verifySchema(db: Database): Generator<Checked> {
  const fresh = new SqliteDatabase(':memory:')
  try {
    migrate(fresh, new Date(0))
    const found = new Map(readSchema(db))
    for (const [name, sql] of readSchema(fresh))
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

type Parameters = Record<string, string | number>

function* pages<Row>(
  page: Statement<Parameters, Row>,
  scope: VerifyScope,
  keyOf: (row: Row) => number,
): Generator<readonly Row[]> {
  const parameters = { ...scopeParameters(scope), limit: PAGE_ROWS }
  for (let after = 0; ; ) {
    const rows = page.all({ ...parameters, after })
    yield rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = keyOf(last)
  }
}

const VERSIONS = `
  ${SELECT_CONTENTS} WHERE v.key > @after AND v.key % @of = @part AND (@since = '' OR EXISTS (
    SELECT 1 FROM sightings AS s JOIN extractions AS e ON e.reading_key = s.reading_key
    WHERE s.version_key = v.key AND e.extracted_at >= @since))
  ORDER BY v.key LIMIT @limit`

const READINGS = `
  SELECT r.key, r.adapter, r.adapter_version AS version, r.declared, r.blocks, r.scrapes, r.next, r.notes, lower(hex(r.sha256)) AS sha256
  FROM readings AS r WHERE r.key > @after AND r.key % @of = @part AND (@since = '' OR EXISTS (
    SELECT 1 FROM extractions AS e WHERE e.reading_key = r.key AND e.extracted_at >= @since))
  ORDER BY r.key LIMIT @limit`
