// Remarks of the engine that name posts: true as long as these posts stand as they stood when the remark was made.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import type { Note, Unrolled } from '../../../src/model.ts'
import { type Open, withArchive } from '../open.ts'
import { ADAPTER, EMPTY, makeCapture, makeExtraction, makePost, makeThread } from '../samples.ts'

const OF_THREE = 'x:1710000000000000003'

function store({ writer, run }: Open, number: number, notes: readonly Note[]): void {
  const capture = makeCapture(`page ${number}`)
  const author = { id: null, handle: `keeper ${number}`, name: null, url: null }
  const posts = [makePost(number, capture, { author })]
  writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction(posts), ADAPTER)
  const unrolled: Unrolled = { ...EMPTY, threads: [makeThread(posts)], notes }
  writer.storeFindings(unrolled, '1', writer.readNeighbourhood().scope)
}

function read({ dir }: Open): unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare('SELECT message FROM unroll_notes ORDER BY message').pluck().all()
  db.close()
  return rows
}

function remark(message: string, about?: readonly string[]): Note {
  const note = { level: 'info', code: 'whatever-it-is', message, input: null } as const
  return about === undefined ? note : { ...note, about }
}

it('go when one of their posts is unrolled again, whatever their code and words', () => {
  withArchive((open) => {
    store(open, 3, [remark('of a post', [OF_THREE, 'x:1']), remark('of a page')])
    store(open, 2, [])
    expect(read(open)).toEqual(['of a page', 'of a post'])
    store(open, 3, [])
    expect(read(open)).toEqual(['of a page'])
  })
})

it('stay when they are made again, and are one remark however often they are made', () => {
  withArchive((open) => {
    for (const _ of [1, 2]) store(open, 3, [remark('of a post', [OF_THREE]), remark('of a post', [OF_THREE])])
    expect(read(open)).toEqual(['of a post'])
  })
})
