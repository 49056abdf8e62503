// Counts of points inside a thread are words of its posts; a thread's own count with some of its posts is not taken for
// one.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Post, Thread } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { declared, makePage, makePost } from '../../arbitrary.ts'

/** A chain of answers with these texts. */
function threadOf(texts: readonly string[]): Thread | undefined {
  const posts: Post[] = texts.map((text, k) =>
    makePost({ text, author: 'ada', id: String(7000 + k), parent: k === 0 ? null : declared(String(6999 + k)) }),
  )
  return unroll([makePage(posts)], { order: 'page', digest: sha256 }).threads[0]
}

const numbersOf = (thread: Thread | undefined) => thread?.posts.map(({ number }) => number)
const words = (k: number): string =>
  `the ${['harbour', 'lantern', 'violin', 'orchard'][k % 4]} of day ${'abcdefghijkl'[k]} was seen`
const lines = (count: number, from = 0): string[] => Array.from({ length: count }, (_, k) => words(from + k))

describe('a count that bears few of its posts, and misfits their places', () => {
  it.each([
    [
      'of points with posts between',
      [words(0), words(1), `1) ${words(2)}`, words(3), `2) ${words(4)}`, words(5), `3) ${words(6)}`],
    ],
    ['of a list amid the thread', [...lines(3), ...[1, 2, 3].map((n) => `${n}. ${words(2 + n)}`), ...lines(3, 7)]],
    [
      'of four posts amid eleven, with a total',
      [...lines(4), ...[1, 2, 3, 4].map((n) => `${words(3 + n)} ${n}/4`), ...lines(3, 8)],
    ],
    [
      'of which only the last stands alone',
      [words(0), `1. ${words(1)}\n\n2. ${words(2)}`, `3. ${words(3)}\n\n4. ${words(4)}`, `5. ${words(5)}`, words(6)],
    ],
  ])('stays in the texts: %s', (_, texts) => {
    const thread = threadOf(texts)
    expect(thread?.posts.map(({ text }) => text)).toEqual(texts)
    expect(numbersOf(thread)).toEqual(texts.map(() => null))
    expect(thread).toMatchObject({
      statement: `${texts.length} posts; nothing says where it ends`,
      gaps: [],
      declaredTotal: null,
    })
  })

  it.each([
    ['begun and given up', [`1/ ${words(0)}`, ...lines(6, 1)], 1],
    [
      'borne by some in their places',
      [words(0), `${words(1)} (2/n)`, ...lines(3, 2), `${words(5)} (6/n)`, words(6)],
      2,
    ],
    [
      'behind an opening, with words behind',
      [words(0), `1. ${words(1)}`, `2. ${words(2)}`, `3. ${words(3)}`, ...lines(3, 4)],
      3,
    ],
  ])('is its own where the numbers fit their places: %s', (_, texts, count) => {
    expect(numbersOf(threadOf(texts))?.filter((number) => number !== null).length).toBe(count)
  })
})
