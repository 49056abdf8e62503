// A crawl killed at any moment loses nothing it has reported, asks for nothing twice, and goes on to the end.
import { expect, it } from 'vitest'
import { makeFolder } from '../archive/samples.ts'
import { tortureCrawl } from './torture.ts'

const KILLS = 20

/** The same moments every time, as far as a machine lets them be. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

it(`survives ${KILLS} kills in one archive`, async () => {
  const report = await tortureCrawl(makeFolder(), KILLS, seeded(7))
  expect(report.faults).toEqual([])
  expect(report.acknowledged).toBeGreaterThan(50)
}, 180_000)
