// What a person lends to the browser (cookies, headers, a profile, the wish for pictures), where it goes, and what
// stays of it.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBrowserFetcher } from '../../../src/fetch/browser/browser.ts'
import { parseCookies } from '../../../src/fetch/cookies.ts'
import type { Ask, Browsing, Fetcher } from '../../../src/fetch/fetcher.ts'
import type { Capture } from '../../../src/model.ts'
import { makeFolder } from '../../folder.ts'
import { type FixtureWeb, startFixtureWeb } from '../../site/fixture-web.ts'
import { scriptedPages } from '../../site/scripted.ts'
import { UNFOLDING, unfoldingPages } from '../../site/unfolding.ts'

const never = new AbortController().signal
const NONE: Browsing = { profile: null, media: false, cookies: [] }
const cookiesTxt = [
  [UNFOLDING, 'FALSE', '/', 'FALSE', '0', 'host', 'canary-host'],
  [`.${UNFOLDING}`, 'TRUE', '/', 'FALSE', '0', 'wide', 'canary-wide'],
  [UNFOLDING, 'FALSE', '/', 'FALSE', '1', 'old', 'canary-old'],
  ['other.example', 'FALSE', '/', 'FALSE', '0', 'other', 'canary-other'],
]
const COOKIES = parseCookies(cookiesTxt.map((line) => line.join('\t')).join('\n'), 'cookies.txt')

let web: FixtureWeb
let browser: Fetcher
const profile = makeFolder()

const open = () =>
  createBrowserFetcher({
    ...web.dispatcherOptions,
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    env: { ...process.env, UNSPOOL_BROWSER: 'packaged' },
    limits: { pageMs: 8_000, loadMs: 5_000, settleMs: 3_000 },
  })

beforeAll(async () => {
  web = await startFixtureWeb('no-fixtures', { pages: { ...unfoldingPages(), ...scriptedPages() } })
  browser = open()
})

afterAll(async () => {
  await browser.close()
  await web.close()
})

const askWith = (browsing: Browsing, rest: Partial<Ask> = {}): Ask => ({
  ...{ previous: null, headersFor: () => ({}), mayFollow: () => true, browsing, ...rest },
})
const fetch = (path: string, ask?: Ask, by = browser) =>
  by.fetch(path.startsWith('http') ? path : `http://${UNFOLDING}${path}`, never, ask)
const text = (capture: Capture | undefined) => Buffer.from(capture?.body ?? []).toString()
const lastAsked = (path: string) => web.requests.findLast((request) => request.path === path)

describe('cookies of a cookies.txt', () => {
  it('go to the hosts they are for, and are gone with the visit', async () => {
    const ask = askWith({ ...NONE, cookies: COOKIES })
    const captures = await fetch('/plain', ask)
    expect(lastAsked('/plain')?.headers['cookie']?.toString().split('; ').sort()).toEqual([
      'host=canary-host',
      'wide=canary-wide',
    ])
    await fetch('http://sub.unfolding.example/asked', ask)
    expect(lastAsked('/asked')?.headers['cookie']).toBe('wide=canary-wide')
    expect(captures.map((capture) => JSON.stringify(capture.headers) + text(capture)).join()).not.toContain('canary')
    await fetch('/plain')
    expect(lastAsked('/plain')?.headers['cookie']).toBeUndefined()
  })
})

describe('secret headers', () => {
  const secret = (url: URL): Readonly<Record<string, string>> => (url.host === UNFOLDING ? { 'x-key': 'canary' } : {})

  it('go to the host they are for, with all that its page asks, and nowhere else', async () => {
    await fetch('/replies', askWith(NONE, { headersFor: secret }))
    expect(lastAsked('/replies')?.headers['x-key']).toBe('canary')
    expect(lastAsked('/part/1')?.headers['x-key']).toBe('canary')
    await fetch('/moved', askWith(NONE, { headersFor: secret }))
    expect(lastAsked('/landed')?.headers['x-key']).toBeUndefined()
    await fetch('/plain')
    expect(lastAsked('/plain')?.headers['x-key']).toBeUndefined()
  })
})

describe('a visit that may not leave its host', () => {
  const stay = askWith(NONE, { mayFollow: () => false })

  it('ends with the redirect, as HTTP does', async () => {
    const before = web.requests.length
    expect((await fetch('/moved', stay)).map(({ status }) => status)).toEqual([302])
    expect(web.requests.slice(before).map(({ host }) => host)).toEqual([UNFOLDING])
  })

  it('stays on a page whose script would leave', async () => {
    const captures = await fetch('/script-moved', stay)
    expect(text(captures.at(-1))).toContain('stays')
    expect(captures.at(-1)?.finalUrl).toBe(`http://${UNFOLDING}/script-moved`)
  })
})

describe('a tab that is used again', () => {
  it('finds nothing of the visit before', async () => {
    await fetch('/remembers')
    expect(text((await fetch('/remembers')).at(-1))).toContain('found mark=left-here||')
  })
})

describe('a profile', () => {
  it('remembers who was logged in, over the end of the browser', async () => {
    const ask = askWith({ ...NONE, profile })
    for (const expected of ['found mark=left-here||', 'found mark=left-here']) {
      const one = open()
      expect(text((await fetch('/remembers', ask, one)).at(-1))).toContain(expected)
      await one.close()
    }
    expect(lastAsked('/remembers')?.headers['cookie']).toContain('mark=left-here')
  }, 60_000)

  it('is not the one of visits without it', async () => {
    await fetch('/plain')
    expect(lastAsked('/plain')?.headers['cookie']).toBeUndefined()
  })
})

describe('pictures', () => {
  it('are loaded and kept only when they are asked for', async () => {
    expect((await fetch('/picture')).map(({ mediaType }) => mediaType)).toEqual(['text/html', 'text/html'])
    expect(lastAsked('/dot.gif')).toBeUndefined()
    const withPictures = await fetch('/picture', askWith({ ...NONE, media: true }))
    expect(withPictures.map(({ mediaType }) => mediaType)).toEqual(['text/html', 'image/gif', 'text/html'])
  }, 60_000)
})

describe('a browser', () => {
  it('that hangs costs its page only', async () => {
    const pending = fetch('http://scripted.example/ticker').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 800))
    for (const pid of childBrowsers()) process.kill(pid, 'SIGSTOP')
    await pending
    expect(text((await fetch('/plain')).at(-1))).toContain('plain')
  }, 60_000)

  it('whose page crashes goes on, and gives what the page had sent', async () => {
    const pending = fetch('http://scripted.example/ticker')
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const [main] = childBrowsers()
    for (const pid of renderers()) process.kill(pid, 'SIGKILL')
    expect(text((await pending)[0])).toContain('<!doctype html>')
    expect(text((await fetch('/plain')).at(-1))).toContain('plain')
    expect(childBrowsers()).toContain(main)
  }, 60_000)
})

const commandOf = (pid: number) => readFileSync(`/proc/${pid}/cmdline`, 'utf8')

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  return children === '' ? [] : children.split(' ').map(Number)
}

function childBrowsers(): number[] {
  return childrenOf(process.pid).filter((pid) => commandOf(pid).includes('chromium'))
}

function renderers(): number[] {
  const below = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...below(child)])
  return childBrowsers()
    .flatMap(below)
    .filter((pid) => commandOf(pid).includes('--type=renderer'))
}
