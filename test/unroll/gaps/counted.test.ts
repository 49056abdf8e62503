// Threads without believed numbers that count in their texts: the count shows what is lost.
import { describe, expect, it } from 'vitest'
import { numberByCount } from '../../../src/unroll/gaps/counted.ts'
import { findGaps } from '../../../src/unroll/gaps/gaps.ts'
import type { Numbered } from '../../../src/unroll/gaps/numbered.ts'

const BARE = { declaredTotal: null, isPreview: false, absentParent: null }

function write(texts: readonly string[], number: (at: number) => number | null = () => null): Numbered[] {
  return texts.map((text, at) => ({
    number: number(at),
    total: null,
    ends: false,
    linkP: at === 0 ? null : 1,
    isDeclared: false,
    text,
    time: null,
  }))
}

const drawings = [1, 2, 3, 4, 5, 7, 8].map((day) => `${day}) #inkweek a lantern for the evening`)

describe('numberByCount', () => {
  it('finds the drawing that is lost of one a day', () => {
    expect(findGaps(write(drawings), BARE)).toMatchObject([{ class: 'missing', after: 5, before: 6, count: 1 }])
  })

  it('leaves threads with numbers as they are', () => {
    const posts = write(drawings, (at) => at + 1)
    expect(numberByCount(posts)).toBe(posts)
    expect(findGaps(posts, BARE)).toEqual([])
  })

  it.each([
    ['lists that begin anew', ['1) ropes', '2) tar', '1) oil', '2) wood', '3) nails', '4) sand']],
    ['counts that jump', ['3) ropes', '9) tar', '12) oil', '20) wood', '31) nails']],
    ['few that count', ['1) ropes', 'tar', 'oil', '2) wood', 'nails', 'sand']],
    ['a short thread', ['1) ropes', '2) tar', '4) oil']],
  ])('takes no count from %s', (_, texts) => {
    expect(findGaps(write(texts), BARE)).toEqual([])
  })
})

describe('a count beside the numbers', () => {
  it('says that a number was skipped where it goes as far as ever', () => {
    const numbers = [1, 2, 3, 4, 5, 7, 8]
    const beside = write(
      numbers.map((_, at) => `${2 * at + 2}. A boss who listens`),
      (at) => numbers[at] ?? null,
    )
    const without = beside.map((post) => ({ ...post, text: 'A boss who listens' }))
    const lossOf = (posts: readonly Numbered[]) => findGaps(posts, BARE).find((gap) => gap.class === 'missing')?.p ?? 0
    expect(lossOf(beside)).toBeLessThan(lossOf(without))
  })
})
