// Numbers of one total that cross in time: one thread within a sitting; hours apart two, each of which lacks the other's.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const MILL = [
  'The mill stood idle',
  'Its wheel was sold',
  'The race fell dry',
  'Its stones went north',
  'The roof came last',
]
const TRAM = [
  'A tram ran to the quay',
  'Its bell woke the town',
  'A strike stopped it',
  'Its rails were lifted',
  'A bus came instead',
]

/** Posts 1, 3, 5 of one text at ten o'clock, and 2, 4 of another so much later. */
function threadsOf(others: readonly string[], minutesLater: number) {
  const posts = MILL.map((text, k) => {
    const isOther = k % 2 === 1
    const minute = k + (isOther ? minutesLater : 0)
    const createdAt = new Date(Date.UTC(2024, 3, 2, 10, minute)).toISOString()
    return makePost({ text: `${isOther ? others[k] : text} ${k + 1}/5`, author: 'ada', createdAt })
  })
  return unroll([makePage(posts)], { order: 'none', digest: sha256 }).threads
}

describe('numbers of one total that cross in time', () => {
  it('are of one thread within a sitting', () => {
    expect(threadsOf(MILL, 5).map(({ posts }) => posts.map(({ number }) => number))).toEqual([[1, 3, 5, 2, 4]])
  })

  it('are of two threads hours apart, and neither is complete', () => {
    const threads = threadsOf(TRAM, 300)
    expect(threads.map(({ posts }) => posts.map(({ number }) => number))).toEqual([
      [1, 3, 5],
      [2, 4],
    ])
    expect(threads.map(({ completeness }) => completeness)).toEqual(['partial', 'partial'])
  })
})
