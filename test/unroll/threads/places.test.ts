// Which numbers a statement gives to posts that bear none: those that the numbers around them leave, and no others.
import { describe, expect, it } from 'vitest'
import { findGaps, type ThreadContext } from '../../../src/unroll/gaps/gaps.ts'
import type { Numbered } from '../../../src/unroll/gaps/numbered.ts'
import { judgeThread } from '../../../src/unroll/threads/statement.ts'

const BARE: ThreadContext = { declaredTotal: null, isPreview: false, absentParent: null }

function sayOf(numbers: readonly (number | null)[], total: number | null = null, more: Partial<Numbered> = {}): string {
  const posts: Numbered[] = numbers.map((number, at) => ({
    number,
    total: number === null ? null : total,
    ends: false,
    linkP: at === 0 ? null : 1,
    isDeclared: false,
    text: `The lantern was seen again, for the time after time ${at}.`,
    time: null,
    ...more,
  }))
  return judgeThread(posts, findGaps(posts, BARE), BARE, 0).statement
}

const NONE = null

describe('posts without numbers', () => {
  it.each([
    ['between two that leave their places', [1, 2, NONE, 4, 5], null, /^posts 1–5;/],
    ['before the second', [NONE, 2, 3, 4], null, /^posts 1–4;/],
    ['that open', [NONE, 1, 2, 3], null, /^an opening post, posts 1–3;/],
    ['at the end of a total', [1, 2, 3, NONE], 4, /^posts 1–4 of 4;/],
    [
      'behind a total',
      [1, 2, 3, NONE, NONE],
      3,
      /^posts 1–3 of 3, 2 more without a number; the promised total is reached/,
    ],
    ['behind a count that promises nothing', [1, 2, 3, NONE], null, /^posts 1–3, one more without a number;/],
    ['beside a hole', [1, 2, NONE, 5, 6, 7, 8], 8, /^posts 1–2, 5–8 of 8, one more without a number; one of 3–4 /],
    ['amid a total that is not reached', [1, 2, 3, 4, 5, 6, NONE, NONE], 40, /^posts 1–(?:6|8) of 40/],
    ['between numbers that leave no room', [1, NONE, 2, 3, 4, 5], null, /^posts 1–5, one more without a number;/],
  ])('%s', (_, numbers, total, said) => {
    expect(sayOf(numbers, total)).toMatch(said)
  })

  it('never pass a total, nor say more posts than there are', () => {
    const said = sayOf([NONE, 1, 2, NONE, NONE, 5, NONE, NONE, NONE], 6)
    expect(said).toMatch(/^an opening post, posts 1–6 of 6, 2 more without a number/)
  })

  it('open a count whose beginning stands in another thread', () => {
    const said = sayOf([NONE, 21, 22, 23], 23, { isDeclared: true })
    expect(said).toBe('an opening post, posts 21–23 of 23; the first 20 missing; the promised total is reached')
  })

  it('follow numbers that were skipped, each counted', () => {
    expect(sayOf([1, 2, 6, 7], null, { isDeclared: true })).toMatch(/; 3 numbers skipped by the author/)
    expect(sayOf([1, 2, 4, 5], null, { isDeclared: true })).toMatch(/; a number skipped by the author/)
  })
})

describe('numbers that fall', () => {
  it('are out of order, though one stands twice', () => {
    expect(sayOf([1, 2, 3, 5, 4, 7, 6, 8, 10, 9, 10, 11])).not.toMatch(/begins anew|missing/)
  })

  it('begin anew where they run again', () => {
    expect(sayOf([1, 2, 3, 1, 2, 3])).toMatch(/the count begins anew after 3/)
    expect(sayOf([1, 2, 3, 4, 2, 3, 4])).toMatch(/the count begins anew after 4/)
  })
})
