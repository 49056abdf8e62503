// A bag too large to draw arrangements of: what single moves say against a link is too little there, and is believed
// less.
import { describe, expect, it } from 'vitest'
import { fittedFor } from '../../../src/unroll/evidence/weights/fitted.ts'
import { acceptMarkers } from '../../../src/unroll/markers/acceptance/families.ts'
import { type Bag, makeBag, NONE } from '../../../src/unroll/solve/bag.ts'
import { judgeLink, toSolvedBag } from '../../../src/unroll/solve/certainty/certainty.ts'
import { solveBag } from '../../../src/unroll/solve/passes.ts'

/** Above the 128 posts of which arrangements are drawn. */
const POSTS = 150
const LENGTH = 5
const NOUNS = ['harbour', 'kiln', 'orchard', 'ledger', 'comet', 'violin', 'glacier', 'pantry', 'turbine', 'mosaic']

/** Threads of five posts, all in one form: nothing but a word in each tells one thread's 3/5 from another's. */
function bagOf(hasIds: boolean): Bag {
  const texts = Array.from({ length: POSTS }, (_, at) => {
    const thread = Math.floor(at / LENGTH)
    return `${(at % LENGTH) + 1}/${LENGTH} The ${NOUNS[thread % NOUNS.length]} of that year, ${NOUNS[(at * 7) % NOUNS.length]} and all`
  })
  const acceptances = acceptMarkers(texts.map((text, index) => ({ text, author: 'ada', createdAt: null, index })))
  const bare = { time: null, page: null, wall: 0, inRun: false, settled: false, starts: false, ends: false }
  return makeBag(texts.map((text, at) => ({ ...bare, text, idRank: hasIds ? at : null, acceptance: acceptances[at]! })))
}

function solve(bag: Bag) {
  return solveBag(bag, new Int32Array(bag.size).fill(NONE), fittedFor(bag))
}

describe('a bag too large to draw arrangements of', () => {
  it('says so where several arrangements are likely, and not where ids order the posts', () => {
    expect(solve(bagOf(false)).doubts).toMatchObject({ drawn: false, undrawn: true })
    expect(solve(bagOf(true)).doubts.undrawn).toBe(false)
  })

  it('believes a link less than a bag without likely others would', () => {
    const bag = bagOf(false)
    const { next, doubts } = solve(bag)
    const [open, closed] = [true, false].map((undrawn) => toSolvedBag(bag, { next, doubts: { ...doubts, undrawn } }))
    const linked = [...next].filter((j) => j !== NONE)
    const mean = (solved: typeof open): number =>
      linked.reduce((sum, j) => sum + judgeLink(solved!, j), 0) / linked.length
    expect(linked.length).toBeGreaterThan(0)
    expect(mean(open)).toBeLessThan(mean(closed))
  })

  it('promises no more than it keeps', () => {
    const bag = bagOf(false)
    const { next, doubts } = solve(bag)
    const solved = toSolvedBag(bag, { next, doubts })
    const isRight = (i: number, j: number): boolean => j === i + 1 && j % LENGTH !== 0
    const linked = [...next].flatMap((j, i) => (j === NONE ? [] : [[i, j] as const]))
    const promised = linked.reduce((sum, [, j]) => sum + judgeLink(solved, j), 0)
    expect(promised).toBeLessThanOrEqual(linked.filter(([i, j]) => isRight(i, j)).length)
  })
})
