// Long timelines by times and text: what their authors' habits tell, what is known is kept, and nothing hostile breaks
// them.

import { describe, expect, it } from 'vitest'
import { type BagPost, makeBag, NONE } from '../../../src/unroll/solve/bag.ts'
import { listChains } from '../../../src/unroll/solve/chains.ts'
import { learnHabits } from '../../../src/unroll/timelines/habits.ts'
import { OPEN_SIGNALS } from '../../../src/unroll/timelines/signals.ts'
import { solveTimeline } from '../../../src/unroll/timelines/solve-timeline.ts'
import { readStreams } from '../../../src/unroll/timelines/streams.ts'
import fc from '../../laws.ts'

const START = Date.UTC(2026, 2, 1)
const DAY = 86_400

function post(text: string, seconds: number, more: Partial<BagPost> = {}): BagPost {
  return {
    ...{ text, time: START + seconds * 1000, idRank: null, page: null, wall: 0, inRun: false, settled: false },
    ...{ acceptance: { marker: null, candidates: [] }, starts: false, ends: false },
    ...more,
  } as BagPost
}

const nobody = (size: number): Int32Array => new Int32Array(size).fill(NONE)
const solve = (posts: readonly BagPost[], given = nobody(posts.length)) => solveTimeline(makeBag(posts, true), given)
const threadsOf = (next: Int32Array) => listChains(next).filter((chain) => chain.length > 1)

/** A post every other day, with an answer now and then; three posts in a row at every tenth, so many seconds apart. */
function timeline(pause: number): readonly BagPost[] {
  return Array.from({ length: 80 }, (_, k) => {
    const at = 2 * DAY * k
    if (k % 10 === 5) return [0, 1, 2].map((n) => post(`The weir, part ${n} of its long tale ${k}`, at + n * pause))
    return [k % 4 === 1 ? post(`@anna see you at the lock ${k}`, at) : post(`A heron on pier ${k}.`, at)]
  }).flat()
}

describe('a long timeline', () => {
  it.each([0, 2, 60, 200])('gives back threads whose posts follow each other in %i seconds', (pause) => {
    const posts = timeline(pause)
    const { next, p } = solve(posts)
    const found = threadsOf(next)
    expect(found.map((chain) => chain.length)).toEqual(Array(8).fill(3))
    for (const chain of found) for (const x of chain) expect(posts[x]?.text).toContain('The weir')
    next.forEach((j) => {
      if (j !== NONE) expect(p[j]).toBeGreaterThan(0.4)
    })
  })

  it('joins nothing where posts come at their author’s usual pace', () => {
    const posts = Array.from({ length: 90 }, (_, k) => post(`Gull number ${k} and ${k * 7} boats.`, DAY * k))
    expect(threadsOf(solve(posts).next)).toEqual([])
  })

  it('keeps what is known, and links nothing to a post whose predecessor is known to be nobody', () => {
    const posts = timeline(2).map((one) => (one.text.includes('part 1') ? { ...one, settled: true } : one))
    const given = nobody(posts.length)
    given[0] = 2
    const { next } = solve(posts, given)
    expect(next[0]).toBe(2)
    next.forEach((j) => {
      if (j !== NONE) expect(posts[j]?.text).not.toContain('part 1')
    })
  })

  it('links nothing across a wall', () => {
    const posts = timeline(2).map((one, at) => ({ ...one, wall: at % 2 }))
    expect(threadsOf(solve(posts).next)).toEqual([])
  })

  it('never joins an answer with what speaks to everybody', () => {
    const posts = timeline(20).map((one) => (one.text.includes('part 1') ? { ...one, text: `@bert ${one.text}` } : one))
    solve(posts).next.forEach((j, i) => {
      if (j !== NONE) expect(posts[i]?.text.startsWith('@')).toBe(posts[j]?.text.startsWith('@'))
    })
  })

  it('shows what speaks for a link: shares whose sum is its weight, the pause among them', () => {
    const { shares, next } = solve(timeline(2))
    expect(shares.size).toBe(next.filter((j) => j !== NONE).length)
    for (const share of shares.values()) expect(share.get('pause')).toBeGreaterThan(2)
  })

  it('is total: whatever the times and texts, each post stands once and probabilities are such', () => {
    const any = fc.tuple(fc.string({ maxLength: 30 }), fc.integer({ min: -10, max: 4_000_000 }), fc.boolean())
    fc.assert(
      fc.property(fc.array(any, { maxLength: 90 }), (list) => {
        const posts = list.map(([text, seconds, answers]) => post(answers ? `@anna ${text}` : text, seconds))
        const { next, p } = solve(posts)
        const seen = next.filter((j) => j !== NONE)
        expect(new Set(seen).size).toBe(seen.length)
        expect(listChains(next).flat().length).toBe(posts.length)
        for (const one of p) expect(one >= 0 && one <= 1).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('streams', () => {
  it('part what speaks to everybody from answers, in time, whatever order the posts are in', () => {
    const posts = [post('Third.', 90), post('@anna yes', 60), post('First.', 0), post('RT @bert: no', 70)]
    const { open, answers, silences } = readStreams(makeBag(posts, true), nobody(4))
    expect([...open.posts]).toEqual([2, 0])
    expect([...answers.posts]).toEqual([1])
    expect([[...open.pause], [...open.quiet], [...open.afterOther]]).toEqual([[90], [20], [1]])
    expect([[...silences.afterOpen], [...silences.afterOther]]).toEqual([[60], [10, 20]])
  })
})

describe('an author’s habits', () => {
  it('are learnt from steps that pauses alone tell apart, and only there', () => {
    const at = OPEN_SIGNALS.indexOf('second-ends-linked')
    const rows = Array.from({ length: 200 }, (_, k) => {
      const row = new Float64Array(OPEN_SIGNALS.length)
      row[at] = k % 2
      return row
    })
    const usual = new Float64Array(OPEN_SIGNALS.length)
    const linked = Float64Array.from(rows, (_, k) => (k % 2 === 1 ? 0.9 : 0.1))
    const learnt = learnHabits(rows, usual, linked)
    expect(learnt[at]).toBeGreaterThan(0.5)
    learnt.forEach((weight, s) => {
      if (s !== at) expect(weight).toBe(0)
    })
  })
})
