// What the view of edits tells of years of looks: each change once, the way back to earlier words too, with times that
// follow each other.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { withArchive } from './open.ts'
import { ADAPTER, EMPTY, makeCapture, makeExtraction, makeMerged, makePost } from './samples.ts'

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2016, 0, 1)

/** A look at one of several pages, on a day of its own: the words, and the time of edit, with which it shows the post. */
interface Look {
  readonly page?: string
  readonly words: readonly string[]
  readonly editedOn?: number
}

/** Gives of each change: words before, words after, days of the looks around it, day of the change. */
function editsIn(looks: readonly Look[]) {
  let rows: readonly unknown[] = []
  withArchive(({ dir, writer, reader, run }) => {
    const seen = looks.map(({ page = '1', words, editedOn }, day) => {
      const url = `http://threads.example/${page}`
      const capture = makeCapture(`day ${day}`, { input: url, url, finalUrl: url, capturedAt: timeOf(day) })
      const editedAt = editedOn === undefined ? null : timeOf(editedOn)
      const posts = words.map((text, at) => makePost(1, capture, { key: `p${at}`, text, index: at, editedAt }))
      writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction(posts), ADAPTER)
      return posts
    })
    const unplaced = [{ post: makeMerged(seen.at(-1)![0]!), homes: [] }]
    writer.storeFindings({ ...EMPTY, unplaced }, '1', reader.readNeighbourhood().scope)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const columns = 'text_before, text, seen_before_at, first_seen_at, changed_by'
    rows = db.prepare<[], string[]>(`SELECT ${columns} FROM post_edits ORDER BY first_seen_at, text`).raw().all()
    db.close()
  })
  return rows.map((row) => (row as string[]).map((cell, at) => (at < 2 ? cell : dayOf(cell))))
}

function timeOf(day: number): string {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString()
}

function dayOf(time: string): number {
  return (Date.parse(time) - FIRST_DAY) / DAY_MS
}

it('a change that was taken back is two, each between the looks around it', () => {
  const looks = ['calm', 'calm', 'storm', 'storm', 'calm', 'calm'].map((word) => ({ words: [word] }))
  expect(editsIn(looks)).toEqual([
    ['calm', 'storm', 1, 2, 2],
    ['storm', 'calm', 3, 4, 4],
  ])
})

it('is told with the platform’s time of it, not with that of an edit before', () => {
  const looks = [
    { words: ['calm'], editedOn: 0 },
    { words: ['fog'] },
    { words: ['storm'], editedOn: 1.5 },
    { words: ['calm'], editedOn: 0 },
  ]
  expect(editsIn(looks).map((row) => row.at(-1))).toEqual([1, 1.5, 3])
})

it('follows what stood there last, not what was new last', () => {
  const looks = ['calm', 'storm', 'calm', 'fog'].map((word) => ({ words: [word] }))
  expect(editsIn(looks).map(([before, after]) => [before, after])).toEqual([
    ['calm', 'storm'],
    ['storm', 'calm'],
    ['calm', 'fog'],
  ])
})

it('is one, however many pages show it', () => {
  const looks = ['calm', 'storm'].flatMap((word) => ['1', '2', '3'].map((page) => ({ page, words: [word] })))
  expect(editsIn(looks)).toEqual([['calm', 'storm', 0, 3, 3]])
})

it('is one when two pages show a post in two forms for years, and none when one page shows both', () => {
  const long = 'calm in the morning, and fog'
  const pages = Array.from({ length: 6 }, () => [
    { page: '1', words: ['calm …'] },
    { page: '2', words: [long] },
  ]).flat()
  expect(editsIn(pages)).toHaveLength(1)
  expect(editsIn(Array.from({ length: 6 }, () => ({ words: ['calm …', long] })))).toEqual([])
})

it('is told also where each page shows one form alone', () => {
  const looks = [
    { page: '1', words: ['calm'] },
    { page: '2', words: ['storm'] },
    { page: '1', words: ['calm'] },
  ]
  expect(editsIn(looks)).toEqual([['calm', 'storm', 0, 1, 1]])
})
