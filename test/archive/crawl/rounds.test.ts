// A limit on the pages of a round is asked for each link: what it costs must not grow with the round.
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createFrontier, type FoundUrl } from '../../../src/archive/crawl/frontier.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { migrate } from '../../../src/archive/schema/migrations.ts'

const [FIRST, SECOND] = ['2026-11-20T10:00:00.000Z', '2026-11-21T10:00:00.000Z']
const COUNTED = /^SELECT count\(\*\) FROM frontier WHERE source/

let counted = 0
const { prepare } = SqliteDatabase.prototype
beforeAll(() => {
  SqliteDatabase.prototype.prepare = function (this: Database, sql: string) {
    const statement = prepare.call(this, sql)
    if (COUNTED.test(sql.trim())) {
      const get = statement.get.bind(statement) as (...values: unknown[]) => unknown
      Object.assign(statement, {
        get: (...values: unknown[]) => {
          counted++
          return get(...values)
        },
      })
    }
    return statement
  } as typeof prepare
})
afterAll(() => Object.assign(SqliteDatabase.prototype, { prepare }))

function open() {
  const db = new SqliteDatabase(':memory:')
  migrate(db, new Date(FIRST))
  return { db, frontier: createFrontier(db) }
}

function found(url: string, changes: Partial<FoundUrl> = {}): FoundUrl {
  const place = { url, source: 'blog', host: 'a.example', kind: 'item', depth: 1, round: FIRST } as const
  return { ...place, dueAt: FIRST, foundIn: null, foundAt: FIRST, waits: true, ...changes }
}

it('counts once what it is asked for a thousand times, and keeps up with what comes', () => {
  const { frontier } = open()
  counted = 0
  for (let at = 0; at < 1000; at++) {
    expect(frontier.countInRound('blog', FIRST)).toBe(at)
    frontier.add(found(`https://a.example/${at}`, { kind: at % 2 === 0 ? 'item' : 'part' }))
    frontier.add(found(`https://a.example/${at}`))
  }
  expect(counted).toBe(1)
})

it('knows whatever counting anew would find: other rounds, names, items of old, and what was taken back', () => {
  const { db, frontier } = open()
  const recount = (round: string) => createFrontier(db).countInRound('blog', round)
  const check = () =>
    expect([FIRST, SECOND].map((round) => frontier.countInRound('blog', round))).toEqual([FIRST, SECOND].map(recount))
  frontier.add(found('https://a.example/', { kind: 'source', depth: 0 }))
  for (const kind of ['part', 'more', 'item'] as const) frontier.add(found(`https://a.example/${kind}`, { kind }))
  check()
  const visited = { outcome: 'new', reason: null, visitedAt: FIRST, dueAt: null, again: false, attempts: 0 } as const
  for (const kind of ['part', 'more', 'item'])
    frontier.complete(frontier.find(`https://a.example/${kind}`)!.key, visited)
  frontier.add(found('https://a.example/part', { kind: 'part', round: SECOND }))
  frontier.add(found('https://a.example/old', { round: SECOND }))
  check()
  expect(() =>
    frontier.together(() => {
      frontier.add(found('https://a.example/undone'))
      throw new Error('no')
    }),
  ).toThrow('no')
  check()
  frontier.plan(frontier.find('https://a.example/old')!, 'old', SECOND)
  check()
  frontier.rename(new Map([['blog', 'journal']]))
  check()
  expect(frontier.countInRound('journal', SECOND)).toBe(1)
  expect(frontier.find('https://a.example/old')).toMatchObject({ source: 'old', kind: 'source', depth: 0 })
})
