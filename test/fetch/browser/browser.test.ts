// A real Chromium, the one that npm brings, on a loopback web under real names. What it must not reach: ssrf.test.ts.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedError, TransientFetchError } from '../../../src/errors.ts'
import { createBrowserFetcher } from '../../../src/fetch/browser/browser.ts'
import { findBrowser } from '../../../src/fetch/browser/find.ts'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import type { Capture } from '../../../src/model.ts'
import { type FixtureWeb, startFixtureWeb } from '../../site/fixture-web.ts'
import { PLAIN, POSTS, SCRIPTED, scriptedPages } from '../../site/scripted.ts'

const never = new AbortController().signal
const ENV = { ...process.env, UNSPOOL_BROWSER: 'packaged' }

let web: FixtureWeb
let browser: Fetcher

beforeAll(async () => {
  web = await startFixtureWeb('no-fixtures', { pages: scriptedPages() })
  browser = createBrowserFetcher({
    ...web.dispatcherOptions,
    now: () => new Date('2026-01-02T03:04:05.678Z'),
    env: ENV,
    userAgent: 'Unspool/1.2.3 (+https://unspool.example/)',
    limits: { pageMs: 6000, loadMs: 4000, settleMs: 3000 },
  })
})

afterAll(async () => {
  await browser.close()
  await web.close()
})

const fetch = (path: string) => browser.fetch(`http://${SCRIPTED}${path}`, never)
const text = (capture: Capture | undefined) => Buffer.from(capture?.body ?? []).toString()

describe('a page that needs its script', () => {
  it('gives the main document, the JSON and the final document', async () => {
    const [main, json, final, ...rest] = await fetch('/thread')
    expect(rest).toEqual([])
    expect(text(main)).toContain('<div id="root"></div>')
    expect(main).toMatchObject({ method: 'browser', status: 200, mediaType: 'text/html', truncated: null })
    expect(JSON.parse(text(json))).toEqual({ posts: POSTS })
    expect(json).toMatchObject({ url: `http://${SCRIPTED}/thread`, finalUrl: `http://${SCRIPTED}/api/posts` })
    for (const post of POSTS) expect(text(final)).toContain(`<article>${post}</article>`)
    expect(final).toMatchObject({
      capturedAt: '2026-01-02T03:04:05.678Z',
      capturedAtBasis: 'observed',
      truncated: null,
    })
  })

  it('gives redirects as captures too', async () => {
    const found = await fetch('/old')
    expect(found.map(({ status, finalUrl }) => [status, new URL(finalUrl ?? '').pathname])).toEqual([
      [301, '/old'],
      [200, '/thread'],
      [200, '/api/posts'],
      [200, '/thread'],
    ])
  })

  it('is asked for under an honest name, and without its pictures and films', async () => {
    await fetch('/thread')
    expect(web.requests.at(-1)!.headers['user-agent']).toContain('Unspool/1.2.3')
    expect(web.requests.filter(({ host }) => host === 'media.example')).toEqual([])
  })

  it('leaves no secret in the capture and no cookie for the next visit', async () => {
    const captures = await fetch('/thread')
    expect(captures[1]!.redactedHeaders).toEqual(['set-cookie'])
    expect(JSON.stringify(captures.map(({ headers }) => headers))).not.toContain('canary')
    await fetch('/api/direct')
    expect(web.requests.at(-1)!.headers['cookie']).toBeUndefined()
  })

  it('keeps an error page and its status as an observation', async () => {
    expect((await fetch('/busy')).map(({ status }) => status)).toEqual([503, 503])
  })

  it('is kept after content decoding, with the names of its headers as sent', async () => {
    const [main] = await fetch('/gzip')
    expect(text(main)).toBe(PLAIN)
    expect(main!.headers).toContainEqual(['X-Made-By', 'hand'])
  })

  it('is taken as served when it is no HTML', async () => {
    const captures = await fetch('/api/direct')
    expect(captures.map(text)).toEqual(['{"direct":true}'])
  })
})

describe('a hostile page', () => {
  it('that never rests is taken as it is', async () => {
    expect(text((await fetch('/ticker')).at(-1))).toContain('tick tick')
  })

  it('that opens dialogs is not stopped by them', async () => {
    expect(text((await fetch('/dialog')).at(-1))).toContain('after the dialog')
  })

  it('that hangs costs itself only, and what was received is kept', async () => {
    expect((await fetch('/hang')).map(text)).toEqual([expect.stringContaining('before')])
    expect(text((await fetch('/thread')).at(-1))).toContain(POSTS[1])
  })

  it('that leads to where nothing answers gives what it served, not the page of the browser', async () => {
    const captures = await fetch('/leads-nowhere')
    expect(captures.length).toBeGreaterThan(0)
    for (const capture of captures) {
      expect(text(capture)).toContain('first')
      expect(capture.finalUrl).toBe(`http://${SCRIPTED}/leads-nowhere`)
    }
  })
})

describe('the browser', () => {
  it.each(['http://127.0.0.1:1/', 'http://[::1]:1/', 'https://10.0.0.1/', 'file:///etc/passwd'])(
    'refuses %s',
    async (url) => {
      await expect(browser.fetch(url, never)).rejects.toThrow(RefusedError)
    },
  )

  it('says that a host does not exist', async () => {
    await expect(browser.fetch('https://nobody.invalid/', never)).rejects.toThrow('no such host')
  })

  it('stops when the person says so', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(new Error('enough')), 300)
    await expect(browser.fetch(`http://${SCRIPTED}/ticker`, stop.signal)).rejects.toThrow('enough')
  })

  it('that crashes costs the page, and starts again for the next', async () => {
    const pending = fetch('/ticker').catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const pid of childBrowsers()) process.kill(pid, 'SIGKILL')
    const outcome = await pending
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(TransientFetchError)
    expect(text((await fetch('/thread')).at(-1))).toContain(POSTS[0])
  })

  it('leaves no process behind', async () => {
    await browser.close()
    expect(childBrowsers()).toEqual([])
  })

  it('is found by setting, or the error says how to get one', async () => {
    const { executablePath } = await findBrowser(ENV)
    expect(await findBrowser({ UNSPOOL_BROWSER: executablePath })).toMatchObject({ source: 'setting', executablePath })
    await expect(findBrowser({ UNSPOOL_BROWSER: '/nowhere/chrome' })).rejects.toThrow('/nowhere/chrome')
  })
})

/** Processes of ours that run a browser; read from /proc, since a fetcher does not show its machinery. */
function childBrowsers(): number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim()
  const pids = children === '' ? [] : children.split(' ').map(Number)
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('chromium'))
}
