// What a page shows by another site or a player – films, sounds, charts, documents – as the address a reader can open.
// Counters, buttons and consent layers, which stand in frames as well, are none of that.
import type { Element } from 'domhandler'
import { attr, selectOne } from '../markup/markup.ts'
import { resolve, urlOf } from '../url.ts'

/** What stands where something was embedded. */
export interface Embed {
  readonly url: string
  /** What the page calls it; null when it does not. */
  readonly title: string | null
}

const NAMES = new Set(['iframe', 'video', 'audio', 'object', 'embed'])
const SOURCES = ['src', 'data-src', 'data-lazy-src', 'data-litespeed-src', 'data-cmp-src', 'data']
const DOT = /^[01](?:px)?$/
/** Frames that no writer put there: who watches, what is sold, what may be pressed. */
const MACHINERY =
  /(?:^|\.)(?:googletagmanager|doubleclick|googlesyndication|googleadservices|adservice\.google|amazon-adsystem|criteo|taboola|outbrain|disqus|recaptcha|hcaptcha|challenges\.cloudflare|consensu|cookiebot|onetrust|usercentrics|addthis|addtoany|sharethis|gravatar|wp|scorecardresearch|hotjar|facebook|platform\.twitter|syndication\.twitter|platform\.linkedin|apis\.google|accounts\.google|paypal|stripe|mailchimp|hsforms|steadyhq|likecoin|button\.like)(?:\.[a-z]{2,4}){1,2}$/
/** Of the sites above, what writers do embed. */
const SHOWN = /^https?:\/\/(?:[\w-]+\.)?facebook\.com\/plugins\/(?:post|video)\.php\?(?:.*&)?href=([^&]+)/
const FRAMED_PAGES: readonly (readonly [frame: RegExp, page: string])[] = [
  [
    /^https?:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{11})(?:[?#].*)?$/,
    'https://www.youtube.com/watch?v=$1',
  ],
  [/^https?:\/\/player\.vimeo\.com\/video\/(\d+)(?:[?#].*)?$/, 'https://vimeo.com/$1'],
  [/^https?:\/\/open\.spotify\.com\/embed\/(\w+\/\w+)(?:[?#].*)?$/, 'https://open.spotify.com/$1'],
  [/^https?:\/\/embed\.podcasts\.apple\.com\/(.+)$/, 'https://podcasts.apple.com/$1'],
  [/^https?:\/\/www\.dailymotion\.com\/embed\/video\/(\w+)(?:[?#].*)?$/, 'https://www.dailymotion.com/video/$1'],
  [/^(https?:\/\/[^/]+\/@[^/]+\/\d+)\/embed(?:[?#].*)?$/, '$1'],
]

/** Null when the element embeds nothing that a reader could open. */
export function readEmbed(element: Element, base: URL | null): Embed | null {
  if (!NAMES.has(element.name) || isDot(element)) return null
  const url = resolve(sourceOf(element), base)
  const page = url === null ? null : pageOf(url)
  return page === null ? null : { url: page, title: attr(element, 'title')?.trim() || null }
}

function sourceOf(element: Element): string | null {
  const own = SOURCES.map((name) => attr(element, name)).find((said) => said !== null && !said.startsWith('about:'))
  return own ?? attr(selectOne('source[src]', element), 'src')
}

/** One pixel wide or high: a counter. */
function isDot(element: Element): boolean {
  return ['width', 'height'].some((name) => DOT.test(attr(element, name) ?? ''))
}

function pageOf(url: string): string | null {
  const shown = SHOWN.exec(url)?.[1]
  if (shown !== undefined) return resolve(new URLSearchParams(`u=${shown}`).get('u'), null)
  const host = urlOf(url)?.hostname
  if (host === undefined || !url.startsWith('http') || MACHINERY.test(host)) return null
  for (const [frame, page] of FRAMED_PAGES) if (frame.test(url)) return url.replace(frame, page)
  return url
}
