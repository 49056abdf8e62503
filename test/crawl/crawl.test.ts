// A whole crawl of a loopback web of many hosts: what is stored, and that the server saw good manners.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkArchive } from '../../src/archive/verify/verify.ts'
import { FAULTS } from '../site/faults.ts'
import type { Handler, SitePage } from '../site/fixture-web.ts'
import { makeSocial, SOCIAL } from '../site/social.ts'
import { type Bench, htmlPage, listSources, makeBench, robotsPage } from './bench.ts'
import { byHost, findRudeness, SLACK_MS } from './manners.ts'
import { PAUSE_MS, type Ran } from './run.ts'

const DRIPS = ['<!doctype html><article>', ...Array.from({ length: 10 }, (_, n) => `<p>Drip ${n} of a slow page.</p>`)]
const DRIP_PAUSE_MS = 30

const dripPage: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  const next = (at: number): void => {
    if (at === DRIPS.length) return void response.end()
    response.write(DRIPS[at])
    setTimeout(() => next(at + 1), DRIP_PAUSE_MS)
  }
  next(0)
}

describe('a crawl of many hosts', () => {
  const social = makeSocial()
  const ids = social.addThread(
    'nora',
    Array.from({ length: 50 }, (_, i) => `Step ${i + 1} of turning a heap of leaves. ${i + 1}/50`),
  )
  // Beside the way from the root to the middle, where only the root's own context shows it.
  social.answer(ids[0]!, 'odd', 'Does this work with oak leaves?')
  let bench: Bench
  let first: Ran
  let busyAsked = 0
  let awayAsked = 0

  const pages: Readonly<Record<string, SitePage | Handler>> = {
    'forbidden.example/robots.txt': robotsPage('User-agent: Unspool\nDisallow: /private/\n'),
    'forbidden.example/private/page': htmlPage('<p>not for robots</p>'),
    'sick.example/robots.txt': { status: 503, headers: {}, body: 'down' },
    'slow.example/robots.txt': robotsPage('User-agent: *\nCrawl-delay: 0.3\n'),
    'slow.example/one': htmlPage(
      '<!doctype html><title>One</title><article><h1>One</h1><p>The first page of two.</p></article>',
    ),
    'slow.example/two': htmlPage(
      '<!doctype html><title>Two</title><article><h1>Two</h1><p>The second page of two.</p></article>',
    ),
    'busy.example/page': (_, response) => {
      const [status, headers] = busyAsked++ === 0 ? [429, { 'retry-after': '1' }] : [200, {}]
      response
        .writeHead(status as number, { 'content-type': 'text/html', ...(headers as object) })
        .end('<p>at last, some words</p>')
    },
    'away.example/page': (_, response) => {
      const now = new Date()
      // Both dates are whole seconds.
      const until = new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000)
      const headers = { 'content-type': 'text/html', date: now.toUTCString(), 'retry-after': until.toUTCString() }
      if (awayAsked++ === 0) response.writeHead(503, headers).end('back soon')
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<p>back again, with some words</p>')
    },
    'drip.example/page': dripPage,
    'robots-gone.example/robots.txt': robotsPage('gone', 410),
    'robots-closed.example/robots.txt': robotsPage('no', 403),
    'robots-moved.example/robots.txt': {
      status: 301,
      headers: { location: 'http://rules.example/robots.txt' },
      body: '',
    },
    'rules.example/robots.txt': robotsPage('User-agent: *\nDisallow: /private/\n'),
    'robots-html.example/robots.txt': htmlPage('<!doctype html><p>Disallow: everything? This is a page.</p>'),
    'robots-huge.example/robots.txt': robotsPage(
      `User-agent: *\nDisallow: /early/\n${'# filler\n'.repeat(70_000)}Disallow: /\n`,
    ),
    ...Object.fromEntries(
      ['gone', 'closed', 'moved', 'html', 'huge'].flatMap((name) =>
        ['early', 'private'].map((folder) => [
          `robots-${name}.example/${folder}/page`,
          htmlPage(`<!doctype html><article><h1>${name}</h1><p>Words behind a robots.txt of a kind.</p></article>`),
        ]),
      ),
    ),
    'moved.example/old': { status: 301, headers: { location: 'http://landed.example/new' }, body: '' },
    'landed.example/new': htmlPage(
      '<!doctype html><title>Here</title><article><h1>Here</h1><p>This moved here.</p></article>',
    ),
    'wall.example/post': { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>Log in</p>' },
    'cut.example/page': FAULTS['/gzip-cut']!,
    'latin.example/page': FAULTS['/wrong-charset']!,
  }

  beforeAll(async () => {
    const middle = `http://${SOCIAL}/@nora/${ids[24]}`
    bench = await makeBench(
      listSources(
        'http://threads.reader.example/thread/1767612801741758466.html',
        'http://unrolled.mirror.example/thread/1767612520723386369.html',
        'http://gauges.example/2024/05/low-water/',
        'http://harbournotes.example/the-lamp-room',
        'http://spa.reader.example/thread/1907100642309255219',
        'http://forbidden.example/private/page',
        'http://sick.example/page',
        'http://slow.example/one',
        'http://slow.example/two',
        'http://busy.example/page',
        'http://away.example/page',
        'http://drip.example/page',
        ...['gone', 'closed', 'moved', 'html', 'huge'].flatMap((name) =>
          ['early', 'private'].map((folder) => `http://robots-${name}.example/${folder}/page`),
        ),
        'http://moved.example/old',
        'http://wall.example/post',
        'http://cut.example/page',
        'http://latin.example/page',
        middle,
      ),
      pages,
      { [SOCIAL]: social.handler },
    )
    first = await bench.crawl()
  }, 90_000)

  afterAll(() => bench.close())

  const outcomeOf = (url: string) =>
    bench.ask<{ outcome: string }>(`SELECT outcome FROM frontier WHERE url = '${url}'`)[0]?.outcome

  it('leaves files that their hashes prove, without a look at every record and row', () => {
    const found = [...checkArchive(bench.archive)]
    expect(found.filter((checked) => !('ok' in checked))).toEqual([])
    const proofs = found.flatMap((checked) => ('proof' in checked ? [checked.proof.by] : []))
    expect(new Set(proofs)).toEqual(new Set(['hash']))
  })

  it('ends partial: some sources refuse, and each says why', () => {
    expect(first.code).toBe(3)
    expect(outcomeOf('http://forbidden.example/private/page')).toBe('refused')
    expect(outcomeOf('http://sick.example/page')).toBe('failed')
    expect(outcomeOf('http://wall.example/post')).toBe('refused')
    expect(first.err).toMatch(/robots\.txt forbids it: line 2 of http:\/\/forbidden\.example\/robots\.txt/)
  })

  it('asks one thing at a time of a host, with pauses, and by plain HTTP only once', () => {
    const pagesOnly = bench.web.requests.filter(({ host }) => host !== 'spa.reader.example')
    expect(byHost(pagesOnly).size).toBeGreaterThanOrEqual(20)
    const wanted = (host: string, at: number) =>
      host === SOCIAL ? 0 : host === 'slow.example' && at > 0 ? 300 : PAUSE_MS
    expect(findRudeness(pagesOnly, wanted)).toEqual([])
  })

  it('never asks for what robots.txt forbids, nor for anything of a site that cannot say, and keeps the answer as proof', () => {
    const paths = (host: string) =>
      bench.web.requests.filter((request) => request.host === host).map(({ path }) => path)
    expect(paths('forbidden.example')).toEqual(['/robots.txt'])
    expect(new Set(paths('sick.example'))).toEqual(new Set(['/robots.txt']))
    const kept = bench
      .ask<{ host: string }>("SELECT host FROM captures WHERE url LIKE '%/robots.txt'")
      .map(({ host }) => host)
    expect(kept).toContain('forbidden.example')
  })

  it('takes every kind of robots.txt as RFC 9309 has it', () => {
    const allowed = ['gone', 'closed', 'html'].flatMap((name) => [`${name}.example/early`, `${name}.example/private`])
    const outcomes = (path: string) => outcomeOf(`http://robots-${path}/page`)
    expect(allowed.map(outcomes)).toEqual(allowed.map(() => 'new'))
    // The rules that a redirect leads to forbid /private/; what lies beyond the first 500 KiB is not read.
    expect(['moved.example/early', 'moved.example/private'].map(outcomes)).toEqual(['new', 'refused'])
    expect(['huge.example/early', 'huge.example/private'].map(outcomes)).toEqual(['refused', 'new'])
  })

  it.each(['busy', 'away'])('waits as long as Retry-After says, in seconds or as a date (%s)', (name) => {
    const [refused, served] = bench.web.requests.filter(
      ({ host, path }) => host === `${name}.example` && path === '/page',
    )
    const wanted = name === 'busy' ? 1000 : Math.ceil(refused!.at / 1000) * 1000 - refused!.at
    expect(served!.at - refused!.endedAt!).toBeGreaterThanOrEqual(wanted - SLACK_MS)
    expect(outcomeOf(`http://${name}.example/page`)).toBe('new')
  })

  it('keeps a page whole that comes in drips', () => {
    expect(outcomeOf('http://drip.example/page')).toBe('new')
    const [kept] = bench.ask<{ bytes: number; truncated: null }>(
      "SELECT bytes, truncated FROM captures WHERE url = 'http://drip.example/page'",
    )
    expect(kept).toEqual({ bytes: DRIPS.join('').length, truncated: null })
  })

  it('follows a redirect to another host in that host’s own turn, after its robots.txt', () => {
    const asked = bench.web.requests.filter(({ host }) => host === 'landed.example').map(({ path }) => path)
    expect(asked).toEqual(['/robots.txt', '/new'])
    expect(bench.ask("SELECT 1 FROM captures WHERE url = 'http://moved.example/old' AND status = 301")).toHaveLength(1)
  })

  it('unrolls the whole thread from a link to its middle, past what the server shows at once', () => {
    const [row] = bench.ask<{ present: number; completeness: string }>(
      "SELECT present, completeness FROM completeness_report WHERE id LIKE 'mastodon:%'",
    )
    expect(row).toEqual({ present: 50, completeness: 'complete' })
    expect(bench.ask("SELECT 1 FROM post_versions WHERE text LIKE '%oak leaves%'")).toHaveLength(1)
  })

  it('reads the page that only its script fills with a browser', () => {
    expect(
      bench.ask("SELECT 1 FROM captures WHERE host = 'spa.reader.example' AND method = 'browser'").length,
    ).toBeGreaterThan(0)
    expect(bench.ask("SELECT 1 FROM host_manners WHERE host = 'spa.reader.example' AND browser = 1")).toHaveLength(1)
  })

  it('marks a cut body as cut, asks again as after any failure, and keeps a report for machines and one for people', () => {
    expect(
      bench.ask(
        "SELECT truncated FROM captures WHERE host = 'cut.example' AND status = 200 AND url NOT LIKE '%robots%'",
      ),
    ).toEqual(Array.from({ length: 4 }, () => ({ truncated: 'disconnect' })))
    expect(readdirSync(join(bench.archive, 'reports')).map((name) => name.split('.').pop())).toEqual(['json', 'md'])
  })

  it('finds nothing due at once afterwards, but what failed', async () => {
    bench.newRequests()
    const again = await bench.crawl()
    expect(again.code).toBe(10)
    expect(bench.newRequests()).toEqual([])
  })
})
