// What a real Chromium gets out of pages that show only part of themselves, and what it leaves alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createBrowserFetcher } from '../../../src/fetch/browser/browser.ts'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import type { Capture } from '../../../src/model.ts'
import { type FixtureWeb, startFixtureWeb } from '../../site/fixture-web.ts'
import { ROWS, rowText, UNFOLDED, UNFOLDING, unfoldingPages } from '../../site/unfolding.ts'

const never = new AbortController().signal
const LIMITS = { pageMs: 60_000, loadMs: 10_000, settleMs: 5_000 }

let web: FixtureWeb
let browser: Fetcher
let bounded: Fetcher

const open = (limits: object) =>
  createBrowserFetcher({
    ...web.dispatcherOptions,
    now: () => new Date(0),
    env: { ...process.env, UNSPOOL_BROWSER: 'packaged' },
    limits: { ...LIMITS, ...limits },
  })

beforeAll(async () => {
  web = await startFixtureWeb('no-fixtures', { pages: unfoldingPages() })
  browser = open({})
  bounded = open({ scrolls: 4, clicks: 2, snapshots: 2 })
})

let before = 0
beforeEach(() => {
  before = web.requests.length
})

afterAll(async () => {
  await browser.close()
  await bounded.close()
  await web.close()
})

const fetch = (path: string, by = browser) => by.fetch(`http://${UNFOLDING}${path}`, never)
const text = (capture: Capture | undefined) => Buffer.from(capture?.body ?? []).toString()
const asked = () => web.requests.slice(before).map(({ path }) => path)

describe('a list that draws only what is on the screen', () => {
  it.each(['/virtual', '/inner'])(
    'is kept whole: each row of %s stands in a capture',
    async (path) => {
      const captures = await fetch(path)
      const all = captures.map(text).join('\n')
      expect(Array.from({ length: ROWS }, (_, row) => row).filter((row) => !all.includes(`>${rowText(row)}<`))).toEqual(
        [],
      )
      const final = captures.at(-1)
      expect(text(final)).toContain(rowText(ROWS - 1))
      expect(text(final)).not.toContain(rowText(0))
      expect(final?.truncated).toBeNull()
    },
    60_000,
  )

  it('gives no document twice, and each of them shows something that the others do not', async () => {
    const captures = (await fetch('/virtual')).slice(1)
    const rows = captures.map((capture) => new Set(text(capture).match(/Row \d+ speaks/g)))
    rows.forEach((own, at) => {
      const others = new Set(rows.flatMap((one, other) => (other === at ? [] : [...one])))
      expect([...own].some((row) => !others.has(row))).toBe(true)
    })
  }, 60_000)

  it('says when a bound stopped it', async () => {
    const captures = await fetch('/virtual', bounded)
    expect(captures.at(-1)?.truncated).toBe('length')
    expect(captures.slice(0, -1).every(({ truncated }) => truncated === null)).toBe(true)
  })
})

describe('a page without end', () => {
  it('is left after so many steps, and says so', async () => {
    const final = (await fetch('/endless', bounded)).at(-1)
    expect(final?.truncated).toBe('length')
    expect(text(final)).toContain('endless 0<')
  })

  it('is left after so much time, and says so', async () => {
    const hasty = open({ revealMs: 700 })
    const final = (await fetch('/endless', hasty)).at(-1)
    await hasty.close()
    expect(final?.truncated).toBe('time')
  })
})

describe('what is folded', () => {
  it('is unfolded, in whatever language', async () => {
    const final = text((await fetch('/replies')).at(-1))
    for (const at of UNFOLDED.keys()) expect(final).toContain(`<p>unfolded ${at}</p>`)
    for (const part of ['one', 'two', 'three']) expect(final).toContain(`<p>part ${part}</p>`)
  })

  it('is unfolded once: a switch is not pressed back', async () => {
    const final = text((await fetch('/replies')).at(-1))
    expect(final).toContain('<div id="folded">')
    expect(asked().filter((path) => path === '/part/toggle')).toHaveLength(1)
  })

  it('is unfolded up to a bound', async () => {
    const final = (await fetch('/replies', bounded)).at(-1)
    expect(text(final).match(/<p>unfolded \d<\/p>/g)).toHaveLength(2)
    expect(final?.truncated).toBe('length')
  })
})

describe('a button or link', () => {
  it('that posts, follows, likes, subscribes, opens a menu or leaves is not pressed', async () => {
    const final = text((await fetch('/poison')).at(-1))
    expect(final).toContain('unfolded well')
    expect(asked().filter((path) => path.startsWith('/poison/'))).toEqual([])
  })

  it('that leads away in spite of its name leads nowhere', async () => {
    const captures = await fetch('/leads-away')
    expect(asked().filter((path) => path === '/poison/location')).toEqual([])
    expect(new Set(captures.map(({ finalUrl }) => finalUrl))).toEqual(new Set([`http://${UNFOLDING}/leads-away`]))
    expect(text(captures.at(-1))).toContain('Home words.')
    expect(text(captures.at(-1))).toContain('the view again')
  })
})

describe('a page that breaks', () => {
  it('when it is pressed gives what it had shown before', async () => {
    const captures = await fetch('/breaks')
    expect(text(captures.at(-1))).toContain('<p id="words">drawn by script</p>')
    expect(captures.at(-1)?.truncated).toBe('disconnect')
    expect(text((await fetch('/plain')).at(-1))).toContain('plain')
  }, 60_000)

  it('with dialogs is dismissed and goes on', async () => {
    expect(text((await fetch('/dialogs')).at(-1))).toContain('answered false')
    expect(text((await fetch('/plain')).at(-1))).toContain('plain')
  })

  it('with downloads gives itself', async () => {
    expect(text((await fetch('/download')).at(-1))).toContain('before the download')
  })

  it('by being a download gives its bytes', async () => {
    expect((await fetch('/file')).map(text)).toEqual(['bytes of a file'])
  })
})
