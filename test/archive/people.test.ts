// Views for questions that would otherwise join by the numbers of rows, asked of an archive made of fixtures.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { makeFolder } from '../cli/run.ts'
import { fillResearchArchive } from './research.ts'

let db: Database

beforeAll(() => {
  const dir = makeFolder()
  fillResearchArchive(dir)
  db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
})
afterAll(() => db.close())

function ask(sql: string): unknown[] {
  return db.prepare(sql).raw().all()
}

it('gaps stand beside the id of their thread, as many as there are', () => {
  expect(ask('SELECT count(*) FROM thread_gaps')).toEqual(ask('SELECT count(*) FROM gaps'))
  expect(ask("SELECT after_position, count, class FROM thread_gaps WHERE reason LIKE '%11 posts'")).toEqual([
    [3, 8, 'tail'],
  ])
})

it('a discussion is one row, with who opened it, and how many answered how deep', () => {
  expect(
    ask(
      "SELECT replies, deepest, declared_replies, url FROM conversation_latest WHERE title = 'Low water, high opinions'",
    ),
  ).toEqual([[8, 5, 12, 'http://gauges.example/2024/05/low-water/']])
  expect(ask('SELECT count(*) FROM conversation_latest')).toEqual(ask('SELECT count(*) FROM conversations'))
})

it('media are listed with what describes them', () => {
  const [row] = ask("SELECT count(*), count(alt), count(DISTINCT post_id) FROM post_media WHERE kind = 'image'") as [
    number[],
  ]
  const [images = 0, described = 0, posts = 0] = row
  expect(images).toBeGreaterThan(described)
  expect(described).toBeGreaterThan(0)
  expect(posts).toBeLessThanOrEqual(images)
})

it('names of an account are listed with the captures that showed them first and last', () => {
  const names = ask(
    "SELECT shown_name, posts, first_seen_at < last_seen_at FROM author_names WHERE author_handle = 'NORA@social.example'",
  )
  expect(names).toEqual([['Nora Lind', 6, 1]])
})
