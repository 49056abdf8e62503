// What the work list is asked at every run is answered by an index: the list holds all that a crawl ever came across.
import type { Statement } from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createFrontier } from '../../../src/archive/crawl/frontier.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { migrate } from '../../../src/archive/schema/migrations.ts'

interface Line {
  readonly detail: string
}

const time = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`

function open() {
  const db = new SqliteDatabase(':memory:')
  migrate(db, new Date(0))
  const frontier = createFrontier(db)
  const add = (name: string, source: string, dueAt: string | null, waits: boolean) => {
    const place = { url: `https://a.example/${name}`, source, host: 'a.example', kind: 'item', depth: 1 } as const
    frontier.add({ ...place, round: time(1), dueAt, foundIn: null, foundAt: time(1), waits })
  }
  return { db, frontier, add }
}

it('knows the earliest look of all or of some sources, waiting or done; rows whose parent decides have none', () => {
  const { frontier, add } = open()
  expect(frontier.nextDue(['a'])).toBeNull()
  add('1', 'a', null, false)
  expect(frontier.nextDue(['a'])).toBeNull()
  add('2', 'b', time(9), false)
  add('3', 'a', time(12), true)
  add('4', 'c', time(3), true)
  expect([['a'], ['b'], ['a', 'b'], ['a', 'b', 'c'], ['d']].map((names) => frontier.nextDue(names))).toEqual([
    ...[time(12), time(9), time(9), time(3), null],
  ])
  expect(frontier.nextDue(['a', 'b', 'c'], time(3))).toBe(time(9))
})

it('reads no more of the list than the rows that come first', () => {
  const { db } = open()
  const sql: string[] = []
  const { prepare } = db
  db.prepare = ((text: string) => {
    sql.push(text)
    return prepare.call(db, text)
  }) as typeof prepare
  createFrontier(db)
  const asked = sql.filter((text) => /min\(due_at\)/.test(text))
  expect(asked).not.toEqual([])
  for (const text of asked) {
    const plan = prepare.call(db, `EXPLAIN QUERY PLAN ${text.replaceAll(/\?|@after/g, "''")}`) as Statement<[], Line>
    expect(
      plan
        .all()
        .map(({ detail }) => detail)
        .filter((line) => / frontier (?!.*frontier_by_due)|TEMP B-TREE/.test(line)),
    ).toEqual([])
  }
})
