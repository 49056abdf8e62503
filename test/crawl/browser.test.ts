// A crawl of pages that only their script can fill: which way is taken, what is lent to the browser, what is
// remembered.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { htmlPage, listSources, openBenches, robotsPage } from './bench.ts'

const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const PAGE = 'http://shell.example/thread'
const SHELL = htmlPage(`<!doctype html><title>Tides</title><div id="root"></div><script>
  fetch('/words.json').then((answer) => answer.json()).then(({ words }) => {
    root.innerHTML = '<article><h1>Tides</h1>' + words.map((one) => '<p>' + one + '</p>').join('') + '</article>'
  })</script>`)
const WORDS = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    words: Array.from(
      { length: 8 },
      (_, at) => `On day ${at} the tide came in later than the day before, as everybody on the pier had said it would.`,
    ),
  }),
}
const PAGES = { 'shell.example/thread': SHELL, 'shell.example/words.json': WORDS }

describe('a crawl of a page that only its script can fill', () => {
  it('asks by HTTP first, then the browser, and remembers that for the host', async () => {
    const bench = await makeBench(`[[source]]\nurl = "${PAGE}"\nevery = "1m"`, PAGES)
    expect((await bench.crawl()).code).toBe(0)
    expect(bench.newRequests().filter(({ path }) => path === '/thread')).toHaveLength(2)
    expect(bench.ask("SELECT method FROM captures WHERE url LIKE '%/thread' ORDER BY key")).toEqual(
      ['http', 'browser', 'browser', 'browser'].map((method) => ({ method })),
    )
    expect(bench.ask("SELECT browser FROM host_manners WHERE host = 'shell.example'")).toEqual([{ browser: 1 }])
    expect(bench.ask('SELECT count(*) AS n FROM posts')).toEqual([{ n: 1 }])
  }, 60_000)

  it('lends cookies and headers to the browser, and keeps none of them', async () => {
    const bench = await makeBench(
      `[[source]]\nurl = "${PAGE}"\nbrowser = "always"\nprofile = "profile"\ncookies = "cookies.txt"\nheaders = "headers.txt"`,
      PAGES,
    )
    const lend = (name: string, text: string) => writeFileSync(join(bench.dir, name), text, { mode: 0o600 })
    lend('cookies.txt', 'shell.example\tFALSE\t/\tFALSE\t0\tsid\tcanary-cookie\n')
    lend('headers.txt', 'Authorization: Bearer canary-token\n')
    const ran = await bench.crawl({ args: ['--json'] })
    expect(ran.code).toBe(0)
    const asked = bench.newRequests().filter(({ path }) => path !== '/robots.txt')
    expect(asked.map(({ path }) => path)).toEqual(['/thread', '/words.json'])
    for (const { headers } of asked)
      expect(headers).toMatchObject({ cookie: 'sid=canary-cookie', authorization: 'Bearer canary-token' })
    expect(readdirSync(join(bench.dir, 'profile')).length).toBeGreaterThan(0)
    const files = readdirSync(bench.archive, { recursive: true, encoding: 'utf8', withFileTypes: true })
    const kept = files
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    const texts = [...kept, ...kept.filter((bytes) => bytes[0] === 0x1f).map((bytes) => gunzipSync(bytes))]
    expect([...texts, ran.out + ran.err].filter((text) => text.includes('canary'))).toEqual([])
  }, 60_000)

  it.each([
    ['a redirect', { status: 302, headers: { location: '/private/thread' }, body: '' }],
    ['a script', htmlPage('<!doctype html><p>moves</p><script>location = "/private/thread"</script>')],
  ])(
    'is not led past robots.txt by %s on the same host',
    async (_, page) => {
      const bench = await makeBench(`browser = "always"\n${listSources(PAGE)}`, {
        ...{
          'shell.example/robots.txt': robotsPage('User-agent: *\nDisallow: /private/\n'),
          'shell.example/thread': page,
        },
        'shell.example/private/thread': SHELL,
      })
      await bench.crawl()
      expect(bench.newRequests().map(({ path }) => path)).toEqual(['/robots.txt', '/thread'])
    },
    60_000,
  )
})
