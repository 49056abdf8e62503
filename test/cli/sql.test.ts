// A researcher's SQL reads and never writes, and a query without end is ended.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { makeFolder, ROOT, unspool } from './run.ts'

const archive = join(makeFolder(), 'archive')
const sql = (...args: string[]) => unspool(['sql', '--archive', archive, ...args])

beforeAll(() => {
  unspool(['add', '--archive', archive, join(ROOT, 'fixtures/text/thread-scrape/page.txt')])
})

describe('unspool sql', () => {
  it('prints rows, and JSON with 64-bit integers whole', () => {
    expect(sql('SELECT count(*) AS n FROM captures').out).toBe('n\n1\n')
    expect(JSON.parse(sql('--json', 'SELECT 9007199254740993 AS big, NULL AS none').out)).toEqual([
      { big: '9007199254740993', none: null },
    ])
  })

  it('waits as long as it is told, however long', () => {
    expect(sql('--seconds', '100000000', 'SELECT 1 AS n')).toMatchObject({ code: 0, out: 'n\n1\n' })
  })

  it('keeps columns that are called alike apart in JSON', () => {
    expect(JSON.parse(sql('--json', 'SELECT 1 AS id, 2 AS id, 3 AS id').out)).toEqual([{ id: 1, 'id:2': 2, 'id:3': 3 }])
  })

  it('prints CSV that no spreadsheet runs', () => {
    const { out } = sql(
      '--csv',
      `SELECT '=1+1' AS sum, 'a "b", c' AS words, 9007199254740993 AS big, -1.5 AS less, NULL AS none`,
    )
    expect(out).toBe(`sum,words,big,less,none\r\n'=1+1,"a ""b"", c",9007199254740993,-1.5,\r\n`)
  })

  it.each([
    'DELETE FROM posts',
    "ATTACH 'other.db' AS other",
    'PRAGMA user_version = 5',
    'PRAGMA journal_mode = DELETE',
    'DELETE FROM posts RETURNING key',
    'SELECT nonsense',
    'SELECT 1; DELETE FROM posts',
    '',
  ])('changes nothing for %j', (query) => {
    const before = readFileSync(join(archive, 'archive.sqlite'))
    expect(sql(query).code).toBe(EXIT_CODES.usage.code)
    expect(readFileSync(join(archive, 'archive.sqlite')).equals(before)).toBe(true)
  })

  it('stops a query that would never end', () => {
    const ran = sql(
      '--seconds',
      '1',
      'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c',
    )
    expect(ran.code).toBe(EXIT_CODES.usage.code)
    expect(ran.err).toMatch(/stopped after 1 s/)
  })

  it('says when there are more rows', () => {
    expect(sql('--limit', '2', 'SELECT name FROM sqlite_schema').err).toMatch(/more than 2 rows/)
  })
})
