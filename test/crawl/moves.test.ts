// A source that its site sends on to another host: what is found there is what is said of the source, run after run.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Handler, SitePage } from '../site/fixture-web.ts'
import { htmlPage, listSources, openBenches } from './bench.ts'
import { makeClock } from './run.ts'

const DAY = 24 * 3_600_000
const OLD = 'http://old.example/post'
const NEW = 'http://new.example/post'
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const redirect = (location: string): SitePage => ({ status: 301, headers: { location }, body: '' })
const ARTICLE = htmlPage(`<!doctype html><title>Mercury</title><article><h1>Mercury</h1>
  <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p>
  <p>What he says of mercury is not found anywhere else, and was copied by his daughter in 1911.</p></article>`)
const COMPANY = htmlPage('<!doctype html><title>Harbour Ltd</title><h1>Welcome</h1><p>We sell ropes.</p>')
const NOTHING: SitePage = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Nothing here</h1>' }
const FORBIDDEN: SitePage = { status: 403, headers: { 'content-type': 'text/html' }, body: '<h1>Forbidden</h1>' }

/** A web whose pages may be others each day, and its crawl, a day a run. */
async function makeYears(sources: string, pages: Readonly<Record<string, (day: number) => SitePage>>) {
  let day = 0
  const serve = (page: (day: number) => SitePage): Handler => {
    return (_, response) => {
      const { status, headers, body } = page(day)
      response.writeHead(status, headers).end(body)
    }
  }
  const handlers = Object.entries(pages).map(([key, page]) => [key, serve(page)] as const)
  const bench = await makeBench(`every = "1d"\nbrowser = "never"\n${sources}`, Object.fromEntries(handlers))
  const clock = makeClock()
  bench.web.followClock(clock.now)
  return {
    bench,
    next: async () => {
      const ran = await bench.crawl({ now: clock.now })
      const asked = bench.newRequests().filter(({ path }) => path !== '/robots.txt')
      clock.ahead(DAY)
      day++
      return { ...ran, asked: asked.map(({ host, path }) => `http://${host}${path}`) }
    },
  }
}

describe('a source that was sent on to another host', () => {
  it.each([
    ['is not there', NOTHING, 4, 'answered 404'],
    ['is refused', FORBIDDEN, 5, 'answered 403'],
    ['holds nothing to read', COMPANY, 4, 'No article was found'],
  ])('where the page %s, is told to bring nothing in each run that looks', async (_, page, code, why) => {
    const { next, bench } = await makeYears(listSources(OLD), {
      'old.example/post': (day) => (day < 1 ? ARTICLE : redirect(NEW)),
      'new.example/post': () => page,
    })
    expect(await next()).toMatchObject({ code: 0, err: '' })
    let looks = 0
    for (let day = 1; day < 8; day++) {
      const ran = await next()
      if (ran.asked.length === 0) continue
      looks++
      expect(ran.asked.sort()).toEqual([NEW, OLD])
      expect(ran).toMatchObject({ code, err: expect.stringContaining(`${OLD} → ${NEW}`) })
      expect(ran.err).toContain(why)
    }
    expect(looks).toBeGreaterThan(3)
    expect(bench.ask('SELECT title FROM post_latest')).toEqual([{ title: 'Mercury' }])
  })

  it('and from there on again is as well as the page at the end, whose limits count no such step', async () => {
    const { next, bench } = await makeYears(`max_depth = 0\nmax_pages = 1\n${listSources(OLD)}`, {
      'old.example/post': (day) => (day < 1 ? ARTICLE : redirect('http://www.old.example/post')),
      'www.old.example/post': () => redirect(NEW),
      'new.example/post': (day) => (day === 3 ? NOTHING : ARTICLE),
    })
    const codes = []
    for (let day = 0; day < 5; day++) codes.push((await next()).code)
    // A page that was there and is not ends well, as that of any source does.
    expect(codes).toEqual([0, 0, 0, 0, 0])
    expect(bench.ask('SELECT url, outcome FROM frontier ORDER BY url')).toEqual([
      { url: NEW, outcome: 'unchanged' },
      { url: OLD, outcome: 'unchanged' },
      { url: 'http://www.old.example/post', outcome: 'unchanged' },
    ])
    const [run] = bench.ask<{ id: string }>(
      "SELECT id FROM runs WHERE command = 'crawl' ORDER BY started_at DESC LIMIT 1",
    )
    const report = (ending: string) => readFileSync(join(bench.archive, 'reports', `${run?.id}.${ending}`), 'utf8')
    expect(JSON.parse(report('json')).moved).toEqual([{ source: OLD, from: OLD, to: NEW }])
    expect(report('md')).toContain(`\`${OLD}\` → \`${NEW}\``)
  })

  it('is looked at less often when it rests, and as often as it asks when it changes', async () => {
    const worlds = [
      () => ARTICLE,
      (day: number) => ({ ...ARTICLE, body: `${ARTICLE.body}<p>Day ${day} in the tower.</p>` }),
    ]
    const looks = []
    for (const page of worlds) {
      const { next } = await makeYears(listSources(OLD), {
        'old.example/post': () => redirect(NEW),
        'new.example/post': page,
      })
      let asked = 0
      for (let day = 0; day < 9; day++) asked += (await next()).asked.includes(NEW) ? 1 : 0
      looks.push(asked)
    }
    expect(looks[0]).toBeLessThan(7)
    expect(looks[1]).toBe(9)
  })

  it('in a circle of hosts brings nothing, and says so', async () => {
    const { next } = await makeYears(listSources(OLD), {
      'old.example/post': () => redirect(NEW),
      'new.example/post': () => redirect(OLD),
    })
    for (let day = 0; day < 2; day++)
      expect(await next()).toMatchObject({
        code: 4,
        err: expect.stringContaining(`${OLD} → ${NEW} → ${OLD}: these redirects`),
      })
  })

  it('with many others to one page that is none, is named among them', async () => {
    const others = ['a', 'b', 'c'].map((name) => `http://${name}.example/blog`)
    const { next } = await makeYears(listSources(...others, 'http://well.example/'), {
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.example/blog`, () => redirect(NEW)])),
      'new.example/post': () => COMPANY,
      'well.example/': () => ARTICLE,
    })
    const ran = await next()
    expect(ran.code).toBe(3)
    for (const url of others) expect(ran.err).toContain(`${url} → ${NEW}: No article was found`)
  })
})
