// Where redirects lead a crawl: never past robots.txt, to a log-in, or to a secret in the clear; and what is kept of
// them.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { SitePage } from '../site/fixture-web.ts'
import { htmlPage, listSources, openBenches, robotsPage } from './bench.ts'
import { makeClock } from './run.ts'

const HOUR = 3_600_000
const WITHOUT_BROWSER = { args: ['--browser', 'never'] }
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const redirect = (location: string, status = 302): SitePage => ({ status, headers: { location }, body: '' })
const ARTICLE = htmlPage(`<!doctype html><title>Mercury</title><article><h1>Mercury</h1>
  <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p>
  <p>What he says of mercury is not found anywhere else, and was copied by his daughter in 1911.</p></article>`)
const LOGIN = htmlPage('<!doctype html><title>Hello again</title><form><input name="u"><input type="password"></form>')

describe('a redirect', () => {
  it('on the same host is not followed past robots.txt', async () => {
    const bench = await makeBench(listSources('http://robo.example/open'), {
      'robo.example/robots.txt': robotsPage('User-agent: *\nDisallow: /private/\n'),
      'robo.example/open': redirect('/private/x'),
      'robo.example/private/x': ARTICLE,
    })
    await bench.crawl(WITHOUT_BROWSER)
    expect(bench.newRequests().map(({ path }) => path)).toEqual(['/robots.txt', '/open'])
    expect(bench.ask("SELECT url, reason FROM frontier WHERE outcome = 'refused'")).toEqual([
      { url: 'http://robo.example/private/x', reason: expect.stringContaining('line 2') },
    ])
  })

  it.each(['/signin?next=/post', 'http://accounts.example/ServiceLogin?continue=x'])(
    'to %s is a refusal',
    async (location) => {
      const bench = await makeBench(listSources('http://walled.example/post'), {
        'walled.example/post': redirect(location),
        'walled.example/signin?next=/post': LOGIN,
        'accounts.example/ServiceLogin?continue=x': LOGIN,
      })
      const ran = await bench.crawl(WITHOUT_BROWSER)
      expect(ran).toMatchObject({ code: 5, err: expect.stringContaining('leads on to a log-in') })
      expect(bench.ask('SELECT outcome FROM frontier')).toEqual([{ outcome: 'refused' }])
    },
  )

  it.each(['/new', 'http://moved.example/new'])('by the markup of a page, to %s, is followed', async (target) => {
    const sent = `<!doctype html><meta http-equiv="refresh" content="0; url=${target}"><p>This page has moved.</p>`
    const bench = await makeBench(listSources('http://old.example/post'), {
      'old.example/post': htmlPage(sent),
      'old.example/new': ARTICLE,
      'moved.example/new': ARTICLE,
    })
    expect(await bench.crawl(WITHOUT_BROWSER)).toMatchObject({ code: 0 })
    const url = new URL(target, 'http://old.example').href
    expect(bench.ask('SELECT url FROM post_latest')).toEqual([{ url }])
  })

  it('is kept when what it leads to cannot be had, unless it carries a password', async () => {
    const bench = await makeBench(
      listSources('http://round.example/a', 'http://secret.example/a', 'http://lost.example/a'),
      {
        'round.example/a': redirect('/b'),
        'round.example/b': redirect('/a'),
        'secret.example/a': redirect('http://miller:canary@secret.example/b'),
        'lost.example/a': { status: 302, headers: {}, body: '' },
      },
    )
    await bench.crawl(WITHOUT_BROWSER)
    const kept = bench.ask(
      "SELECT DISTINCT final_url FROM captures WHERE url NOT LIKE '%robots.txt' ORDER BY final_url",
    )
    expect(kept).toEqual(
      ['http://lost.example/a', 'http://round.example/a', 'http://round.example/b'].map((final_url) => ({ final_url })),
    )
    expect(bench.ask('SELECT url, outcome FROM frontier ORDER BY url')).toEqual([
      { url: 'http://lost.example/a', outcome: 'failed' },
      { url: 'http://round.example/a', outcome: 'refused' },
      { url: 'http://secret.example/a', outcome: 'refused' },
    ])
  })

  it('to another host does not make a page that changes look quiet: it is looked at as often as the source asks', async () => {
    let n = 0
    const bench = await makeBench(`every = "6h"\n${listSources('http://old.example/notes')}`, {
      'old.example/notes': redirect('http://www.old.example/notes', 301),
      'www.old.example/notes': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end(`${ARTICLE.body}<p>Look ${n++} at the lamp.</p>`)
      },
    })
    const clock = makeClock()
    for (let day = 0; day < 12; day++) {
      await bench.crawl({ now: clock.now, ...WITHOUT_BROWSER })
      clock.ahead(7 * HOUR)
    }
    expect(n).toBe(12)
  })

  it('lends no header to the same host in the clear', async () => {
    const bench = await makeBench('[[source]]\nurl = "https://safe.example/a"\nheaders = "headers.txt"\n')
    writeFileSync(join(bench.dir, 'headers.txt'), 'Authorization: Bearer canary\n', { mode: 0o600 })
    const { readSecrets } = await import('../../src/cli/secrets.ts')
    const { parseSources } = await import('../../src/crawl/sources/sources.ts')
    const lentTo = (source: string, url: string) => {
      const sources = parseSources(`[[source]]\nurl = "${source}"\nheaders = "headers.txt"\n`, 's')
      const io = { now: () => new Date(), stderr: process.stderr } as never
      return readSecrets(sources, join(bench.dir, 'sources.toml'), io).headersFor(sources[0]!, new URL(url))
    }
    expect(lentTo('https://safe.example/a', 'http://safe.example/a')).toEqual({})
    expect(lentTo('https://safe.example/a', 'https://safe.example:8443/a')).toEqual({})
    expect(lentTo('https://safe.example/a', 'https://safe.example/b')).toEqual({ authorization: 'Bearer canary' })
    expect(lentTo('http://safe.example/a', 'https://safe.example/a')).toEqual({ authorization: 'Bearer canary' })
  })
})

it('one host with and without the dot of the root is one host', async () => {
  const bench = await makeBench(listSources('http://dot.example./a', 'http://dot.example/b'), {
    'dot.example./a': ARTICLE,
    'dot.example/b': ARTICLE,
  })
  expect((await bench.crawl(WITHOUT_BROWSER)).code).toBe(0)
  expect(bench.ask('SELECT DISTINCT host FROM frontier')).toEqual([{ host: 'dot.example' }])
})
