// Numbers in a timeline: a count that goes on speaks for a step, one that starts anew or falls against it.
import { describe, expect, it } from 'vitest'
import { acceptMarkers } from '../../../src/unroll/markers/acceptance/families.ts'
import { type BagPost, makeBag } from '../../../src/unroll/solve/bag.ts'
import { weighCount } from '../../../src/unroll/timelines/counts.ts'

const TEXTS = [
  '1/4 The weir',
  '2/4 Its piles',
  '3/4 Its clay',
  '4/4 Its end',
  'A heron',
  '1/3 The mill',
  '2/3 Its wheel',
  '3/3 Its end',
]

function bagOf() {
  const dated = TEXTS.map((text, k) => ({
    text,
    author: 'ferry',
    createdAt: new Date(k * 60_000).toISOString(),
    index: k,
  }))
  const acceptances = acceptMarkers(dated as never)
  return makeBag(
    TEXTS.map(
      (text, k): BagPost => ({
        ...{ text, time: k * 60_000, idRank: k, page: null, wall: 0, inRun: false, settled: false },
        ...{ acceptance: acceptances[k]!, starts: false, ends: false },
      }),
    ),
    true,
  )
}

describe('weighCount', () => {
  const bag = bagOf()

  it('speaks for the next number, less over a missing one', () => {
    expect(weighCount(bag, 0, 1)).toBeGreaterThan(1)
    expect(weighCount(bag, 0, 2)).toBeLessThan(weighCount(bag, 0, 1))
  })

  it('speaks against a fall, a new first, and what follows the last', () => {
    for (const [i, j] of [
      [2, 1],
      [4, 5],
      [3, 4],
    ] as const)
      expect(weighCount(bag, i, j)).toBeLessThan(-1)
  })

  it('says nothing of posts without numbers', () => {
    expect(weighCount(bag, 4, 4)).toBe(0)
  })
})
