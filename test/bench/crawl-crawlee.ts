// Crawlee's CheerioCrawler on the benchmark's site, with the same selections as our reader of these pages, storing
// nothing: `crawl-crawlee.js PORT PAGES FOLDER`, where FOLDER has it in its node_modules. Prints one line of JSON.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CheerioAPI } from 'cheerio'
import { HOSTS, measure } from './crawl-cost.ts'

interface Crawlee {
  readonly CheerioCrawler: new (
    options: Record<string, unknown>,
    configuration: unknown,
  ) => { run(urls: readonly string[]): Promise<{ readonly requestsFinished: number }> }
  readonly Configuration: new (options: Record<string, unknown>) => unknown
  readonly log: { setLevel(level: number): void }
}

/** Without it Crawlee begins with one request and feels its way up. */
const CONCURRENCY = { minConcurrency: 20, maxConcurrency: 64 }

/**
 * What our reader of these pages takes: the thread's head; of each post id, author, words, HTML, links and pictures.
 */
function scrape($: CheerioAPI): unknown {
  const head = ['head title', '.twitter_name', '.screenName', '.thread-info .time'].map((selector) =>
    $(selector).text().trim(),
  )
  const posts = $('.content-tweet')
    .map((_, element) => scrapePost($, element))
    .get()
  if (posts.length === 0) throw new Error('a page without posts')
  return { head, canonical: $('link[rel="canonical"]').attr('href'), posts }
}

function scrapePost($: CheerioAPI, element: Parameters<CheerioAPI['contains']>[0]): unknown {
  const post = $(element)
  const links = post
    .find('a[href]')
    .map((_, link) => $(link).attr('href'))
    .get()
  const pictures = post
    .find('.entity-image img')
    .map((_, image) => [$(image).attr('data-src'), $(image).attr('alt')])
    .get()
  post.find('.tw-permalink, .entity-image').remove()
  const said = { text: post.text().trim(), html: post.html() }
  return { id: post.attr('data-tweet'), author: post.attr('data-screenname'), ...said, links, pictures }
}

const [port = 0, pages = 0] = process.argv.slice(2, 4).map(Number)
const require = createRequire(join(process.argv[4] ?? '', 'package.json'))
const { CheerioCrawler, Configuration, log } = (await import(
  pathToFileURL(require.resolve('@crawlee/cheerio')).href
)) as Crawlee
log.setLevel(0)
// Names need a resolver that Crawlee cannot be given; addresses of the loopback net are hosts as well.
const urls = Array.from({ length: pages }, (_, i) => `http://127.0.0.${1 + (i % HOSTS)}:${port}/thread/${i}.html`)
const crawler = new CheerioCrawler(
  { ...CONCURRENCY, requestHandler: ({ $ }: { $: CheerioAPI }) => void scrape($) },
  new Configuration({ persistStorage: false }),
)
const { requestsFinished } = await measure(pages, () => crawler.run(urls))
if (requestsFinished !== pages) throw new Error(`Crawlee finished ${requestsFinished} of ${pages} pages`)
