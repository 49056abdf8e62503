// Search: words are words, whatever signs a person types.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ArchiveReader, openArchiveReader } from '../../../../src/archive/reader.ts'
import fc from '../../../laws.ts'
import { makeFolder, makePost, storeThread } from '../../samples.ts'

const TEXTS = [
  'The lighthouse keeper counts the oil, café au lait beside him',
  'Counting oil is NOT counting sheep; OR so they say near the river',
  'He said "never trust a river gauge" and left',
  'C++ and title:text are no queries, nor is lighthouse*',
]

describe('search', () => {
  const dir = makeFolder()
  let reader: ArchiveReader

  beforeAll(() => {
    storeThread(dir, (capture) => TEXTS.map((text, index) => makePost(index + 1, capture, { text })))
    reader = openArchiveReader(dir)
  })
  afterAll(() => {
    reader.close()
  })

  const hits = (words: string): number[] =>
    reader
      .search({ words, limit: 10 })
      .hits.map(({ post }) => Number(post.slice(-1)))
      .sort()

  it.each([
    ['lighthouse', [1, 4]],
    ['LIGHTHOUSE oil', [1]],
    ['cafe', [1]],
    ['count*', [1, 2]],
    ['"river gauge"', [3]],
    ['"gauge river"', []],
    ['"river ga"*', [3]],
    ['NOT', [2]],
    ['counting OR sheep', [2]],
    ['title:text', [4]],
    ['C++', [4]],
    ['river -gauge', [3]],
    ['"unclosed lighthouse', []],
    ['( ) * ^ " NEAR', [2]],
    ['', []],
    ['***', []],
    ['lighthouse AND', [4]],
    ['lighthouse AND oil', []],
  ])('%j finds posts %j', (words, expected) => {
    expect(hits(words)).toEqual(expected)
  })

  it('shows the words around a match and where the post stands', () => {
    expect(reader.search({ words: 'gauge', limit: 1 }).hits).toEqual([
      {
        post: 'x:1710000000000000003',
        thread: 'x:1710000000000000001',
        author: 'keeper',
        createdAt: '2026-01-02T03:04:03.000Z',
        url: null,
        snippet: 'He said "never trust a river [gauge]" and left',
      },
    ])
  })

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'"*()^:-+{}, ANDORNEAR\0lighthouse') }),
        ),
        (words) => {
          reader.search({ words, limit: 3 })
        },
      ),
      { numRuns: 2000 },
    )
  })
})
