// Drawing arrangements and choosing by what they share: the quick score is the slow one, draws come as often as the
// model says, and where it has no doubt its best arrangement stays.

import { describe, expect, it } from 'vitest'
import { fittedFor } from '../../../../src/unroll/evidence/weights/fitted.ts'
import { acceptMarkers } from '../../../../src/unroll/markers/acceptance/families.ts'
import { type Bag, makeBag } from '../../../../src/unroll/solve/bag.ts'
import { listChains } from '../../../../src/unroll/solve/chains.ts'
import { solveBag, totalOf } from '../../../../src/unroll/solve/passes.ts'
import { makeDenseScore } from '../../../../src/unroll/solve/score/dense-score.ts'
import { makeScore, type Score } from '../../../../src/unroll/solve/score/joins.ts'
import { type Arrangement, toChains } from '../../../../src/unroll/solve/search/arrangement.ts'
import { doubtByDraws, pickConsensus } from '../../../../src/unroll/solve/search/consensus.ts'
import { drawArrangements } from '../../../../src/unroll/solve/search/draws.ts'
import { mend, type Near } from '../../../../src/unroll/solve/search/mend.ts'
import fc from '../../../laws.ts'
import { madePage } from '../../arbitrary.ts'

const NONE = -1
/**
 * Draws try each place of a post by three pieces: some 600,000 posts to stand behind, fewer to stand before, and ends.
 */
const MOST_WEIGHED_IN_DRAWS = 4_000_000
/** 12 sweeps; beside each of 16 posts two places and an end, by three or four pieces. */
const MOST_WEIGHED_A_POST = 12 * (16 * (2 * 3 + 4) + 8)
const nobody = (bag: Bag): Int32Array => new Int32Array(bag.size).fill(NONE)

/** Every post standing alone, but for the given links. */
function arrange(bag: Bag, score: Score, given: Int32Array = nobody(bag)): Arrangement {
  return { ...toChains(bag, Int32Array.from(given), given), score }
}

/** Posts of one author of whom nothing is known but their texts, in no order. */
function bagOf(texts: readonly string[]): Bag {
  const posts = texts.map((text, index) => ({ text, author: 'ada', createdAt: null, index }))
  const acceptances = acceptMarkers(posts)
  const bare = {
    time: null,
    idRank: null,
    page: null,
    wall: 0,
    inRun: false,
    settled: false,
    starts: false,
    ends: false,
  }
  return makeBag(texts.map((text, at) => ({ ...bare, text, acceptance: acceptances[at]! })))
}

const madeBag = madePage.map((posts) => bagOf(posts.map(({ text }) => text)))

/** A bag, and its posts in any order. */
const madeMix = madeBag.chain((bag) => {
  const all = [...Array(bag.size).keys()]
  return fc.record({ bag: fc.constant(bag), mixed: fc.shuffledSubarray(all, { minLength: bag.size }) })
})

/** Two ways to go on after the first post, and nothing that tells them apart. */
const TWINS = ['1/2 The harbour was quiet', '2/2 The lantern was lit', '2/2 The lantern was lit.']

describe('the quick score', () => {
  it('says what the slow one says of any two pieces', () => {
    fc.assert(
      fc.property(madeMix, fc.nat(8), fc.boolean(), ({ bag, mixed }, cut, closed) => {
        const [left, right] = [mixed.slice(0, cut), { posts: mixed.slice(cut, cut + 8), closed }]
        const [slow, quick] = [makeScore, makeDenseScore].map((make) =>
          make(bag, nobody(bag), fittedFor(bag))(left, right),
        )
        if (slow === Number.NEGATIVE_INFINITY) expect(quick).toBe(slow)
        else expect(quick).toBeCloseTo(slow!, 9)
      }),
    )
  })
})

describe('drawn arrangements', () => {
  it('hold every post once and are the same in every run', () => {
    fc.assert(
      fc.property(madeBag, (bag) => {
        const draw = () => drawArrangements(arrange(bag, makeDenseScore(bag, nobody(bag), fittedFor(bag))))
        const drawn = draw()
        for (const next of drawn) expect(listChains(next).flat().sort(byNumber)).toEqual([...next.keys()])
        expect(draw()).toEqual(drawn)
      }),
      { numRuns: 10 },
    )
  })

  it('come about as often as their scores say', () => {
    const bag = bagOf(TWINS)
    const score = makeDenseScore(bag, nobody(bag), fittedFor(bag))
    const drawn = drawArrangements(arrange(bag, score))
    const seen = new Map<string, { count: number; odds: number }>()
    for (const next of drawn) {
      const one = seen.get(next.join()) ?? { count: 0, odds: Math.exp(totalOf(next, score)) }
      seen.set(next.join(), { ...one, count: one.count + 1 })
    }
    const all = [...seen.values()].reduce((sum, { odds }) => sum + odds, 0)
    for (const { count, odds } of seen.values()) expect(Math.abs(count / drawn.length - odds / all)).toBeLessThan(0.15)
  })

  it('leave given links alone', () => {
    const bag = bagOf(TWINS)
    const given = Int32Array.of(2, NONE, NONE)
    const drawn = drawArrangements(arrange(bag, makeDenseScore(bag, given, fittedFor(bag)), given))
    expect(drawn.every((next) => next[0] === 2)).toBe(true)
  })
})

/** Pieces that a score of nothing but chance is asked to weigh. */
function countWeighed(work: (score: Score) => void): number {
  let [count, state] = [0, 1]
  work(() => {
    count += 1
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  })
  return count
}

describe('the work on one bag', () => {
  const unknown = (size: number): Bag => bagOf(Array.from({ length: size }, (_, at) => `It was so, ${at} times`))

  it('is bounded when arrangements are drawn, whatever the size and the scores', () => {
    for (const size of [12, 54, 128]) {
      const bag = unknown(size)
      expect(countWeighed((score) => drawArrangements(arrange(bag, score)))).toBeLessThan(MOST_WEIGHED_IN_DRAWS)
    }
  })

  it('is bounded when posts change places, though no arrangement were ever at rest', () => {
    const bag = unknown(128)
    const all = [...Array(bag.size).keys()]
    const near: Near = (x) => all.filter((y) => y !== x && Math.abs(y - x) <= 8)
    expect(countWeighed((score) => mend(arrange(bag, score), near))).toBeLessThan(bag.size * MOST_WEIGHED_A_POST)
  })
})

describe('consensus', () => {
  it('is what most agree on, in the order they mostly have', () => {
    const [abc, acb, ab] = [Int32Array.of(1, 2, NONE), Int32Array.of(2, NONE, 1), Int32Array.of(1, NONE, NONE)]
    expect([...pickConsensus([ab, acb, abc, acb])]).toEqual([...acb])
    expect([...pickConsensus([ab, abc, ab, acb, ab])]).toEqual([...ab])
  })

  it('is as sure of a link as draws have it', () => {
    const [ab, ba] = [Int32Array.of(1, NONE), Int32Array.of(NONE, 0)]
    const { against, leaving } = doubtByDraws(ab, [ab, ab, ab, ba])
    expect(against[1]).toBeCloseTo(Math.log(1.5 / 3.5), 9)
    expect(leaving[1]).toBeCloseTo(Math.log(0.5 / 4.5), 9)
    expect(against[0]).toBe(Number.NEGATIVE_INFINITY)
  })

  it('is the best arrangement where nothing speaks for another', () => {
    const bag = bagOf(['1/3 The harbour', '2/3 The harbour again', '3/3 The harbour at last'])
    const { next, doubts } = solveBag(bag, nobody(bag), fittedFor(bag))
    expect([...next]).toEqual([1, 2, NONE])
    expect(doubts.drawn).toBe(false)
  })

  it('is asked where two posts claim one place, and leaves that open', () => {
    const bag = bagOf(TWINS)
    const { doubts, next } = solveBag(bag, nobody(bag), fittedFor(bag))
    expect(doubts.drawn).toBe(true)
    const follower = next[0]!
    expect([1, 2]).toContain(follower)
    expect(1 / (1 + Math.exp(doubts.against[follower]!))).toBeLessThan(0.75)
  })
})

function byNumber(a: number, b: number): number {
  return a - b
}
