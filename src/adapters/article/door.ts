// Pages that hold nothing themselves and lead on: one that sends its readers elsewhere by its markup, as a redirect
// would, and one that offers a feed.
import type { Document } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import { isLogin, parseUrl, resolve } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { loginNote } from '../page/walls.ts'

/** Characters of a page that only says where it sends to; one that says more is read. */
const MOST_TEXT = 300
/** Seconds: who waits longer is shown a page, not a door. */
const LONGEST_WAIT = 30
/** `0; url=/there` (HTML, 4.2.5.3), also without the blank, the name or the quotes. */
const REFRESH = /^(\d{1,9})(?:\.\d*)?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?["']?([^\s"'][^"']*)["']?$/i
const FEED_TYPES = ['application/rss+xml', 'application/atom+xml', 'application/feed+json']
const FEEDS = FEED_TYPES.map((type) => `link[rel~="alternate" i][type="${type}" i]`).join(', ')

/** Where the page sends its readers on to, as what would complete it; null for any other page. */
export function readDoor(page: Page): Extraction | null {
  const { root } = page.html()
  const target = refreshOf(page, root)
  if (target === null || (textOf(selectOne('body', root) ?? root)?.length ?? 0) > MOST_TEXT) return null
  if (isLogin(target) && !isLogin(page.url)) return makeExtraction({ notes: [loginNote(page)] })
  const isNear = target.host === page.url?.host
  const message = `This page only sends on to ${target.href}${isNear ? '' : ', on another host: give that'}.`
  return makeExtraction({
    next: [target.href],
    notes: [noteOn(page, isNear ? 'info' : 'warning', 'sent-on', message)],
  })
}

/** The first feed that the page offers, its own before that of its comments; null: none. */
export function feedOf(page: Page): string | null {
  const hrefs = select(FEEDS, page.html().root).map((link) => resolve(attr(link, 'href'), page.url))
  return hrefs.find((href) => href !== null && href !== page.url?.href) ?? null
}

/** What stands in a noscript is for those without scripts; a page that calls itself is a clock. */
function refreshOf(page: Page, root: Document): URL | null {
  for (const meta of select('meta[http-equiv="refresh" i]', root)) {
    const [, seconds = '', href = ''] = REFRESH.exec(attr(meta, 'content') ?? '') ?? []
    const target = parseUrl(resolve(href, page.url))
    if (target === null || Number(seconds) > LONGEST_WAIT || closest(meta, 'noscript') !== null) continue
    if (withoutPlace(target) !== withoutPlace(page.url)) return target
  }
  return null
}

function withoutPlace(url: URL | null): string | null {
  return url?.href.split('#', 1)[0] ?? null
}
