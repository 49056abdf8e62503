// Recover saves every record that can be read, names the others and keeps their bytes; afterwards the archive verifies.
import { appendFileSync, copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { digestOf } from '../../src/fixity.ts'
import { recoverArchive } from '../../src/pipeline/recover.ts'
import { redactFromArchive } from '../../src/pipeline/redact.ts'
import { problemsOf } from './problems.ts'
import { makeCapture, makeFolder, makeOptions } from './samples.ts'
import { addPages } from './torture/deeds.ts'
import { makePage } from './torture/pages.ts'
import { readRows } from './torture/salvage.ts'

const EVENT = `
  SELECT w.name, e.warc_offset AS offset FROM events AS e JOIN warc_files AS w ON w.key = e.warc_file_key
  WHERE e.type = 'redaction'`
const PAGES = [
  'First post of two. 1/2',
  'Second post of two. 2/2',
  'Something else entirely.',
  'First post of two. 1/2',
]

function makeArchive(): { readonly dir: string; readonly warc: string; readonly offsets: readonly number[] } {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const plain = {
    url: null,
    finalUrl: null,
    status: null,
    headers: [],
    mediaType: 'text/plain',
    method: 'file',
  } as const
  const rows = PAGES.map((text) => writer.appendCapture(makeCapture(text, plain), run))
  writer.close()
  return { dir, warc: join(dir, 'warc', `${run}.warc.gz`), offsets: rows.map((row) => row.warc.offset) }
}

const signal = new AbortController().signal
const recover = (dir: string) => recoverArchive(dir, { ...makeOptions('2026-06-01T00:00:00.000Z'), signal })

describe('recover', () => {
  it('saves the rest when members are damaged, the tail is cut and the database is gone', async () => {
    const { dir, warc, offsets } = makeArchive()
    const bytes = readFileSync(warc)
    bytes[offsets[1]! + 200]! ^= 16
    writeFileSync(warc, bytes)
    appendFileSync(warc, Buffer.from('1f8b0800000000000003deadbeef', 'hex'))
    rmSync(join(dir, 'archive.sqlite'))
    const report = await recover(dir)
    expect(report).toMatchObject({ captures: 3, damaged: [expect.any(String)] })
    expect(report.quarantined.map(({ offset }) => offset)).toEqual([offsets[1], bytes.length])
    for (const { kept, digest } of report.quarantined) expect(digestOf(readFileSync(join(dir, kept)))).toBe(digest)
    expect(readdirSync(join(dir, 'quarantine'))).toHaveLength(4)
    expect(problemsOf(dir)).toEqual([])
    const reader = openArchiveReader(dir)
    expect([...reader.captures()].map((row) => Buffer.from(reader.readCapture(row).body).toString())).toEqual(
      PAGES.filter((_, at) => at !== 1),
    )
    reader.close()
  })

  it('sets a revisit apart whose payload is lost, and finds new damage beside the old', async () => {
    const { dir, warc, offsets } = makeArchive()
    const bytes = readFileSync(warc)
    bytes[offsets[0]! + 200]! ^= 16
    writeFileSync(warc, bytes)
    const { captures, quarantined } = await recover(dir)
    expect(captures).toBe(2)
    expect(quarantined.map(({ offset }) => offset)).toEqual([offsets[0], offsets[3]])
    expect(problemsOf(dir)).toEqual([])
    expect(await recover(dir)).toMatchObject({ captures: 2, quarantined: [{}, {}] })
    rmSync(join(dir, quarantined[0]!.kept))
    expect(problemsOf(dir)).toHaveLength(1)
    bytes[offsets[2]! + 200]! ^= 16
    writeFileSync(warc, bytes)
    expect(problemsOf(dir)).toHaveLength(2)
  })

  it('saves the captures of a file whose opening record is damaged', async () => {
    const { dir, warc } = makeArchive()
    const bytes = readFileSync(warc)
    bytes[60]! ^= 8
    writeFileSync(warc, bytes)
    expect(await recover(dir)).toMatchObject({ captures: 4, quarantined: [{ offset: 0 }] })
    expect(problemsOf(dir)).toEqual([])
  })

  it('notes a redaction again whose event is lost, and the bytes stay away', async () => {
    const { dir } = makeArchive()
    const reader = openArchiveReader(dir)
    const ids = [...reader.captures()].map(({ id }) => id)
    await redactFromArchive(dir, ids[0]!, 'asked for', makeOptions('2026-05-01T00:00:00.000Z'))
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const event = db.prepare<[], { name: string; offset: number }>(EVENT).get()!
    db.close()
    reader.close()
    const path = join(dir, 'warc', event.name)
    const bytes = readFileSync(path)
    bytes[event.offset + 60]! ^= 4
    writeFileSync(path, bytes)
    expect(await recover(dir)).toMatchObject({ captures: 4, quarantined: [{ offset: event.offset }] })
    expect(problemsOf(dir)).toEqual([])
    const writer = openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z'))
    const capture = makeCapture(PAGES[0]!, { mediaType: 'text/plain' })
    const { id } = writer.appendCapture(capture, writer.beginRun({ command: 'add', options: {} }))
    writer.close()
    openArchiveWriter(dir, makeOptions('2026-08-01T00:00:00.000Z')).close()
    const again = openArchiveReader(dir)
    expect(again.readCaptureRow(id)?.redacted).toMatchObject({ reason: 'asked for' })
    again.close()
    expect(await recover(dir)).toMatchObject({ captures: 5 })
    expect(problemsOf(dir)).toEqual([])
  })

  it('keeps the other posts of a page when the event that asked for one of them is lost', async () => {
    const dir = makeFolder()
    addPages({ dir, seed: 'lost', rest: [], say: () => undefined }, 1)
    const { thread, posts } = makePage('lost-0')
    expect(posts).toBeGreaterThan(1)
    await redactFromArchive(dir, thread, 'asked for', makeOptions('2027-05-01T00:00:00.000Z'))
    const before = readRows(dir).seen
    expect(before).toHaveLength(posts - 1)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const event = db.prepare<[], { name: string; offset: number }>(EVENT).get()!
    db.close()
    const path = join(dir, 'warc', event.name)
    const bytes = readFileSync(path)
    bytes[event.offset + 60]! ^= 4
    writeFileSync(path, bytes)
    for (let time = 0; time < 2; time++) {
      expect(await recover(dir)).toMatchObject({ captures: 1, quarantined: [{ offset: event.offset }] })
      expect(readRows(dir).seen).toEqual(before)
      expect(problemsOf(dir)).toEqual([])
    }
    // The same holds when another post of the page is asked for.
    const open = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const next = open.prepare<[], string>('SELECT id FROM posts ORDER BY id LIMIT 1').pluck().get()!
    open.close()
    await redactFromArchive(dir, next, 'asked for too', makeOptions('2027-06-01T00:00:00.000Z'))
    const after = readRows(dir).seen
    expect(after).toHaveLength(before.length - 1)
    await recover(dir)
    expect(readRows(dir).seen).toEqual(after)
    expect(problemsOf(dir)).toEqual([])
  })

  it('keeps the database that alone knows what lost files held, names their runs, and verifies', async () => {
    const { dir, warc } = makeArchive()
    await recover(dir)
    const posts = (path: string): unknown => {
      const db = new SqliteDatabase(path, { readonly: true })
      const texts = db.prepare('SELECT text FROM post_versions ORDER BY text').pluck().all()
      db.close()
      return texts
    }
    const known = posts(join(dir, 'archive.sqlite'))
    rmSync(warc)
    const { captures, lostRuns, setAside } = await recover(dir)
    expect([captures, lostRuns]).toEqual([0, [basename(warc, '.warc.gz')]])
    expect(setAside?.captures).toBe(PAGES.length)
    expect(posts(join(dir, setAside!.kept))).toEqual(known)
    expect(problemsOf(dir)).toEqual([])
    expect((await recover(dir)).setAside).toBeNull()
  })

  it('tells files by the run that opens them, whatever they are called', async () => {
    const { dir, warc } = makeArchive()
    await recover(dir)
    const files = readdirSync(join(dir, 'warc')).map((name) => join(dir, 'warc', name))
    renameSync(files[0]!, `${files[0]}.moved`)
    renameSync(files[1]!, files[0]!)
    renameSync(`${files[0]}.moved`, files[1]!)
    copyFileSync(files[0]!, warc.replace('.warc.gz', '-copy.warc.gz'))
    copyFileSync(files[1]!, join(dir, 'warc', 'renamed.warc.gz'))
    expect(await recover(dir)).toMatchObject({ captures: 4, quarantined: [], lostRuns: [], setAside: null })
    expect(problemsOf(dir)).toEqual([])
  })

  it('lets be what it did not write, and says so', async () => {
    const { dir } = makeArchive()
    writeFileSync(join(dir, 'warc', 'notes.warc.gz'), 'no WARC file at all')
    expect(await recover(dir)).toMatchObject({ captures: 4, quarantined: [] })
    expect(problemsOf(dir)).toEqual([
      { where: 'warc/notes.warc.gz', what: expect.stringContaining('not written by this program') },
    ])
  })

  it('is a plain rebuild when nothing is damaged', async () => {
    const { dir } = makeArchive()
    expect(await recover(dir)).toMatchObject({ captures: 4, damaged: [], quarantined: [] })
    expect(readdirSync(dir)).not.toContain('quarantine')
  })
})
