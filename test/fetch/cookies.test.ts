// Cookies of a logged-in person go to the hosts, paths and protocols they are for, and nowhere else.
import { describe, expect, it } from 'vitest'
import { cookieHeader, parseCookies, stateOfCookies } from '../../src/fetch/cookies.ts'

const NOW = Date.parse('2026-03-04T05:06:07.000Z')
const LATER = NOW / 1000 + 3600
const line = (...fields: readonly (string | number)[]): string => fields.join('\t')

const COOKIES = parseCookies(
  [
    '# Netscape HTTP Cookie File',
    line('.wide.example', 'TRUE', '/', 'FALSE', LATER, 'wide', '1'),
    line('only.example', 'FALSE', '/', 'FALSE', 0, 'only', '2'),
    line('path.example', 'FALSE', '/forum', 'FALSE', LATER, 'path', '3'),
    line('safe.example', 'FALSE', '/', 'TRUE', LATER, 'safe', '4'),
    line('old.example', 'FALSE', '/', 'FALSE', NOW / 1000 - 1, 'old', '5'),
    `#HttpOnly_${line('script.example', 'FALSE', '/', 'FALSE', LATER, 'script', '6')}`,
  ].join('\r\n'),
  'cookies.txt',
)

describe('a cookie', () => {
  it.each([
    ['http://wide.example/', 'wide=1'],
    ['http://a.b.wide.example/x', 'wide=1'],
    ['http://evilwide.example/', null],
    ['http://wide.example.evil.example/', null],
    ['http://only.example/', 'only=2'],
    ['http://sub.only.example/', null],
    ['http://notonly.example/', null],
    ['http://path.example/forum', 'path=3'],
    ['http://path.example/forum/topic?t=1', 'path=3'],
    ['http://path.example/forum-of-others', null],
    ['http://path.example/', null],
    ['https://safe.example/', 'safe=4'],
    ['http://safe.example/', null],
    ['http://old.example/', null],
    ['http://script.example/', 'script=6'],
  ])('for %s is %s', (url, header) => {
    expect(cookieHeader(COOKIES, new URL(url), NOW)).toBe(header)
  })

  it('of several that fit goes with the others, in the order of the file', () => {
    const both = parseCookies(
      [
        line('a.example', 'FALSE', '/', 'FALSE', 0, 'x', '1'),
        line('a.example', 'FALSE', '/', 'FALSE', 0, 'y', '2'),
      ].join('\n'),
      'cookies.txt',
    )
    expect(cookieHeader(both, new URL('http://a.example/'), NOW)).toBe('x=1; y=2')
  })

  it.each([
    ['a.example\tFALSE\t/\tFALSE\t0\tsid'],
    ['sid=canary'],
    [line('a.example', 'FALSE', '/', 'FALSE', 0, 'sid', 'canary;x')],
  ])('that cannot be read is named by its line, and not shown: %j', (bad) => {
    const read = () => parseCookies(`# ours\n${bad}`, 'cookies.txt')
    expect(read).toThrow('cookies.txt:2')
    expect(read).not.toThrow('canary')
  })
})

describe('of the cookies for an address it is known', () => {
  const ended = (NOW / 1000 - 60) * 1000
  const two = parseCookies(
    [
      line('a.example', 'FALSE', '/', 'FALSE', NOW / 1000 - 3600, 'x', '1'),
      line('a.example', 'FALSE', '/', 'FALSE', NOW / 1000 - 60, 'y', '2'),
    ].join('\n'),
    'cookies.txt',
  )

  it.each([
    ['that there are none', COOKIES, 'http://nobody.example/', 'none'],
    ['that none is for a path', COOKIES, 'http://path.example/', 'none'],
    ['that one is good', COOKIES, 'http://wide.example/', 'good'],
    ['that one without an end is good', COOKIES, 'http://only.example/', 'good'],
    ['when the last of them ended', two, 'http://a.example/', { endedAt: ended }],
  ] as const)('%s', (_, cookies, url, state) => {
    expect(stateOfCookies(cookies, new URL(url), NOW)).toEqual(state)
  })
})
