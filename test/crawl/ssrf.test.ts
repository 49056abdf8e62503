// The table of forms against everything that leads a crawl from one address to another: sources, items of a feed, a
// sitemap, further pages, redirects, platforms' look-ups, the watchdog.
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { ping } from '../../src/cli/ping.ts'
import type { Reach } from '../../src/fetch/guard.ts'
import { createHttpFetcher } from '../../src/fetch/http/http.ts'
import { formsAt, SSRF_FORMS, type SsrfForm } from '../fetch/ssrf-forms.ts'
import { expectNothingDialled, lookupForms, startTrap, type Trap, UNUSED } from '../fetch/trap.ts'
import { type Handler, routeTo, type SitePage } from '../site/fixture-web.ts'
import { type Bench, listSources, makeBench } from './bench.ts'

const SITE = 'astray.example'

let trap: Trap
let forms: readonly SsrfForm[] = []
beforeAll(async () => {
  trap = await startTrap()
  // The one that has a public address besides would wait for it at each turn.
  forms = formsAt(trap.port).filter(({ dns }) => dns?.includes(UNUSED) !== true)
})
afterAll(() => trap.close())

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const xml = (body: string): SitePage => ({ status: 200, headers: { 'content-type': 'application/xml' }, body })
const feed = (body: string) => xml(`<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>x</id>${body}</feed>`)
const entry = (url: string, at: number) =>
  `<entry><id>e${at}</id><title>Entry ${at}</title><link href="${escapeXml(url)}"/></entry>`
const redirect =
  (url: string): Handler =>
  (_, response) =>
    response.writeHead(302, { location: Buffer.from(url.replaceAll(/[\r\n\t]/g, '')).toString('latin1') }).end()

function pagesFor(urls: readonly string[]): Readonly<Record<string, SitePage | Handler>> {
  const each = urls.flatMap((url, at): [string, SitePage | Handler][] => [
    [`${SITE}/next/${at}`, feed(`<link rel="next" href="${escapeXml(url)}"/>`)],
    [`${SITE}/redirect/${at}`, redirect(url)],
  ])
  return {
    ...Object.fromEntries(each),
    [`${SITE}/feed`]: feed(urls.map(entry).join('')),
    [`${SITE}/sitemap.xml`]: xml(
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.map((url) => `<url><loc>${escapeXml(url)}</loc></url>`).join('')}</urlset>`,
    ),
  }
}

const ports: number[] = []

async function openBench(sources: string): Promise<Bench> {
  const bench = await makeBench(sources, pagesFor(forms.map(({ url }) => url)))
  ports.push(bench.web.port)
  return bench
}

async function crawl(sources: string): Promise<Bench> {
  const bench = await openBench(sources)
  await bench.crawl({ reach: reachOnlySite(bench.web.port), args: ['--browser', 'never'], pauseMs: 0 })
  return bench
}

function reachOnlySite(port: number): Reach {
  const route = routeTo(port)
  return {
    allowPrivate: [],
    route: (host, asked, protocol) => (host === SITE ? route(host, asked, protocol) : null),
    lookup: lookupForms,
  }
}

/** Every web address of the table was asked for, and none answered. */
function expectAllRefused(bench: Bench): void {
  const rows = bench.ask<{ url: string; outcome: string }>(
    `SELECT url, outcome FROM frontier WHERE host <> '${SITE}' ORDER BY url`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(100)
  expect(rows.filter(({ outcome }) => outcome !== 'refused' && outcome !== 'failed')).toEqual([])
  expectNothingDialled(trap, ...ports)
}

describe('a crawl is not led astray by', () => {
  it.each([
    [
      'the items of a feed',
      () => `[[source]]\nurl = "http://${SITE}/feed"\nfollow = ["parts", "items"]\nmax_pages = 900`,
    ],
    ['a sitemap', () => `[[source]]\nurl = "http://${SITE}/sitemap.xml"\nfollow = ["parts", "items"]\nmax_pages = 900`],
    ['what a page names as next', () => listSources(...forms.map((_, at) => `http://${SITE}/next/${at}`))],
    ['redirects', () => listSources(...forms.map((_, at) => `http://${SITE}/redirect/${at}`))],
    ['its own sources', () => listSources(...webForms())],
    ['the twin of an address in a platform’s API', () => listSources(...webForms().map(asPost))],
  ])(
    '%s',
    async (_, sources) => {
      const bench = await crawl(sources())
      expectAllRefused(bench)
      await bench.close()
    },
    90_000,
  )

  it('the address of a watchdog', async () => {
    const told: string[] = []
    const stderr = new Writable({ write: (chunk, _, done) => void done(void told.push(String(chunk))) })
    const io = { stderr } as unknown as Io
    const http = createHttpFetcher({ userAgent: 'test', now: () => new Date(0), reach: reachOnlySite(0) })
    for (const { url } of forms) await ping(http, url, 'start', io)
    await http.close()
    expect(told.length).toBe(forms.length)
    expectNothingDialled(trap, ...ports)
  })
})

/** One spelling of each: two sources of one address are no sources file. */
function webForms(): readonly string[] {
  const given = forms.filter(({ url }) => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol))
  const bare = given.filter(({ url }) => new URL(url).username === '')
  return [...new Map(bare.map(({ url }) => [new URL('/', url).href, url])).values()]
}

/** An address that looks like a post of a Mastodon server, whose API is asked without robots.txt. */
function asPost(url: string): string {
  return new URL('/@nora/110000000000000001', url).href
}

it('uses the whole table', () => {
  expect(forms.length).toBe(SSRF_FORMS.length - 1)
})
