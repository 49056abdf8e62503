// Archives of every released schema open with today's program, and lose nothing on the way.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openForWriting } from '../../src/archive/database/database.ts'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { MIGRATIONS } from '../../src/archive/schema/migrations.ts'
import { makeFolder } from './samples.ts'
import { describeSchema } from './schema-text.ts'

const FOLDER = join(import.meta.dirname, '../../fixtures/upgrades')
const NOW = new Date('2026-03-04T05:06:07.000Z')

describe('an archive of an older schema', () => {
  it('has a dump for each released version', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(MIGRATIONS.map((_, index) => `v${index + 1}.sql`))
  })

  it.each(readdirSync(FOLDER))('of %s is brought up to date whole', (name) => {
    const dir = makeFolder()
    const path = join(dir, 'archive.sqlite')
    const old = new SqliteDatabase(path)
    old.exec(readFileSync(join(FOLDER, name), 'utf8'))
    const facts = ['runs', 'captures', 'post_versions', 'sightings', 'events']
    const count = (db: Database) => facts.map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    const before = count(old)
    old.close()

    const db = openForWriting(path, NOW)
    const fresh = openForWriting(join(makeFolder(), 'archive.sqlite'), NOW)
    expect(describeSchema(db)).toBe(describeSchema(fresh))
    expect(count(db)).toEqual(before)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.pragma('foreign_key_check')).toEqual([])
    for (const one of [db, fresh]) one.close()

    const reader = openArchiveReader(dir)
    const [found] = [...reader.findings()]
    expect(found?.thread?.posts.map(({ text }) => text)[0]).toMatch(/^The lamp/)
    expect(reader.search({ words: 'lighthouse', limit: 9 }).hits).toHaveLength(3)
    expect([...reader.captures()].map(({ sameAs }) => sameAs === null)).toEqual([true, false])
    reader.close()
  })
})
