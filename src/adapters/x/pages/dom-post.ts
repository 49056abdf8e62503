// One post of X's page as its script draws it (React DOM, 2019–2026): `data-testid` names the parts, class names are
// hashes. A quoted post is a block inside that looks like a link; it seldom tells its id.
import type { Element } from 'domhandler'
import { attr, closest, rawTextOf, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Author, Media, Quote } from '../../../model.ts'
import { bodyFromNodes } from '../../../text/body.ts'
import { resolve } from '../../../url.ts'
import { languageOf } from '../../values/language.ts'
import { lineNodes } from '../../values/pre-wrap.ts'
import {
  authorOf,
  linkOnX,
  refOf,
  type StatusName,
  snowflakeTime,
  statusInPath,
  statusInUrl,
  statusUrl,
  timeOf,
} from '../names.ts'
import type { XTweet } from '../tweet.ts'
import { articleIn, type LongArticle, SHOWN_POST } from './dom-article.ts'

const BASE = new URL('https://x.com/')
const QUOTE = 'div[role="link"]'
const NAMES = '[data-testid="User-Name"]'
const WORDS = '[data-testid="tweetText"]'
const HANDLE = /^@(\w{1,20})$/
const CUT_END = /…$/
const WEB_ADDRESS = /^https?:\/\/\S+$/
const NO_ALT = new Set(['Image', 'Embedded video'])
const SPACES = /\s+/g
const GIF_PATH = '/tweet_video'

/**
 * The post in the article, or null when nothing names it: neither it nor `page`, the post that the page's address
 * names.
 */
export function postIn(article: Element, page: StatusName | null = null): XTweet | null {
  const quote = selectOne(`${QUOTE}:has(${NAMES})`, article)
  const isOwn = (element: Element) =>
    closest(element, SHOWN_POST) === null && (quote === null || closest(element, QUOTE) !== quote)
  const time = select('a time[datetime]', article).find(isOwn) ?? null
  const status = statusOf(article, time, isOwn) ?? page
  if (status === null) return null
  const words = select(WORDS, article).find(isOwn) ?? null
  const long = articleIn(article)
  return {
    id: status.id,
    author: authorOfPost(article, status, long, isOwn),
    ...bodyFromNodes(long?.nodes ?? lineNodes(words?.children ?? [], hrefOf), BASE),
    createdAt: timeOf(attr(time, 'datetime')) ?? snowflakeTime(status.id),
    editedAt: null,
    lang: languageOf(attr(words, 'lang')),
    parentId: null,
    conversation: null,
    media: mediaIn(article, isOwn),
    quotes: [...(quote === null ? [] : [quote]), ...(long?.shown ?? [])].map(quoteIn),
    versions: [],
    isCut: selectOne('[data-testid="tweet-text-show-more-link"]', article) !== null,
  }
}

function statusOf(article: Element, time: Element | null, isOwn: (element: Element) => boolean) {
  const around = time === null ? null : closest(time, 'a')
  const links = [around, ...select('a[href*="/status/"]', article).filter(isOwn)]
  return links.map((link) => statusIn(attr(link, 'href'))).find((status) => status !== null) ?? null
}

function statusIn(href: string | null) {
  const url = resolve(href, BASE)
  return url === null ? null : (statusInUrl(url) ?? statusInPath(new URL(url).pathname))
}

/** Before its words an article names its author once more, in metadata; the name above a shown post is not it. */
function authorOfPost(
  article: Element,
  status: StatusName,
  long: LongArticle | null,
  isOwn: (element: Element) => boolean,
): Author | null {
  const isNamed = select(NAMES, article).some(isOwn)
  return isNamed || long === null
    ? authorIn(article, status.handle)
    : (long.author ?? authorOf(null, status.handle, null))
}

function authorIn(block: Element, fallback: string | null): Author | null {
  const names = selectOne(NAMES, block)
  const spans = names === null ? [] : select('span', names).map((span) => textOf(span) ?? '')
  const handle = spans.map((text) => HANDLE.exec(text)?.[1]).find((found) => found !== undefined) ?? fallback
  const name = names === null ? null : nameIn(names)
  return authorOf(null, handle, name)
}

/** The name is the first line of the block; flags and hearts in it are pictures. */
function nameIn(names: Element): string | null {
  const first = selectOne('[dir="ltr"], a, span', names)
  if (first === null) return null
  return (
    bodyFromNodes(
      lineNodes(first.children, () => null),
      BASE,
    )
      .text.replace(SPACES, ' ')
      .trim() || null
  )
}

/** The shown words of a shortened link hold its whole target, partly hidden, before an ellipsis. */
function hrefOf(link: Element): string | null {
  const shown = rawTextOf(link).trim().replace(CUT_END, '')
  const href = linkOnX(attr(link, 'href'))
  return href?.startsWith('https://t.co/') && WEB_ADDRESS.test(shown) ? shown : href
}

function mediaIn(article: Element, isOwn: (element: Element) => boolean): Media[] {
  const videos = select('[data-testid="videoPlayer"] video', article).filter(isOwn).map(videoOf)
  const photos = select('[data-testid="tweetPhoto"] img', article).filter(isOwn).filter(isStill).map(imageOf)
  return [...photos, ...videos].filter((medium) => medium !== null)
}

/** A film's still picture is drawn as a photo too. */
function isStill(image: Element): boolean {
  return closest(image, '[data-testid="videoPlayer"]') === null
}

function imageOf(image: Element): Media | null {
  const url = resolve(attr(image, 'src'), BASE)
  const alt = attr(image, 'alt')
  const told = alt !== null && NO_ALT.has(alt) ? null : alt
  return url === null ? null : { kind: 'image', url, alt: told, width: null, height: null, poster: null }
}

/** The browser plays films from memory (`blob:`): then the still picture is all the page tells. */
function videoOf(video: Element): Media | null {
  const poster = resolve(attr(video, 'poster'), BASE)
  const url = resolve(attr(video, 'src') ?? attr(selectOne('source', video), 'src'), BASE) ?? poster
  if (url === null) return null
  const kind = (poster ?? url).includes(GIF_PATH) ? 'gif' : 'video'
  return { kind, url, alt: null, width: null, height: null, poster }
}

function quoteIn(quote: Element): Quote {
  const link = selectOne('a[href*="/status/"]', quote)
  const status = statusIn(attr(link, 'href'))
  const words = selectOne(WORDS, quote)
  const { text } = bodyFromNodes(lineNodes(words?.children ?? [], hrefOf), BASE)
  return {
    ref: status === null ? null : refOf(status.id),
    author: authorIn(quote, status?.handle ?? null),
    text: text === '' ? null : text,
    url: status === null ? null : statusUrl(status.handle, status.id),
    createdAt: timeOf(attr(selectOne('time[datetime]', quote), 'datetime')),
  }
}
