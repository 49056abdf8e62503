// A clock that ran ahead by years, as one does whose battery is empty, and was set right: nothing waits for those years,
// and nothing is looked at before its time.
import { afterEach, expect, it } from 'vitest'
import { htmlPage, listSources, openBenches, robotsPage } from './bench.ts'
import { makeClock } from './run.ts'

const HOUR = 3_600_000
const YEARS = 10 * 365 * 24 * HOUR
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const FEED = `<rss version="2.0"><channel><title>Notes</title>
  <item><title>A note</title><link>http://notes.example/wicks</link><description>It begins …</description></item>
</channel></rss>`
const NOTE = htmlPage(`<!doctype html><title>Wicks</title><article><h1>Wicks</h1>
  <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p></article>`)

it('after a clock that ran ahead was set right, each page, failure and pause has its own time again', async () => {
  const lists = `[[source]]\nurl = "http://notes.example/feed"\nfollow = ["items"]\nrevisit = ["1d"]\nmax_pages = 2\n`
  const others = ['http://down.example/a', 'http://strict.example/b', 'http://old.example/c']
  const bench = await makeBench(`every = "6h"\n${listSources(...others)}${lists}`, {
    'notes.example/feed': { status: 200, headers: { 'content-type': 'application/xml' }, body: FEED },
    'notes.example/wicks': NOTE,
    'down.example/a': { status: 500, headers: {}, body: '' },
    'strict.example/b': { status: 429, headers: { 'retry-after': '3600' }, body: '' },
    'old.example/c': { status: 301, headers: { location: 'http://new.example/c' }, body: '' },
    'new.example/c': NOTE,
  })
  const looks = async (clock: ReturnType<typeof makeClock>) => {
    await bench.crawl({ now: clock.now, args: ['--browser', 'never'] })
    const asked = bench.newRequests().filter(({ path }) => path !== '/robots.txt')
    return [...new Set(asked.map(({ host, path }) => host + path))].sort()
  }
  const ahead = makeClock()
  ahead.ahead(YEARS)
  const all = ['down.example/a', 'new.example/c', 'notes.example/feed', 'notes.example/wicks', 'old.example/c']
  expect(await looks(ahead)).toEqual([...all, 'strict.example/b'].sort())
  const right = makeClock()
  expect(await looks(right)).toEqual(all.filter((page) => page !== 'notes.example/wicks'))
  right.ahead(2 * HOUR)
  expect(await looks(right)).toContain('strict.example/b')
  right.ahead(23 * HOUR)
  expect(await looks(right)).toContain('notes.example/wicks')
  right.ahead(25 * HOUR)
  expect(await looks(right)).toContain('notes.example/wicks')
}, 60_000)

it('asks again for rules that were kept at a time to come, and for rules that a busy site did not give', async () => {
  const bench = await makeBench(`every = "6h"\n${listSources('http://old.example/c', 'http://busy.example/a')}`, {
    'old.example/c': NOTE,
    'busy.example/a': NOTE,
    'busy.example/robots.txt': robotsPage('', 429),
  })
  const rulesAsked = async (clock: ReturnType<typeof makeClock>) => {
    await bench.crawl({ now: clock.now, args: ['--browser', 'never'] })
    return bench
      .newRequests()
      .filter(({ path }) => path === '/robots.txt')
      .map(({ host }) => host)
  }
  const ahead = makeClock()
  ahead.ahead(YEARS)
  expect(new Set(await rulesAsked(ahead))).toEqual(new Set(['old.example', 'busy.example']))
  const right = makeClock()
  expect(new Set(await rulesAsked(right))).toEqual(new Set(['old.example', 'busy.example']))
  right.ahead(7 * HOUR)
  expect(new Set(await rulesAsked(right))).toEqual(new Set(['busy.example']))
})
