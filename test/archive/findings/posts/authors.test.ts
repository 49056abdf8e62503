// What an archive knows of an account that changed its name: found by every handle it had, shown as it was seen last,
// in whatever order its pages came.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SqliteDatabase } from '../../../../src/archive/database/sqlite.ts'
import { type ArchiveReader, openArchiveReader } from '../../../../src/archive/reader.ts'
import { openArchiveWriter } from '../../../../src/archive/writer.ts'
import { withHandles } from '../../../../src/export/narrow.ts'
import type { Author, Post } from '../../../../src/model.ts'
import { storePending } from '../../../../src/pipeline/pipeline.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../../samples.ts'

const OLD: Author = { id: '77', handle: 'Keeper', name: 'The Keeper', url: 'http://threads.example/keeper' }
const NEW: Author = { id: '77', handle: 'lampwright', name: 'The Lampwright', url: null }
/** Somebody else, whose account has the same number. */
const OTHER_PLATFORM: Author = { id: '77', handle: 'harbour', name: 'Harbour', url: null }

type Shown = readonly [page: string, capturedAt: string, post: number, author: Author, platform?: string]

const PAGES: readonly Shown[] = [
  ['first', '2024-01-01T00:00:00.000Z', 1, OLD],
  ['second', '2025-01-01T00:00:00.000Z', 2, NEW],
  ['third', '2024-06-01T00:00:00.000Z', 3, OLD],
  ['elsewhere', '2026-01-01T00:00:00.000Z', 4, OTHER_PLATFORM, 'mastodon'],
]

function makeArchive(pages: readonly Shown[]): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const [page, capturedAt, number, author, platform = 'x'] of pages) {
    const capture = makeCapture(page, { capturedAt })
    const changes: Partial<Post> = { author, platform, ref: { platform, id: String(number) } }
    const post = makePost(number, capture, changes)
    writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction([post]), ADAPTER)
    storePending(writer)
  }
  writer.close()
  return dir
}

function read<T>(dir: string, look: (reader: ArchiveReader) => T): T {
  const reader = openArchiveReader(dir)
  try {
    return look(reader)
  } finally {
    reader.close()
  }
}

function authorsIn(dir: string): unknown[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare('SELECT platform, id, handle, name, url FROM authors ORDER BY platform').raw().all()
  db.close()
  return rows
}

it.each(['keeper', '@KEEPER', 'lampwright'])('an account is found as %s, and no other of its number', (asked) => {
  read(makeArchive(PAGES), (reader) => {
    const { hits } = reader.search({ words: 'lamp', limit: 9, author: asked })
    expect(hits.map(({ post }) => post).sort()).toEqual(['x:1', 'x:2', 'x:3'])
    const listed = reader.listFindings({ limit: 9, after: null, author: asked }).rows
    expect(listed.map(({ platform }) => platform)).not.toContain('mastodon')
    expect(listed.length).toBeGreaterThan(0)
    const wish = withHandles({ authors: [asked], site: null, since: null, until: null }, reader.handlesOf)
    expect(wish.authors).toEqual(expect.arrayContaining(['Keeper', 'lampwright']))
  })
})

it('is shown as it was seen last, and with the address that was told last, in any order', () => {
  const expected = [
    ['mastodon', '77', 'harbour', 'Harbour', null],
    ['x', '77', 'lampwright', 'The Lampwright', 'http://threads.example/keeper'],
  ]
  const [first, second, third, elsewhere] = PAGES as [Shown, Shown, Shown, Shown]
  for (const order of [
    [first, second, third, elsewhere],
    [elsewhere, third, second, first],
    [second, first, elsewhere, third],
  ])
    expect(authorsIn(makeArchive(order))).toEqual(expected)
})
