// Pauses between requests to one host, by a clock that the tests hold.
import { describe, expect, it } from 'vitest'
import { type Clock, createPoliteness } from '../../../src/fetch/manners/politeness.ts'

const never = new AbortController().signal
const NO_WISHES = { crawlDelayMs: null }

/** A clock that jumps to the end of each sleep. */
function jumpingClock(): Clock & { advance(ms: number): void } {
  let time = 0
  return {
    now: () => time,
    advance: (ms) => {
      time += ms
    },
    sleep: async (ms) => {
      time += ms
    },
  }
}

async function startsOf(tookMs: readonly number[], options: { minDelayMs?: number; crawlDelayMs?: number } = {}) {
  const clock = jumpingClock()
  const polite = createPoliteness({ clock, minDelayMs: options.minDelayMs ?? 0 })
  const starts: number[] = []
  const wishes = { crawlDelayMs: options.crawlDelayMs ?? null }
  for (const took of tookMs)
    await polite.run(
      'a.example',
      wishes,
      async () => {
        starts.push(clock.now())
        clock.advance(took)
      },
      never,
    )
  return starts
}

describe('pauses', () => {
  it('are five times the last request, between 3 and 30 s, from its end', async () => {
    expect(await startsOf([100, 2000, 60_000, 0])).toEqual([0, 3100, 15_100, 105_100])
  })

  it('are at least what the person or the site asks for', async () => {
    expect(await startsOf([100, 100], { minDelayMs: 9000 })).toEqual([0, 9100])
    expect(await startsOf([100, 100], { minDelayMs: 9000, crawlDelayMs: 20_000 })).toEqual([0, 20_100])
  })

  it('are kept after a failure, and Retry-After makes them longer', async () => {
    const clock = jumpingClock()
    const polite = createPoliteness({ clock })
    await expect(polite.run('a.example', NO_WISHES, () => Promise.reject(new Error('no')), never)).rejects.toThrow('no')
    expect(await polite.run('a.example', NO_WISHES, async () => clock.now(), never)).toBe(3000)
    polite.holdOff('a.example', 120_000)
    expect(await polite.run('a.example', NO_WISHES, async () => clock.now(), never)).toBe(123_000)
  })

  it('of one host do not hold up another', async () => {
    const clock = jumpingClock()
    const polite = createPoliteness({ clock })
    await polite.run('a.example', NO_WISHES, async () => undefined, never)
    expect(await polite.run('b.example', NO_WISHES, async () => clock.now(), never)).toBe(0)
  })
})

describe('turns', () => {
  it('are one at a time for a host and bounded for all', async () => {
    const polite = createPoliteness({ clock: jumpingClock(), concurrency: 2 })
    const busy = new Map<string, number>()
    let most = 0
    let all = 0
    const visit = (host: string) => async () => {
      busy.set(host, (busy.get(host) ?? 0) + 1)
      all += 1
      most = Math.max(most, all)
      expect(busy.get(host)).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 1))
      busy.set(host, 0)
      all -= 1
    }
    const hosts = ['a', 'b', 'c', 'd', 'a', 'b', 'a', 'c', 'a']
    await Promise.all(hosts.map((host) => polite.run(host, NO_WISHES, visit(host), never)))
    expect(most).toBe(2)
  })

  it('end when the person says so', async () => {
    const polite = createPoliteness({ clock: jumpingClock() })
    const run = polite.run('a.example', NO_WISHES, async () => 'done', AbortSignal.abort(new Error('enough')))
    await expect(run).rejects.toThrow('enough')
  })
})
