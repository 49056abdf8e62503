// Halves of two threads that fit together by their numbers alone, told by the ways in which they are written.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import fc, { lawCases } from '../../../laws.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const BREAD = [
  'The starter was fed with cold water from the tap.',
  'Warm water wakes the yeast of a starter.',
  'A jar of starter on the radiator doubled overnight.',
  'Flour has a birthday; the miller knows it.',
  'The loaf from old flour stayed flat.',
]
const HARBOUR = [
  'The harbour was dug by people nobody paid.',
  'Their names are on a wall behind the fish market.',
  'A guard at the wall knew two of the names.',
  'In spring the wall was washed, and dates appeared.',
  'The library has a chapter on each name.',
]

type Way = (text: string) => string
const plain: Way = (text) => text
const WAYS: readonly (readonly [name: string, way: Way])[] = [
  ['hashtags', (text) => `${text} #notes`],
  ['an address', (text) => `@harbourmaster ${text}`],
  ['capitals', (text) => text.toUpperCase()],
  ['lower case and no full stop', (text) => text.toLowerCase().slice(0, -1)],
]

/** Posts 1 to `size`, the first `cut` of them in one way and the others in another. */
function unrollHalves(before: readonly string[], after: readonly string[], order: readonly number[]) {
  const size = before.length + after.length
  const texts = [...before, ...after].map((text, at) => `${text} (${at + 1}/${size})`)
  const posts = order.map((at) => makePost({ text: texts[at] ?? '' }))
  return unroll([makePage(posts)], { order: 'none', digest: sha256 }).threads
}

const inOrder = Array.from({ length: 10 }, (_, k) => k)

describe('numbers that fit where the way of writing changes', () => {
  it.each(WAYS)('are not sure to be one thread, and why is told: %s', (_, way) => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(inOrder, { minLength: 10 }),
        fc.integer({ min: 2, max: 5 }),
        fc.boolean(),
        (order, from, isFirst) => {
          const [a, b] = isFirst ? [plain, way] : [way, plain]
          const [before, after] = [BREAD.slice(-from).map(a), HARBOUR.slice(-from).map(b)]
          const threads = unrollHalves(
            before,
            after,
            order.filter((at) => at < 2 * from),
          )
          for (const { completeness, statement } of threads) {
            expect(completeness).not.toBe('complete')
            expect(statement).toContain('not sure to be one thread')
          }
          const kinds = threads.flatMap(({ posts }) => posts.flatMap(({ link }) => link?.evidence ?? []))
          expect(kinds.filter(({ kind }) => kind === 'habits-change')).toHaveLength(1)
        },
      ),
      { numRuns: lawCases(12) },
    )
  })

  it('are one thread where all of it is written in one way, or one post only in another', () => {
    for (const [, way] of WAYS) {
      const [thread] = unrollHalves(HARBOUR.map(way), [], [3, 1, 4, 0, 2])
      expect(thread).toMatchObject({ completeness: 'complete', posts: { length: 5 } })
      const last = HARBOUR.map((text, at) => (at === 4 ? way(text) : text))
      expect(unrollHalves(last, [], [3, 1, 4, 0, 2])[0]?.completeness).toBe('complete')
    }
  })
})
