// How a crawl ends that cannot go on, by its exit code.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { EXIT_CODES } from '../../src/errors.ts'
import type { Handler, SitePage } from '../site/fixture-web.ts'
import { listSources, openBenches } from './bench.ts'
import { makeClock } from './run.ts'

const HOUR = 3_600_000
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

describe('a crawl that cannot go on says why by its exit code', () => {
  const SOURCES = listSources('http://harbournotes.example/the-lamp-room')

  it('7 when another command writes', async () => {
    const bench = await makeBench(SOURCES)
    const other = openArchiveWriter(bench.archive, { now: () => new Date(), version: '0.1.0' })
    expect((await bench.crawl()).code).toBe(7)
    other.close()
  })

  it('2 when the sources file is wrong or missing', async () => {
    const bench = await makeBench('[[source]]\nurl = "x"')
    expect(await bench.crawl()).toMatchObject({
      code: 2,
      err: expect.stringMatching(/sources\.toml:2: url: x is no web address/),
    })
    const missing = await bench.crawl({ args: ['--sources', join(bench.dir, 'none.toml')] })
    expect(missing.code).toBe(2)
  })

  it('12 before the disk is full, having fetched nothing', async () => {
    const bench = await makeBench(SOURCES)
    expect((await bench.crawl({ args: ['--min-free', '999999999'] })).code).toBe(12)
    expect(bench.newRequests()).toEqual([])
    expect((await bench.crawl()).code).toBe(0)
  })

  it('8 when the database is damaged, having fetched nothing', async () => {
    const bench = await makeBench(`every = "1h"\n${SOURCES}`)
    await bench.crawl()
    bench.newRequests()
    const path = join(bench.archive, 'archive.sqlite')
    const bytes = readFileSync(path)
    const pageBytes = bytes.readUInt16BE(16)
    // All pages but the first few, which opening reads.
    for (let at = 30 * pageBytes; at < bytes.length; at += pageBytes) bytes.fill(0xff, at, at + 16)
    writeFileSync(path, bytes)
    const clock = makeClock()
    clock.ahead(2 * HOUR)
    const ran = await bench.crawl({ now: clock.now })
    expect(ran.code).toBe(EXIT_CODES.integrity.code)
    expect(ran.err).toMatch(/unspool rebuild/)
    expect(bench.newRequests()).toEqual([])
  })

  it('11 when a site asks for a longer pause than a run waits, and obeys it in the next run', async () => {
    const page: SitePage = { status: 429, headers: { 'retry-after': '3600' }, body: '' }
    const bench = await makeBench(SOURCES + listSources('http://strict.example/page', 'http://strict.example/other'), {
      'strict.example/page': page,
      'strict.example/other': page,
    })
    expect((await bench.crawl()).code).toBe(11)
    const asked = () =>
      bench.web.requests.filter(({ host, path }) => host === 'strict.example' && path !== '/robots.txt').length
    expect(asked()).toBe(1)
    await bench.crawl()
    expect(asked()).toBe(1)
    const clock = makeClock()
    clock.ahead(1.1 * HOUR)
    await bench.crawl({ now: clock.now })
    expect(asked()).toBe(2)
  })

  it.each([
    ['is down', { status: 503, headers: {}, body: '' }],
    ['wants a pause', { status: 429, headers: { 'retry-after': '3600' }, body: '' }],
  ])('10 while the only host %s, and no run is begun that could only wait', async (_, page) => {
    const bench = await makeBench(listSources(...'abcdef'.split('').map((name) => `http://sick.example/${name}`)), {
      ...Object.fromEntries('abcdef'.split('').map((name) => [`sick.example/${name}`, page])),
    })
    await bench.crawl({ args: ['--browser', 'never'] })
    const runs = () => bench.ask<{ n: number }>('SELECT count(*) AS n FROM runs')[0]?.n
    expect(runs()).toBe(1)
    const ran = await bench.crawl({ args: ['--browser', 'never', '--now'] })
    expect(ran).toMatchObject({ code: 10, out: expect.stringMatching(/^6 pages wait for a host.*; next look 2/) })
    expect(runs()).toBe(1)
  })

  it.each([
    ['an error', { status: 503, headers: {}, body: '' }],
    [
      'a page of its own trouble',
      {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<title>Error establishing a database connection</title><h1>Error establishing a database connection</h1>',
      },
    ],
  ])(
    '6 when a site has %s for a while, and a page that is due each month is tried again within a day',
    async (_, sick) => {
      let isSick = false
      const well: SitePage = {
        ...sick,
        status: 200,
        body: `<article><h1>Tea</h1>${'<p>The tea was cold by noon, and nobody minded.</p>'.repeat(9)}`,
      }
      const bench = await makeBench(`every = "30d"\nbrowser = "never"\n${listSources('http://tea.example/')}`, {
        'tea.example/': (_request, response) => {
          const page = isSick ? sick : well
          response.writeHead(page.status, { 'content-type': 'text/html' }).end(page.body)
        },
      })
      const clock = makeClock()
      expect((await bench.crawl({ now: clock.now })).code).toBe(0)
      clock.ahead(30 * 24 * HOUR)
      isSick = true
      expect((await bench.crawl({ now: clock.now })).code).toBe(6)
      isSick = false
      clock.ahead(24 * HOUR)
      expect((await bench.crawl({ now: clock.now })).code).toBe(0)
    },
  )

  it('130 when stopped, after the capture in hand', async () => {
    const stop = new AbortController()
    const slow: Handler = (_, response) => {
      stop.abort()
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>in hand</p>'), 100)
    }
    const bench = await makeBench(listSources('http://slow.example/a', 'http://slow.example/b'), {
      'slow.example/a': slow,
    })
    expect((await bench.crawl({ signal: stop.signal })).code).toBe(130)
    const kept = bench.ask<{ url: string }>("SELECT url FROM captures WHERE url NOT LIKE '%robots.txt'")
    expect(kept).toEqual([{ url: 'http://slow.example/a' }])
    await bench.crawl()
    expect(bench.web.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/a', '/b'])
    // The robots.txt of a run that was stopped is no page somebody has still to read.
    expect(await bench.crawl()).toMatchObject({ code: 10, out: expect.stringContaining('nothing is due') })
  })

  it('2 when the floor is no number: it would be none', async () => {
    const bench = await makeBench(SOURCES)
    for (const floor of ['abc', '', '-1']) expect((await bench.crawl({ args: ['--min-free', floor] })).code).toBe(2)
    expect(bench.newRequests()).toEqual([])
  })

  it('9 when the metrics cannot be written, with the report kept and told', async () => {
    const bench = await makeBench(SOURCES)
    const ran = await bench.crawl({ args: ['--metrics', join(bench.dir, 'nowhere', 'm.prom')] })
    expect(ran).toMatchObject({ code: 9, out: expect.stringContaining('1 look: 1 new') })
    expect(readdirSync(join(bench.archive, 'reports'))).toHaveLength(2)
  })

  it('10 after a clock that ran ahead was set right, and the sources are looked at in their time', async () => {
    const bench = await makeBench(`every = "6h"\n${SOURCES}`)
    const ahead = makeClock()
    ahead.ahead(30 * 24 * HOUR)
    expect((await bench.crawl({ now: ahead.now })).code).toBe(0)
    const right = makeClock()
    expect((await bench.crawl({ now: right.now })).code).toBe(0)
    right.ahead(HOUR)
    expect((await bench.crawl({ now: right.now })).code).toBe(10)
    right.ahead(7 * HOUR)
    expect((await bench.crawl({ now: right.now })).code).toBe(0)
  })
})
