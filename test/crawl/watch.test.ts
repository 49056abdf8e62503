// When a watch looks: by a clock that people, summer time and the network set.
import { afterEach, describe, expect, it } from 'vitest'
import { watch } from '../../src/crawl/schedule/watch.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/** Runs as often as `runs`; `jumps` sets the clock by so many ms after the run of that number. */
async function ticksOf(pattern: string, start: string, runs: number, jumps: Readonly<Record<number, number>> = {}) {
  let [now, slept] = [Date.parse(start), 0]
  const stop = new AbortController()
  const ticks: { at: string; slept: number }[] = []
  let jump = 0
  const run = async () => {
    ticks.push({ at: new Date(now).toISOString(), slept })
    slept = 0
    jump = jumps[ticks.length] ?? 0
    if (ticks.length === runs) stop.abort()
  }
  const sleep = async (ms: number) => {
    now += ms + jump
    slept += ms
    jump = 0
    if (slept > 400 * DAY) throw new Error('it sleeps for ever')
  }
  await watch(pattern, run, { now: () => new Date(now), signal: stop.signal, sleep })
  return ticks
}

describe('a watch', () => {
  it('runs at once, and then at each tick', async () => {
    const ticks = await ticksOf('*/5 * * * *', '2026-05-01T10:02:00.000Z', 3)
    expect(ticks.map(({ at }) => at)).toEqual([
      '2026-05-01T10:02:00.000Z',
      '2026-05-01T10:05:00.000Z',
      '2026-05-01T10:10:00.000Z',
    ])
  })

  it.each([
    ['a month back', -30 * DAY],
    ['a minute back', -MINUTE],
    ['from 1970 to this year', 56 * 365 * DAY],
  ])('goes on within its pattern when the clock is set %s', async (_, jump) => {
    const ticks = await ticksOf('*/5 * * * *', '2026-05-01T10:02:00.000Z', 6, { 2: jump })
    for (const { slept } of ticks) expect(slept).toBeLessThanOrEqual(7 * MINUTE)
    // Once for all that a jump leaves out.
    const [, , , fourth, fifth] = ticks.map(({ at }) => Date.parse(at))
    expect(fifth! - fourth!).toBe(5 * MINUTE)
  })

  it('neither leaves out nor repeats the hour in which summer ends', async () => {
    process.env['TZ'] = 'Europe/Berlin'
    const ticks = await ticksOf('*/30 * * * *', '2026-10-25T00:00:00.000Z', 6)
    const steps = ticks.slice(1).map(({ slept }) => slept / MINUTE)
    expect(steps).toEqual([30, 30, 30, 30, 30])
  })
})
