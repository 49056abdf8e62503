// Whole crawls of a loopback web of many hosts: what is stored, what a second look adds, and that the server saw good manners.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { FAULTS } from '../site/faults.ts'
import { type FixtureWeb, type Handler, type SitePage, type SiteRequest, startFixtureWeb } from '../site/fixture-web.ts'
import { makeSocial, SOCIAL } from '../site/social.ts'
import { command, makeClock, PAUSE_MS, type RunOptions } from './run.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const HOUR = 3_600_000
/** Timers may fire a little early, and the server's clock is in whole ms. */
const SLACK_MS = 6

interface Bench {
  readonly web: FixtureWeb
  readonly dir: string
  readonly archive: string
  crawl(options?: RunOptions & { args?: readonly string[] }): ReturnType<typeof command>
  ask<T = unknown>(sql: string): readonly T[]
  /** Requests since the last call. */
  newRequests(): readonly SiteRequest[]
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function makeBench(
  sources: string,
  pages: Readonly<Record<string, SitePage | Handler>> = {},
  hosts: Readonly<Record<string, Handler>> = {},
): Promise<Bench> {
  const web = await startFixtureWeb(FIXTURES, { pages, hosts })
  const dir = mkdtempSync(join(tmpdir(), 'unspool-crawl-'))
  const archive = join(dir, 'archive')
  writeFileSync(join(dir, 'sources.toml'), sources)
  open.push(async () => {
    await web.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const place = ['--archive', archive, '--sources', join(dir, 'sources.toml')]
  let seen = 0
  return {
    web,
    dir,
    archive,
    crawl: ({ args = [], ...options } = {}) => command(web, ['crawl', '--min-free', '1', ...place, ...args], options),
    ask: <T>(sql: string) => {
      const db = new Database(join(archive, 'archive.sqlite'), { readonly: true })
      try {
        return db.prepare(sql).all() as T[]
      } finally {
        db.close()
      }
    },
    newRequests: () => {
      const fresh = web.requests.slice(seen)
      seen = web.requests.length
      return fresh
    },
  }
}

const listOf = (...urls: readonly string[]) => urls.map((url) => `[[source]]\nurl = "${url}"\n`).join('')
const html = (body: string, headers: Readonly<Record<string, string>> = {}): SitePage => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body,
})
const robots = (body: string): SitePage => ({ status: 200, headers: { 'content-type': 'text/plain' }, body })

function readExports(dir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]))
}

describe('a crawl of many hosts', () => {
  const social = makeSocial()
  const ids = social.addThread(
    'nora',
    Array.from({ length: 50 }, (_, i) => `Step ${i + 1} of turning a heap of leaves. ${i + 1}/50`),
  )
  let bench: Bench
  let first: Awaited<ReturnType<typeof command>>
  let closeBench: (() => Promise<void>)[]
  let busyAsked = 0

  const pages: Readonly<Record<string, SitePage | Handler>> = {
    'forbidden.example/robots.txt': robots('User-agent: Unspool\nDisallow: /private/\n'),
    'forbidden.example/private/page': html('<p>not for robots</p>'),
    'sick.example/robots.txt': { status: 503, headers: {}, body: 'down' },
    'slow.example/robots.txt': robots('User-agent: *\nCrawl-delay: 0.3\n'),
    'slow.example/one': html(
      '<!doctype html><title>One</title><article><h1>One</h1><p>The first page of two.</p></article>',
    ),
    'slow.example/two': html(
      '<!doctype html><title>Two</title><article><h1>Two</h1><p>The second page of two.</p></article>',
    ),
    'busy.example/page': (_, response) => {
      const [status, headers] = busyAsked++ === 0 ? [429, { 'retry-after': '1' }] : [200, {}]
      response
        .writeHead(status as number, { 'content-type': 'text/html', ...(headers as object) })
        .end('<p>at last, some words</p>')
    },
    'moved.example/old': { status: 301, headers: { location: 'http://landed.example/new' }, body: '' },
    'landed.example/new': html(
      '<!doctype html><title>Here</title><article><h1>Here</h1><p>This moved here.</p></article>',
    ),
    'wall.example/post': { status: 403, headers: { 'content-type': 'text/html' }, body: '<p>Log in</p>' },
    'cut.example/page': FAULTS['/gzip-cut']!,
    'latin.example/page': FAULTS['/wrong-charset']!,
  }

  beforeAll(async () => {
    const middle = `http://${SOCIAL}/@nora/${ids[24]}`
    bench = await makeBench(
      listOf(
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
        'http://moved.example/old',
        'http://wall.example/post',
        'http://cut.example/page',
        'http://latin.example/page',
        middle,
      ),
      pages,
      { [SOCIAL]: social.handler },
    )
    closeBench = open.splice(0)
    first = await bench.crawl()
  }, 90_000)

  afterAll(async () => {
    for (const close of closeBench) await close()
  })

  const outcomeOf = (url: string) =>
    bench.ask<{ outcome: string }>(`SELECT outcome FROM frontier WHERE url = '${url}'`)[0]?.outcome

  it('ends partial: some sources refuse, and each says why', () => {
    expect(first.code).toBe(3)
    expect(outcomeOf('http://forbidden.example/private/page')).toBe('refused')
    expect(outcomeOf('http://sick.example/page')).toBe('failed')
    expect(outcomeOf('http://wall.example/post')).toBe('refused')
    expect(first.err).toMatch(/robots\.txt forbids it: line 2 of http:\/\/forbidden\.example\/robots\.txt/)
  })

  it('asks one thing at a time of a host, with pauses, and by plain HTTP only once', () => {
    const pagesOnly = bench.web.requests.filter(({ host }) => host !== 'spa.reader.example')
    const hosts = new Set(pagesOnly.map(({ host }) => host))
    expect(hosts.size).toBeGreaterThanOrEqual(13)
    for (const host of hosts) {
      const asked = pagesOnly.filter((request) => request.host === host)
      for (const [at, request] of asked.slice(1).entries()) {
        const gap = request.at - (asked[at]!.endedAt ?? Number.POSITIVE_INFINITY)
        const wanted = host === SOCIAL ? 0 : host === 'slow.example' && at > 0 ? 300 : PAUSE_MS
        expect({ host, path: request.path, gap: gap >= wanted - SLACK_MS }).toEqual({
          host,
          path: request.path,
          gap: true,
        })
      }
    }
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

  it('waits as long as Retry-After says', () => {
    const [refused, served] = bench.web.requests.filter(({ host, path }) => host === 'busy.example' && path === '/page')
    expect(served!.at - refused!.endedAt!).toBeGreaterThanOrEqual(1000 - SLACK_MS)
    expect(outcomeOf('http://busy.example/page')).toBe('new')
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
  })

  it('reads the page that only its script fills with a browser', () => {
    expect(
      bench.ask("SELECT 1 FROM captures WHERE host = 'spa.reader.example' AND method = 'browser'").length,
    ).toBeGreaterThan(0)
    expect(bench.ask("SELECT 1 FROM host_manners WHERE host = 'spa.reader.example' AND browser = 1")).toHaveLength(1)
  })

  it('marks a cut body as cut, and keeps a report for machines and one for people', () => {
    expect(
      bench.ask(
        "SELECT truncated FROM captures WHERE host = 'cut.example' AND status = 200 AND url NOT LIKE '%robots%'",
      ),
    ).toEqual([{ truncated: 'disconnect' }])
    expect(readdirSync(join(bench.archive, 'reports')).map((name) => name.split('.').pop())).toEqual(['json', 'md'])
  })

  it('finds nothing due at once afterwards, but what failed', async () => {
    bench.newRequests()
    const again = await bench.crawl()
    expect(again.code).toBe(10)
    expect(bench.newRequests()).toEqual([])
  })
})

describe('a second crawl', () => {
  const SOURCES = [
    'http://threads.reader.example/thread/1767612801741758466.html',
    'http://gauges.example/2024/05/low-water/',
    'http://harbournotes.example/the-lamp-room',
    'http://spa.reader.example/thread/1907100642309255219',
  ]

  async function makeSecond(): Promise<
    Bench & { social: ReturnType<typeof makeSocial>; ids: readonly string[]; later: () => Date }
  > {
    const social = makeSocial()
    const ids = social.addThread('nora', [
      'The ferry timetable, explained. 1/3',
      'Tides decide, not clocks. 2/3',
      'So bring a book. 3/3',
    ])
    const root = `http://${SOCIAL}/@nora/${ids[0]}`
    const bench = await makeBench(`every = "6h"\n${listOf(...SOURCES, root)}`, {}, { [SOCIAL]: social.handler })
    const clock = makeClock()
    await bench.crawl({ now: clock.now })
    clock.ahead(8 * HOUR)
    bench.newRequests()
    return { ...bench, social, ids, later: clock.now }
  }

  const exportTo = (bench: Bench, name: string) =>
    command(bench.web, ['export', '--archive', bench.archive, '--to', join(bench.dir, name)])

  it('of an unchanged web writes only revisits, and exports the same bytes', async () => {
    const bench = await makeSecond()
    const count = (table: string) => bench.ask<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]!.n
    const before = ['post_versions', 'threads', 'conversations', 'posts'].map(count)
    const captures = count('captures')
    await exportTo(bench, 'before')
    expect((await bench.crawl({ now: bench.later })).code).toBe(0)
    expect(['post_versions', 'threads', 'conversations', 'posts'].map(count)).toEqual(before)
    const fresh = bench.ask<{ payload_key: number | null }>(`SELECT payload_key FROM captures WHERE key > ${captures}`)
    expect(fresh.length).toBeGreaterThan(SOURCES.length)
    expect(fresh.filter(({ payload_key }) => payload_key === null)).toEqual([])
    await exportTo(bench, 'after')
    expect(readExports(join(bench.dir, 'after'))).toEqual(readExports(join(bench.dir, 'before')))
    expect((await command(bench.web, ['verify', '--archive', bench.archive])).code).toBe(0)
  }, 60_000)

  it('asks with the validators it got, and stores a 304 as a revisit that says so', async () => {
    const bench = await makeSecond()
    await bench.crawl({ now: bench.later })
    const asked = bench.newRequests().filter(({ host }) => host === SOCIAL)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked.filter(({ headers }) => headers['if-none-match'] === undefined)).toEqual([])
    const stored = bench.ask<{ status: number; payload_key: number | null }>(
      `SELECT status, payload_key FROM captures WHERE host = '${SOCIAL}' AND captured_at > '${new Date(Date.now() + HOUR).toISOString()}'`,
    )
    expect(stored.map(({ status }) => status)).toEqual(asked.map(() => 304))
    expect(stored.every(({ payload_key }) => payload_key !== null)).toBe(true)
  }, 60_000)

  it('sees an edit as one version, an answer as one post, a deletion as a tombstone', async () => {
    const bench = await makeSecond()
    const versions = () =>
      bench.ask<{ text: string }>('SELECT text FROM post_versions ORDER BY key').map(({ text }) => text)
    const before = versions()
    const [, second, third] = bench.ids
    bench.social.toots.set(second!, {
      ...bench.social.toots.get(second!)!,
      text: 'Tides decide, never clocks. 2/3',
      editedAt: '2025-05-01T00:00:00.000Z',
    })
    bench.social.answer(third!, 'odd', 'Which book, though?')
    await bench.crawl({ now: bench.later })
    expect(versions().slice(before.length).sort()).toEqual(['Tides decide, never clocks. 2/3', 'Which book, though?'])
    bench.social.toots.clear()
    const clock = makeClock()
    clock.ahead(48 * HOUR)
    await bench.crawl({ now: clock.now })
    expect(versions()).toHaveLength(before.length + 2)
    const gone = bench.ask<{ url: string; status: number }>('SELECT url, status FROM gone_pages ORDER BY url')
    expect(gone).toContainEqual({ url: `http://${SOCIAL}/api/v1/statuses/${bench.ids[0]}`, status: 404 })
  }, 60_000)

  it('after a month off looks once at each source, and notes the time nobody looked', async () => {
    const bench = await makeSecond()
    const clock = makeClock()
    clock.ahead(30 * 24 * HOUR)
    await bench.crawl({ now: clock.now })
    const pages = bench
      .newRequests()
      .filter(({ path, host }) => path !== '/robots.txt' && host !== 'spa.reader.example')
    const times = pages.map(({ host, path }) => `${host}${path}`)
    expect(new Set(times).size).toBe(times.length)
    const events = bench.ask<{ detail: string }>("SELECT detail FROM events WHERE type = 'coverage gap'")
    expect(events).toHaveLength(SOURCES.length + 1)
    expect(JSON.parse(events[0]!.detail)).toMatchObject({ missed: expect.any(Number) })
  }, 60_000)

  it('after a rebuild still knows what is due', async () => {
    const bench = await makeSecond()
    expect((await command(bench.web, ['rebuild', '--archive', bench.archive])).code).toBe(0)
    expect((await bench.crawl()).code).toBe(10)
  }, 60_000)
})

describe('a crawl that cannot go on says why by its exit code', () => {
  const SOURCES = listOf('http://harbournotes.example/the-lamp-room')

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

  it('11 when a site asks for a longer pause than a run waits, and obeys it in the next run', async () => {
    const page: SitePage = { status: 429, headers: { 'retry-after': '3600' }, body: '' }
    const bench = await makeBench(SOURCES + listOf('http://strict.example/page', 'http://strict.example/other'), {
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

  it('130 when stopped, after the capture in hand', async () => {
    const stop = new AbortController()
    const slow: Handler = (_, response) => {
      stop.abort()
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>in hand</p>'), 100)
    }
    const bench = await makeBench(listOf('http://slow.example/a', 'http://slow.example/b'), { 'slow.example/a': slow })
    expect((await bench.crawl({ signal: stop.signal })).code).toBe(130)
    const kept = bench.ask<{ url: string }>("SELECT url FROM captures WHERE url NOT LIKE '%robots.txt'")
    expect(kept).toEqual([{ url: 'http://slow.example/a' }])
    await bench.crawl()
    expect(bench.web.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/a', '/b'])
  })
})

describe('around a crawl', () => {
  const PAGE = 'http://harbournotes.example/the-lamp-room'

  it('secrets go to their host alone, and are nowhere in the archive, the reports or what is printed', async () => {
    const secret = html('<!doctype html><article><h1>Members</h1><p>Words for members only.</p></article>', {
      'set-cookie': 'session=canary-from-server',
    })
    const bench = await makeBench(
      `[[source]]\nurl = "http://members.example/page"\ncookies = "cookies.txt"\nheaders = "headers.txt"\n[[source]]\nurl = "${PAGE}"\ncookies = "cookies.txt"`,
      { 'members.example/page': secret },
    )
    writeFileSync(join(bench.dir, 'cookies.txt'), 'members.example\tFALSE\t/\tFALSE\t0\tsid\tcanary-cookie\n', {
      mode: 0o600,
    })
    writeFileSync(join(bench.dir, 'headers.txt'), 'Authorization: Bearer canary-token\n', { mode: 0o600 })
    const ran = await bench.crawl({ args: ['--json'] })
    expect(ran.code).toBe(0)
    const sent = bench.web.requests.filter(({ headers }) => JSON.stringify(headers).includes('canary'))
    expect(sent.map(({ host, path }) => `${host}${path}`)).toEqual(['members.example/page'])
    expect(sent[0]!.headers).toMatchObject({ cookie: 'sid=canary-cookie', authorization: 'Bearer canary-token' })
    const files = readdirSync(bench.archive, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    )
    const kept = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    const texts = [
      ...kept,
      ...kept.filter((bytes) => bytes[0] === 0x1f).map((bytes) => gunzipSync(bytes)),
      ran.out + ran.err,
    ]
    expect(texts.filter((text) => text.includes('canary'))).toEqual([])
    expect(bench.ask("SELECT redacted_headers FROM captures WHERE url = 'http://members.example/page'")).toEqual([
      { redacted_headers: '["set-cookie"]' },
    ])
  })

  it('a watchdog is told of start and end, and one that is down stops nothing', async () => {
    const ok = html('OK')
    const bench = await makeBench(listOf(PAGE), { 'watch.example/id/start': ok, 'watch.example/id/0': ok })
    expect((await bench.crawl({ args: ['--ping', 'http://watch.example/id'] })).code).toBe(0)
    expect(
      bench
        .newRequests()
        .filter(({ host }) => host === 'watch.example')
        .map(({ path }) => path),
    ).toEqual(['/id/start', '/id/0'])
    const down = await bench.crawl({ args: ['--ping', 'http://127.0.0.1:9/s3cret'] })
    expect(down.code).toBe(10)
    expect(down.err).toMatch(/could not be told/)
    expect(down.err).not.toMatch(/s3cret/)
  })

  it('metrics are Prometheus text', async () => {
    const bench = await makeBench(listOf(PAGE))
    const file = join(bench.dir, 'unspool.prom')
    await bench.crawl({ args: ['--metrics', file] })
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(lines.filter((line) => !/^(# (HELP|TYPE) )?unspool_crawl_\w+(\{\w+="\w+"\})?( \S.*)$/.test(line))).toEqual(
      [],
    )
    expect(lines).toContain('unspool_crawl_looks{outcome="new"} 1')
    expect(lines).toContain('unspool_crawl_last_run_exit_code 0')
  })

  it('a watch looks at once and ends at the signal', async () => {
    const bench = await makeBench(listOf(PAGE))
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 700)
    const ran = await bench.crawl({ args: ['--watch', '* * * * * *'], signal: stop.signal })
    expect(ran.code).toBe(130)
    expect(ran.out).toMatch(/^1 looks: 1 new/)
    expect((await bench.crawl({ args: ['--watch', 'now and then'] })).code).toBe(2)
  })

  it('sources check says what is fetched and when, and fetches nothing', async () => {
    const bench = await makeBench(`every = "6h"\n${listOf(PAGE, 'http://town.example/@nora/110000000000000001')}`)
    const place = ['--archive', bench.archive, '--sources', join(bench.dir, 'sources.toml')]
    const check = () => command(bench.web, ['sources', 'check', ...place])
    expect((await check()).out).toMatch(/is fetched as http:\/\/town\.example\/api\/v1\/statuses\/110000000000000001/)
    expect(bench.web.requests).toEqual([])
    await bench.crawl()
    expect((await check()).out).toMatch(/the-lamp-room: every 6 h, next look 20/)
  })

  it('an address that is not public is refused at once, however it is come by', async () => {
    const bench = await makeBench(listOf('http://127.0.0.1:9/', 'http://[::ffff:127.0.0.1]/', 'http://out.example/'), {
      'out.example/': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' }, body: '' },
    })
    const ran = await bench.crawl()
    expect(ran.code).toBe(3)
    expect(bench.ask("SELECT url, outcome, attempts FROM frontier WHERE outcome = 'refused'")).toHaveLength(3)
    expect(ran.err).toMatch(/169\.254\.169\.254 is not a public address/)
  })

  it('a log-in page is refused, not taken for the page', async () => {
    const bench = await makeBench(listOf('http://wall.example/post'), {
      'wall.example/post': html(
        '<!doctype html><title>Log in</title><body><h1>Log in to continue</h1><p>Please log in to see this post.</p></body>',
      ),
    })
    expect((await bench.crawl()).code).toBe(5)
  })
})
