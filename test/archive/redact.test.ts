// Redaction: bytes and text are gone from every file of the archive, digest, reason and date stay, the rest stays as it
// was; a kill at any moment, a rebuild, a merge or a new look at the page does not bring them back.
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { backupArchive } from '../../src/archive/copies/backup.ts'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { REWRITTEN } from '../../src/archive/warc/rewrite.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import type { Capture } from '../../src/model.ts'
import { mergeArchives } from '../../src/pipeline/merge.ts'
import { readCapture, storePending } from '../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../src/pipeline/redact.ts'
import { problemsOf } from './problems.ts'
import { differingTables, digestTables, NOT_FROM_WARC } from './rows.ts'
import { makeCapture, makeFolder, makeOptions } from './samples.ts'

const LATER = '2026-06-01T00:00:00.000Z'
const SECRET = 'quicksilver'
const POST = 'sample:s2'
const signal = new AbortController().signal

/** Lines of JSONL: a thread of four posts, of which the second holds the word that has to go. */
function linesOf(numbers: readonly number[], extra = ''): string {
  const line = (n: number) => ({
    ...{ id: `s${n}`, platform: 'sample', author: 'keeper', createdAt: `2026-01-02T03:04:0${n}.000Z` },
    text: `${n}/4 ${n === 2 ? `The ${SECRET} was spilt in the lamp room` : `Of the lamp and its oil, part ${'abcd'[n]}`}${extra}`,
  })
  return numbers.map((n) => JSON.stringify(line(n))).join('\n')
}

function addText(dir: string, text: string, start: string, about: Partial<Capture> = {}): void {
  const writer = openArchiveWriter(dir, makeOptions(start))
  const reader = openArchiveReader(dir)
  const run = writer.beginRun({ command: 'add', options: {} })
  const changes = { mediaType: 'application/jsonl', headers: [], capturedAt: start, ...about }
  const row = writer.appendCapture(makeCapture(text, changes), run)
  const { adapter, extraction } = readCapture(makeCapture(text, changes))
  writer.storeExtraction(row.id, extraction, adapter)
  storePending(writer)
  reader.close()
  writer.close()
}

/** Two runs: a page with the post and one without; then the first again. */
function makeArchive(): string {
  const dir = makeFolder()
  addText(dir, linesOf([1, 2, 3]), '2026-03-04T05:06:07.000Z')
  addText(dir, linesOf([3, 4]), '2026-03-05T05:06:07.000Z')
  addText(dir, linesOf([1, 2, 3]), '2026-03-06T05:06:07.000Z')
  return dir
}

const redact = (dir: string, id = POST, when = LATER) =>
  redactFromArchive(dir, id, 'asked for by its author', makeOptions(when))

/** Every file of the archive, compressed ones as they are read. */
function holds(dir: string, word: string): readonly string[] {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return names.filter((name) => {
    if (!/\.(?:gz|sqlite|sqlite-wal|rewritten)$/.test(name)) return false
    const bytes = readFileSync(join(dir, name))
    return (name.includes('.warc.gz') ? gunzipSync(bytes) : bytes).includes(word)
  })
}

function query(dir: string, sql: string): readonly unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare(sql).all()
  db.close()
  return rows
}

const textsOf = (dir: string) => query(dir, 'SELECT position, text FROM thread_text').map((row) => Object.values(row!))

describe('a redacted post', () => {
  it('is gone from all files, and everything else is there and proven', async () => {
    const dir = makeArchive()
    expect(holds(dir, SECRET).length).toBeGreaterThan(1)
    expect(await redact(dir)).toMatchObject({ kind: 'post', id: POST, captures: 2 })
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
    expect(query(dir, 'SELECT id FROM posts ORDER BY id').map((row) => Object.values(row!)[0])).toEqual([
      ...['sample:s1', 'sample:s3', 'sample:s4'],
    ])
    expect(query(dir, "SELECT reason, kind, redacted_at LIKE '2026-06%' AS at FROM redactions")).toEqual([
      { reason: 'asked for by its author', kind: 'post', at: 1 },
      { reason: 'asked for by its author', kind: 'capture', at: 1 },
      { reason: 'asked for by its author', kind: 'capture', at: 1 },
    ])
    const reader = openArchiveReader(dir)
    expect(reader.search({ words: 'quicksilver', limit: 9 }).hits).toEqual([])
    expect(reader.search({ words: 'lamp', limit: 9 }).hits).toHaveLength(3)
    const rows = [...reader.captures()]
    expect(rows.map(({ redacted }) => redacted?.reason ?? null)).toEqual([
      ...['asked for by its author', null, 'asked for by its author'],
    ])
    expect(() => reader.readCapture(rows[0]!)).toThrow('asked for by its author')
    expect(reader.redactionOf(POST)?.reason).toBe('asked for by its author')
    reader.close()
    expect(await redact(dir)).toMatchObject({ id: POST, redactedBefore: { reason: 'asked for by its author' } })
  })

  it('costs one look at all there is, however many captures in however many files showed it', async () => {
    const dir = makeFolder()
    for (const day of [1, 2, 3, 4]) addText(dir, linesOf([1, 2, 3], ` of day ${day}`), `2026-03-0${day}T05:06:07.000Z`)
    const swept: string[] = []
    const { exec } = SqliteDatabase.prototype
    SqliteDatabase.prototype.exec = function (this: Database, sql: string) {
      if (/'rebuild'|DELETE FROM bylines WHERE key NOT IN/.test(sql)) swept.push(sql)
      return exec.call(this, sql)
    }
    await redact(dir).finally(() => Object.assign(SqliteDatabase.prototype, { exec }))
    expect(swept).toHaveLength(2)
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })

  it('is gone also from a page that another post was taken out of before', async () => {
    const dir = makeArchive()
    const cited = () => query(dir, 'SELECT id, redacted FROM captures ORDER BY id')
    await redact(dir, 'sample:s1')
    const first = cited()
    await redact(dir, POST, '2026-06-02T00:00:00.000Z')
    expect(cited()).toEqual(first)
    expect(holds(dir, SECRET)).toEqual([])
    expect(textsOf(dir).flat().join(' ')).not.toContain(SECRET)
    expect(query(dir, 'SELECT DISTINCT message FROM unroll_notes')).toEqual([
      { message: '2 posts were removed on request.' },
    ])
    expect(problemsOf(dir)).toEqual([])
    const before = textsOf(dir)
    await rebuildArchive(dir, { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
    expect(textsOf(dir)).toEqual(before)
    expect(cited()).toEqual(first)
    expect(holds(dir, SECRET)).toEqual([])
  })

  it('takes along the remarks that only it gave rise to', async () => {
    const dir = makeFolder()
    addText(dir, linesOf([2]), '2026-03-04T05:06:07.000Z')
    const file = { method: 'file', url: null, finalUrl: null, status: null, input: 'copy.txt' } as const
    const text = JSON.parse(linesOf([2])).text
    addText(dir, text, '2026-03-05T05:06:07.000Z', { ...file, mediaType: 'text/plain' })
    const remarks = () => query(dir, 'SELECT code, input FROM unroll_notes')
    expect(remarks()).toContainEqual({ code: 'author-by-copies', input: 'copy.txt' })
    await redact(dir)
    const left = remarks()
    expect(left).not.toContainEqual(expect.objectContaining({ input: 'copy.txt' }))
    await rebuildArchive(dir, { ...makeOptions(LATER), signal })
    expect(remarks()).toEqual(left)
  })

  it('is a gap in its thread, which says so', async () => {
    const dir = makeArchive()
    await redact(dir)
    expect(textsOf(dir).flat().join(' ')).not.toContain(SECRET)
    expect(query(dir, "SELECT class, count FROM gaps WHERE class = 'missing'")).toEqual([
      { class: 'missing', count: 1 },
    ])
  })

  it('stays away when the database is made again, with the same findings', async () => {
    const dir = makeArchive()
    await redact(dir)
    const before = textsOf(dir)
    await rebuildArchive(dir, { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
    expect(holds(dir, SECRET)).toEqual([])
    expect(textsOf(dir)).toEqual(before)
    expect(problemsOf(dir)).toEqual([])
  })

  it('stays away when an archive that still has it is merged, in either direction', async () => {
    for (const isFirst of [true, false]) {
      const dir = makeArchive()
      const other = join(makeFolder(), 'other')
      cpSync(dir, other, { recursive: true })
      addText(other, linesOf([1, 2, 3, 4], ' again'), '2026-04-04T05:06:07.000Z')
      await redact(dir)
      const [into, from] = isFirst ? [dir, other] : [other, dir]
      await mergeArchives(into, [from], { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
      expect(holds(into, SECRET)).toEqual([])
      expect(query(into, 'SELECT id FROM posts ORDER BY id')).toHaveLength(3)
      expect(problemsOf(into)).toEqual([])
    }
  })

  it('stays away when it comes on a page of which another archive removed another post', async () => {
    const dir = makeArchive()
    const other = join(makeFolder(), 'other')
    cpSync(dir, other, { recursive: true })
    await redact(dir)
    addText(other, linesOf([1, 2, 4], ' elsewhere'), '2026-04-04T05:06:07.000Z')
    await redact(other, 'sample:s1')
    await mergeArchives(dir, [other], { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
    expect(holds(dir, SECRET)).toEqual([])
    expect(query(dir, 'SELECT id FROM posts ORDER BY id')).toEqual([{ id: 'sample:s3' }, { id: 'sample:s4' }])
    expect(problemsOf(dir)).toEqual([])
  })

  it('stays away when another archive has the very same bytes in records of its own', async () => {
    const digests = []
    for (const isFirst of [true, false]) {
      const [dir, other] = [makeArchive(), makeFolder()]
      for (const day of [1, 7, 8]) addText(other, linesOf([1, 2, 3]), `2026-03-0${day}T05:06:07.000Z`)
      await redact(dir)
      const [into, from] = isFirst ? [dir, other] : [other, dir]
      await mergeArchives(into, [from], { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
      expect(holds(into, SECRET)).toEqual([])
      expect(problemsOf(into)).toEqual([])
      const looks = 'SELECT post_id, count(*) AS n, min(captured_at) AS first FROM post_places GROUP BY 1 ORDER BY 1'
      expect(query(into, looks)).toEqual([
        { post_id: 'sample:s1', n: 5, first: '2026-03-01T05:06:07.000Z' },
        { post_id: 'sample:s3', n: 6, first: '2026-03-01T05:06:07.000Z' },
        { post_id: 'sample:s4', n: 1, first: '2026-03-05T05:06:07.000Z' },
      ])
      const before = digestTables(join(into, 'archive.sqlite'), NOT_FROM_WARC)
      await rebuildArchive(into, { ...makeOptions('2026-07-02T00:00:00.000Z'), signal })
      digests.push(differingTables(digestTables(join(into, 'archive.sqlite'), NOT_FROM_WARC), before))
    }
    expect(digests).toEqual([[], []])
  })

  it('is gone from pages of the database too that were given back before', async () => {
    const dir = makeArchive()
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    db.exec(`PRAGMA secure_delete = OFF; CREATE TABLE earlier (text);
      INSERT INTO earlier SELECT replace(hex(zeroblob(400)), '00', '${SECRET} '); DROP TABLE earlier`)
    db.close()
    await redact(dir)
    expect(holds(dir, SECRET)).toEqual([])
  })

  it('stays away when the page is captured again', async () => {
    const dir = makeArchive()
    await redact(dir)
    addText(dir, linesOf([1, 2, 3]), '2026-07-04T05:06:07.000Z')
    addText(dir, linesOf([1, 2, 3, 4], ' anew'), '2026-07-05T05:06:07.000Z')
    expect(holds(dir, SECRET)).toEqual([])
    expect(query(dir, "SELECT id FROM posts WHERE id = 'sample:s2'")).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })

  it('is gone from a backup too when that is brought up to date', async () => {
    const dir = makeArchive()
    const target = join(makeFolder(), 'backup')
    await backupArchive(dir, target)
    await redact(dir)
    await backupArchive(dir, target)
    expect(holds(target, SECRET)).toEqual([])
    expect(problemsOf(target)).toEqual([])
    await backupArchive(dir, target)
  })
})

describe('two requests for one capture', () => {
  it.each([
    ['the post', ['2026-06-01', '2026-07-01']],
    ['the capture', ['2026-07-01', '2026-06-01']],
  ])(
    'are one outcome in whichever order archives are merged, and %s came first is what is cited',
    async (first, days) => {
      const [forPost, forCapture] = [makeArchive(), makeFolder()]
      cpSync(forPost, forCapture, { recursive: true })
      const ask = (dir: string, id: string, reason: string, day = '') =>
        redactFromArchive(dir, id, reason, makeOptions(`${day}T00:00:00.000Z`))
      const [capture] = query(forCapture, 'SELECT id FROM captures ORDER BY key LIMIT 1') as { id: string }[]
      await ask(forPost, POST, 'the post', days[0])
      await ask(forCapture, capture!.id, 'the capture', days[1])
      const cited = await Promise.all(
        [
          [forPost, forCapture],
          [forCapture, forPost],
        ].map(async ([one, other]) => {
          const merged = makeFolder()
          cpSync(one!, merged, { recursive: true })
          await mergeArchives(merged, [other!], { ...makeOptions('2026-09-01T00:00:00.000Z'), signal })
          expect(problemsOf(merged)).toEqual([])
          expect(holds(merged, SECRET)).toEqual([])
          // The capture goes as a whole, whatever else was asked of it: of its posts those stay that others show.
          expect(query(merged, 'SELECT id FROM posts ORDER BY id')).toEqual([{ id: 'sample:s3' }, { id: 'sample:s4' }])
          return query(merged, "SELECT id, redacted, redacted ->> 'reason' AS reason FROM captures ORDER BY id")
        }),
      )
      expect(cited[0]).toEqual(cited[1])
      expect(new Set(cited[0]!.map((row) => (row as { reason: string }).reason))).toEqual(new Set([first, null]))
    },
  )
})

describe('a redacted capture', () => {
  it('takes with it all that was read from its bytes alone', async () => {
    const dir = makeArchive()
    const [first] = query(dir, 'SELECT id FROM captures ORDER BY key') as { id: string }[]
    expect(await redact(dir, first!.id)).toMatchObject({ kind: 'capture', captures: 2 })
    expect(holds(dir, SECRET)).toEqual([])
    expect(query(dir, 'SELECT id FROM posts ORDER BY id')).toEqual([{ id: 'sample:s3' }, { id: 'sample:s4' }])
    expect(problemsOf(dir)).toEqual([])
  })
})

describe('the headers of an answer', () => {
  it('go with what was removed from its body: they may say it too', async () => {
    const dir = makeFolder()
    const headers = [['x-title', `The ${SECRET}`]] as const
    addText(dir, linesOf([1, 2, 3]), '2026-03-04T05:06:07.000Z', { headers })
    await redact(dir)
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })
})

describe('what several captures say alike', () => {
  it('stays as long as one of them does', async () => {
    const dir = makeFolder()
    for (const [at, end] of ['', '\n', '\n\n'].entries())
      addText(dir, linesOf([1, 2, 3]) + end, `2026-03-0${at + 1}T05:06:07.000Z`)
    const captures = () => query(dir, 'SELECT id FROM captures ORDER BY captured_at') as readonly { id: string }[]
    const places = () => query(dir, `SELECT DISTINCT captured_at FROM post_places WHERE post_id = '${POST}' ORDER BY 1`)
    const [first, , last] = captures()
    expect(query(dir, 'SELECT key FROM readings')).toHaveLength(1)
    await redact(dir, first?.id)
    expect(places()).toEqual([2, 3].map((day) => ({ captured_at: `2026-03-0${day}T05:06:07.000Z` })))
    await redact(dir, last?.id)
    expect(places()).toEqual([{ captured_at: '2026-03-02T05:06:07.000Z' }])
    expect(problemsOf(dir)).toEqual([])
    await redact(dir)
    expect(holds(dir, SECRET)).toEqual([])
    expect(query(dir, "SELECT key FROM readings WHERE adapter <> 'none'")).toHaveLength(1)
    expect(problemsOf(dir)).toEqual([])
    const before = textsOf(dir)
    await rebuildArchive(dir, { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
    expect(textsOf(dir)).toEqual(before)
  })
})

describe('a redaction that was killed', () => {
  /** An archive in which the event was noted, and nothing more. */
  function makeNoted(): string {
    const dir = makeArchive()
    const reader = openArchiveReader(dir)
    const { posts, payloads } = reader.planRedaction(POST)!
    reader.close()
    const bare = join(makeFolder(), 'noted')
    const writer = openArchiveWriter(dir, makeOptions(LATER))
    const run = writer.beginRun({ command: 'redact', options: {} })
    writer.recordEvent(run, { type: 'redaction', outcome: 'success', detail: { reason: 'asked', posts, payloads } })
    cpSync(dir, bare, { recursive: true })
    writer.close()
    return bare
  }

  it('after its event is done by the next command', () => {
    const dir = makeNoted()
    expect(holds(dir, SECRET)).not.toEqual([])
    openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z')).close()
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })

  it('after its event is done by a rebuild, which keeps the other posts', async () => {
    const dir = makeNoted()
    await rebuildArchive(dir, { ...makeOptions('2026-07-01T00:00:00.000Z'), signal })
    expect(holds(dir, SECRET)).toEqual([])
    expect(query(dir, 'SELECT id FROM posts ORDER BY id')).toHaveLength(3)
    expect(problemsOf(dir)).toEqual([])
  })

  it('between the rows and the file takes the new file', () => {
    const dir = makeNoted()
    const warc = join(dir, 'warc')
    const old = join(makeFolder(), 'old')
    cpSync(warc, old, { recursive: true })
    openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z')).close()
    const names = readdirSync(old).filter(
      (name) => !readFileSync(join(old, name)).equals(readFileSync(join(warc, name))),
    )
    expect(names.length).toBe(2)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    for (const name of names) {
      copyFileSync(join(warc, name), join(warc, name + REWRITTEN))
      copyFileSync(join(old, name), join(warc, name))
      db.prepare('UPDATE warc_files SET rewritten = ? WHERE name = ?').run(name + REWRITTEN, name)
    }
    db.close()
    openArchiveWriter(dir, makeOptions('2026-08-01T00:00:00.000Z')).close()
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })

  it('before the rows begins anew, and leaves no half file', () => {
    const dir = makeNoted()
    const [first = ''] = readdirSync(join(dir, 'warc'))
    const half = join(dir, 'warc', first + REWRITTEN)
    writeFileSync(half, 'half')
    openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z')).close()
    expect(existsSync(half)).toBe(false)
    expect(holds(dir, SECRET)).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })
})

describe('verify', () => {
  it('takes no missing bytes without an event that asks for it', async () => {
    const dir = makeArchive()
    await redact(dir)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    db.exec("DROP TRIGGER events_no_update; UPDATE events SET type = 'other' WHERE type = 'redaction'")
    db.close()
    expect(problemsOf(dir).map((problem) => JSON.stringify(problem))).toContainEqual(
      expect.stringContaining('no event says why'),
    )
  })

  it('finds bytes that came back behind our back', async () => {
    const dir = makeArchive()
    const warc = join(dir, 'warc')
    const [first = ''] = readdirSync(warc)
    const old = readFileSync(join(warc, first))
    await redact(dir)
    writeFileSync(join(warc, first), old)
    expect(problemsOf(dir)).not.toEqual([])
    rmSync(join(warc, first))
  })
})
