// Rate limits in every spelling in use, pauses after failures, and cookies that go only where they belong.
import { describe, expect, it } from 'vitest'
import { cookieHeader, parseCookies } from '../../../src/fetch/cookies.ts'
import { backoffMs } from '../../../src/fetch/manners/backoff.ts'
import { pauseFor, readBudget } from '../../../src/fetch/manners/budget.ts'
import { clockSkewOf, judgeClock } from '../../../src/fetch/manners/clock-skew.ts'
import { makeCapture } from '../../archive/samples.ts'

const NOW = Date.parse('2026-03-04T05:06:07.890Z')
const budgetOf = (headers: Readonly<Record<string, string>>) =>
  readBudget(makeCapture('{}', { headers: Object.entries(headers) }))
const inSeconds = (seconds: number) => new Date(NOW + seconds * 1000).toISOString()

describe('a rate limit', () => {
  it.each([
    ['an ISO time, as Mastodon', { 'X-RateLimit-Remaining': '12', 'X-RateLimit-Reset': inSeconds(300) }, 300],
    ['Unix time, as X', { 'x-rate-limit-remaining': '12', 'x-rate-limit-reset': String((NOW + 900_000) / 1000) }, 900],
    ['Unix time, as Bluesky', { 'RateLimit-Remaining': '12', 'RateLimit-Reset': String((NOW + 60_000) / 1000) }, 60],
    ['seconds, as the IETF draft and Reddit', { 'x-ratelimit-remaining': '12.0', 'x-ratelimit-reset': '480' }, 480],
  ])('with its end as %s', (_, headers, seconds) => {
    expect(budgetOf(headers)).toEqual({ remaining: 12, resetAt: inSeconds(seconds) })
  })

  it('that cannot be understood is none, and one without end is cut to a day', () => {
    expect(budgetOf({})).toBeNull()
    expect(budgetOf({ 'x-ratelimit-remaining': 'many', 'x-ratelimit-reset': '1' })).toBeNull()
    expect(budgetOf({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': 'tomorrow' })).toBeNull()
    expect(budgetOf({ 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '999999999' })?.resetAt).toBe(
      inSeconds(86_400),
    )
  })

  it('is spread over its window, and an empty one waits for the end', () => {
    expect(pauseFor({ remaining: 10, resetAt: inSeconds(100) }, NOW)).toBe(10_000)
    expect(pauseFor({ remaining: 0, resetAt: inSeconds(100) }, NOW)).toBe(100_000)
    expect(pauseFor({ remaining: 0, resetAt: inSeconds(-1) }, NOW)).toBe(0)
  })
})

describe('a clock', () => {
  const skewOf = (headers: Readonly<Record<string, string>>) =>
    clockSkewOf(makeCapture('', { headers: Object.entries(headers), capturedAt: new Date(NOW).toISOString() }))
  const ahead = (minutes: number) => minutes * 60_000

  it('is held against what a server says of now; a cache says when it was asked, and silence nothing', () => {
    const date = new Date(NOW - ahead(90)).toUTCString()
    expect(skewOf({ date })).toBe(NOW - Date.parse(date))
    expect(skewOf({ date, age: '5400' })).toBeNull()
    expect(skewOf({ date: 'today' })).toBeNull()
    expect(skewOf({})).toBeNull()
  })

  it('is wrong where most hosts say so, by more than a network takes', () => {
    expect(judgeClock([])).toBeNull()
    expect(judgeClock([ahead(1), ahead(5), ahead(90)])).toBeNull()
    expect(judgeClock([ahead(0), ahead(89), ahead(90)])).toBe(ahead(89))
    expect(judgeClock([ahead(-60), ahead(-60), ahead(0)])).toBe(ahead(-60))
  })
})

describe('the pause after a failure', () => {
  it('is anything up to a limit that doubles, until the host is left alone', () => {
    expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 0.5, null))).toEqual([2000, 4000, 8000, 16_000])
    expect(backoffMs(1, 0, null)).toBe(0)
    expect(backoffMs(5, 0, null)).toBe(30 * 60_000)
  })

  it('is what the host asked for, if it asked', () => {
    expect(backoffMs(9, 0.5, 1234)).toBe(1234)
  })
})

describe('a cookies.txt', () => {
  const line = (...fields: readonly string[]) => fields.join('\t')
  const cookies = parseCookies(
    [
      '# Netscape HTTP Cookie File',
      '',
      line('.a.example', 'TRUE', '/', 'FALSE', '0', 'wide', '1'),
      line('#HttpOnly_a.example', 'FALSE', '/posts', 'TRUE', '0', 'narrow', '2'),
      line('a.example', 'FALSE', '/', 'FALSE', '1000', 'old', '3'),
    ].join('\r\n'),
    'cookies.txt',
  )
  const headerFor = (url: string) => cookieHeader(cookies, new URL(url), NOW)

  it.each([
    ['https://a.example/posts/1', 'wide=1; narrow=2'],
    ['https://a.example/postscript', 'wide=1'],
    ['http://a.example/posts', 'wide=1'],
    ['https://sub.a.example/posts', 'wide=1'],
    ['https://nota.example/', null],
    ['https://a.example.evil.example/', null],
  ])('gives %s %j', (url, header) => {
    expect(headerFor(url)).toBe(header)
  })

  it('that is none is refused by line, without showing it', () => {
    expect(() => parseCookies('# x\nsession=s3cret', 'c.txt')).toThrow(/^c\.txt:2: (?!.*s3cret)/)
  })
})
