// Feeds and sitemaps that name pages without holding their words: each page is fetched once, then in its own time.
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { htmlPage, openBenches } from './bench.ts'
import { makeClock } from './run.ts'

const HOUR = 3_600_000
const HOST = 'notes.example'
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const ITEMS = ['mercury', 'wicks'].map((name) => `http://${HOST}/${name}`)
const FEED = `<rss version="2.0"><channel><title>Notes</title>${ITEMS.map(
  (url) => `<item><title>A note</title><link>${url}</link><description>It begins …</description></item>`,
).join('')}</channel></rss>`
const SITEMAP = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${ITEMS.map(
  (url) => `<url><loc>${url}</loc></url>`,
).join('')}</urlset>`

function article(title: string) {
  return htmlPage(`<!doctype html><title>${title}</title><article><h1>${title}</h1>
    <p>The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks.</p>
    <p>What he says of ${title} is not found anywhere else, and was copied by his daughter in 1911.</p></article>`)
}

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://${HOST}/deep/"><title>Notes</title><id>x</id>${[
  'mercury',
  'wicks',
]
  .map((name) => `<entry xml:base=".."><id>${name}</id><title>A note</title><link href="${name}"/></entry>`)
  .join('')}</feed>`

const LISTS: readonly (readonly [name: string, body: string | Uint8Array, type: string])[] = [
  ['feed of summaries', FEED, 'application/xml'],
  ['feed with bases', ATOM, 'application/atom+xml'],
  ['sitemap', SITEMAP, 'application/xml'],
  ['packed sitemap', gzipSync(SITEMAP), 'application/x-gzip'],
  ['text of addresses', `${ITEMS.join('\n')}\n`, 'text/plain'],
]
const FOLLOWS: readonly (readonly string[])[] = [['items'], ['parts', 'items']]

it.each(LISTS.flatMap(([name, body, type]) => FOLLOWS.map((follow) => [name, follow, body, type] as const)))(
  'fetches what a %s names with follow = %j once, and again when its time has come',
  async (_name, follow, body, type) => {
    const sources = `[[source]]\nurl = "http://${HOST}/list"\nevery = "1h"\nfollow = ${JSON.stringify(follow)}\nrevisit = ["1d", "7d"]\n`
    const bench = await makeBench(sources, {
      [`${HOST}/list`]: { status: 200, headers: { 'content-type': type }, body },
      [`${HOST}/mercury`]: article('Mercury'),
      [`${HOST}/wicks`]: article('Wicks'),
    })
    const clock = makeClock()
    const looks = async () => {
      await bench.crawl({ now: clock.now, args: ['--browser', 'never'] })
      const paths = bench.newRequests().map(({ path }) => path)
      return paths.filter((path) => path !== '/robots.txt')
    }
    expect(await looks()).toEqual(['/list', '/mercury', '/wicks'])
    clock.ahead(2 * HOUR)
    expect(await looks()).toEqual(['/list'])
    clock.ahead(26 * HOUR)
    expect((await looks()).sort()).toEqual(['/list', '/mercury', '/wicks'])
  },
)
