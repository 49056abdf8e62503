// Ordering the posts of a found thread: the order is the likeliest of all, and threads keep their posts.

import { describe, expect, it } from 'vitest'
import { acceptMarkers } from '../../../../src/unroll/markers/acceptance/families.ts'
import { makeBag } from '../../../../src/unroll/solve/bag.ts'
import { listChains } from '../../../../src/unroll/solve/chains.ts'
import type { Score } from '../../../../src/unroll/solve/score/joins.ts'
import { orderThreads } from '../../../../src/unroll/solve/search/orders.ts'
import fc from '../../../laws.ts'

const NONE = -1

function bagOf(texts: readonly string[]) {
  const posts = texts.map((text, index) => ({ text, author: 'ada', createdAt: null, index }))
  const acceptances = acceptMarkers(posts)
  const bare = { time: null, idRank: null, page: null, wall: 0, inRun: false, settled: false }
  return makeBag(texts.map((text, at) => ({ ...bare, text, starts: false, ends: false, acceptance: acceptances[at]! })))
}

const nobody = (size: number): Int32Array => new Int32Array(size).fill(NONE)

/** Likes each pair of neighbours as a table says, and nothing else. */
const likes =
  (table: readonly (readonly number[])[]): Score =>
  (_, { posts }) =>
    posts.slice(1).reduce((sum, post, k) => sum + (table[posts[k]!]?.[post] ?? 0), 0)

describe('the order of a found thread', () => {
  it('is the likeliest one of all posts without numbers', () => {
    const bag = bagOf(['The kiln is cold.', 'The clay is wet.', 'The wheel turns.', 'The glaze is blue.'])
    const row = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 4 }), (table) => {
        const score = likes(table)
        const weigh = (posts: readonly number[]): number => score([], { posts, closed: true })
        const [found = []] = listChains(orderThreads(bag, Int32Array.of(1, 2, 3, NONE), nobody(4), score))
        const all = [0, 1, 2, 3].flatMap((a) =>
          [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].flatMap((c) => [0, 1, 2, 3].map((d) => [a, b, c, d]))),
        )
        const most = Math.max(...all.filter((posts) => new Set(posts).size === 4).map(weigh))
        expect(found.toSorted()).toEqual([0, 1, 2, 3])
        expect(weigh(found)).toBeCloseTo(most, 6)
      }),
    )
  })

  it('leaves numbered posts in their order, and threads with given links alone', () => {
    const bag = bagOf(['1/4 The kiln is cold.', '2/4 The clay is wet.', 'The wheel turns.', '4/4 The glaze is blue.'])
    const backwards: Score = (_, { posts }) => posts.slice(1).reduce((sum, post, k) => sum + (posts[k]! - post), 0)
    const thread = Int32Array.of(1, 2, 3, NONE)
    const [ordered] = listChains(orderThreads(bag, thread, nobody(4), backwards))
    expect(ordered?.filter((post) => post !== 2)).toEqual([0, 1, 3])
    expect(orderThreads(bag, thread, Int32Array.of(1, NONE, NONE, NONE), backwards)).toEqual(thread)
  })
})
