// What is unrolled again when something new was read: the neighbours of the new, whole, and in the newest reading.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { type Open, store, threadsOf, withArchive } from '../open.ts'
import { ADAPTER, addPage, EMPTY, makeCapture, makeExtraction, makeMerged, makePost, makeThread } from '../samples.ts'

describe('posts that the engine cut out of text lines', () => {
  const words = [
    'Barometers fall before the storm comes over the bay',
    'Then the gulls come inland and sit on the roofs',
  ]

  /** A text page whose two lines are posts only after cutting. */
  function addScrape({ writer, run }: Open, text: string): Post[] {
    const capture = makeCapture(text, { input: `${text}.txt` })
    const provenance = { ...makePost(1, capture).provenance, selector: null }
    const lines = words.map((line, index) => ({
      text: `${index + 1}/3 ${line}`,
      line: index + 1,
      block: null,
      cutBefore: false,
    }))
    const extraction = { ...makeExtraction([]), scrapes: [{ author: null, lines, provenance }] }
    writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, ADAPTER)
    return lines.map(({ text, line }) =>
      makePost(line, capture, { ref: null, author: null, text, provenance: { ...provenance, line, endLine: line } }),
    )
  }

  it('come back, and lead to their bytes', () =>
    withArchive((open) => {
      const thread = makeThread(addScrape(open, 'scrape'))
      store(open, { threads: [thread] })
      expect(threadsOf(open.reader)).toEqual([thread])
      expect(open.reader.search({ words: 'barometers', limit: 9 }).hits).toMatchObject([{ post: 'text:p1' }])
      const db = new SqliteDatabase(join(open.dir, 'archive.sqlite'), { readonly: true })
      expect(db.prepare('SELECT input, line, end_line FROM post_places').all()).toMatchObject([
        { input: 'scrape.txt', line: 1 },
        { line: 2, end_line: 2 },
      ])
      db.close()
    }))

  it('are unrolled again whole with a copy of one of them, be it a page or another text', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const first = addScrape(open, 'scrape')
      store(open, { threads: [makeThread(first)] })
      const page = makeCapture('page')
      const copy = makePost(2, page, { text: `2. ${words[1]!.toUpperCase()} https://t.example/x` })
      writer.storeExtraction(writer.appendCapture(page, run).id, makeExtraction([copy]), ADAPTER)
      const near = reader.readNeighbourhood()
      expect(near.extractions.map(({ scrapes, posts }) => [scrapes.length, posts.length])).toEqual([
        [1, 0],
        [0, 1],
      ])
      const merged = { ...makeMerged(copy), sources: [copy.provenance, first[1]!.provenance] }
      const joined = makeThread([first[0]!, copy])
      const thread = { ...joined, posts: [joined.posts[0]!, { ...joined.posts[1]!, post: merged }] }
      writer.storeFindings({ ...EMPTY, threads: [thread] }, '1', near.scope)
      expect(threadsOf(reader)).toEqual([thread])

      addScrape(open, 'second scrape')
      expect(
        reader.readNeighbourhood().extractions.map(({ scrapes, posts }) => [scrapes.length, posts.length]),
      ).toEqual([
        [1, 0],
        [0, 1],
        [1, 0],
      ])
      store(open, { threads: [thread] })
    }))

  it('take the whole text page along, other threads of it too', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const posts = addScrape(open, 'scrape')
      store(open, { threads: posts.map((post) => makeThread([post])) })
      const page = makeCapture('page')
      const copy = makePost(2, page, { text: words[1]! })
      writer.storeExtraction(writer.appendCapture(page, run).id, makeExtraction([copy]), ADAPTER)
      const { scope } = reader.readNeighbourhood()
      expect(scope).toMatchObject({ postIds: ['text:p1', 'text:p2'] })
    }))
})

describe('a capture read again by a newer adapter', () => {
  it('takes the place of what the older one read, under whatever ids', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const capture = makeCapture('page')
      const { id, posts } = addPage(writer, run, capture, [1, 2])
      store(open, { threads: [makeThread(posts)] })
      const provenance = { ...makePost(1, capture).provenance, adapterVersion: 2 }
      const renamed = makePost(7, capture, { text: 'Read in quite another way by now', author: null, provenance })
      writer.storeExtraction(id, makeExtraction([renamed]), { ...ADAPTER, version: 2 })
      expect(reader.readNeighbourhood().extractions).toEqual([makeExtraction([renamed])])
      store(open, { threads: [makeThread([renamed])] })
      expect(threadsOf(reader)).toEqual([makeThread([renamed])])
      expect([...reader.allExtractions()]).toEqual([makeExtraction([renamed])])
    }))
})

describe('a part of what waits', () => {
  const textsOf = (extractions: readonly Extraction[]) => extractions.map(({ posts }) => posts.map(({ text }) => text))

  /** A page of two strangers, whose posts touch no others. */
  function addPair({ writer, run }: Open, name: string, at: number): readonly string[] {
    const capture = makeCapture(name, { input: `http://blog.example/${name}` })
    const texts = [`${name} one`, `${name} two`]
    const posts = texts.map((text, n) => {
      const handle = `${name.replace(/\W/g, '')}${n}`
      return makePost(at + n, capture, { text, author: { id: handle, handle, name: null, url: null } })
    })
    writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction(posts), ADAPTER)
    return texts
  }

  it('has as many posts as were asked for, whole pages, and one page at least', () =>
    withArchive((open) => {
      const pages = ['herring', 'mackerel', 'sprat'].map((name, n) => addPair(open, name, 10 * (n + 1)))
      for (const [most, count] of [
        [1, 1],
        [2, 1],
        [3, 2],
        [4, 2],
        [5, 3],
        [99, 3],
      ] as const)
        expect(textsOf(open.writer.readNeighbourhood(most).extractions)).toEqual(pages.slice(0, count))
    }))
})
