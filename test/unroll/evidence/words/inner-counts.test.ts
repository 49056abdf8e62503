// Counts inside texts: which signs count, and how far counting goes from post to post.
import { describe, expect, it } from 'vitest'
import { readInnerCount, stepOfCounts } from '../../../../src/unroll/evidence/words/inner-counts.ts'

describe('readInnerCount', () => {
  it.each([
    ['16. My boss knows when to let go', { first: 16, last: 16 }],
    ['Two more:\n3) ropes\n4) tar', { first: 3, last: 4 }],
    ['Of the nine, 7: patience', { first: 7, last: 7 }],
  ])('reads %j', (text, count) => {
    expect(readInnerCount(text)).toEqual(count)
  })

  it.each(['At 7:30 we left', 'Version 1.2.3 is out', 'It cost 12.50 in all', 'No. 0. nothing', ''])(
    'passes %j',
    (text) => {
      expect(readInnerCount(text)).toBeNull()
    },
  )
})

describe('stepOfCounts', () => {
  const at = (number: number) => ({ first: number, last: number })
  it('is one where the next post goes on, and null where one is silent', () => {
    expect(stepOfCounts({ first: 1, last: 4 }, at(5))).toBe(1)
    expect(stepOfCounts(at(5), at(7))).toBe(2)
    expect(stepOfCounts(at(5), null)).toBeNull()
  })
})
