// Writing: WARC first, then the index; the same payload again is a revisit; failures leave nothing half done.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explainFailure } from '../../src/archive/database/failures.ts'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openWarcLog } from '../../src/archive/warc/log.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { problemsOf } from './problems.ts'
import { ADAPTER, addPage, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from './samples.ts'

const RUN = { command: 'add', options: {} }

function select(dir: string, sql: string): unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

describe('appending', () => {
  it('makes a new folder, keeps every fact of a capture, and gives its bytes back', () => {
    const dir = join(makeFolder(), 'deep', 'archive')
    const writer = openArchiveWriter(dir, makeOptions())
    const capture = makeCapture('<p>hello</p>', { redactedHeaders: ['set-cookie'], originalUrl: 'https://x.example/1' })
    const row = writer.appendCapture(capture, writer.beginRun(RUN))
    writer.close()
    const reader = openArchiveReader(dir)
    expect([...reader.captures()]).toEqual([row])
    expect({ ...reader.readCapture(row), body: capture.body }).toEqual(capture)
    expect(Buffer.from(reader.readCapture(row).body)).toEqual(Buffer.from(capture.body))
    reader.close()
  })

  it('writes the same payload once: then a revisit, and always a row of its own', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const first = writer.appendCapture(makeCapture('same'.repeat(9999)), writer.beginRun(RUN))
    const later = {
      capturedAt: '2026-03-05T00:00:00.000Z',
      url: 'http://mirror.example/',
      finalUrl: 'http://mirror.example/',
    }
    const again = writer.appendCapture(makeCapture('same'.repeat(9999), later), writer.beginRun(RUN))
    expect([first.sameAs, again.sameAs]).toEqual([null, first.id])
    expect(again).toMatchObject({ bytes: 4 * 9999, capturedAt: later.capturedAt })
    writer.close()
    const reader = openArchiveReader(dir)
    expect(Buffer.from(reader.readCapture(again).body).toString()).toBe('same'.repeat(9999))
    reader.close()
    expect(problemsOf(dir)).toEqual([])
  })

  it('refuses bytes that are not what their digest says', () => {
    const writer = openArchiveWriter(makeFolder(), makeOptions())
    const run = writer.beginRun(RUN)
    const wrong = makeCapture('a', { digest: `sha256:${'0'.repeat(64)}` })
    expect(() => writer.appendCapture(wrong, run)).toThrow(expect.objectContaining({ name: 'IntegrityError' }))
    writer.close()
  })

  it('begins another file when one has grown, and finds everything again', () => {
    const dir = makeFolder()
    openArchiveWriter(dir, makeOptions()).close()
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    const run = {
      id: '20260304050607-0a0b0c0d',
      command: 'add',
      options: {},
      version: '0.1.0',
      startedAt: '2026-03-04T05:06:07.000Z',
      previous: null,
    }
    const log = openWarcLog(db, dir, run, 1)
    for (const id of ['a', 'b'])
      log.append([
        () => ({
          fields: [
            ['WARC-Type', 'metadata'],
            ['WARC-Record-ID', `<urn:uuid:${id}>`],
          ],
          block: Buffer.from(
            JSON.stringify({ runId: run.id, type: 'test', outcome: 'success', happenedAt: run.startedAt, detail: {} }),
          ),
        }),
      ])
    log.close()
    db.close()
    expect(readdirSync(join(dir, 'warc')).sort()).toEqual([
      `${run.id}.warc.gz`,
      `${run.id}_00002.warc.gz`,
      `${run.id}_00003.warc.gz`,
    ])
    expect(problemsOf(dir)).toEqual([])
  })
})

describe('extractions', () => {
  it('come back exactly as they went in', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const capture = makeCapture('page')
    const { id } = writer.appendCapture(capture, writer.beginRun(RUN))
    const provenance = {
      ...makePost(1, capture).provenance,
      line: 3,
      endLine: 5,
      selector: null,
      extra: { mood: 'calm', deep: { a: [1] } },
    }
    const media = [
      { kind: 'image' as const, url: 'http://a.example/1.png', alt: 'a lamp', width: 640, height: null, poster: null },
    ]
    const posts = [
      makePost(1, capture, {
        provenance,
        media,
        isPostAuthor: true,
        title: 'T',
        html: '<p>x</p>',
        editedAt: '2026-01-01T00:00:00.000Z',
      }),
      makePost(2, capture, {
        ref: null,
        author: null,
        block: 'b1',
        parent: { ref: null, key: 'p1', basis: 'layout', p: 0.8, say: 'below' },
      }),
      makePost(3, capture, {
        boundary: { p: 0.7, alternatives: [{ say: 'ends a line earlier', p: 0.3 }] },
        provenance: { ...provenance, capture: null },
      }),
    ]
    const extraction = {
      ...makeExtraction(posts),
      blocks: [{ key: 'b1', kind: 'card' as const, title: null, url: null, author: null, declaredTotal: 18 }],
      scrapes: [{ author: null, lines: [{ text: 'a', line: 1, block: null, cutBefore: false }], provenance }],
      next: ['http://a.example/2'],
      notes: [{ level: 'warning' as const, code: 'cut-preview', message: 'cut', input: 'a' }],
    }
    writer.storeExtraction(id, extraction, ADAPTER)
    writer.close()
    const reader = openArchiveReader(dir)
    // Which of the next pages are not here is not stored: the archive tells it each time.
    expect([...reader.allExtractions()]).toEqual([{ ...extraction, unread: ['http://a.example/2'] }])
    reader.close()
    expect(problemsOf(dir)).toEqual([])
  })

  it('add a version only for a changed post, a sighting always, nothing for the very same reading', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun(RUN)
    expect(addPage(writer, run, makeCapture('v1'), [1, 2]).report).toMatchObject({
      newPosts: 2,
      newVersions: 0,
      knownPosts: 0,
    })
    const seenAgain = addPage(writer, run, makeCapture('v2'), [1, 2, 3])
    expect(seenAgain.report).toEqual({ newPosts: 1, newVersions: 0, knownPosts: 2 })
    const edited = makePost(1, makeCapture('v3'), { text: '1/3 The lamp of the southern lighthouse' })
    const third = writer.appendCapture(makeCapture('v3'), run)
    expect(writer.storeExtraction(third.id, makeExtraction([edited]), ADAPTER)).toMatchObject({
      newPosts: 0,
      newVersions: 1,
    })
    expect(writer.storeExtraction(third.id, makeExtraction([edited]), ADAPTER)).toEqual({
      newPosts: 0,
      newVersions: 0,
      knownPosts: 1,
    })
    writer.close()
    expect(select(dir, 'SELECT post_id, sightings, text FROM post_history')).toMatchObject([
      { post_id: 'x:1710000000000000001', sightings: 2, text: expect.stringContaining('northern') },
      { post_id: 'x:1710000000000000001', sightings: 1, text: expect.stringContaining('southern') },
      { post_id: 'x:1710000000000000002', sightings: 2 },
      { post_id: 'x:1710000000000000003', sightings: 1 },
    ])
  })

  it('store once what captures say alike, and tell every look all the same', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun(RUN)
    const look = (words: string, day: number, input = 'http://threads.example/1') =>
      addPage(writer, run, makeCapture(words, { capturedAt: `2026-03-0${day}T05:06:07.000Z`, input }), [1, 2]).report
    expect(look('v1', 1)).toMatchObject({ newPosts: 2 })
    const asBefore = { newPosts: 0, newVersions: 0, knownPosts: 2 }
    for (const report of [look('v1', 2), look('other bytes', 3), look('v1', 4, 'http://threads.example/too')])
      expect(report).toEqual(asBefore)
    const near = writer.readNeighbourhood()
    expect(near.extractions.map(({ posts }) => posts[1]?.provenance)).toMatchObject([
      { capturedAt: '2026-03-01T05:06:07.000Z', capture: makeCapture('v1').digest },
      { capturedAt: '2026-03-03T05:06:07.000Z', capture: makeCapture('other bytes').digest },
      { capturedAt: '2026-03-04T05:06:07.000Z', input: 'http://threads.example/too' },
    ])
    writer.storeFindings(unrollTogether(near.extractions), '1', near.scope)
    writer.close()
    const counts = ['readings', 'sightings', 'extractions'].map(
      (table) => `(SELECT count(*) FROM ${table}) AS ${table}`,
    )
    expect(select(dir, `SELECT ${counts}`)).toEqual([{ readings: 1, sightings: 2, extractions: 4 }])
    const seen = { sightings: 4, first_seen_at: '2026-03-01T05:06:07.000Z', last_seen_at: '2026-03-04T05:06:07.000Z' }
    expect(select(dir, 'SELECT * FROM post_history')).toMatchObject([seen, seen])
    const places = "SELECT captured_at, rank FROM post_places WHERE post_id LIKE '%1' ORDER BY captured_at"
    const ranks = [1, null, 0, 2]
    expect(select(dir, places)).toEqual(
      ranks.map((rank, at) => ({ captured_at: `2026-03-0${at + 1}T05:06:07.000Z`, rank })),
    )
    expect(problemsOf(dir)).toEqual([])
  })

  it('hold texts that databases choke on: NUL, half surrogates, a megabyte', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const capture = makeCapture('odd')
    const { id } = writer.appendCapture(capture, writer.beginRun(RUN))
    const texts = ['a\0b', 'half \ud83d pair', 'x'.repeat(1_000_000)]
    writer.storeExtraction(id, makeExtraction(texts.map((text, i) => makePost(i + 1, capture, { text }))), ADAPTER)
    writer.close()
    const reader = openArchiveReader(dir)
    const [extraction] = [...reader.allExtractions()]
    expect(extraction?.posts.map(({ text }) => text)).toEqual(['a\0b', 'half \ufffd pair', 'x'.repeat(1_000_000)])
    reader.close()
    expect(problemsOf(dir)).toEqual([])
  })
})

describe('what a crash leaves', () => {
  /** An archive whose last run was never ended. */
  function makeCrashed(): { dir: string; file: string } {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun(RUN)
    writer.appendCapture(makeCapture('kept'), run)
    writer.close()
    const file = join(dir, 'warc', `${run}.warc.gz`)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'))
    db.exec('UPDATE warc_files SET closed_bytes = NULL')
    db.close()
    return { dir, file }
  }

  it("a torn record is counted, left in place, and in nobody's way", () => {
    const { dir, file } = makeCrashed()
    const whole = statSync(file).size
    appendFileSync(file, Buffer.from('1f8b0800000000000003abcdef', 'hex'))
    const writer = openArchiveWriter(dir, makeOptions('2026-04-01T00:00:00.000Z'))
    expect(writer.recovered).toMatchObject([
      { captures: 0, unreadableBytes: 13, problems: [expect.stringContaining(`byte ${whole}`)] },
    ])
    addPage(writer, writer.beginRun(RUN), makeCapture('next'), [1])
    writer.close()
    expect(openArchiveWriter(dir, makeOptions()).recovered).toEqual([])
    expect(problemsOf(dir)).toEqual([])
  })

  it('a whole record without a row is taken in', () => {
    const { dir, file } = makeCrashed()
    const other = makeFolder()
    const writer = openArchiveWriter(other, makeOptions())
    const run = writer.beginRun(RUN)
    const row = writer.appendCapture(makeCapture('on the disk, not in the index'), run)
    const reader = openArchiveReader(other)
    const bytes = readBytes(join(other, 'warc', row.warc.file), row.warc)
    reader.close()
    writer.close()
    appendFileSync(file, bytes)
    const recovering = openArchiveWriter(dir, makeOptions('2026-04-01T00:00:00.000Z'))
    expect(recovering.recovered).toMatchObject([{ captures: 1, unreadableBytes: 0 }])
    recovering.close()
    expect(problemsOf(dir)).toEqual([])
  })

  it('a lost database is not replaced by an empty one', () => {
    const { dir } = makeCrashed()
    rmSync(join(dir, 'archive.sqlite'))
    expect(() => openArchiveWriter(dir, makeOptions())).toThrow(/unspool rebuild/)
    expect(existsSync(join(dir, 'archive.sqlite'))).toBe(false)
  })
})

describe('what cannot be written', () => {
  it('is said in words of the disk', () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    expect(explainFailure('a', full)).toMatchObject({
      name: 'StorageError',
      message: expect.stringContaining('disk is full'),
    })
    for (const code of ['EIO', 'EROFS', 'SQLITE_IOERR_FSYNC', 'SQLITE_READONLY'])
      expect(explainFailure('a', Object.assign(new Error('x'), { code }))).toMatchObject({ name: 'StorageError' })
    expect(explainFailure('a', Object.assign(new Error('x'), { code: 'SQLITE_CORRUPT' }))).toMatchObject({
      name: 'IntegrityError',
    })
    expect(explainFailure('a', full)).toHaveProperty('cause', full)
    const bug = new TypeError('a bug')
    expect(explainFailure('a', bug)).toBe(bug)
  })

  it('says how to mend an SQLite that was built for another Node, or never', () => {
    const path = join(makeFolder(), 'other.node')
    writeFileSync(path, 'built for something else')
    let failure: unknown = null
    try {
      process.dlopen({ exports: {} }, path)
    } catch (error) {
      failure = error
    }
    for (const error of [failure, new Error('Could not locate the bindings file. Tried:')])
      expect(explainFailure('a', error)).toMatchObject({
        name: 'UsageError',
        message: expect.stringContaining('npm rebuild better-sqlite3'),
      })
  })

  it('takes the record back from the WARC when the index refuses its row', () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun(RUN)
    const size = (): number => statSync(join(dir, 'warc', `${run}.warc.gz`)).size
    const before = size()
    const blocker = new SqliteDatabase(join(dir, 'archive.sqlite'))
    blocker.exec("CREATE TRIGGER disk_full BEFORE INSERT ON captures BEGIN SELECT RAISE(ABORT, 'refused'); END")
    expect(() => writer.appendCapture(makeCapture('a'), run)).toThrow(/refused/)
    expect(size()).toBe(before)
    blocker.exec('DROP TRIGGER disk_full')
    blocker.close()
    writer.appendCapture(makeCapture('a'), run)
    writer.close()
    expect(problemsOf(dir)).toEqual([])
  })

  it('is told of a folder that is a file, a database that is none, a second writer', () => {
    const dir = makeFolder()
    writeFileSync(join(dir, 'file'), '')
    expect(() => openArchiveWriter(join(dir, 'file'), makeOptions())).toThrow(
      expect.objectContaining({ name: 'StorageError' }),
    )
    mkdirSync(join(dir, 'text'))
    writeFileSync(
      join(dir, 'text', 'archive.sqlite'),
      'this is a text and no database, although it has the name of one\n'.repeat(99),
    )
    expect(() => openArchiveWriter(join(dir, 'text'), makeOptions())).toThrow(
      expect.objectContaining({ name: 'IntegrityError' }),
    )
    const writer = openArchiveWriter(join(dir, 'mine'), makeOptions())
    expect(() => openArchiveWriter(join(dir, 'mine'), makeOptions())).toThrow(
      expect.objectContaining({ name: 'LockedError' }),
    )
    writer.close()
    openArchiveWriter(join(dir, 'mine'), makeOptions()).close()
  })
})

function readBytes(path: string, { offset, length }: { offset: number; length: number }): Buffer {
  return readFileSync(path).subarray(offset, offset + length)
}

describe('a commit of which nobody knows whether it holds', () => {
  it('keeps its record, and the next opening takes it in', async () => {
    const dir = makeFolder()
    const writer = openArchiveWriter(dir, makeOptions())
    const run = writer.beginRun({ command: 'add', options: {} })
    const failed = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
    const fail = (): never => {
      throw failed
    }
    await expect(writer.appendLook([makeCapture('words')], run, fail)).rejects.toThrow('cannot be written')
    expect(() => writer.appendCapture(makeCapture('more words'), run)).toThrow('is not continued')
    expect(() => writer.close()).toThrow('is not continued')
    const next = openArchiveWriter(dir, makeOptions())
    expect(next.recovered.map(({ captures }) => captures)).toEqual([1])
    next.close()
    expect(problemsOf(dir)).toEqual([])
  })
})
