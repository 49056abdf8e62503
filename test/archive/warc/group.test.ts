// Looks that wait for the disk together: safe when told, all or none, in one file with what is written in between.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import type { Capture } from '../../../src/model.ts'
import { problemsOf } from '../problems.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const RUN = { command: 'crawl', options: {} }
const nothing = () => undefined

function open() {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun(RUN)
  return { dir, writer, run }
}

function pageAt(at: number, text = `page ${at}`): Capture {
  const url = `http://host${at}.example/`
  return makeCapture(text, { input: url, url, finalUrl: url })
}

function fileSize(dir: string, run: string): number {
  return statSync(join(dir, 'warc', `${run}.warc.gz`)).size
}

it('tells of a look when its record is in the file and its row in the index', async () => {
  const { dir, writer, run } = open()
  const reader = openArchiveReader(dir)
  const told = Array.from({ length: 12 }, async (_, at) => {
    const [row] = await writer.appendLook([pageAt(at)], run, nothing)
    expect(fileSize(dir, run)).toBeGreaterThanOrEqual(row!.warc.offset + row!.warc.length)
    expect(Buffer.from(reader.readCapture(reader.readCaptureRow(row!.id)!).body).toString()).toBe(`page ${at}`)
  })
  await Promise.all(told)
  reader.close()
  writer.close()
  expect(problemsOf(dir)).toEqual([])
})

it('keeps the order in which they came, with what is written in between', async () => {
  const { dir, writer, run } = open()
  const soon = [0, 1, 2].map((at) => writer.appendLook([pageAt(at)], run, nothing))
  const now = writer.appendCapture(pageAt(9), run)
  // By now the first round is written and waits for the disk.
  const between = new Promise<string>((resolve) =>
    setTimeout(() => resolve(writer.appendCapture(pageAt(10), run).id), 1),
  )
  const later = writer.appendLook([pageAt(3), pageAt(4)], run, nothing)
  const rows = (await Promise.all([...soon, later])).flat()
  expect(rows.map(({ url }) => url)).toEqual([0, 1, 2, 3, 4].map((at) => pageAt(at).url))
  const offsets = rows.map(({ warc }) => warc.offset)
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  await between
  writer.recordEvent(run, { type: 'test', outcome: 'noted', detail: {} })
  writer.close()
  expect(problemsOf(dir)).toEqual([])
  const reader = openArchiveReader(dir)
  expect([...reader.captures()].map(({ id }) => id)).toEqual(
    expect.arrayContaining([now.id, ...rows.map(({ id }) => id), await between]),
  )
  reader.close()
})

it('keeps equal bytes once, also of looks that come together', async () => {
  const { dir, writer, run } = open()
  const looks = [0, 1, 2, 3].map((at) => writer.appendLook([pageAt(at, 'the same')], run, nothing))
  const rows = (await Promise.all(looks)).flat()
  expect(rows.map(({ sameAs }) => sameAs)).toEqual([null, rows[0]!.id, rows[0]!.id, rows[0]!.id])
  writer.close()
  expect(problemsOf(dir)).toEqual([])
})

it('leaves nothing of a round whose rows are refused, and goes on', async () => {
  const { dir, writer, run } = open()
  const before = fileSize(dir, run)
  const fail = (): never => {
    throw new Error('refused')
  }
  const looks = [writer.appendLook([pageAt(0)], run, nothing), writer.appendLook([pageAt(1)], run, fail)]
  const ends = await Promise.allSettled(looks)
  // The first may have begun a round of its own.
  expect(ends.map(({ status }) => status)).toContain('rejected')
  const kept = ends.filter(({ status }) => status === 'fulfilled').length
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  expect(db.prepare('SELECT count(*) FROM captures').pluck().get()).toBe(kept)
  db.close()
  if (kept === 0) expect(fileSize(dir, run)).toBe(before)
  await writer.appendLook([pageAt(1)], run, nothing)
  writer.close()
  expect(problemsOf(dir)).toEqual([])
})

it('commits what stands beside a look with it', async () => {
  const { writer, run } = open()
  const row = { url: 'http://host0.example/', source: 's', host: 'host0.example', kind: 'source', depth: 0 } as const
  const now = '2026-03-04T05:06:07.000Z'
  writer.frontier.add({ ...row, round: now, dueAt: now, foundIn: null, foundAt: now, waits: true })
  const { key } = writer.frontier.find(row.url)!
  const visited = { outcome: 'new', reason: null, visitedAt: now, dueAt: null, again: false, attempts: 0 } as const
  await writer.appendLook([pageAt(0)], run, () => writer.frontier.complete(key, visited))
  expect(writer.frontier.find(row.url)?.outcome).toBe('new')
  writer.close()
})
