// What a researcher meets in the views: openings without numbering, links that lead out, and one post's rows without
// all others'.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { NOT_FOUND } from '../../src/errors.ts'
import type { Conversation, Extraction, Post, Unrolled } from '../../src/model.ts'
import { type Open, withArchive } from './open.ts'
import { ADAPTER, EMPTY, makeCapture, makeExtraction, makeMerged, makePost, makeThread } from './samples.ts'

/** An archive of one thread. */
function withThread(changes: Partial<Post>, test: (db: Database, open: Open) => void): void {
  withArchive((open) => {
    const capture = makeCapture('page')
    const posts = [1, 2].map((number) => makePost(number, capture, number === 1 ? changes : {}))
    open.writer.storeExtraction(open.writer.appendCapture(capture, open.run).id, makeExtraction(posts), ADAPTER)
    const unrolled: Unrolled = { ...EMPTY, threads: [makeThread(posts)] }
    open.writer.storeFindings(unrolled, '1', open.writer.readNeighbourhood().scope)
    const db = new SqliteDatabase(join(open.dir, 'archive.sqlite'), { readonly: true })
    test(db, open)
    db.close()
  })
}

describe('the opening of a thread', () => {
  const openings = (db: Database) =>
    ['thread_latest', 'completeness_report'].map((view) => db.prepare(`SELECT opening FROM ${view}`).pluck().get())

  it('is without its number and in one line, in views and lists', () => {
    withThread({ text: '1/3 The lamp\nneeds oil' }, (db, { reader }) => {
      expect(openings(db)).toEqual(['The lamp needs oil', 'The lamp needs oil'])
      const { rows } = reader.listFindings({ limit: 1, after: null })
      expect(rows[0]?.opening).toBe('The lamp needs oil')
    })
  })

  it('is its number where there is nothing else', () => {
    withThread({ text: '1/3 ' }, (db) => expect(openings(db)).toEqual(['1/3', '1/3']))
  })
})

describe('the report on what is not whole', () => {
  it('gives the reasons of a discussion: what the site counts, and what its reader remarked', () =>
    withArchive((open) => {
      const capture = makeCapture('page')
      const [root, reply] = [1, 2].map((number) => makePost(number, capture)) as [Post, Post]
      const note = (code: string, level: 'info' | 'warning', message: string) => ({
        code,
        level,
        message,
        input: 'page',
      })
      const notes = [
        note('comments-elsewhere', 'info', 'Older ones are kept by Quill.'),
        note('drawn-late', 'warning', 'A part was drawn late.'),
        note('zone-unknown', 'info', 'No zone.'),
      ]
      const extraction = { ...makeExtraction([root, reply]), notes }
      open.writer.storeExtraction(open.writer.appendCapture(capture, open.run).id, extraction, ADAPTER)
      const link = { basis: 'declared' as const, p: 1, evidence: [] }
      const conversation: Conversation = {
        id: makeMerged(root).id,
        root: makeMerged(root),
        site: null,
        declaredReplies: 5,
        completeness: 'partial',
        statement: '1 of 5 comments',
        replies: [{ index: 0, parent: null, depth: 0, post: makeMerged(reply), link }],
      }
      const unrolled: Unrolled = { ...EMPTY, conversations: [conversation] }
      open.writer.storeFindings(unrolled, '1', open.writer.readNeighbourhood().scope)
      const db = new SqliteDatabase(join(open.dir, 'archive.sqlite'), { readonly: true })
      expect(db.prepare('SELECT kind, present, declared, reasons FROM completeness_report').all()).toEqual([
        {
          kind: 'conversation',
          present: 1,
          declared: 5,
          reasons:
            '4 of the replies that the site counts are not here. A part was drawn late. Older ones are kept by Quill.',
        },
      ])
      db.close()
    }))
})

describe('the links of a post', () => {
  const html = [
    'https://twitter.com/keeper',
    'https://mobile.twitter.com/keeper',
    'https://lamps.example/oil?a=1&amp;b=2',
    'https://lamps.example/oil?a=1&amp;b=2',
  ]
  const post = {
    html: html.map((url) => `<a href="${url}">here</a>`).join(' '),
    url: 'https://x.com/keeper/status/1710000000000000001',
  }

  it('are named once, and both names of X are one site', () => {
    withThread(post, (db) => {
      expect(db.prepare('SELECT url, leads_out FROM post_links ORDER BY url').raw().all()).toEqual([
        ['https://lamps.example/oil?a=1&b=2', 1],
        ['https://mobile.twitter.com/keeper', 0],
        ['https://twitter.com/keeper', 0],
      ])
    })
  })

  it('are found without looking at other posts', () => {
    withThread(post, (db) => {
      const plan = db
        .prepare<[], { detail: string }>("EXPLAIN QUERY PLAN SELECT * FROM post_links WHERE post_id = 'x:1'")
        .all()
      expect(plan.map(({ detail }) => detail).filter((detail) => /^SCAN p\b/.test(detail))).toEqual([])
      expect(plan.some(({ detail }) => /^SEARCH p USING INDEX/.test(detail))).toBe(true)
    })
  })
})

describe('pages that were not read', () => {
  it('are named until a capture answers for them', () => {
    withArchive(({ dir, writer, run }) => {
      const page = { ...makeExtraction([]), next: ['http://threads.example/2#more', 'http://threads.example/3'] }
      const store = (path: string, status: number, notes: Extraction['notes'] = []) => {
        const url = `http://threads.example/${path}`
        const capture = makeCapture(`${path}, ${notes.length} notes`, { input: url, url, finalUrl: url, status })
        writer.storeExtraction(
          writer.appendCapture(capture, run).id,
          path === '1' ? page : { ...makeExtraction([]), notes },
          ADAPTER,
        )
      }
      const unread = () => {
        const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
        const rows = db.prepare('SELECT page, url FROM unread_pages ORDER BY url').raw().all()
        db.close()
        return rows
      }
      store('1', 200)
      store('3', 404)
      store('2', 200, [{ level: 'warning', code: NOT_FOUND, message: 'There is none.', input: null }])
      expect(unread()).toEqual(page.next.map((url) => ['http://threads.example/1', url]))
      store('2', 200)
      expect(unread()).toEqual([['http://threads.example/1', 'http://threads.example/3']])
    })
  })
})

describe('the numbering of posts', () => {
  const markersOf = (text: string, strips: readonly (readonly [number, number])[]) => {
    const [first = [0, 0], second] = strips
    const rest = second === undefined ? text.slice(first[1]) : text.slice(first[1], second[0]) + text.slice(second[1])
    let found: unknown[] = []
    withArchive((open) => {
      const capture = makeCapture('page')
      const posts = [makePost(1, capture, { text })]
      open.writer.storeExtraction(open.writer.appendCapture(capture, open.run).id, makeExtraction(posts), ADAPTER)
      const { posts: placed, ...thread } = makeThread(posts)
      const cut = placed.map((post) => ({ ...post, strips, text: text.slice(0, first[0]) + rest }))
      open.writer.storeFindings(
        { ...EMPTY, threads: [{ ...thread, posts: cut }] },
        '1',
        open.writer.readNeighbourhood().scope,
      )
      const db = new SqliteDatabase(join(open.dir, 'archive.sqlite'), { readonly: true })
      found = db.prepare('SELECT marker, style FROM thread_markers').raw().all()
      db.close()
    })
    return found
  }

  it.each<[string, readonly (readonly [number, number])[], unknown[]]>([
    ['1/3 The lamp', [[0, 4]], [['1/3', 'n/n']]],
    ['🧵 12/30 The lamp', [[0, 9]], [['🧵 12/30', '🧵 n/n']]],
    ['The 🏮\n\tlamp O needs 🛢️ 2/3', [[24, 28]], [['2/3', 'n/n']]],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 The lamp 1/3', [[23, 27]], [['1/3', 'n/n']]],
    [
      '2/ The 🏮 lamp (2/3)',
      [
        [0, 3],
        [14, 20],
      ],
      [
        ['2/', 'n/'],
        ['(2/3)', '(n/n)'],
      ],
    ],
  ])('is what was taken out, at both ends too, emoji or not: %j', (text, strips, markers) => {
    expect(strips.map(([from, to]) => text.slice(from, to).trim())).toEqual(markers.map((row) => (row as string[])[0]))
    expect(markersOf(text, strips)).toEqual(markers)
  })
})
