// What surrounds a crawl: secrets, the watchdog, metrics, the watch, what `sources check` says.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { htmlPage, listSources, openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const feedPage = (body: string) => ({
  status: 200,
  headers: { 'content-type': 'application/atom+xml' },
  body: `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>x</id>${body}</feed>`,
})
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

describe('around a crawl', () => {
  const PAGE = 'http://harbournotes.example/the-lamp-room'

  it('secrets go to their host alone, and are nowhere in the archive, the reports or what is printed', async () => {
    const secret = htmlPage(
      '<!doctype html><article><h1>Members</h1><p>Words for members only, of whom there are nineteen, and who meet on Thursdays below the mill.</p></article>',
      {
        'set-cookie': 'session=canary-from-server',
        'x-seen': 'Bearer canary-token',
      },
    )
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
      { redacted_headers: '["set-cookie","x-seen"]' },
    ])
  })

  it('cookies that have ended, or are for nobody, are told by a crawl and by a check', async () => {
    const bench = await makeBench(`cookies = "cookies.txt"\n${listSources(PAGE, 'http://members.example/page')}`, {
      'members.example/page': htmlPage('<p>words'),
    })
    const lend = (...lines: string[]) =>
      writeFileSync(join(bench.dir, 'cookies.txt'), lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
    const cookie = (host: string, ends: number) => `${host}\tFALSE\t/\tFALSE\t${ends}\tsid\tcanary-cookie`
    const place = ['--archive', bench.archive, '--sources', join(bench.dir, 'sources.toml')]
    const check = async () => (await command(bench.web, ['sources', 'check', ...place])).err
    lend(cookie('members.example', 946_684_800), cookie('members.example', 1_000_000_000))
    expect(await check()).toMatch(/members\.example.*have ended, the last on 2001-09-09: it is looked at without/)
    expect((await bench.crawl()).err).toContain('have ended')
    lend(cookie('elsewhere.example', 0))
    expect(await check()).toContain('cookies.txt has no cookie for the address of any source that names it')
    lend(cookie('members.example', 946_684_800), cookie('members.example', 0))
    expect(await check()).toBe('')
  })

  it('a watchdog is told of start and end, and one that is down stops nothing', async () => {
    const ok = htmlPage('OK')
    const bench = await makeBench(listSources(PAGE), { 'watch.example/id/start': ok, 'watch.example/id/0': ok })
    expect((await bench.crawl({ args: ['--ping', 'http://watch.example/id'] })).code).toBe(0)
    expect(
      bench
        .newRequests()
        .filter(({ host }) => host === 'watch.example')
        .map(({ path }) => path),
    ).toEqual(['/id/start', '/id/0'])
    await bench.crawl({ args: ['--ping', 'http://watch.example/id/?rid=7'] })
    expect(bench.newRequests().map(({ path }) => path)).toEqual(['/id/start?rid=7', '/id/0?rid=7'])
    const down = await bench.crawl({ args: ['--ping', 'http://127.0.0.1:9/s3cret'] })
    expect(down.code).toBe(10)
    expect(down.err).toMatch(/could not be told/)
    expect(down.err).toMatch(/--allow-private/)
    const wrong = await bench.crawl({ args: ['--ping', 'http://watch.example/s3cret'] })
    expect(wrong.err).toMatch(/answered 404/)
    expect(`${down.err}${wrong.err}`).not.toMatch(/s3cret/)
  })

  it('metrics are Prometheus text', async () => {
    const bench = await makeBench(listSources(PAGE))
    const file = join(bench.dir, 'unspool.prom')
    await bench.crawl({ args: ['--metrics', file] })
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(lines.filter((line) => !/^(# (HELP|TYPE) )?unspool_crawl_\w+(\{\w+="\w+"\})?( \S.*)$/.test(line))).toEqual(
      [],
    )
    expect(lines).toContain('unspool_crawl_looks{outcome="new"} 1')
    expect(lines).toContain('unspool_crawl_last_run_exit_code 0')
  })

  it('what limits leave out is counted in the report, told, and recorded in the archive', async () => {
    const parts = (at: number) => feedPage(`<link rel="next" href="http://long.example/${at + 1}"/>`)
    const bench = await makeBench(
      `[[source]]\nname = "long"\nurl = "http://long.example/1"\nmax_pages = 3\n[[source]]\nname = "deep"\nurl = "http://long.example/7"\nmax_depth = 1\n`,
      Object.fromEntries([1, 2, 3, 4, 7, 8, 9].map((at) => [`long.example/${at}`, parts(at)])),
    )
    const ran = await bench.crawl()
    expect(ran.err).toMatch(/1 page was left out \(long: max_pages is 3\)/)
    expect(ran.err).toMatch(/1 page was left out \(deep: max_depth is 1\)/)
    const paths = bench.newRequests().map(({ path }) => path)
    expect(paths.filter((path) => path !== '/robots.txt').sort()).toEqual(['/1', '/2', '/3', '/7', '/8'])
    const events = bench.ask<{ detail: string }>("SELECT detail FROM events WHERE type = 'limit reached' ORDER BY key")
    expect(events.map(({ detail }) => JSON.parse(detail)).sort()).toContainEqual({
      limit: 'long: max_pages is 3',
      pages: 1,
    })
  })

  it('a clock that most servers contradict is told', async () => {
    const bench = await makeBench(listSources(PAGE, 'http://gauges.example/2024/05/low-water/'))
    expect((await bench.crawl()).err).not.toMatch(/clock/)
    const clock = makeClock()
    clock.ahead(48 * 3_600_000)
    const ran = await bench.crawl({ now: clock.now })
    expect(ran.err).toMatch(/clock is 2 d ahead of what servers say/)
    expect(bench.ask("SELECT 1 FROM events WHERE type = 'clock skew'")).toHaveLength(1)
    const reports = readdirSync(join(bench.archive, 'reports')).filter((name) => name.endsWith('.md'))
    const last = readFileSync(join(bench.archive, 'reports', reports.sort().at(-1)!), 'utf8')
    expect(last).toMatch(/clock is 2 d ahead of what servers say/)
    // Nobody failed to look: it is the clock that made two days of some seconds.
    expect(last).not.toMatch(/without a look/)
    expect(bench.ask("SELECT 1 FROM events WHERE type = 'coverage gap'")).toEqual([])
  })

  it('a clock that went back for a while takes nothing from what was looked at before', async () => {
    const bench = await makeBench(`every = "6h"\n${listSources(PAGE)}`)
    const [right, wrong] = [makeClock(), makeClock()]
    await bench.crawl({ now: right.now })
    wrong.ahead(-56 * 365 * 24 * 3_600_000)
    expect((await bench.crawl({ now: wrong.now })).code).toBe(0)
    right.ahead(3_600_000)
    expect((await bench.crawl({ now: right.now })).code).toBe(10)
    expect(bench.ask("SELECT 1 FROM events WHERE type = 'coverage gap'")).toEqual([])
  })

  it('a watch looks at once and ends at the signal', async () => {
    const bench = await makeBench(listSources(PAGE))
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 700)
    const ran = await bench.crawl({ args: ['--watch', '* * * * * *'], signal: stop.signal })
    // As it is asked to end: a service that answers by another code is one that failed.
    expect(ran.code).toBe(0)
    expect(ran.out).toMatch(/^1 look: 1 new/)
    expect((await bench.crawl({ args: ['--watch', 'now and then'] })).code).toBe(2)
    const never = await bench.crawl({ args: ['--watch', '0 0 30 2 *'] })
    expect(never).toMatchObject({ code: 2, err: expect.stringContaining('never comes') })
  })

  it('a watch reads the sources file again at each tick', async () => {
    const stop = new AbortController()
    const edit = () => writeFileSync(join(bench.dir, 'sources.toml'), listSources('http://later.example/'))
    const bench = await makeBench(listSources('http://first.example/'), {
      'first.example/': (_, response) => {
        edit()
        response.end('first')
      },
      'later.example/': (_, response) => {
        stop.abort()
        response.end('later')
      },
    })
    await bench.crawl({ args: ['--watch', '* * * * * *'], signal: stop.signal })
    expect(bench.newRequests().map(({ host }) => host)).toContain('later.example')
  })

  it('a watch tells a fault that stays the same once, and when it is over', async () => {
    const stop = new AbortController()
    const bench = await makeBench(listSources('http://first.example/'), {
      'first.example/': (_, response) => {
        write('this is no list')
        response.end('first')
        setTimeout(() => write(listSources('http://later.example/')), 4500)
      },
      'later.example/': (_, response) => {
        setTimeout(() => stop.abort(), 1500)
        response.end('later')
      },
    })
    const write = (text: string) => writeFileSync(join(bench.dir, 'sources.toml'), text)
    const { err } = await bench.crawl({
      args: ['--watch', '* * * * * *', '--browser', 'never'],
      signal: stop.signal,
    })
    expect(err.match(/this is not TOML/g)).toHaveLength(1)
    expect(err).toContain('what stopped the last ticks is over')
  })

  it('sources check says what is fetched and when, and fetches nothing', async () => {
    const bench = await makeBench(`every = "6h"\n${listSources(PAGE, 'http://town.example/@nora/110000000000000001')}`)
    const place = ['--archive', bench.archive, '--sources', join(bench.dir, 'sources.toml')]
    const check = () => command(bench.web, ['sources', 'check', ...place])
    expect((await check()).out).toMatch(/is fetched as http:\/\/town\.example\/api\/v1\/statuses\/110000000000000001/)
    expect(bench.web.requests).toEqual([])
    await bench.crawl()
    expect((await check()).out).toMatch(/the-lamp-room: every 6 h, next look 20/)
  })

  it('an address that is not public is refused at once, however it is come by', async () => {
    const bench = await makeBench(
      listSources('http://127.0.0.1:9/', 'http://[::ffff:127.0.0.1]/', 'http://out.example/'),
      {
        'out.example/': { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' }, body: '' },
      },
    )
    const ran = await bench.crawl()
    expect(ran.code).toBe(5)
    expect(bench.ask("SELECT url, outcome, attempts FROM frontier WHERE outcome = 'refused'")).toHaveLength(3)
    expect(ran.err).toMatch(/169\.254\.169\.254 is not a public address/)
  })

  it('a log-in page is refused, not taken for the page', async () => {
    const bench = await makeBench(listSources('http://wall.example/post'), {
      'wall.example/post': htmlPage(
        '<!doctype html><title>Log in</title><body><h1>Log in to continue</h1><p>Please log in to see this post.</p></body>',
      ),
    })
    expect((await bench.crawl()).code).toBe(5)
  })
})
