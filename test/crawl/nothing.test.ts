// Looks that bring no page: one that is gone or never was, a cut answer, a page in which nothing can be read, an odd
// status.
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import type { SitePage } from '../site/fixture-web.ts'
import { htmlPage, listSources, openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const HOUR = 3_600_000
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const ARTICLE = `<!doctype html><title>Mercury</title><article><h1>Mercury</h1>
  <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p>
  <p>What he says of mercury is not found anywhere else, and was copied by his daughter in 1911.</p></article>`

const GZIP = { status: 200, headers: { 'content-type': 'text/html', 'content-encoding': 'gzip' } }

/** One page whose n-th answer is the n-th of these, and the last from then on. */
async function crawlOne(answers: readonly SitePage[], url = 'http://mill.example/rye') {
  let asked = 0
  const bench = await makeBench(`every = "6h"\n${listSources(url)}`, {
    'mill.example/rye': (_, response) => {
      const { status, headers, body } = answers[Math.min(asked++, answers.length - 1)]!
      response.writeHead(status, headers).end(body)
    },
  })
  const clock = makeClock()
  return {
    ...bench,
    look: async () => {
      const ran = await bench.crawl({ now: clock.now, args: ['--browser', 'never'] })
      clock.ahead(8 * HOUR)
      return ran
    },
    outcome: () => bench.ask<{ outcome: string }>('SELECT outcome FROM frontier')[0]?.outcome,
  }
}

it('a page that was there and is not leaves its posts gone, and ends well', async () => {
  const mill = await crawlOne([htmlPage(ARTICLE), { status: 404, headers: {}, body: '' }])
  await mill.look()
  expect(mill.ask('SELECT id FROM gone_posts')).toEqual([])
  expect((await mill.look()).code).toBe(0)
  expect(mill.outcome()).toBe('gone')
  expect(mill.ask('SELECT id FROM gone_posts')).toEqual([{ id: 'article:mill.example/rye' }])
})

it('a page that nobody has ever seen is absent, and the run says so', async () => {
  const mill = await crawlOne([{ status: 404, headers: {}, body: '' }])
  expect(await mill.look()).toMatchObject({ code: 4, err: expect.stringContaining('there is no such page') })
  expect(mill.outcome()).toBe('absent')
})

it.each([
  ['refused', 5, 400],
  ['refused', 5, 418],
  ['refused', 5, 999],
  ['failed', 6, 521],
])('is %s (exit %i) when the status is %i', async (outcome, code, status) => {
  const mill = await crawlOne([{ status, headers: {}, body: '' }])
  expect((await mill.look()).code).toBe(code)
  expect(mill.outcome()).toBe(outcome)
})

it.each([
  ['nothing', '', 'nothing in this input'],
  ['a page without an article', '<!doctype html><title>Hm</title><p>Hm.</p>', 'No article was found'],
])('a source of %s is told, and the run is not said to have done well', async (_, body, why) => {
  const mill = await crawlOne([htmlPage(body)])
  for (const outcome of ['new', 'unchanged']) {
    expect(await mill.look()).toMatchObject({ code: 4, err: expect.stringContaining(why) })
    expect(mill.outcome()).toBe(outcome)
  }
})

it('an answer that broke off is kept, is no look at the page, and is asked for again', async () => {
  const packed = gzipSync(ARTICLE)
  const gzip = (body: Uint8Array) => ({ ...GZIP, body })
  const mill = await crawlOne([gzip(packed), gzip(packed.subarray(0, packed.length - 60)), gzip(packed)])
  await mill.look()
  const ran = await mill.look()
  expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('1 unchanged, 1 failed') })
  expect(mill.ask("SELECT truncated FROM captures WHERE url LIKE '%rye' ORDER BY key")).toEqual([
    { truncated: null },
    { truncated: 'disconnect' },
    { truncated: null },
  ])
})

it('a 304 that nobody asked for is a fault of the site', async () => {
  const mill = await crawlOne([{ status: 304, headers: {}, body: '' }])
  expect((await mill.look()).code).toBe(6)
  expect(mill.outcome()).toBe('failed')
})

it('reads a page that is as before in the charset of before, and so does a rebuild', async () => {
  const etag = { etag: '"a"' }
  const whole = { status: 200, headers: { ...etag, 'content-type': 'text/html; charset=windows-1251' } }
  const mill = await crawlOne([
    { ...whole, body: Buffer.from(ARTICLE.replace('mercury', '\xd0\xee\xe6\xfc'), 'latin1') },
    { status: 304, headers: etag, body: '' },
  ])
  await mill.look()
  await mill.look()
  await command(null, ['rebuild', '--archive', mill.archive])
  const texts = mill.ask<{ text: string }>('SELECT text FROM post_versions')
  expect(texts).toEqual([{ text: expect.stringContaining('Рожь') }])
  expect(mill.ask("SELECT DISTINCT media_type FROM captures WHERE url LIKE '%rye'")).toHaveLength(1)
})

it('asks with the validators of the whole answer after a 304 that repeats none', async () => {
  const validators = { etag: 'W/"a"', 'last-modified': 'Mon, 02 Nov 2026 10:00:00 GMT' }
  const mill = await crawlOne([htmlPage(ARTICLE, validators), { status: 304, headers: {}, body: '' }])
  for (let at = 0; at < 4; at++) expect((await mill.look()).code).toBe(0)
  const asked = mill.newRequests().filter(({ path }) => path === '/rye')
  expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, 'W/"a"', 'W/"a"', 'W/"a"'])
  expect(asked.at(-1)!.headers['if-modified-since']).toBe(validators['last-modified'])
})

it.each([
  ['gone', 'absent', 4, '<title>Page not found</title><body><h1>That page can’t be found.</h1>'],
  ['failed', 'failed', 6, '<title>Mill</title><body><h1>Error establishing a database connection</h1>'],
  [
    'refused',
    'refused',
    5,
    '<title>Before you continue to Mill</title><body><p>The mill would like to keep crumbs.</p>',
  ],
  ['refused', 'refused', 5, '<title>Mill</title><body><h1>This account is private</h1>'],
])('is %s, or %s if it never was seen, when a good status brings what says so', async (was, never, code, html) => {
  const instead = htmlPage(`<!doctype html>${html}`)
  const seen = await crawlOne([htmlPage(ARTICLE), instead])
  await seen.look()
  await seen.look()
  expect(seen.outcome()).toBe(was)
  expect(seen.ask('SELECT id FROM gone_posts')).toHaveLength(was === 'gone' ? 1 : 0)
  expect(seen.ask('SELECT url FROM gone_pages')).toHaveLength(was === 'gone' ? 1 : 0)
  const unseen = await crawlOne([instead, instead, htmlPage(ARTICLE)])
  expect((await unseen.look()).code).toBe(code)
  await unseen.look()
  expect(unseen.outcome()).toBe(never)
  await unseen.look()
  expect(unseen.ask('SELECT id FROM posts')).toHaveLength(1)
})
