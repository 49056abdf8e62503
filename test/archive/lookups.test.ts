// The law of views: whoever asks one for a post, a thread, a discussion or an author by handle is answered by an index.
// A view that reads a whole table first takes seconds at a million posts, and no small archive shows it.

import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { migrate } from '../../src/archive/schema/migrations.ts'

const LOOKUPS = [
  'id',
  'post_id',
  'capture_id',
  'thread_id',
  'conversation_id',
  'child_id',
  'parent_id',
  'author_handle',
]
/**
 * Authors as each page shows them, a million of which say the same (an author's posts are in post_latest); discussions,
 * which are few.
 */
const EXEMPT = ['post_contents.author_handle', 'conversation_latest.author_handle']
/**
 * Reading from end to end, or a copy of everything made for one question; co-routines, JSON and tables of numbers are
 * no tables.
 */
const READS_ALL =
  /^SCAN (?!\(subquery|CONSTANT|shifts|cut|.* VIRTUAL)|AUTOMATIC|^MATERIALIZE (?!shifts|cut)|\((?!rowid)\w+>\?\)$/

const db = new SqliteDatabase(':memory:')
migrate(db, new Date(0))
const views = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'view'").pluck().all()
const asked = views
  .flatMap((view) => columnsOf(view).map((column) => `${view}.${column}`))
  .filter((name) => !EXEMPT.includes(name))

describe('every view', () => {
  it.each(asked)('answers by an index when asked by %s', (name) => {
    const [view = '', column = ''] = name.split('.')
    const plan = db
      .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN SELECT * FROM ${view} WHERE ${column} = 'x'`)
      .all()
    const lines = plan.map(({ detail }) => detail)
    const isOfView = (line: string) => line === `SCAN ${view}` || lines.includes(line.replace(/^SCAN/, 'CO-ROUTINE'))
    expect(lines.filter((line) => READS_ALL.test(line) && !isOfView(line))).toEqual([])
  })

  it('that names authors names them by handle too, whose case means nothing', () => {
    const named = views.filter((view) => namesOf(view).includes('author'))
    expect(named).not.toEqual([])
    for (const view of named) expect(namesOf(view), view).toContain('author_handle')
    db.exec("INSERT INTO authors (platform, identity, handle) VALUES ('x', 'keeper', 'Keeper')")
    const count = db.prepare("SELECT count(*) FROM authors WHERE handle = 'keeper'").pluck().get()
    expect(count).toBe(1)
  })
})

function columnsOf(view: string): readonly string[] {
  return namesOf(view).filter((name) => LOOKUPS.includes(name))
}

function namesOf(view: string): readonly string[] {
  return db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(view)
}
