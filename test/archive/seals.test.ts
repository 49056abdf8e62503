// The seals of findings: what is sealed from the values in hand is what the tables say, and no column of a finding
// escapes.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { beforeAll, describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { verifySeals } from '../../src/archive/findings/seals.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { WHOLE } from '../../src/archive/verify/scope.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { fillResearchArchive } from './research.ts'
import { makeFolder, makeOptions } from './samples.ts'

const HOMES = ['threads', 'thread_posts', 'gaps', 'conversations', 'conversation_replies', 'unplaced']
const TABLES = [...HOMES, 'posts', 'other_sources', 'reasons']
const dir = makeFolder()
const path = join(dir, 'archive.sqlite')

/** What the first storing left wrong. */
let first: readonly unknown[] | null = null

beforeAll(() => {
  fillResearchArchive(dir)
  first = withRows(problemsOf)
  storeAgain()
})

function withRows<T>(act: (db: Database) => T): T {
  const db = new SqliteDatabase(path)
  const result = act(db)
  db.close()
  return result
}

function problemsOf(db: Database): readonly unknown[] {
  return [...verifySeals(db, WHOLE)].filter((checked) => !('ok' in checked))
}

/** In place of what is there, and with one post that has lost its home. */
function storeAgain(): void {
  const writer = openArchiveWriter(dir, makeOptions('2027-01-01T00:00:00.000Z'))
  const reader = openArchiveReader(dir)
  const { extractions, scope } = reader.readEverything()
  const unrolled = unrollTogether(extractions)
  const single = unrolled.threads.find(({ posts }) => posts.length === 1)!
  const threads = unrolled.threads.filter((thread) => thread !== single)
  const unplaced = [{ post: single.posts[0]!.post, homes: [{ thread: threads[0]!.id, p: 0.4 }] }]
  writer.storeFindings({ ...unrolled, threads, unplaced }, 'another', scope)
  reader.close()
  writer.close()
}

describe('the seals of findings', () => {
  it('are those of the rows, for findings of every kind, when stored first and when stored in place of others', () => {
    expect(first).toEqual([])
    withRows((db) => {
      const kinds = db.prepare('SELECT DISTINCT kind FROM finding_seals ORDER BY kind').pluck().all()
      expect(kinds).toEqual(['conversation', 'thread', 'unplaced'])
      expect(problemsOf(db)).toEqual([])
    })
  })

  it.each(TABLES)('miss no change of any column of %s', (table) => {
    withRows((db) => {
      for (const pragma of ['foreign_keys = OFF', 'ignore_check_constraints = ON']) db.pragma(pragma)
      const columns = db.prepare<[string], Column>(COLUMNS).all(table)
      expect(columns.length).toBeGreaterThan(0)
      for (const { name, type } of columns) {
        const other = type === 'TEXT' ? `coalesce(${name}, '') || 'x'` : `coalesce(${name}, 0) + 1000`
        db.exec('BEGIN')
        const changed = db.prepare(`UPDATE ${table} SET ${name} = ${other}`).run().changes > 0
        expect({ name, changed, found: problemsOf(db).length > 0 }).toEqual({ name, changed: true, found: true })
        db.exec('ROLLBACK')
      }
    })
  })
})

interface Column {
  readonly name: string
  readonly type: string
}

/** A key of its own would clash with those of the rows not yet changed. */
const COLUMNS = 'SELECT name, type FROM pragma_table_info(?) WHERE pk = 0'
