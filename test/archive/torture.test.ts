// A few rounds of what `npm run torture -- archive` does many times: kills, power cuts, flipped bits, a bad disk.
import { expect, it } from 'vitest'
import { makeFolder } from './samples.ts'
import { isUnhurt, tortureArchive } from './torture/torture.ts'

/** Park and Miller's: the same rounds each time. */
function makeDice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

it('an archive stands a few of each', async () => {
  const report = await tortureArchive(makeFolder(), { kills: 6, cuts: 8, flips: 26, disks: 1 }, makeDice(7))
  expect(report.kills).toMatchObject({ kills: 6, faults: [] })
  expect(report.flips).toMatchObject({ servedSilently: 0, missed: [], lostByRecover: 0 })
  expect([...(report.power?.faults ?? []), ...(report.disks?.faults ?? [])]).toEqual([])
  expect(isUnhurt(report)).toBe(true)
}, 180_000)
