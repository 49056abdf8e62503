// Readings on their way into the archive: together, in their order, each once.
import { describe, expect, it } from 'vitest'
import type { NewReading } from '../../src/archive/facts/extraction-store.ts'
import { createTally } from '../../src/crawl/tally.ts'
import { createUnstored } from '../../src/crawl/unstored.ts'
import { makeCapture, makeExtraction, makePost } from '../archive/samples.ts'

const capture = makeCapture('a page')

function reading(id: number, posts: number): NewReading {
  const made = Array.from({ length: posts }, (_, at) => makePost(at + 1, capture))
  return { captureId: `capture ${id}`, extraction: makeExtraction(made), adapter: null }
}

function start() {
  const rounds: string[][] = []
  const tally = createTally('2026-11-22T00:00:00.000Z')
  const report = { newPosts: 2, newVersions: 1, knownPosts: 0, unchanged: false }
  const storeExtractions = (readings: readonly NewReading[]) => {
    rounds.push(readings.map(({ captureId }) => captureId))
    return readings.map(() => report)
  }
  return { rounds, tally, unstored: createUnstored({ storeExtractions }, tally) }
}

describe('createUnstored', () => {
  it('stores in one round what came since the last, and counts it then', () => {
    const { rounds, tally, unstored } = start()
    for (const id of [1, 2, 3]) unstored.add(reading(id, 1))
    expect([rounds, tally.posts]).toEqual([[], { new: 0, changed: 0 }])
    unstored.store()
    unstored.store()
    unstored.add(reading(4, 1))
    unstored.store()
    expect(rounds).toEqual([['capture 1', 'capture 2', 'capture 3'], ['capture 4']])
    expect(tally.posts).toEqual({ new: 8, changed: 4 })
  })

  it('does not gather without end, by posts or by readings', () => {
    const { rounds, unstored } = start()
    for (let id = 0; id < 20; id++) unstored.add(reading(id, 100))
    expect(rounds.map(({ length }) => length)).toEqual([15])
    for (let id = 0; id < 400; id++) unstored.add(reading(id, 0))
    expect(rounds.every(({ length }) => length <= 200)).toBe(true)
    expect(rounds.length).toBeGreaterThan(2)
  })
})
