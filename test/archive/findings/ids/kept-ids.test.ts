// An id once printed stays valid, whatever is found later, and after the database is made again from the log.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rebuildDatabase } from '../../../../src/archive/copies/rebuild.ts'
import { SqliteDatabase } from '../../../../src/archive/database/sqlite.ts'
import { IDS_EVENT } from '../../../../src/archive/findings/ids/kept-ids.ts'
import { openArchiveReader } from '../../../../src/archive/reader.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../../../src/archive/writer.ts'
import type { Capture, Extraction } from '../../../../src/model.ts'
import { storePending } from '../../../../src/pipeline/pipeline.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../../samples.ts'

const ABSENT = { platform: 'x', id: '50' }
const PAGES = ['answers to a post that is not here', 'the same, and the root of their conversation']

/**
 * Two answers to a post nobody has; the second page knows of which conversation they are, and shows who opened that.
 */
function read(capture: Capture): Extraction {
  const isSecond = new TextDecoder().decode(capture.body) === PAGES[1]
  const parent = { ref: ABSENT, key: null, basis: 'declared', p: 1, say: 'the page says so' } as const
  const answer = (number: number, handle: string) =>
    makePost(number, capture, {
      author: { id: null, handle, name: null, url: null },
      parent,
      conversation: isSecond ? '40' : null,
    })
  const root = makePost(4, capture, { ref: { platform: 'x', id: '40' }, conversation: '40' })
  const cy = answer(3, 'cy')
  const toBo = { ...cy, parent: { ...parent, ref: answer(2, 'bo').ref } }
  return makeExtraction([...(isSecond ? [root, toBo] : []), answer(1, 'ann'), answer(2, 'bo')])
}

function addPage(dir: string, text: string, day: number): void {
  const writer = openArchiveWriter(dir, makeOptions(`2026-03-0${day}T00:00:00.000Z`))
  const run = writer.beginRun({ command: 'add', options: {} })
  const capture = makeCapture(text, { input: text })
  readInto(writer, writer.appendCapture(capture, run).id, capture)
  storePending(writer)
  writer.endRun(run)
  writer.close()
}

function readInto(writer: ArchiveWriter, id: string, capture: Capture): void {
  writer.storeExtraction(id, read(capture), ADAPTER)
}

function namesOf(dir: string, ids: readonly string[]): readonly (string | undefined)[] {
  const reader = openArchiveReader(dir)
  const found = ids.map((id) => reader.readFindings(id)[0])
  reader.close()
  return found.map((one) => one?.conversation?.id ?? one?.thread?.id)
}

it('leads to the conversation that was called after an absent post, after a rebuild too, and is noted once', async () => {
  const dir = join(makeFolder(), 'archive')
  addPage(dir, PAGES[0]!, 1)
  expect(namesOf(dir, ['x:50'])).toEqual(['x:50'])
  addPage(dir, PAGES[1]!, 2)
  expect(namesOf(dir, ['x:50'])).toEqual(['x:40'])
  await rebuildDatabase(dir, makeOptions(), (writer, reader) => {
    for (const row of reader.captures()) readInto(writer, row.id, reader.readCapture(row))
    storePending(writer)
    expect(reader.readFindings('x:50')).toEqual([])
    writer.recallIds()
  })
  expect(namesOf(dir, ['x:50'])).toEqual(['x:40'])
  addPage(dir, PAGES[1]!, 3)
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const told = db.prepare('SELECT detail FROM events WHERE type = ?').pluck().all(IDS_EVENT)
  db.close()
  expect(told).toEqual(['{"ids":{"x:50":"x:40"}}'])
})

it('may be that of any post of a conversation', () => {
  const dir = join(makeFolder(), 'archive')
  addPage(dir, PAGES[1]!, 1)
  expect(namesOf(dir, ['x:1710000000000000003'])).toEqual(['x:40'])
})
