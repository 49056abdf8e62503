// A few rounds of what `npm run torture` does many times: kills, power cuts, flipped bits, a bad disk; a rebuild with
// its last record cut; merges in any order; writers and readers at once.
import { describe, expect, it } from 'vitest'
import { tellCrowd, tellMerge, tellRebuild } from '../torture-words.ts'
import { makeFolder } from './samples.ts'
import { crowdArchive } from './torture/crowd.ts'
import { makeDice } from './torture/dice.ts'
import { tortureMerge } from './torture/merging.ts'
import { tortureRebuild } from './torture/rebuilding.ts'
import { tortureArchive } from './torture/torture.ts'

const SEED = 7
/** Of two writers and three readers. */
const MINUTES = 0.1

describe('an archive stands', () => {
  it('a few kills, power cuts, flipped bits and bad disks', async () => {
    const rounds = { kills: 8, cuts: 5, flips: 10, disks: 2 }
    const told = []
    for await (const part of tortureArchive(makeFolder(), rounds, makeDice(SEED))) told.push(part)
    expect(told.filter(({ isWell }) => !isWell)).toEqual([])
    expect(told).toHaveLength(4)
  }, 400_000)

  it('a rebuild whose last record is cut, fact by fact and finding by finding', async () => {
    const report = await tortureRebuild(makeFolder(), 300)
    expect(tellRebuild(report)).toMatchObject({ isWell: true, faults: [] })
    expect(report.rows).toBeGreaterThan(5000)
  }, 400_000)

  it('merges in any order, repeated and killed', async () => {
    expect(tellMerge(await tortureMerge(makeFolder(), 1, makeDice(SEED)))).toMatchObject({ isWell: true, faults: [] })
  }, 400_000)

  it('two writers and three readers at once', async () => {
    const report = await crowdArchive(makeFolder(), MINUTES, makeDice(SEED))
    expect(tellCrowd(report)).toMatchObject({ isWell: true, faults: [] })
    expect(report.adds).toBeGreaterThan(0)
  }, 400_000)
})
