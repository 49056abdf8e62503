// Rebuild: the database made again from the WARC files alone tells the same facts; a torn record takes nothing with it.
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { rebuildDatabase } from '../../../src/archive/copies/rebuild.ts'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../../src/archive/writer.ts'
import { contentDigest } from '../../../src/fixity.ts'
import type { Capture } from '../../../src/model.ts'
import {
  ADAPTER,
  EMPTY,
  makeCapture,
  makeExtraction,
  makeFolder,
  makeOptions,
  makePost,
  makeThread,
} from '../samples.ts'

/** What the pipeline does with a capture: here the numbers in its text are its posts. */
function readPosts(writer: ArchiveWriter, id: string, capture: Capture): void {
  const numbers = [...Buffer.from(capture.body).toString().matchAll(/\d/g)].map(Number)
  writer.storeExtraction(id, makeExtraction(numbers.map((number) => makePost(number, capture))), ADAPTER)
}

function makeArchive(): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  for (const texts of [
    ['posts 1 and 2', 'post 3'],
    ['posts 1 and 2', 'posts 4 and 5', ''],
  ]) {
    const run = writer.beginRun({ command: 'add', options: { texts } })
    for (const text of texts) {
      const capture = makeCapture(text, text === '' ? { status: 404 } : {})
      readPosts(writer, writer.appendCapture(capture, run).id, capture)
    }
    writer.recordEvent(run, { type: 'redaction', outcome: 'success', detail: { reason: 'asked for' } })
    writer.endRun(run)
  }
  writer.close()
  return dir
}

/** One digest over every row of every fact, keys of rows and times of reading left out. */
function factsOf(dir: string, endsBefore: string): { readonly count: number; readonly digest: string } {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = FACTS.flatMap((sql) => db.prepare(sql).all({ before: endsBefore }))
  db.close()
  return { count: rows.length, digest: contentDigest(rows) }
}

const FACTS = [
  'SELECT id, command, options, version, started_at, warc_offset, warc_length FROM runs WHERE started_at < @before ORDER BY id',
  `SELECT c.*, NULL AS key, NULL AS run_key, NULL AS payload_key, NULL AS warc_file_key, r.id AS run, p.id AS payload, w.name AS file
   FROM captures AS c JOIN runs AS r ON r.key = c.run_key LEFT JOIN captures AS p ON p.key = c.payload_key
   JOIN warc_files AS w ON w.key = c.warc_file_key WHERE @before <> '' ORDER BY c.id`,
  `SELECT e.id, r.id AS run, e.type, e.happened_at, e.outcome, e.detail FROM events AS e JOIN runs AS r ON r.key = e.run_key
   WHERE happened_at < @before ORDER BY e.id`,
  `SELECT c.id AS capture, e.adapter, e.adapter_version, e.declared, e.blocks, e.scrapes, e.next, e.notes, e.sha256
   FROM latest_extractions AS e JOIN captures AS c ON c.key = e.capture_key WHERE @before <> '' ORDER BY c.id`,
  `SELECT post_id, sha256, author_handle, text, html, url, detail FROM post_contents
   WHERE @before <> '' ORDER BY post_id, sha256`,
  `SELECT c.id AS capture, v.post_id, s.position, s.local_key, s.selector, s.parent_step, s.parent_id,
     r.basis, r.p, r.say, s.detail FROM sightings AS s LEFT JOIN parent_reasons AS r ON r.key = s.parent_reason_key
   JOIN post_versions AS v ON v.key = s.version_key JOIN extractions AS e ON e.reading_key = s.reading_key
   JOIN captures AS c ON c.key = e.capture_key WHERE @before <> '' ORDER BY c.id, s.position`,
]
/** Whatever the order in which it was made. */
function schemaOf(dir: string): readonly string[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const statements = db.prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').pluck().all()
  db.close()
  return statements.sort()
}

const BEFORE = '2026-06-01T00:00:00.000Z'

function rebuild(dir: string) {
  return rebuildDatabase(dir, makeOptions(BEFORE), (writer, reader) => {
    for (const row of reader.captures()) readPosts(writer, row.id, reader.readCapture(row))
  })
}

/** A database that is none any more, beside a write-ahead log that is sound and must not be laid over the new one. */
function damageBesideItsLog(path: string): void {
  const db = new SqliteDatabase(path)
  db.pragma('wal_autocheckpoint = 0')
  db.exec('CREATE TABLE stray (a TEXT) STRICT')
  const log = readFileSync(`${path}-wal`)
  db.close()
  writeFileSync(path, 'no database')
  writeFileSync(`${path}-wal`, log)
}

describe('rebuild', () => {
  it.each(['lost', 'damaged', 'whole'])('tells the same facts as the database that is %s', async (state) => {
    const dir = makeArchive()
    const before = factsOf(dir, BEFORE)
    if (state === 'lost') rmSync(join(dir, 'archive.sqlite'))
    if (state === 'damaged') damageBesideItsLog(join(dir, 'archive.sqlite'))
    expect(await rebuild(dir)).toEqual({ captures: 5, damaged: [], setAside: null })
    expect(before.count).toBeGreaterThan(20)
    expect(existsSync(join(dir, 'archive.sqlite-wal'))).toBe(false)
    expect(factsOf(dir, BEFORE)).toEqual(before)
    expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
    expect(readdirSync(dir).filter((name) => name.includes('rebuilt'))).toEqual([])
  })

  it('keeps every other record when one is torn or damaged, and names the loss', async () => {
    const dir = makeArchive()
    const [first, second] = readdirSync(join(dir, 'warc'))
      .sort()
      .map((name) => join(dir, 'warc', name))
    const reader = openArchiveReader(dir)
    const victim = [...reader.captures()][1]!
    reader.close()
    const bytes = readFileSync(first!)
    bytes[victim.warc.offset + 200]! ^= 1
    writeFileSync(first!, bytes)
    appendFileSync(second!, Buffer.from('1f8b08000000000000031234', 'hex'))
    const report = await rebuild(dir)
    expect(report.captures).toBe(4)
    expect(report.damaged.flatMap(({ problems }) => problems)).toEqual([
      expect.stringContaining(`byte ${victim.warc.offset}`),
      expect.stringContaining('12 bytes'),
    ])
    openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z')).close()
  })

  it('can store findings too, and readers find them', async () => {
    const dir = makeArchive()
    const posts = [1, 2].map((number) => makePost(number, makeCapture('posts 1 and 2')))
    await rebuildDatabase(dir, makeOptions(BEFORE), (writer, reader) => {
      for (const row of reader.captures()) readPosts(writer, row.id, reader.readCapture(row))
      expect([...reader.allExtractions()]).toHaveLength(5)
      writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)] }, '2', 'all')
    })
    const reader = openArchiveReader(dir)
    expect(reader.search({ words: 'lighthouse', limit: 9 }).hits).toHaveLength(2)
    expect(reader.readNeighbourhood().extractions).toEqual([])
    reader.close()
  })

  it('guards the facts of the new database, and asks for what rows refer to, as in any other', async () => {
    const dir = makeArchive()
    const before = schemaOf(dir)
    await rebuild(dir)
    expect(before.filter((sql) => sql.startsWith('CREATE TRIGGER')).length).toBeGreaterThan(20)
    expect(schemaOf(dir)).toEqual(before)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    expect(() => db.exec('DELETE FROM sightings')).toThrow('never changed')
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
  })

  it('leaves the old database when rows of the new one refer to none', async () => {
    const dir = makeArchive()
    const before = factsOf(dir, BEFORE)
    const fail = rebuildDatabase(dir, makeOptions(BEFORE), () => {
      const db = new SqliteDatabase(join(dir, 'archive.rebuilt.sqlite'))
      db.pragma('foreign_keys = OFF')
      db.exec("INSERT INTO thread_branches VALUES (99, 1, 'x:1')")
      db.close()
    })
    await expect(fail).rejects.toThrow('a row of thread_branches refers to none of threads')
    expect(factsOf(dir, BEFORE)).toEqual(before)
  })

  it('leaves the old database when reading again fails, and frees the lock', async () => {
    const dir = makeArchive()
    const before = factsOf(dir, BEFORE)
    const fail = rebuildDatabase(dir, makeOptions(BEFORE), () => {
      throw new Error('an adapter broke')
    })
    await expect(fail).rejects.toThrow('an adapter broke')
    expect(factsOf(dir, BEFORE)).toEqual(before)
    expect(existsSync(join(dir, 'archive.rebuilt.sqlite'))).toBe(false)
    openArchiveWriter(dir, makeOptions()).close()
  })

  it('leaves the old database when rows of the new one are still in its log', async () => {
    const dir = makeArchive()
    const before = factsOf(dir, BEFORE)
    // Somebody reads from it: the log cannot be moved into the file, and closing says nothing of it.
    const held: Database[] = []
    const half = rebuildDatabase(dir, makeOptions(BEFORE), (writer, reader) => {
      const rows = [...reader.captures()]
      const db = new SqliteDatabase(join(dir, 'archive.rebuilt.sqlite'), { readonly: true, timeout: 0 })
      held.push(db)
      db.exec('BEGIN; SELECT count(*) FROM captures')
      for (const row of rows) readPosts(writer, row.id, reader.readCapture(row))
    })
    await expect(half).rejects.toThrow(expect.objectContaining({ name: 'StorageError' }))
    for (const db of held) db.close()
    expect(factsOf(dir, BEFORE)).toEqual(before)
    openArchiveWriter(dir, makeOptions()).close()
  })

  it('needs WARC files and the lock', async () => {
    const dir = makeFolder()
    await expect(rebuild(dir)).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }))
    const made = makeArchive()
    const writer = openArchiveWriter(made, makeOptions())
    await expect(rebuild(made)).rejects.toThrow(expect.objectContaining({ name: 'LockedError' }))
    writer.close()
  })
})
