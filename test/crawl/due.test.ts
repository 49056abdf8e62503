// When to look again: computed from looks, never from timers.
import { describe, expect, it } from 'vitest'
import {
  adaptInterval,
  coverageGap,
  type Look,
  nextItemLook,
  nextSourceLook,
  nextTry,
} from '../../src/crawl/schedule/due.ts'
import { parseSources } from '../../src/crawl/sources/sources.ts'

const [source] = parseSources(
  '[[source]]\nurl = "https://a.example/"\nevery = "1h"\nrevisit = ["1d", "7d", "30d"]',
  'f',
)
const HOUR = 3_600_000
const DAY = 24 * HOUR
const T0 = Date.parse('2026-01-01T00:00:00.000Z')
const at = (ms: number) => new Date(T0 + ms).toISOString()
/** Newest first, one an hour; each letter is what the look found. */
const looks = (found: string): readonly Look[] => [...found].map((digest, back) => ({ at: at(-back * HOUR), digest }))

describe('a source', () => {
  it('is due at once when nobody has looked', () => {
    expect(nextSourceLook(source!, [], at(0))).toBe(at(0))
  })

  it('is due a little before the interval ends, by a jitter that is always the same, so that no run of a timer comes too early', () => {
    const next = nextSourceLook(source!, looks('a'), at(0))
    expect(Date.parse(next) - T0).toBeGreaterThanOrEqual(0.9 * HOUR)
    expect(Date.parse(next) - T0).toBeLessThanOrEqual(0.98 * HOUR)
    expect(nextSourceLook(source!, looks('a'), at(5 * DAY))).toBe(next)
  })

  it.each([
    ['a', 1],
    ['aa', 1],
    ['aab', 1],
    ['aaab', 1],
    ['aaaab', 2],
    ['aaaaaaab', 4],
    ['a'.repeat(19), 8],
    ['a'.repeat(40), 8],
    ['cba', 0.5],
    ['cbb', 1],
  ])('that found %s is looked at every %s intervals', (found, factor) => {
    expect(adaptInterval(HOUR, looks(found))).toBe(factor * HOUR)
  })

  it('nobody looked at for a month has one gap in its coverage, and is due once', () => {
    expect(coverageGap(source!, looks('ab'), at(30 * DAY))).toEqual({ from: at(0), to: at(30 * DAY), missed: 719 })
    expect(coverageGap(source!, looks('ab'), at(1.5 * HOUR))).toBeNull()
    expect(coverageGap(source!, looks('ab'), at(2.9 * HOUR))).toBeNull()
    expect(coverageGap(source!, looks('ab'), at(3 * HOUR))).toEqual({ from: at(0), to: at(3 * HOUR), missed: 2 })
    expect(nextSourceLook(source!, looks('ab'), at(30 * DAY)) < at(30 * DAY)).toBe(true)
  })
})

describe('a page that could not be had', () => {
  const month = 30 * DAY
  /** Hours until it is tried again, `late` ms behind the time at which it was due; `had`: whether ever. */
  const pause = (interval: number, late: number, had = true) => {
    const now = T0 + interval + late
    const last = had ? new Date(T0).toISOString() : null
    const again = nextTry(new Date(now + interval).toISOString(), last, new Date(now).toISOString())
    return (Date.parse(again) - now) / HOUR
  }

  it('is tried again after an hour, then after pauses that double up to a day or its interval', () => {
    expect([0, 1, 2, 4, 8].map((late) => pause(month, late * HOUR))).toEqual([1, 1, 2, 4, 8])
    expect(pause(month, 90 * DAY)).toBe(24)
    expect(pause(HOUR / 2, 5 * HOUR)).toBe(0.5)
  })

  it('ever is tried again some times a day at most', () => {
    expect(pause(month, 0, false)).toBe(6)
    expect(pause(HOUR, 0, false)).toBe(1)
  })
})

describe('an item', () => {
  const daysUntil = (found: string) =>
    (Date.parse(nextItemLook(source!, 'https://a.example/1', looks(found)) ?? '') - T0) / DAY

  it.each([
    ['a', 1],
    ['aa', 7],
    ['aaa', 30],
    ['aaaa', 30],
  ])('that found %s is looked at after %i days, or up to a tenth before', (found, days) => {
    expect(daysUntil(found) / days).toBeGreaterThanOrEqual(0.9)
    expect(daysUntil(found) / days).toBeLessThanOrEqual(0.98)
  })

  it('that changed begins anew', () => {
    expect(Math.round(daysUntil('baaa'))).toBe(1)
  })

  it('is never looked at again when no revisits are wanted', () => {
    expect(nextItemLook({ ...source!, revisitMs: [] }, 'https://a.example/1', looks('a'))).toBeNull()
  })
})
