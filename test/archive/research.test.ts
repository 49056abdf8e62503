// A researcher's hour: the fifteen questions of archive/README.md, asked as they stand there of an archive made of
// fixtures.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { migrate } from '../../src/archive/schema/migrations.ts'
import { makeFolder } from '../cli/run.ts'
import { describeForDatasette, drawInto, readQuestions } from './guide.ts'
import { fillResearchArchive } from './research.ts'
import { describeSchema } from './schema-text.ts'

const FOLDER = join(import.meta.dirname, '../../archive')
const GUIDE = readFileSync(join(FOLDER, 'README.md'), 'utf8')
const QUESTIONS = readQuestions(GUIDE)
const NORA = 'mastodon:http://social.example/users/nora/statuses/110000000000000001'

let db: Database

beforeAll(() => {
  const dir = makeFolder()
  fillResearchArchive(dir)
  db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
})
afterAll(() => db.close())

type Row = Record<string, unknown>

function ask(number: number): Row[] {
  const question = QUESTIONS.find((one) => one.number === number)
  return db.prepare<[], Row>(question?.sql ?? '').all()
}

/** Some columns of some rows, as lists. */
function pick(rows: readonly Row[], ...columns: readonly string[]): unknown[][] {
  return rows.map((row) => columns.map((column) => row[column]))
}

describe('a researcher asks', () => {
  it('1. which threads and discussions are incomplete, and why', () => {
    const rows = ask(1)
    expect(pick(rows.slice(0, 3), 'kind', 'present', 'declared', 'statement')).toEqual([
      ['thread', 3, 11, 'posts 1–3 of 11; the last 8 missing'],
      ['thread', 3, 7, 'posts 1–3 of 7; the last 4 missing'],
      ['conversation', 8, 12, '8 of 12 comments; 4 not on this page; further pages not read: 1'],
    ])
    expect(rows[0]).toMatchObject({ reasons: 'tail: the page says the thread has 11 posts' })
  })

  it('2. which posts were changed within a day, and what they said before', () => {
    const [row, ...more] = ask(2)
    expect(more).toEqual([])
    expect(row).toMatchObject({ post_id: NORA, author: 'nora@social.example', hours_after_posting: 3, how: 'changed' })
    expect(row).toMatchObject({ text_before: expect.stringContaining('70 °C'), text: expect.stringContaining('60 °C') })
  })

  it('3. which posts are quoted most', () => {
    const rows = ask(3)
    expect(rows).toHaveLength(4)
    expect(pick(rows.slice(0, 2), 'author', 'quoted_by', 'authors')).toEqual([
      ['gullmap', 2, 2],
      ['bo.harbour.example', 1, 1],
    ])
    expect(rows[0]).toMatchObject({ text: expect.stringMatching(/^A map of every lamp/) })
  })

  it('4. how deep replies go, site by site', () => {
    expect(pick(ask(4), 'on_site', 'replies', 'deepest', 'mean_depth')).toEqual([
      ['The Gauge Hut', 8, 5, 2.38],
      ['Bluesky', 7, 4, 2],
      ['social.example', 7, 4, 2.29],
      ['Hacker News', 7, 3, 1.71],
      ['X', 7, 3, 1.71],
    ])
  })

  it('5. which posts are known only through mirrors', () => {
    const rows = ask(5)
    const [unnamed, named] = [/^text:/, /^x:/].map((id) => rows.filter(({ post_id }) => id.test(String(post_id))))
    expect([unnamed?.length, named?.length, rows.length]).toEqual([10, 12, 22])
    // The thread that a mirror and the platform's own API show is not among them; the fifth post is on one mirror only.
    expect(rows.map(({ post_id }) => post_id)).not.toContain('x:1764938902533046279')
    expect(pick(named ?? [], 'captures').flat()).toEqual([2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2])
  })

  it('6. how many posts each author wrote a month', () => {
    expect(pick(ask(6).slice(0, 5), 'author', 'month', 'posts')).toEqual([
      ['lamproomnotes', '2024-03', 12],
      ['ada.lamp.example', '2025-03', 9],
      ['nora@social.example', '2025-04', 6],
      ['harbourlamp', '2024-03', 5],
      ['Petra Lund', '2024-05', 3],
    ])
  })

  it('7. what a tree of comments looks like', () => {
    expect(pick(ask(7), 'who').flat()).toEqual([
      'Petra Lund',
      '  Marit',
      '    Jonas Weir',
      '      Petra Lund',
      '        Jonas Weir',
      '          Marit',
      '  Tom',
      '    Petra Lund',
      '  Nineteen rivers in one week – River List',
    ])
  })

  it('8. what is gone, and when it was last seen', () => {
    const rows = pick(ask(8), 'what', 'id', 'last_seen_at', 'gone_since_at_least', 'text')
    const ofPage = rows.filter(([what, id]) => what === 'post' && String(id).startsWith('x:'))
    expect(ofPage).toHaveLength(11)
    expect(new Set(ofPage.map(([, , seen, since]) => `${seen} ${since}`))).toEqual(
      new Set(['2024-06-02T21:30:00.000Z 2024-07-02T21:30:00.000Z']),
    )
    expect(rows.filter((row) => !ofPage.includes(row))).toEqual([
      [
        ...['page', 'http://unrolled.mirror.example/thread/1767612520723386369.html', '2024-06-02T21:30:00.000Z'],
        ...['2024-07-02T21:30:00.000Z', 'status 404'],
      ],
      [
        ...['post', 'wordpress:gauges.example/comment-98', '2024-05-07T12:00:00.000Z', '2024-06-07T12:00:00.000Z'],
        'You are right. Changed, with thanks.',
      ],
    ])
  })

  it('9. which captures are walls', () => {
    expect(pick(ask(9), 'host', 'status', 'wall')).toEqual([
      ['club.example', 200, 'login-wall'],
      ['club.example', 403, 'login-wall'],
    ])
  })

  it('10. which links are the least certain, and what they are founded on', () => {
    const rows = ask(10)
    expect(rows).toHaveLength(20)
    expect(rows).toContainEqual(
      expect.objectContaining({ basis: 'inferred', why: expect.stringMatching(/^[+-]\d\.\d .+; [+-]\d\.\d /) }),
    )
    expect(rows).toContainEqual(
      expect.objectContaining({
        basis: 'layout',
        why: expect.stringMatching(/^\+\d\.\d stands below it in the same/),
      }),
    )
    const certainties = pick(rows, 'p').flat() as number[]
    expect(certainties).toEqual([...certainties].sort())
  })

  it('11. how authors number their threads', () => {
    const rows = ask(11)
    expect(rows.map(({ style }) => style)).toEqual(['/n', 'n/n', 'n)', 'n/', '/END', '🧵\n\nn/n'])
    expect(rows[0]).toMatchObject({ posts: 27, threads: 6, authors: 1, example: '/1' })
    expect(rows.at(-2)).toMatchObject({ posts: 2, threads: 2, authors: 1, example: '/END' })
  })

  it('12. which hosts hold most of the bytes', () => {
    const rows = ask(12)
    expect(pick(rows.slice(0, 3), 'host', 'captures', 'different_payloads')).toEqual([
      ['api.sky.example', 3, 3],
      ['x-api.example', 1, 1],
      ['gauges.example', 2, 2],
    ])
    expect(rows.at(-1)).toMatchObject({ host: 'club.example', captures: 2, different_payloads: 1 })
  })

  it('13. which links are shared most, and by how many', () => {
    expect(pick(ask(13).slice(0, 3), 'url', 'posts', 'authors')).toEqual([
      ['http://riverlist.example/week-19', 3, 3],
      ['http://riverlist.example/week-20', 2, 1],
      ['http://lamps.example/guides/trimming-a-wick-without-tears', 1, 1],
    ])
  })

  it('14. which threads were seen through several sources', () => {
    expect(pick(ask(14), 'thread_id', 'posts', 'sources')).toEqual([
      ['x:1764938902533046279', 4, 'nitter.example,x-api.example'],
      ['x:1767612520723386369', 12, 'threads.reader.example,unrolled.mirror.example'],
    ])
  })

  it('15. how long after posting a post was first captured', () => {
    expect(pick(ask(15), 'platform', 'posts', 'shortest', 'median', 'longest')).toEqual([
      ['wordpress', 8, 1.1, 2.7, 3.3],
      ['x', 24, 2.6, 13.3, 667.8],
      ['mastodon', 8, 0, 271.9, 271.9],
      ['bluesky', 12, 297.3, 305.1, 305.4],
      ['hackernews', 8, 800.7, 800.7, 800.8],
    ])
  })
})

describe('what is generated from the schema (npm run schema writes it)', () => {
  const fresh = new SqliteDatabase(':memory:')
  migrate(fresh, new Date(0))

  it('is the diagram in the guide', () => {
    expect(GUIDE).toBe(drawInto(GUIDE, fresh))
    expect(GUIDE).toContain('  captures ||--o{ extractions : capture_key\n')
  })

  it('is the metadata for Datasette: all questions, and only tables and columns that exist', () => {
    const text = readFileSync(join(FOLDER, 'metadata.json'), 'utf8')
    expect(text).toBe(describeForDatasette(GUIDE, describeSchema(fresh)))
    const { queries, tables } = JSON.parse(text).databases.archive
    expect(Object.keys(queries)).toHaveLength(15)
    for (const [name, { columns = {} }] of Object.entries<Row & { columns?: Row }>(tables)) {
      const known = fresh.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(name)
      expect({ name, columns: known }).toEqual({ name, columns: expect.arrayContaining(Object.keys(columns)) })
      expect(known).not.toEqual([])
    }
  })
})
