// Steps in a row: probabilities are those of all arrangements counted one by one.

import { describe, expect, it } from 'vitest'
import { listRuns, stepProbabilities, sumOdds } from '../../../src/unroll/timelines/chain.ts'
import { chooseRuns } from '../../../src/unroll/timelines/choose.ts'
import fc from '../../laws.ts'

const odds = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 7 })
const bonus = fc.double({ min: -2, max: 3, noNaN: true })

/** Every arrangement of so many steps with its weight. */
function listAll(
  steps: readonly number[],
  together: number,
): readonly (readonly [linked: readonly boolean[], weight: number])[] {
  return Array.from({ length: 2 ** steps.length }, (_, bits) => {
    const linked = steps.map((_step, k) => ((bits >> k) & 1) === 1)
    const sum = linked.reduce(
      (total, is, k) => (is ? total + (steps[k] ?? 0) + (linked[k - 1] === true ? together : 0) : total),
      0,
    )
    return [linked, Math.exp(sum)] as const
  })
}

describe('steps in a row', () => {
  it('link as often as in all arrangements together', () => {
    fc.assert(
      fc.property(odds, bonus, (steps, together) => {
        const all = listAll(steps, together)
        const total = all.reduce((sum, [, weight]) => sum + weight, 0)
        const found = stepProbabilities(sumOdds(Float64Array.from(steps), together))
        steps.forEach((_, k) => {
          const share = all.reduce((sum, [linked, weight]) => sum + (linked[k] === true ? weight : 0), 0) / total
          expect(found[k]).toBeCloseTo(share, 9)
        })
      }),
    )
  })

  it('make each run a thread as often as in all arrangements together', () => {
    fc.assert(
      fc.property(odds, bonus, (steps, together) => {
        const all = listAll(steps, together)
        const total = all.reduce((sum, [, weight]) => sum + weight, 0)
        const given = Float64Array.from(steps)
        for (const { from, to, p } of listRuns(given, together, sumOdds(given, together))) {
          const isRun = (linked: readonly boolean[]): boolean =>
            linked[from - 1] !== true && linked[to] !== true && linked.slice(from, to).every(Boolean)
          const share = all.reduce((sum, [linked, weight]) => sum + (isRun(linked) ? weight : 0), 0) / total
          expect(p).toBeCloseTo(share, 9)
        }
      }),
    )
  })

  it('may be none', () => {
    const sums = sumOdds(new Float64Array(), 1)
    expect([...stepProbabilities(sums)]).toEqual([])
    expect(listRuns(new Float64Array(), 1, sums)).toEqual([])
  })
})

describe('chosen runs', () => {
  const run = fc
    .tuple(fc.nat(8), fc.integer({ min: 1, max: 4 }), fc.double({ min: 0.02, max: 1, noNaN: true }))
    .map(([from, length, p]) => ({ from, to: from + length, p }))

  it('never overlap, are likely enough, and promise no less than any other choice', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (runs) => {
        const chosen = chooseRuns(runs, 13, 0.4)
        chosen.forEach(({ from, p }, k) => {
          expect(from).toBeGreaterThan(chosen[k - 1]?.to ?? -1)
          expect(p).toBeGreaterThan(0.4)
        })
        const gain = (some: typeof runs): number => some.reduce((sum, { p }) => sum + p - 0.4, 0)
        for (let bits = 0; bits < 2 ** runs.length; bits++) {
          const some = runs.filter((_, k) => ((bits >> k) & 1) === 1).sort((a, b) => a.from - b.from)
          if (some.every(({ from }, k) => from > (some[k - 1]?.to ?? -1)))
            expect(gain([...chosen])).toBeGreaterThanOrEqual(gain(some) - 1e-9)
        }
      }),
    )
  })
})
