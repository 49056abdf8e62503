// Reply ids given: every parent, every main line by the stated rule, every lost post stated. Runs where the real posts
// lie beside the repository.
import { describe, expect, it } from 'vitest'
import { addScores, sayScore, scoreDeclared } from './declared-score.ts'
import { groupSets, readDeclaredSets } from './declared-sets.ts'

const byKind = groupSets(readDeclaredSets())

describe.skipIf(byKind.size === 0)('declared replies of real posts', () => {
  it.each([...byKind])('%s', (kind, sets) => {
    const score = addScores(sets.map(scoreDeclared))
    console.log(`${kind}: ${sayScore(score)}`)
    expect(score.parents[0]).toBe(score.parents[1])
    expect([score.lines[0], score.found]).toEqual([score.lines[1], score.lines[1]])
    expect(score.holes[0]).toBe(score.holes[1])
  })
})
