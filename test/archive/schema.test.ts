// The schema: described in a file that stays equal to it, guarded by triggers, migrated whole or not at all.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openForReading, openForWriting } from '../../src/archive/database/database.ts'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { MIGRATIONS, migrate } from '../../src/archive/schema/migrations.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from './samples.ts'
import { describeSchema } from './schema-text.ts'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const FACTS = [
  'runs',
  'captures',
  'readings',
  'extractions',
  'bylines',
  'parent_reasons',
  'url_heads',
  'post_versions',
  'sightings',
  'events',
]

function migrated(): Database {
  const db = new SqliteDatabase(':memory:')
  migrate(db, NOW)
  return db
}

describe('the schema', () => {
  it('is what archive/schema.sql says (npm run schema writes it)', () => {
    const file = readFileSync(join(import.meta.dirname, '../../archive/schema.sql'), 'utf8')
    expect(describeSchema(migrated())).toBe(file)
  })

  it('is SQL that makes the same schema again', () => {
    const db = new SqliteDatabase(':memory:')
    db.exec(describeSchema(migrated()))
    expect(describeSchema(db)).toBe(describeSchema(migrated()))
  })

  it('has only STRICT tables, and an index that begins with each foreign key', () => {
    const db = migrated()
    const tables = db
      .prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
      .all() as {
      name: string
      strict: number
    }[]
    const own = tables.filter(({ name }) => !name.startsWith('sqlite_') && !name.startsWith('posts_fts'))
    expect(own.filter(({ strict }) => strict === 0)).toEqual([])
    for (const { name } of own) {
      const keys = db.prepare('SELECT "from" FROM pragma_foreign_key_list(?)').pluck().all(name)
      const indexed = db.prepare(FIRST_COLUMNS).pluck().all({ table: name })
      expect({ name, missing: keys.filter((key) => !indexed.includes(key)) }).toEqual({ name, missing: [] })
    }
  })

  it('has views that all work', () => {
    const db = migrated()
    const views = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all()
    expect(views).toEqual(expect.arrayContaining(['thread_text', 'thread_latest', 'post_history', 'comment_tree']))
    expect(views).toEqual(expect.arrayContaining(['captures_by_host', 'completeness_report']))
    for (const view of views) expect(db.prepare(`SELECT * FROM ${view}`).all()).toEqual([])
  })
})

describe('the views of posts', () => {
  it.each([
    ['post_sources by post', 'SELECT * FROM post_sources WHERE post_key = 1'],
    ['post_sources by sighting', 'SELECT * FROM post_sources WHERE sighting_key = 1'],
    [
      'post_sources by the sightings of a reading',
      'SELECT ps.post_key FROM sightings AS s JOIN post_sources AS ps ON ps.sighting_key = s.key WHERE s.reading_key = 1',
    ],
    ['post_places of a post', "SELECT * FROM post_places WHERE post_id = 'x:1'"],
    ['post_places of a capture', "SELECT * FROM post_places WHERE capture_id = 'x'"],
    ['replies to a post', "SELECT * FROM replies WHERE parent_id = 'x:1'"],
    [
      'replies below a post',
      "WITH RECURSIVE below(id) AS (SELECT 'x:1' UNION ALL SELECT child_id FROM below JOIN replies ON parent_id = id) SELECT * FROM below",
    ],
    ['the text of a thread', "SELECT * FROM thread_text WHERE thread_id = 'x:1'"],
  ])('look up %s by an index', (_, sql) => {
    const plan = migrated().prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all()
    const scans = plan.filter(({ detail }) => /^SCAN (?:p|s|tp|posts|other_sources|sightings)\b/.test(detail))
    expect(scans).toEqual([])
  })
})

/** The first column of every index of a table, its rowid among them. */
const FIRST_COLUMNS = `
  SELECT c.name FROM pragma_index_list(@table) AS i JOIN pragma_index_info(i.name) AS c WHERE c.seqno = 0
  UNION SELECT name FROM pragma_table_info(@table) WHERE pk = 1`

describe('facts', () => {
  function filled(): Database {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun({ command: 'add', options: {} })
    const capture = makeCapture('one')
    const first = makePost(1, capture, { url: 'http://threads.example/keeper/1710000000000000001' })
    const parent = { ref: first.ref, key: first.key, basis: 'layout', p: 0.9, say: 'stands below it' } as const
    const { id } = writer.appendCapture(capture, run)
    writer.storeExtraction(id, makeExtraction([first, makePost(2, capture, { parent })]), ADAPTER)
    writer.close()
    return openForWriting(join(dir, 'archive.sqlite'), NOW)
  }

  it.each(FACTS)('of %s can be neither changed, removed nor replaced', (table) => {
    const db = filled()
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[]
    const before = db.prepare(`SELECT * FROM ${table}`).all()
    expect(before.length).toBeGreaterThan(0)
    const refused = /holds facts/
    for (const column of columns) expect(() => db.exec(`UPDATE ${table} SET ${column} = ${column}`)).toThrow(refused)
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(refused)
    for (const recursive of ['ON', 'OFF']) {
      db.pragma(`recursive_triggers = ${recursive}`)
      expect(() => db.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(refused)
    }
    expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual(before)
    db.close()
  })

  it.each(['runs', 'captures', 'events'])('of %s cannot be replaced by way of their id either', (table) => {
    const db = filled()
    const columns = db
      .prepare("SELECT name FROM pragma_table_info(?) WHERE name <> 'key'")
      .pluck()
      .all(table) as string[]
    const list = columns.join(', ')
    expect(() => db.exec(`INSERT OR REPLACE INTO ${table} (${list}) SELECT ${list} FROM ${table}`)).toThrow(
      /holds facts/,
    )
    db.close()
  })
})

describe('migrations', () => {
  it('run whole or not at all', () => {
    const db = migrated()
    const before = describeSchema(db)
    const halfBad = [...MIGRATIONS, 'CREATE TABLE added (a TEXT) STRICT; CREATE TABLE added (a TEXT) STRICT;']
    expect(() => migrate(db, NOW, halfBad)).toThrow(/already exists/)
    expect(describeSchema(db)).toBe(before)
    migrate(db, NOW, [...MIGRATIONS, 'CREATE TABLE added (a TEXT) STRICT;'])
    expect(db.prepare('SELECT version FROM schema_migrations').pluck().all()).toEqual([1, 2])
  })

  it('record themselves and run once', () => {
    const db = migrated()
    migrate(db, NOW)
    expect(db.prepare('SELECT * FROM schema_migrations').all()).toEqual([{ version: 1, applied_at: NOW.toISOString() }])
  })
})

describe('opening', () => {
  const path = (): string => join(makeFolder(), 'archive.sqlite')

  it('is durable the second time too: WAL and FULL, for better-sqlite3 alone would fall back to NORMAL', () => {
    const file = path()
    openForWriting(file, NOW).close()
    const db = openForWriting(file, NOW)
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0)
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1)
    db.close()
  })

  it('refuses a newer version, a stranger, and a file that is no database, and changes none of them', () => {
    const cases: [string, (file: string) => void, RegExp][] = [
      ['newer', (file) => edit(file, (db) => db.pragma('user_version = 99')), /newer version/],
      ['stranger', (file) => edit(file, (db) => db.pragma('application_id = 1')), /not made by unspool/],
    ]
    for (const [, change, message] of cases) {
      const file = path()
      openForWriting(file, NOW).close()
      change(file)
      const before = readFileSync(file)
      expect(() => openForWriting(file, NOW)).toThrow(
        expect.objectContaining({ name: 'IntegrityError', message: expect.stringMatching(message) }),
      )
      expect(() => openForReading(file)).toThrow(message)
      expect(readFileSync(file)).toEqual(before)
    }
  })

  it('for reading cannot write, and needs an archive', () => {
    const file = path()
    expect(() => openForReading(file)).toThrow(expect.objectContaining({ name: 'UsageError' }))
    openForWriting(file, NOW).close()
    const db = openForReading(file)
    expect(() => db.exec('DELETE FROM posts')).toThrow(/readonly/)
    db.close()
  })
})

function edit(file: string, change: (db: Database) => void): void {
  const db = new SqliteDatabase(file)
  change(db)
  db.close()
}
