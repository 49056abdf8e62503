// What becomes of pages when the sources file changes over the years: none is taken from the source that it has, and
// none is forgotten that a source still leads to.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Handler } from '../site/fixture-web.ts'
import { htmlPage, openBenches } from './bench.ts'
import { makeClock } from './run.ts'

const DAY = 24 * 3_600_000
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const FEED = '[[source]]\nname = "blog"\nurl = "http://b.example/feed"\nfollow = ["parts", "items"]\nrevisit = ["1d"]\n'
const PAGE = '[[source]]\nname = "one"\nurl = "http://b.example/p1"\n'

interface Row {
  readonly page: string
  readonly source: string
  readonly kind: string
}

/** A blog that writes a post a day, its feed of the newest three, and its crawl, a day a run. */
async function makeBlog(sources: string) {
  let day = 0
  const write: Handler = (request, response) => {
    const { status, headers, body } = pageOf(Number(/\d+/.exec(request.url ?? '')?.[0]))
    response.writeHead(status, headers).end(body)
  }
  const feed: Handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feedOf([day, day + 1, day + 2]))
  }
  const pages = { 'b.example/feed': feed, 'b.example/other-feed': feed }
  const bench = await makeBench('', pages, { 'b.example': write })
  const clock = makeClock()
  bench.web.followClock(clock.now)
  const name = (text: string) =>
    writeFileSync(join(bench.dir, 'sources.toml'), `every = "1d"\nbrowser = "never"\n${text}`)
  name(sources)
  return {
    name,
    /** The pages that were asked for. */
    next: async () => {
      const ran = await bench.crawl({ now: clock.now })
      expect(ran).toMatchObject({ code: 0, err: '' })
      clock.ahead(DAY)
      day++
      const asked = bench.newRequests().map(({ path }) => path.slice(1))
      return asked.filter((path) => path !== 'robots.txt').sort()
    },
    rows: () =>
      bench.ask<Row>("SELECT replace(url, 'http://b.example/', '') AS page, source, kind FROM frontier ORDER BY page"),
  }
}

function pageOf(n: number) {
  return htmlPage(`<!doctype html><title>Post ${n}</title><article><h1>Post ${n}</h1>
    <p>The keeper wrote part ${n} of this down in winter, when the supply boat could not land for six weeks.</p>
    <p>What he says of mercury is not found anywhere else, and was copied by his daughter in 1911.</p></article>`)
}

function feedOf(posts: readonly number[]): string {
  const items = posts.map((n) => `<item><title>Post ${n}</title><link>http://b.example/p${n}</link></item>`)
  return `<rss version="2.0"><channel><title>B</title><link>http://b.example/</link>${items.join('')}</channel></rss>`
}

describe('when the sources file changes', () => {
  it('a page of a list that becomes a source takes nothing from the list', async () => {
    const blog = await makeBlog(FEED)
    await blog.next()
    blog.name(FEED + PAGE)
    for (let day = 0; day < 2; day++) await blog.next()
    expect(blog.rows()).toEqual([
      { page: 'feed', source: 'blog', kind: 'source' },
      { page: 'p0', source: 'blog', kind: 'item' },
      { page: 'p1', source: 'one', kind: 'source' },
      ...['p2', 'p3', 'p4'].map((page) => ({ page, source: 'blog', kind: 'item' })),
    ])
    blog.name(FEED.replace('feed"', 'other-feed"') + PAGE)
    expect(await blog.next()).toEqual(['other-feed', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5'])
  })

  it.each([
    ['the page before the list', PAGE + FEED],
    ['the list before the page', FEED + PAGE],
  ])('two sources that change names have each their own pages still: %s', async (_, file) => {
    const blog = await makeBlog(file)
    await blog.next()
    blog.name(file.replace('"one"', '"x"').replace('"blog"', '"one"').replace('"x"', '"blog"'))
    await blog.next()
    expect(blog.rows()).toEqual([
      { page: 'feed', source: 'one', kind: 'source' },
      { page: 'p0', source: 'one', kind: 'item' },
      { page: 'p1', source: 'blog', kind: 'source' },
      ...['p2', 'p3'].map((page) => ({ page, source: 'one', kind: 'item' })),
    ])
  })

  it('pages of a source that is taken out stay with another that leads to them', async () => {
    const other = FEED.replace('"blog"', '"other"').replace('/feed', '/other-feed')
    const blog = await makeBlog(FEED + other)
    await blog.next()
    blog.name(other)
    await blog.next()
    expect(await blog.next()).toEqual(['other-feed', 'p1', 'p2', 'p3', 'p4'])
    expect(
      blog
        .rows()
        .filter(({ source }) => source === 'blog')
        .map(({ page }) => page),
    ).toEqual(['feed', 'p0'])
  })

  it('a source of another address is looked at there alone, and keeps what came from it', async () => {
    const blog = await makeBlog(FEED)
    await blog.next()
    blog.name(FEED.replace('/feed', '/other-feed'))
    expect(await blog.next()).toEqual(['other-feed', 'p0', 'p1', 'p2', 'p3'])
    blog.name(FEED)
    expect(await blog.next()).toEqual(['feed', 'p0', 'p1', 'p2', 'p3', 'p4'])
  })

  it('what was read as parts of a page is looked at again by itself once the page is a list', async () => {
    const blog = await makeBlog(FEED.replace('["parts", "items"]', '["parts"]'))
    await blog.next()
    blog.name(FEED)
    await blog.next()
    expect(blog.rows().map(({ kind }) => kind)).toEqual(['source', 'part', 'item', 'item', 'item'])
    expect(await blog.next()).toEqual(['feed', 'p1', 'p2', 'p3', 'p4'])
  })
})
