// A researcher's SQL reads and never writes, and a query without end is ended.
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { BIN, makeFolder, ROOT, unspool } from './run.ts'

const archive = join(makeFolder(), 'archive')
/** Says when a process starts with it. */
const COUNTING = `data:text/javascript,process.stderr.write('started\\n')`
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

  it.each(['-- how many?\nSELECT 1 AS n', '--how=many\nSELECT 1 AS n', '-- n = 1\nSELECT 1 AS n'])(
    'takes the comment of %j for no option',
    (query) => expect(sql(query)).toMatchObject({ code: 0, out: 'n\n1\n' }),
  )

  it('takes one statement, and says so', () => {
    const { code, err } = sql('SELECT 1; SELECT 2')
    expect(code).toBe(2)
    expect(err).toMatch(/more than one statement; ask one at a time/)
  })

  it('still tells an option that there is none of', () => {
    expect(sql('--archiv', archive, 'SELECT 1')).toMatchObject({ code: EXIT_CODES.usage.code })
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
    'SELECT ?1',
    'SELECT :name',
    '',
  ])('changes nothing for %j', (query) => {
    const before = readFileSync(join(archive, 'archive.sqlite'))
    expect(sql(query).code).toBe(EXIT_CODES.usage.code)
    expect(readFileSync(join(archive, 'archive.sqlite')).equals(before)).toBe(true)
  })

  it('runs where Node itself was given options, as tsx gives them', () => {
    const asked = spawnSync(process.execPath, ['--import', COUNTING, BIN, 'sql', '--archive', archive, 'SELECT 1'], {
      encoding: 'utf8',
    })
    expect([asked.status, asked.stdout, asked.stderr]).toEqual([0, '1\n1\n', 'started\nstarted\n'])
  })

  it('says what to do when the database is at fault, not the query', () => {
    const damaged = join(makeFolder(), 'archive')
    cpSync(archive, damaged, { recursive: true })
    const path = join(damaged, 'archive.sqlite')
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0xff, 4096))
    const ran = unspool(['sql', '--archive', damaged, 'SELECT count(text) FROM post_versions'])
    expect(ran.code).toBe(EXIT_CODES.integrity.code)
    expect(ran.err).toContain('unspool rebuild')
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
