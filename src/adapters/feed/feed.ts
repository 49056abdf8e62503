// Feeds and lists of URLs: RSS, Atom, JSON Feed, sitemaps. Items that hold the full text are read as posts; of all
// others only the URLs are given, for they hold a summary and not what was written.
import type { Element } from 'domhandler'
import type { Block, Extraction, Note } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn, tally } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { childrenOf, fieldOf, rootElement } from '../values/xml-fields.ts'
import { type Feed, type FeedItem, isComment, postOfItem } from './item.ts'
import { isJsonFeed, readJsonFeed } from './json.ts'
import { withSelfAnswers } from './self-answers.ts'
import { readXmlFeed } from './xml.ts'

const NAME = 'feed'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
/** What one sitemap may list (sitemaps.org). */
const MAX_URLS = 50_000
const FEEDS = new Set(['rss', 'rdf:rdf', 'feed', 'entry'])
/** An export of WordPress is RSS too, and has an adapter of its own. */
const EXPORT_SIGN = '<wp:wxr_version'
/** A sitemap of sitemaps: what it names are lists again. */
const INDEX = 'sitemapindex'
const LINE_END = /\r\n|\r|\n/
const STARTS_WITH_WEB = /^\s*https?:\/\//i
const SITEMAPS: Readonly<Record<string, string>> = { urlset: 'url', [INDEX]: 'sitemap' }

export const feed: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    if (page.kind === 'json') return isJsonFeed(page.json())
    if (page.kind === 'text') return isTextSitemap(page)
    const name = rootOf(page)?.name ?? ''
    return Object.hasOwn(SITEMAPS, name) || (FEEDS.has(name) && !page.text.includes(EXPORT_SIGN))
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json')
      return isJsonFeed(page.json()) ? extractFeed(page, readJsonFeed(page, READER)) : makeExtraction({})
    if (page.kind === 'text') return listUrls(page, page.text.split(LINE_END), false)
    const root = rootOf(page)
    if (root === null) return makeExtraction({})
    if (Object.hasOwn(SITEMAPS, root.name)) return extractSitemap(page, root)
    return extractFeed(page, readXmlFeed({ page, reader: READER, root }))
  },
}

function rootOf(page: Page): Element | null {
  return page.kind === 'xml' ? rootElement(page.xml().root) : null
}

function extractFeed(page: Page, read: Feed): Extraction {
  const whole = read.items.flatMap((item, i) => {
    if (item.body === null || item.body.text === '') return []
    return [{ post: postOfItem(item, item.body, read, i), status: item.status }]
  })
  const posts = listPosts(withSelfAnswers(whole))
  const short = read.items.filter(({ body }) => body === null || body.text === '')
  const shortUrls = short.flatMap(({ url }) => url?.href ?? [])
  const { next, notes } = limitUrls(page, nextUrls(read, shortUrls))
  const block: Block = {
    key: 'feed',
    kind: 'list',
    // A channel's name is the name of its blog; of short posts it is their author's.
    title: read.items.some(({ status }) => status !== null) ? null : read.title,
    url: read.url,
    author: null,
    declaredTotal: null,
  }
  return makeExtraction({
    posts,
    blocks: posts.length === 0 ? [] : [block],
    next,
    notes: [
      ...unshownNotes(page, read.unshown),
      ...summaryNotes(page, short),
      ...parentNotes(page, read.items),
      ...notes,
    ],
    declared: { title: read.title, site: read.title, replies: null, ...listsOf(shortUrls) },
  })
}

/** For a crawl: pages of their own, each to be looked at again in its own time. */
function listsOf(urls: readonly string[]): { readonly lists?: readonly string[] } {
  return urls.length === 0 ? {} : { lists: urls.slice(0, MAX_URLS) }
}

function nextUrls(read: Feed, shortUrls: readonly string[]): readonly string[] {
  return [
    ...(read.nextPage === null ? [] : [read.nextPage]),
    ...shortUrls,
    ...read.items.flatMap(({ commentFeed }) => commentFeed ?? []),
  ]
}

function unshownNotes(page: Page, unshown: readonly string[]): Note[] {
  const message = `${unshown.length} entries are no published posts and were left: ${tally(unshown)}.`
  return unshown.length === 0 ? [] : [noteOn(page, 'info', 'not-posts', message)]
}

function summaryNotes(page: Page, short: readonly FeedItem[]): Note[] {
  const message = `${short.length} items hold no full text; their own pages are named as next.`
  return short.length === 0 ? [] : [noteOn(page, 'info', 'summary-only', message)]
}

function parentNotes(page: Page, items: readonly FeedItem[]): Note[] {
  const orphans = items.filter((item) => isComment(item) && item.inReplyTo === null).length
  const unsaid = `${orphans} comments come from a feed that does not say what they answer`
  const message = `${unsaid}; those whose post it names are taken for answers to it.`
  return orphans === 0 ? [] : [noteOn(page, 'info', 'parents-unknown', message)]
}

/** Addresses of one site and nothing else, a line each, as it serves them (sitemaps.org, "Text file"). */
function isTextSitemap({ capture, text, url }: Page): boolean {
  if (capture.method === 'file' || url === null || !STARTS_WITH_WEB.test(text)) return false
  const lines = text.split(LINE_END).filter((line) => line.trim() !== '')
  return lines.every((line) => parseUrl(line)?.host === url.host)
}

function extractSitemap(page: Page, root: Element): Extraction {
  const entries = childrenOf(root, SITEMAPS[root.name] ?? '')
  return listUrls(
    page,
    entries.map((entry) => fieldOf(entry, 'loc') ?? ''),
    root.name === INDEX,
  )
}

/** `isIndex`: they are lists again. */
function listUrls(page: Page, addresses: readonly string[], isIndex: boolean): Extraction {
  const urls = addresses.flatMap((address) => parseUrl(address)?.href ?? [])
  const { next, notes } = limitUrls(page, urls)
  const message = `A sitemap with ${next.length} URLs and no posts; they are named as next.`
  const declared = { title: null, site: null, replies: null, ...(isIndex ? {} : listsOf(next)) }
  return makeExtraction({ next, declared, notes: [noteOn(page, 'info', 'sitemap', message), ...notes] })
}

function limitUrls(page: Page, urls: readonly string[]): { next: readonly string[]; notes: readonly Note[] } {
  const all = [...new Set(urls)]
  const message = `${all.length} URLs are named; the first ${MAX_URLS} were taken.`
  const notes = all.length > MAX_URLS ? [noteOn(page, 'info', 'next-cut', message)] : []
  return { next: all.slice(0, MAX_URLS), notes }
}
