// Rates over the pause: learnt from one author's silences, and never further from what is usual than what was counted.
import { describe, expect, it } from 'vitest'
import { BINS, guessPauses, shapeRates, watchPauses, weighPauses } from '../../../src/unroll/timelines/pauses.ts'
import type { Silences, Stream } from '../../../src/unroll/timelines/streams.ts'

const FLAT = { goOn: Array<number>(BINS).fill(1e-3), unrelated: Array<number>(BINS).fill(1e-5) }

function streamOf(pauses: readonly number[]): Stream {
  const pause = Float64Array.from(pauses)
  const none = new Uint8Array(pauses.length)
  return {
    posts: Int32Array.from({ length: pauses.length + 1 }, (_, k) => k),
    ...{
      pause,
      quiet: pause,
      afterOther: none,
      known: new Int8Array(pauses.length),
      count: new Float64Array(pauses.length),
    },
  }
}

const silencesOf = (afterOpen: readonly number[], afterOther: readonly number[]): Silences => ({
  afterOpen: Float64Array.from(afterOpen),
  afterOther: Float64Array.from(afterOther),
})

/** Half of the pauses are of the one length, half of a week. */
const halves = (length: number): readonly number[] =>
  Array.from({ length: 60 }, (_, k) => (k % 2 === 0 ? length : 604_800))

describe('pauses', () => {
  it('speak for a thread where such pauses came about by threads, and against one where not', () => {
    const pauses = halves(90)
    const watch = watchPauses(streamOf(pauses), silencesOf(pauses, []))
    const odds = weighPauses(
      watch,
      FLAT,
      Float64Array.from(pauses, (pause) => (pause === 90 ? 1 : 0)),
    )
    expect(odds[0]).toBeGreaterThan(2)
    expect(odds[1]).toBeLessThan(-2)
  })

  it('say less for a thread when unrelated posts come as soon after answers', () => {
    const pauses = halves(90)
    const linked = Float64Array.from(pauses, (pause) => (pause === 90 ? 0.5 : 0))
    const weigh = (afterOther: readonly number[]): number =>
      weighPauses(
        watchPauses(
          { ...streamOf(pauses), afterOther: Uint8Array.from(pauses, (_, k) => (k % 4 === 2 ? 1 : 0)) },
          silencesOf(pauses, afterOther),
        ),
        FLAT,
        linked,
      )[0] ?? 0
    expect(weigh(Array(40).fill(90))).toBeLessThan(weigh(Array(40).fill(604_800)))
  })

  it('say what is usual before anything is known, shorter ones more', () => {
    const pauses = [1, 60, 3600, 86_400]
    const watch = watchPauses(streamOf(pauses), silencesOf(pauses, []))
    const falling = { goOn: FLAT.goOn.map((rate, b) => rate / (b + 1) ** 2), unrelated: FLAT.unrelated }
    const odds = [...guessPauses(watch, falling)]
    expect(odds).toEqual([...odds].sort((a, b) => b - a))
  })

  it('are finite at any length', () => {
    const pauses = [0, 0, 1e-3, 1e12]
    const watch = watchPauses(streamOf(pauses), silencesOf(pauses, pauses))
    for (const odds of weighPauses(watch, FLAT, Float64Array.of(1, 1, 0, 0))) expect(Number.isFinite(odds)).toBe(true)
    const { goOn, unrelated } = shapeRates(watch, Float64Array.of(1, 1, 0, 0))
    for (const rate of [...goOn, ...unrelated]) expect(rate).toBeGreaterThan(0)
  })
})
