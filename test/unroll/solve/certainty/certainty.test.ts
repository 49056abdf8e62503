// What is believed of links at most: two posts in a row without numbers on a page, and a number that several posts
// bear.
import { describe, expect, it } from 'vitest'
import { acceptMarkers } from '../../../../src/unroll/markers/acceptance/families.ts'
import { type Bag, makeBag } from '../../../../src/unroll/solve/bag.ts'
import { judgeLink, toSolvedBag } from '../../../../src/unroll/solve/certainty/certainty.ts'

const SURE = 0.95
/** Far beyond what draws can count. */
const WITHOUT_DOUBT = -100
const SOME_DOUBT = -3

function bagOf(texts: readonly string[], isPage: boolean, seconds: readonly number[] = []): Bag {
  const posts = texts.map((text, index) => ({ text, author: 'ada', createdAt: null, index }))
  const acceptances = acceptMarkers(posts)
  const bare = { time: null, idRank: null, wall: 0, inRun: false, settled: false, starts: false, ends: false }
  return makeBag(
    texts.map((text, at) => ({
      ...bare,
      text,
      time: seconds[at] === undefined ? null : seconds[at] * 1000,
      page: isPage ? at : null,
      acceptance: acceptances[at]!,
    })),
  )
}

/** Probability of each link of one chain through all posts, all having the same odds against them. */
function judgeAll(bag: Bag, odds: number, drawn = true): readonly number[] {
  const next = Int32Array.from({ length: bag.size }, (_, at) => (at + 1 < bag.size ? at + 1 : -1))
  const against = new Float64Array(bag.size).fill(odds)
  const solved = toSolvedBag(bag, {
    next,
    doubts: { against, leaving: against, homes: new Map(), drawn, undrawn: false },
  })
  return [...next.keys()].slice(1).map((j) => judgeLink(solved, j))
}

describe('how sure a link may be', () => {
  it('never says 95 % of two posts in a row without numbers, on a page', () => {
    const texts = ['1/4 The kiln is cold.', '2/4 The kiln is lit.', 'The kiln is full.', 'The glaze is blue.']
    const [numbered = 0, half = 0, bare = 1] = judgeAll(bagOf(texts, true), WITHOUT_DOUBT)
    expect(Math.min(numbered, half)).toBeGreaterThan(SURE)
    expect(bare).toBeLessThan(SURE)
  })

  it('nor where nothing else seems likely, nor where there is no page: an author may write two posts that are no thread', () => {
    const texts = ['The wheel turns.', 'The glaze is blue.']
    for (const isPage of [true, false])
      for (const drawn of [true, false])
        expect(judgeAll(bagOf(texts, isPage), WITHOUT_DOUBT, drawn)[0]).toBeLessThan(SURE)
  })

  it('says less of two dated posts the later the second comes, where nothing speaks of a thread', () => {
    const texts = ['The wheel turns.', 'The glaze is blue.', 'The kiln is cold.', 'The clay is wet.']
    const [atOnce = 0, minute = 1, hour = 1] = judgeAll(bagOf(texts, false, [0, 2, 62, 3662]), WITHOUT_DOUBT)
    expect(atOnce).toBeGreaterThan(SURE)
    expect([minute < 0.8, minute > hour, hour > 0.5]).toEqual([true, true, true])
    const among = ['1/4 The kiln is cold.', '2/4 The clay is wet.', 'The wheel turns.', 'The glaze is blue.']
    expect(judgeAll(bagOf(among, false, [0, 60, 120, 180]), WITHOUT_DOUBT)[2]).toBeGreaterThan(0.8)
  })

  it('says less of a dated post between two numbers that leave it no room than of one in a hole', () => {
    const [first, second, last] = ['1/3 The kiln is cold.', '2/3 The kiln is lit.', '3/3 The kiln is blue.'] as const
    const minutes = [0, 60, 120, 180]
    const between = judgeAll(bagOf([first, 'Cold as ice.', second, last], false, minutes), WITHOUT_DOUBT)
    expect(between.map((p) => p < SURE)).toEqual([true, true, false])
    const [shelves, ash] = ['1/3 The kiln shelves stood bare.', '3/3 An ash glaze runs.']
    const inHole = judgeAll(bagOf([shelves, 'Bare shelves want ash glaze.', ash], false, minutes), WITHOUT_DOUBT)
    expect(inHole.map((p) => p < SURE)).toEqual([false, false])
    const strange = judgeAll(bagOf([shelves, 'Rain all week.', ash], false, minutes), WITHOUT_DOUBT)
    expect(strange.map((p) => p < SURE && p > 0.9)).toEqual([true, true])
  })

  it('says less of numbers that fit over a pause of weeks, and hardly more than even of months', () => {
    const texts = ['1/4 The kiln is cold.', '2/4 The kiln is lit.', '3/4 The kiln is full.', '4/4 The kiln is blue.']
    const day = 86_400
    const [hour = 0, weeks = 1, months = 1] = judgeAll(
      bagOf(texts, false, [0, 3600, 10 * day, 100 * day]),
      WITHOUT_DOUBT,
    )
    expect(hour).toBeGreaterThan(SURE)
    expect([weeks < SURE, weeks > months, months > 0.5, months < 0.7]).toEqual([true, true, true, true])
  })

  it('never says 95 % of a post without a number behind a count, where its place alone says so', () => {
    const texts = ['1/9 The kiln is cold.', '2/9 The kiln is lit.', '3/9 The kiln is full.', 'The kiln is blue.']
    const minutes = [0, 60, 120, 180]
    expect(judgeAll(bagOf(texts, true), WITHOUT_DOUBT)[2]).toBeLessThan(SURE)
    expect(judgeAll(bagOf(texts, false, [5, 5, 5, 5]), WITHOUT_DOUBT)[2]).toBeLessThan(SURE)
    const vouched = [...texts.slice(0, 2), '3/9 The ash glaze runs.', 'Ash glaze runs blue.']
    expect(judgeAll(bagOf(vouched, false, minutes), WITHOUT_DOUBT)[2]).toBeGreaterThan(SURE)
    const lacking = texts.map((text) => text.replace('/9', '/4'))
    expect(judgeAll(bagOf(lacking, true), WITHOUT_DOUBT)[2]).toBeGreaterThan(SURE)
  })

  it('says less where more posts bear the number in that form, whatever their totals', () => {
    const thread = ['1/3 The kiln is cold.', '2/3 The kiln is lit.', '3/3 The kiln is full.']
    const others = ['2/5 Boats leave at noon.', '2/7 Bread needs salt.', '2/9 The bus is late.']
    const only = judgeAll(
      bagOf([...thread, '4/5 Boats come home.', '4/7 Bread cools.', '4/9 The bus comes.'], false),
      SOME_DOUBT,
    )
    const rivals = judgeAll(bagOf([...thread, ...others], false), SOME_DOUBT)
    expect(rivals[0]).toBeLessThan(only[0]!)
  })
})
