// The law of growth: whoever stores, or asks for one page, looks up what he needs by an index. A statement that reads a
// whole table would be slower with every post that is there already, and no small archive would show it.
import type { Database, Statement } from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { addPage, makeCapture, makeFolder, makeOptions } from './samples.ts'

const GROWING = new Set([
  ...[
    'captures',
    'readings',
    'extractions',
    'further_pages',
    'told_replies',
    'names_seen',
    'unrolled_extractions',
    'post_versions',
    'sightings',
    'bylines',
  ],
  ...['url_heads', 'authors', 'posts', 'other_sources'],
  ...['threads', 'thread_posts', 'conversations', 'conversation_replies', 'finding_seals', 'aliases'],
])
/** Whether there is anything at all; what is done when everything is made anew. */
const MEANT = [
  /^SELECT 1 FROM (?:posts|told_replies) LIMIT 1$/,
  /^INSERT INTO stale_\w+ SELECT key FROM \w+$/,
  /^UPDATE unrolled_extractions SET engine_version = \?$/,
  /^SELECT max\(e\.key\)/,
  /engine_version > @engine/,
]
/** An index that is read from its first value on is read whole too. */
const SCAN = /^(?:SCAN|SEARCH(?=.* \((?!rowid)\w+>\?\)$)) (\w+)(?! VIRTUAL)/
const ALIAS = /(\w+) AS (\w+)/g
const NAMED = /@(\w+)/g
const HAS_PLAN = /^(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/

const { prepare, exec } = SqliteDatabase.prototype
const scans = new Set<string>()
/** What SQLite makes whole before the first row: a view it cannot look into, an index; hits of a search are bounded. */
const MADE = /^(?:MATERIALIZE (?!found$)|(?:SEARCH|SCAN) .* AUTOMATIC)/
const made = new Set<string>()

const dir = makeFolder()

beforeAll(() => {
  SqliteDatabase.prototype.prepare = function (this: Database, sql: string) {
    noteScans(this, sql)
    return prepare.call(this, sql)
  } as typeof prepare
  SqliteDatabase.prototype.exec = function (this: Database, sql: string) {
    if (!sql.includes('CREATE')) for (const one of sql.split(';')) noteScans(this, one)
    return exec.call(this, sql)
  }
})
afterAll(() => Object.assign(SqliteDatabase.prototype, { prepare, exec }))

it('storing reads no growing table from end to end, be posts new, known, changed or in another thread', () => {
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const numbers of [[2, 3], [2, 3], [1, 2, 3], [4]]) {
    addPage(writer, run, makeCapture(`page ${numbers}`), numbers)
    const { extractions, scope } = writer.readNeighbourhood()
    writer.storeFindings(unrollTogether(extractions), 'test-1', scope)
  }
  writer.close()
  expect([...scans]).toEqual([])
})

it('a page of the list, of a search, and what is told of one post make nothing whole first', () => {
  made.clear()
  const reader = openArchiveReader(dir)
  const page = { limit: 2, after: null }
  expect(reader.listFindings(page).rows).not.toHaveLength(0)
  reader.listFindings({ ...page, author: 'orla', minPosts: 2, incomplete: true })
  reader.search({ ...page, words: 'lamp', author: null, site: null, since: null, until: null })
  for (const { id } of reader.listFindings(page).rows) {
    expect(reader.readFindings(id)).not.toHaveLength(0)
    reader.tracePost(id)
    reader.readHistory(id)
    reader.unreadPages([id])
  }
  reader.close()
  expect([...made]).toEqual([])
})

function noteScans(db: Database, given: string): void {
  const sql = given.trim()
  if (!HAS_PLAN.test(sql) || MEANT.some((meant) => meant.test(sql))) return
  const aliases = new Map([...sql.matchAll(ALIAS)].map(([, table = '', alias = '']) => [alias, table]))
  for (const line of planOf(db, sql)) {
    if (MADE.test(line)) made.add(`${line}: ${sql}`)
    const name = SCAN.exec(line)?.[1] ?? ''
    if (GROWING.has(aliases.get(name) ?? name)) scans.add(`${line}: ${sql}`)
  }
}

function planOf(db: Database, sql: string): readonly string[] {
  const named = Object.fromEntries([...sql.matchAll(NAMED)].map(([, name = '']) => [name, null]))
  const values: unknown[] = Object.keys(named).length > 0 ? [named] : Array(sql.split('?').length - 1).fill(null)
  const plan = prepare.call(db, `EXPLAIN QUERY PLAN ${sql}`) as Statement<unknown[], { readonly detail: string }>
  return plan.all(...values).map(({ detail }) => detail)
}
