// Laws of long answers: pages laid together are the whole, and whichever way posts are found, the same are found.
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openForReading } from '../../../../src/archive/database/database.ts'
import {
  type SearchLimits,
  type SearchPage,
  type SearchRequest,
  searchPosts,
} from '../../../../src/archive/queries/search/search.ts'
import type { Capture, Post } from '../../../../src/model.ts'
import fc from '../../../laws.ts'
import { makeFolder, makePost, storeThread } from '../../samples.ts'

const WORDS = ['lamp', 'lantern', 'lens', 'oil', 'river', 'gauge', '灯台のレンズ', 'ตะเกียงน้ำมัน', '등대를']
const POSTS = 60
/** Everything at once, and by the index alone. */
const WIDE: SearchLimits = {
  ranked: 1000,
  smallArchive: 1000,
  sample: { window: 1, looked: 1 },
  page: { window: 1000, looked: 1000 },
  sifted: { window: 1000, looked: 1000 },
}
/** As in an archive of millions: little is ranked, pages stop early, short beginnings are sought post by post. */
const NARROW: SearchLimits = {
  ranked: 2,
  smallArchive: 5,
  sample: { window: 3, looked: 6 },
  page: { window: 4, looked: 8 },
  sifted: { window: 4, looked: 8 },
}

const dir = makeFolder()
let db: Database

beforeAll(() => {
  storeThread(dir, (capture) => Array.from({ length: POSTS }, (_, at) => postOf(at, capture)))
  db = openForReading(join(dir, 'archive.sqlite'))
})
afterAll(() => {
  db.close()
})

/** Each post has three words; every fifth is somebody else's, on another host; the days go on. */
function postOf(at: number, capture: Capture): Post {
  const word = (step: number): string => WORDS[(at * step + (at >> 3)) % WORDS.length] ?? ''
  const changes = {
    text: `${word(1)} ${word(2)} ${word(5)}${at % 7 > 0 ? '' : ' 🧵'}`,
    createdAt: `2026-01-${dayOf(at)}T12:00:00.000Z`,
  }
  if (at % 5 > 0) return makePost(at + 100, capture, changes)
  const author = { id: '78', handle: 'Orla_Far', name: 'Orla', url: null }
  return makePost(at + 100, capture, { ...changes, author, url: `https://www.far.example/posts/${at}` })
}

function dayOf(at: number): string {
  return String(1 + Math.floor(at / 2)).padStart(2, '0')
}

function readAll(request: Omit<SearchRequest, 'after'>, limits: SearchLimits): readonly SearchPage[] {
  const pages: SearchPage[] = []
  for (let after: string | null = null; ; ) {
    const page = searchPosts(db, { ...request, after }, limits)
    pages.push(page)
    if (page.next === null) return pages
    after = page.next
  }
}

function idsOf(pages: readonly SearchPage[]): readonly string[] {
  return pages.flatMap(({ hits }) => hits.map(({ post }) => post))
}

const searches = fc.record({
  words: fc
    .array(fc.constantFrom(...WORDS, 'l*', 'la*', 'o*', '"lamp oil"', '台の', 'レン', 'น้ำ', '등대'), {
      minLength: 1,
      maxLength: 2,
    })
    .map((words) => words.join(' ')),
  limit: fc.integer({ min: 1, max: 7 }),
  author: fc.constantFrom(null, null, 'keeper', '@orla_far', 'Orla', 'nobody'),
  site: fc.constantFrom(null, null, 'x', 'far.example', 'elsewhere.example'),
  since: fc.constantFrom(null, null, '2026-01-09T00:00:00.000Z'),
  until: fc.constantFrom(null, null, '2026-01-20T23:59:59.999Z'),
})

describe('a search', () => {
  it('gives each hit once, on whichever pages, in whichever way it is found', () => {
    fc.assert(
      fc.property(searches, (request) => {
        const whole = idsOf([searchPosts(db, { ...request, limit: POSTS }, WIDE)])
        const [wide, narrow] = [readAll(request, WIDE), readAll(request, NARROW)]
        if (wide.every(({ order }) => order === 'rank')) expect(idsOf(wide)).toEqual(whole)
        expect([...idsOf(wide)].sort()).toEqual([...whole].sort())
        expect([...idsOf(narrow)].sort()).toEqual([...whole].sort())
        for (const { hits } of [...wide, ...narrow]) expect(hits.length).toBeLessThanOrEqual(request.limit)
      }),
      { numRuns: 150 },
    )
  })

  it('says so where hits are not ranked, and how far it looked', () => {
    const [first, second] = readAll({ words: 'lamp', limit: 2, since: '2026-01-25T00:00:00.000Z' }, NARROW)
    expect([first?.order, second?.order]).toEqual(['stored', 'stored'])
    expect(first?.remark).toMatch(/^too many posts match to rank them: those stored last come first/)
    const late = readAll({ words: 'lamp', limit: 2, until: '2026-01-02T00:00:00.000Z' }, NARROW)
    expect(late[0]).toMatchObject({
      hits: [],
      remark: expect.stringMatching(/this page has looked at 8, the next looks on$/),
    })
    expect(readAll({ words: 'レン', limit: 2 }, WIDE)[0]?.remark).toMatch(/^posts were looked at one by one/)
    expect(readAll({ words: 'lamp', limit: 2 }, WIDE)[0]).toMatchObject({ order: 'rank', remark: null })
  })

  it('is narrowed by author, site and time', () => {
    const count = (filter: Omit<SearchRequest, 'words' | 'limit'>): number =>
      searchPosts(db, { words: 'l*', limit: POSTS, ...filter }, WIDE).hits.length
    const all = count({})
    expect(count({ author: 'ORLA_far' })).toBe(count({ site: 'far.example' }))
    expect(count({ author: '@keeper' }) + count({ author: 'Orla' })).toBe(all)
    expect(count({ site: 'x' })).toBe(all)
    expect(count({ site: 'www.far.example' })).toBe(count({ author: 'Orla' }))
    const noon = searchPosts(db, { words: 'l*', limit: 1 }, NARROW).hits[0]?.createdAt ?? ''
    const [before, at, after] = [{ until: noon }, { since: noon, until: noon }, { since: noon }].map(count)
    expect(before! + after! - at!).toBe(all)
    expect(at).toBeGreaterThan(0)
    expect(count({ author: 'nobody' })).toBe(0)
  })

  it('refuses a key that it did not print', () => {
    for (const after of ['x', '1/2/3', '-1', '1; DROP'])
      expect(() => searchPosts(db, { words: 'lamp', limit: 1, after })).toThrow(/is not a key that/)
  })
})

describe('words of scripts without spaces, and pictures,', () => {
  it.each([
    ['灯台', /\[灯台\]のレンズ/],
    ['台の', /灯\[台の\]レンズ/],
    ['น้ำมัน', /ตะเกียง\[น้ำมัน\]/],
    ['등대', /\[등대를\]/],
    ['lamp レンズ', /\[lamp\]/],
    ['🧵', /\[🧵\]$/],
    ['lamp 🧵', /\[lamp\]/],
  ])('such as %s are found inside a line', (words, snippet) => {
    const { hits } = searchPosts(db, { words, limit: 3 })
    expect(hits.length).toBeGreaterThan(0)
    for (const hit of hits) expect(hit.snippet).toMatch(snippet)
  })
})
