// What the views of gone pages and posts claim, look after look: a deletion is told, and nothing else is taken for one,
// be it a wall, another software, a list that slides, or a page that is drawn in parts.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { NOT_FOUND, REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR } from '../../src/errors.ts'
import type { Capture, Extraction, Post } from '../../src/model.ts'
import { withArchive } from './open.ts'
import { ADAPTER, makeCapture, makeExtraction, makePost } from './samples.ts'

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2016, 0, 1)

/** A look at one page: what it shows, or what comes in its place. */
interface Shown {
  /** In page order. */
  readonly posts?: readonly number[]
  readonly kind?: Post['kind']
  readonly changes?: Partial<Extraction>
  readonly capture?: Partial<Capture>
  readonly adapter?: string
  /** What the adapter's next version reads in the same bytes, when all looks are made. */
  readonly reread?: Pick<Shown, 'posts' | 'kind' | 'changes'>
}

/** Looks a day apart, from day 0; gives the rows of both views. */
function lookDaily(looks: readonly Shown[]) {
  let found = { posts: [] as readonly unknown[], pages: [] as readonly unknown[] }
  withArchive(({ dir, writer, run }) => {
    const ids = looks.map((look, day) => writer.appendCapture(captureOf(look, day), run).id)
    const read = (day: number, look: Shown, version: number): void => {
      const { adapter: name = ADAPTER.name } = looks[day]!
      writer.storeExtraction(ids[day]!, extractionOf(look, captureOf(looks[day]!, day)), { name, version })
    }
    for (const [day, look] of looks.entries()) read(day, look, 1)
    for (const [day, { reread }] of looks.entries()) if (reread !== undefined) read(day, reread, 2)
    const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
    const rows = (what: string) => db.prepare<[], [unknown, ...unknown[]]>(`SELECT ${what} ORDER BY 1`).raw().all()
    found = {
      posts: rows('substr(id, -4), gone_since_at_least FROM gone_posts').map(([id, since]) => [
        Number(id),
        dayOf(since),
      ]),
      pages: rows('status, last_seen_at, gone_since_at_least FROM gone_pages').map(([status, ...times]) => [
        status,
        ...times.map(dayOf),
      ]),
    }
    db.close()
  })
  return found
}

function captureOf({ capture }: Shown, day: number): Capture {
  const capturedAt = new Date(FIRST_DAY + day * DAY_MS).toISOString()
  return makeCapture(`day ${day}`, { capturedAt, ...capture })
}

function extractionOf({ posts = [], kind = 'post', changes }: Shown, capture: Capture): Extraction {
  return { ...makeExtraction(posts.map((number, index) => makeNumbered(number, { kind, index }, capture))), ...changes }
}

/** Post n was written in hour n. */
function makeNumbered(number: number, changes: Partial<Post>, capture: Capture): Post {
  const ref = { platform: 'x', id: `171000000000000${String(number).padStart(4, '0')}` }
  const createdAt = new Date(FIRST_DAY + number * 3_600_000).toISOString()
  return { ...makePost(1, capture), key: `p${number}`, ref, text: `Note ${number}`, createdAt, ...changes }
}

function dayOf(time: unknown): number {
  return Math.floor((Date.parse(String(time)) - FIRST_DAY) / DAY_MS)
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

describe('posts that are gone', () => {
  it('are not those whose page is behind a wall now, or nothing without its script', () => {
    withArchive(({ dir, writer, run }) => {
      const store = (day: string, numbers: readonly number[], notes: Extraction['notes']) => {
        const capture = makeCapture(`day ${day}`, { capturedAt: `2026-03-${day}T00:00:00.000Z` })
        const posts = numbers.map((number) => makePost(number, capture))
        writer.storeExtraction(writer.appendCapture(capture, run).id, { ...makeExtraction(posts), notes }, ADAPTER)
      }
      store('05', [1, 2], [])
      const codes = [...REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR, 'nothing-readable']
      for (const [at, code] of codes.entries())
        store(`1${at}`, [], [{ level: 'warning', code, message: code, input: null }])
      const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
      expect(db.prepare('SELECT id FROM gone_posts').all()).toEqual([])
      db.close()
    })
  })

  it('are those whose page says so, whatever its status; a further page that says so is not read', () => {
    withArchive(({ dir, writer, run }) => {
      const store = (day: string, extraction: Extraction) => {
        const capture = makeCapture(`day ${day}`, { capturedAt: `2026-03-${day}T00:00:00.000Z` })
        writer.storeExtraction(writer.appendCapture(capture, run).id, extraction, ADAPTER)
      }
      const said = (code: string): Extraction => {
        const note = { level: 'warning', code, message: 'in its words', input: null } as const
        return { ...makeExtraction([]), notes: [note] }
      }
      store('05', makeExtraction([makePost(1, makeCapture('day 05'))]))
      const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
      const idsIn = (view: string) => db.prepare(`SELECT gone_since_at_least, last_seen_at FROM ${view}`).raw().all()
      store('06', said(SITE_ERROR))
      expect([idsIn('gone_pages'), idsIn('gone_posts')]).toEqual([[], []])
      store('07', said(NOT_FOUND))
      const gone = [['2026-03-07T00:00:00.000Z', '2026-03-05T00:00:00.000Z']]
      expect([idsIn('gone_pages'), idsIn('gone_posts')]).toEqual([gone, gone])
      const instead = db.prepare('SELECT code, message FROM shown_instead ORDER BY captured_at').raw().all()
      expect(instead).toEqual([
        [SITE_ERROR, 'in its words'],
        [NOT_FOUND, 'in its words'],
      ])
      db.close()
    })
  })

  it('are told by when pages were captured, not by when they came into the archive', () => {
    withArchive(({ dir, writer, run }) => {
      const store = (day: string, numbers: readonly number[]) => {
        const capture = makeCapture(`day ${day}`, { capturedAt: `2026-03-${day}T00:00:00.000Z` })
        const posts = numbers.map((number) => makePost(number, capture))
        writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction(posts), ADAPTER)
      }
      store('05', [1, 2])
      store('06', [1])
      store('04', [])
      const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
      const gone = db.prepare('SELECT id, last_seen_at, gone_since_at_least FROM gone_posts').raw().all()
      db.close()
      expect(gone).toEqual([['x:1710000000000000002', '2026-03-05T00:00:00.000Z', '2026-03-06T00:00:00.000Z']])
    })
  })
})

describe('a list that slides', () => {
  const LOOKS = 30
  const SIZE = 8
  const DELETED = [9, 24]
  /** The newest posts at each look, two new ones a look, without those that were deleted the look after they came. */
  const newest = (look: number): readonly number[] =>
    times(200, (at) => at)
      .filter((number) => number < SIZE + 2 * look && !(DELETED.includes(number) && number < SIZE + 2 * look - 4))
      .slice(-SIZE)
  const expected = [
    [9, 3],
    [24, 11],
  ]

  it.each<[string, (posts: readonly number[]) => readonly number[]]>([
    ['the newest first', (posts) => [...posts].reverse()],
    ['the newest last', (posts) => posts],
    ['an old one pinned on top', (posts) => [0, ...[...posts].reverse().filter((number) => number !== 0)]],
  ])('has lost what went out of its middle, and no other post: %s', (_, order) => {
    expect(lookDaily(times(LOOKS, (look) => ({ posts: order(newest(look)) }))).posts).toEqual(expected)
  })

  it('tells nothing when all of it is new', () => {
    expect(lookDaily([{ posts: [3, 2, 1] }, { posts: [9, 8, 7] }]).posts).toEqual([])
    expect(lookDaily([{ posts: [0, 3, 2, 1] }, { posts: [0, 9, 8, 7] }]).posts).toEqual([])
  })

  it('tells nothing when it is shorter and leads on', () => {
    const changes = { next: ['http://threads.example/1?page=2'] }
    expect(lookDaily([{ posts: [3, 2, 1] }, { posts: [3, 2], changes }]).posts).toEqual([])
  })

  it('tells nothing when it is in no order of time', () => {
    expect(lookDaily([{ posts: [5, 9, 1, 7] }, { posts: [5, 1, 7, 3] }]).posts).toEqual([])
  })
})

describe('a page of comments', () => {
  const kind = 'comment'
  const page = (...posts: readonly number[]): Shown => ({ kind, posts })

  it('has lost those it shows no more, be others new or not', () => {
    expect(lookDaily([page(1, 2, 3), page(2, 3), page(2, 4)]).posts).toEqual([
      [1, 1],
      [3, 2],
    ])
  })

  it('has lost none that may stand on a further page', () => {
    const changes = { next: ['http://threads.example/1?page=1'] }
    expect(lookDaily([page(1, 2, 3), { ...page(4), changes }]).posts).toEqual([])
    expect(lookDaily([page(1, 2, 3), { ...page(4), changes }, page(4)]).posts).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ])
  })

  it('has lost one between two that stay, when the same further page goes on', () => {
    const changes = { next: ['http://threads.example/1?page=2'] }
    expect(
      lookDaily([
        { ...page(1, 2, 3), changes },
        { ...page(1, 3), changes },
      ]).posts,
    ).toEqual([[2, 1]])
  })

  it('tells nothing when it counts them and shows none, or another adapter reads it', () => {
    const declared = { title: null, site: null, replies: 3 }
    expect(lookDaily([page(1, 2, 3), { changes: { declared } }]).posts).toEqual([])
    expect(lookDaily([page(1, 2, 3), { posts: [9], kind: 'article', adapter: 'article' }]).posts).toEqual([])
  })
})

it('a post whose page is gone is, as soon as no feed shows it any more', () => {
  const feed: Shown = { posts: [1], adapter: 'feed', capture: { url: 'http://threads.example/feed' } }
  const emptied: Shown = { ...feed, posts: [] }
  const gone: Shown = { capture: { status: 404 } }
  expect(lookDaily([{ posts: [1] }, gone, feed, emptied]).posts).toEqual([])
  expect(lookDaily([{ posts: [1] }, gone, feed, emptied, gone]).posts).toEqual([[1, 4]])
})

it('a page that a browser draws in parts loses nothing while it is scrolled', () => {
  const part = (posts: readonly number[], capturedAt: string): Shown => ({
    posts,
    capture: { method: 'browser', capturedAt },
  })
  const parts = [part([9, 8, 7], '2016-01-01T00:00:00.000Z'), part([6, 5, 4], '2016-01-01T00:00:05.000Z')]
  expect(lookDaily(parts).posts).toEqual([])
})

describe('a page that is gone', () => {
  const there: Shown = { posts: [1] }
  const status = (code: number): Shown => ({ capture: { status: code } })

  it('is so since the first look that said so after it was seen last', () => {
    expect(lookDaily([there, status(404), there, status(404), status(410), status(404)]).pages).toEqual([[404, 2, 3]])
  })

  it('is so though its site is in trouble or behind a wall since', () => {
    const wall = { notes: [{ level: 'warning', code: SITE_ERROR, message: 'later', input: null }] } as const
    const looks = [there, status(404), status(503), status(403), status(429), { changes: wall }]
    expect(lookDaily(looks).pages).toEqual([[404, 0, 1]])
  })

  it('is not when it was moved, or is there again', () => {
    expect(lookDaily([there, status(404), status(301)]).pages).toEqual([])
    expect(lookDaily([there, status(404), there]).pages).toEqual([])
  })
})

describe('what a newer version of an adapter reads otherwise', () => {
  it('leaves none gone that is no post to it', () => {
    const misread: Shown = { posts: [1, 2, 3], reread: { posts: [1, 3] } }
    expect(lookDaily([misread, misread, { posts: [1, 3] }]).posts).toEqual([])
  })

  it('leaves none gone that has another id to it', () => {
    expect(lookDaily([{ posts: [1, 2, 3], reread: { posts: [11, 12, 13] } }, { posts: [11, 12, 13] }]).posts).toEqual(
      [],
    )
  })

  it('brings back a page that was taken for gone, and takes away one that was taken for there', () => {
    const note = { level: 'warning', code: NOT_FOUND, message: 'There is none.', input: null } as const
    const changes = { notes: [note] }
    const found = lookDaily([{ posts: [1] }, { changes, reread: { posts: [1] } }])
    expect(found).toEqual({ posts: [], pages: [] })
    const lost = lookDaily([{ posts: [1] }, { posts: [9], reread: { changes } }])
    expect(lost).toEqual({ posts: [[1, 1]], pages: [[200, 0, 1]] })
  })
})
