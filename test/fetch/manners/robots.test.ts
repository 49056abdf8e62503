// robots.txt: what forbids, what is kept as proof, and when it is asked again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fetcher } from '../../../src/fetch/fetcher.ts'
import { createHttpFetcher } from '../../../src/fetch/http/http.ts'
import { createRobots } from '../../../src/fetch/manners/robots.ts'
import { type FixtureWeb, type Handler, type SitePage, startFixtureWeb } from '../../site/fixture-web.ts'

const never = new AbortController().signal
const text = (body: string, status = 200): SitePage => ({ status, headers: { 'content-type': 'text/plain' }, body })
const destroy: Handler = (request) => request.socket.destroy()

/** Ends, cut after 512 KiB, in the middle of a rule. */
function cutInRule(rule: string, kept: number): string {
  const head = 'User-agent: *\n'
  return `${head}${'#'.repeat(512 * 1024 - head.length - kept - 1)}\n${rule}\n`
}

const agents = (count: number) => Array.from({ length: count }, (_, i) => `User-agent: b${i}\n`).join('')

const SITES: Readonly<Record<string, SitePage | Handler>> = {
  rules: text(
    '# ours\nUser-agent: Unspool\nDisallow: /private\nAllow: /private/open\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n',
  ),
  everyone: text('User-agent: *\nDisallow: /private*.html$\n'),
  sitemap: text(
    'User-agent: other\nSitemap: http://sitemap.example/map.xml\nUser-agent: Unspool\nDisallow: /private\n',
  ),
  crowded: text(
    `${'User-agent: *\n'.repeat(9_000)}${agents(9_000)}User-agent: unspool/1.0\n${'Disallow: /a\n'.repeat(15_000)}`,
  ),
  blank: text(`${'\r'.repeat(250_000)}${'\u2028'.repeat(80_000)}\nUser-agent: *\nDisallow: /private\n`),
  shared: text('User-agent: a\nUser-agent: b\nUser-agent: Unspool\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n'),
  slow: text('User-agent: *\nCrawl-delay: 1000000000\n'),
  backwards: text('User-agent: *\nCrawl-delay: -5\n'),
  escaped: text('User-agent: *\nDisallow: /%70rivate%2Fx\n'),
  cut: (_, response) => {
    response.writeHead(200, { 'content-length': '500' }).write('User-agent: *\nAllow: /\n')
    setTimeout(() => response.destroy(), 20)
  },
  endless: (_, response) => void response.writeHead(200).write('User-agent: *\nAllow: /\n'),
  halved: text(cutInRule('Disallow: /open/but-not-this', 'Disallow: /open'.length)),
  late: text(`User-agent: *\n${'# filler\n'.repeat(70_000)}Disallow: /\n`),
  wide: { ...text(''), body: Buffer.from('\ufeffUser-agent: *\nDisallow: /private\n', 'utf16le') },
  turned: { ...text(''), body: Buffer.from('\ufeffUser-agent: *\nDisallow: /private\n', 'utf16le').swap16() },
  missing: text('no', 404),
  forbidden: text('no', 403),
  throttled: text('no', 429),
  failing: text('no', 503),
  broken: destroy,
  looping: { status: 302, headers: { location: '/robots.txt' }, body: '' },
  moved: { status: 301, headers: { location: 'http://rules.example/robots.txt' }, body: '' },
  page: { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><p>not rules' },
}

let web: FixtureWeb
let http: Fetcher
let clock = 0

beforeAll(async () => {
  const pages = Object.fromEntries(Object.entries(SITES).map(([name, page]) => [`${name}.example/robots.txt`, page]))
  web = await startFixtureWeb('no-fixtures', { pages })
  http = createHttpFetcher({
    ...web.dispatcherOptions,
    userAgent: 'test',
    now: () => new Date(0),
    limits: { totalMs: 2000 },
  })
})

afterAll(async () => {
  await http.close()
  await web.close()
})

const check = (url: string) => createRobots(http, () => clock).check(url, never)

describe('robots.txt', () => {
  it.each([
    ['http://rules.example/', true],
    ['http://rules.example/private/x', false],
    ['http://rules.example/private/open/x', true],
    ['http://everyone.example/private/x.html', false],
    ['http://everyone.example/private/x.txt', true],
    ['http://sitemap.example/private/x', false],
    ['http://sitemap.example/robots.txt', true],
    ['http://late.example/x', true],
    ['http://halved.example/open/x', true],
    ['http://escaped.example/private%2Fx', false],
    ['http://escaped.example/%70riv%61te%2Fx', false],
    ['http://escaped.example/private/x', true],
    ['http://page.example/x', true],
    ['http://wide.example/private/x', false],
    ['http://wide.example/x', true],
    ['http://turned.example/private/x', false],
    ['http://shared.example/private/x', false],
    ['http://shared.example/x', true],
    // What would be read in the square of its length, or in gigabytes.
    ['http://crowded.example/a', false],
    ['http://crowded.example/x', true],
    ['http://blank.example/private/x', false],
  ])('%s is allowed: %s', async (url, allowed) => {
    expect(await check(url)).toMatchObject({ allowed })
  })

  it.each([
    ['missing', true],
    ['forbidden', true],
    ['throttled', false],
    ['failing', false],
    ['broken', false],
    ['cut', false],
    ['endless', false],
    ['looping', false],
  ])('of a site where it is %s allows: %s', async (name, allowed) => {
    expect(await check(`http://${name}.example/x`)).toMatchObject({ allowed })
  })

  it('after a redirect binds the site that was asked', async () => {
    const verdict = await check('http://moved.example/private/x')
    expect(verdict.allowed).toBe(false)
    expect(verdict.evidence.map(({ status }) => status)).toEqual([301, 200])
  })

  it('is kept as proof, with the line that decided', async () => {
    const { reason, evidence } = await check('http://rules.example/private/x')
    expect(reason).toBe('line 3 of http://rules.example/robots.txt')
    expect(Buffer.from(evidence[0]!.body).toString()).toContain('# ours')
  })

  it('asks for pauses between 0 and 300 s', async () => {
    const delays = ['rules', 'slow', 'backwards', 'everyone'].map(
      async (name) => (await check(`http://${name}.example/`)).crawlDelayMs,
    )
    expect(await Promise.all(delays)).toEqual([7000, 300_000, 0, null])
  })

  it('is asked once a day, and soon again when there was no answer', async () => {
    clock = 0
    const robots = createRobots(http, () => clock)
    const asked = (host: string) => web.requests.filter((request) => request.host === host).length
    const before = { rules: asked('rules.example'), failing: asked('failing.example') }
    for (clock of [0, 3_600_000, 23 * 3_600_000]) {
      await robots.check('http://rules.example/', never)
      await robots.check('http://failing.example/', never)
    }
    expect(asked('rules.example') - before.rules).toBe(1)
    expect(asked('failing.example') - before.failing).toBe(3)
    clock = 25 * 3_600_000
    await robots.check('http://rules.example/', never)
    expect(asked('rules.example') - before.rules).toBe(2)
  })

  it('does not remember an interruption', async () => {
    const robots = createRobots(http, () => clock)
    await expect(robots.check('http://rules.example/', AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    )
    expect(await robots.check('http://rules.example/', never)).toMatchObject({ allowed: true })
  })
})
