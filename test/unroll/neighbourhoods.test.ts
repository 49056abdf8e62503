// Neighbourhoods: unrolled one by one they give what they give together.

import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, Post, Unrolled } from '../../src/model.ts'
import { asRead, clusterFiles, splitNeighbourhoods } from '../../src/unroll/neighbourhoods.ts'
import { readNames } from '../../src/unroll/page-names.ts'
import { type Share, unroll, unrollEach } from '../../src/unroll/unroll.ts'
import fc, { lawCases } from '../laws.ts'
import { declared, makePage, makePost, smallPage } from './arbitrary.ts'

const options = { order: 'page', digest: sha256 } as const
const textsOf = (pages: readonly Extraction[]): readonly (readonly string[])[] =>
  [...splitNeighbourhoods(pages.map(asRead))].map((part) =>
    part.read().flatMap(({ posts }) => posts.map(({ text }) => text)),
  )
const unrollParts = (pages: readonly Extraction[], share?: Share) => [...unrollEach(pages.map(asRead), options, share)]

/** All findings, in an order of their own: only their order among authors may differ. */
function findingsOf(parts: Iterable<Unrolled>): unknown {
  const all = [...parts]
  const list = (name: keyof Unrolled): readonly string[] =>
    all.flatMap((part) => part[name].map((one) => JSON.stringify(one))).sort()
  return [list('threads'), list('conversations'), list('unplaced'), list('edges'), list('handovers'), list('notes')]
}

/** Two or three pages; some posts answer posts of other pages. */
const madePages: fc.Arbitrary<readonly Extraction[]> = fc
  .array(fc.tuple(smallPage, fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 3 })
  .map((pages) =>
    pages.map(([posts, answers, named], n) => {
      const reply = { author: `guest ${n}`, id: `${900 + n}`, text: 'So it is.', parent: declared('5000000') }
      const note = { level: 'info', code: 'made', message: `page ${n}`, input: null } as const
      return makePage(
        [...posts, ...(answers ? [makePost(reply)] : []), ...(named ? [] : [makePost({ text: 'Ahoy', author: null })])],
        { notes: [note] },
      )
    }),
  )

describe('splitNeighbourhoods', () => {
  it('gives part by part what all give together', () => {
    fc.assert(
      fc.property(madePages, (pages) => {
        const together = findingsOf([unroll(pages, options)])
        expect(findingsOf(unrollParts(pages))).toEqual(together)
        expect(findingsOf(unrollClusters(pages))).toEqual(together)
      }),
      { numRuns: lawCases(200) },
    )
  })

  it('gives share by share what it gives at once, in the same order', () => {
    fc.assert(
      fc.property(madePages, fc.integer({ min: 2, max: 4 }), (pages, of) => {
        const shares = Array.from({ length: of }, (_, part) => unrollParts(pages, { part, of }))
        expect(shares.flat()).toEqual(unrollParts(pages))
      }),
      { numRuns: lawCases(100) },
    )
  })

  it('parts authors who do not answer each other, in the order of their first posts', () => {
    const post = (text: string, author: string) => makePost({ text, author, createdAt: '2026-01-01T00:00:00.000Z' })
    const page = makePage([post('b1', 'ben'), post('a1', 'ada'), post('b2', 'ben')])
    expect(textsOf([page, makePage([post('a2', 'ada'), post('c1', 'cy')])])).toEqual([
      ['b1', 'b2'],
      ['a1', 'a2'],
      ['c1'],
    ])
  })

  it('keeps together what a reply, a shared absent parent, a page of its own kind or a nameless text may join', () => {
    const [asked, answer] = [
      makePost({ text: 'q', author: 'ada', id: '1' }),
      makePost({ text: 'r', author: 'ben', parent: declared('1') }),
    ]
    expect(textsOf([makePage([asked, answer])])).toHaveLength(1)
    const absent = ['ada', 'ben'].map((author) => makePost({ text: author, author, parent: declared('7') }))
    expect(textsOf([makePage(absent)])).toHaveLength(1)
    expect(textsOf([makePage([post('x', 'ada'), { ...post('y', 'ben'), kind: 'comment' }])])).toHaveLength(1)
    expect(
      textsOf([makePage([post('x', 'ada'), makePost({ text: 'y', author: null }), post('z', 'ben')])]),
    ).toHaveLength(1)
  })

  it('keeps pages of bare texts whole where an author of one stands on another too: a copy would make them one page', () => {
    const pages = [makePage([post('b1', 'ben'), post('a1', 'ada')]), makePage([post('a2', 'ada'), post('c1', 'cy')])]
    expect(textsOf(pages)).toEqual([['b1', 'a1', 'a2', 'c1']])
  })

  it('holds pages together that share an author, a reply or a copy, in the order of the first', () => {
    const pages = [[post('a1', 'ada')], [post('b1', 'ben')], [post('a2', 'ada')]].map((posts) => makePage(posts))
    const clustersOf = (all: readonly Extraction[]) => clusterFiles(all.map((page) => [readNames(page)]))
    expect(clustersOf(pages)).toEqual([[0, 2], [1]])
    const answer = makePost({ text: 'r', author: 'cy', parent: declared('7') })
    const absent = makePost({ text: 's', author: 'di', parent: declared('7') })
    expect(clustersOf([...pages, makePage([answer]), makePage([absent])])).toEqual([[0, 2], [1], [3, 4]])
    expect(clustersOf([...pages, makePage([makePost({ text: 'y', author: null })])])).toEqual([[0, 1, 2, 3]])
  })

  it('tells a remark once', () => {
    const note = { level: 'warning', code: 'row-unread', message: 'In line 3: not JSON.', input: null } as const
    const page = makePage([post('a', 'ada'), post('b', 'ben')], { notes: [note] })
    expect(unrollParts([page]).map(({ notes }) => notes.length)).toEqual([1, 0])
  })
})

/** Cluster by cluster, told by the names on the pages alone. */
function unrollClusters(pages: readonly Extraction[]): readonly Unrolled[] {
  return clusterFiles(pages.map((page) => [readNames(page)])).flatMap((cluster) =>
    unrollParts(cluster.map((n) => pages[n] as Extraction)),
  )
}

function post(text: string, author: string): Post {
  return makePost({ text, author })
}
