// Hacker News: item pages and lists as HTML, items as Firebase and Algolia give them. A story is an article, whatever
// it links to; comments below it are a tree.
import type { Extraction } from '../../model.ts'
import { hostIs } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { hackerNewsValue, isHackerNewsJson, readHackerNewsJson } from './api.ts'
import { isEarlyHtml, readEarlyHtml } from './early.ts'
import { isHackerNewsHtml, readHackerNewsHtml } from './html.ts'
import { READER } from './names.ts'

const API_ITEM = /^\/(?:v0\/item|api\/v1\/items)\/(\d{1,12})(?:\.json)?$/
const API_HOSTS = ['hacker-news.firebaseio.com', 'hn.algolia.com']
const NUMBER = /^\d{1,12}$/
const LISTS = new Set(['/', '/news', '/newest', '/front', '/ask', '/show', '/best', '/active', '/newcomments'])

export const hackernews: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://news.ycombinator.com/item?id=41000001',
    'https://news.ycombinator.com/newest',
    'https://hacker-news.firebaseio.com/v0/item/41000001.json',
    'https://hn.algolia.com/api/v1/items/41000001',
  ],

  locate(url: URL): Located | null {
    const id = API_HOSTS.some((host) => hostIs(url, host)) ? API_ITEM.exec(url.pathname)?.[1] : undefined
    if (id !== undefined) return { kind: 'post', id, fetch: url.href }
    return hostIs(url, 'news.ycombinator.com') ? locateOnSite(url) : null
  },

  recognises(page: Page): boolean {
    if (page.kind === 'json' || page.kind === 'jsonl') return isHackerNewsJson(hackerNewsValue(page))
    if (page.kind !== 'html') return false
    const { root } = page.html()
    return isHackerNewsHtml(root) || isEarlyHtml(root)
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json' || page.kind === 'jsonl') return readHackerNewsJson(page)
    if (page.kind !== 'html') return makeExtraction({})
    return isHackerNewsHtml(page.html().root) ? readHackerNewsHtml(page) : readEarlyHtml(page)
  },
}

function locateOnSite(url: URL): Located | null {
  const id = url.searchParams.get('id') ?? ''
  if (url.pathname === '/item') return NUMBER.test(id) ? { kind: 'post', id, fetch: url.href } : null
  if (url.pathname === '/user') return id === '' ? null : { kind: 'author', id, fetch: url.href }
  return LISTS.has(url.pathname) ? { kind: 'feed', id: url.pathname, fetch: url.href } : null
}
