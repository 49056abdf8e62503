// One post in the page layout of 2014–2019: names in `data-` attributes, words in `.js-tweet-text`, pictures as
// `.AdaptiveMedia`, a quoted post as `.QuoteTweet`.
import type { Element } from 'domhandler'
import { attr, closest, hasClass, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Media, Quote } from '../../../model.ts'
import { bodyFromNodes } from '../../../text/body.ts'
import { resolve } from '../../../url.ts'
import { timeOfSeconds } from '../../extraction/post.ts'
import { languageOf } from '../../values/language.ts'
import { lineNodes } from '../../values/pre-wrap.ts'
import { authorOf, linkOnX, refOf, snowflakeTime, statusUrl } from '../names.ts'
import type { XTweet } from '../tweet.ts'

const BASE = new URL('https://x.com/')
const ID = /^\d{1,20}$/
const MILLISECONDS = /^\d{1,14}$/
const SIZE_SUFFIX = /:(?:large|small|thumb|medium|orig)$/
const POSTER_URL = /url\(['"]?([^'")]+)/
const GIF_PATH = '/tweet_video'
/** Links that stand for what is attached. */
const ATTACHED = ['u-hidden', 'twitter-timeline-link--media']

/** The post in the element, or null when nothing names it. */
export function postIn(element: Element): XTweet | null {
  const id = idIn(element, 'data-tweet-id')
  if (id === null) return null
  const words = select('.js-tweet-text', element).find((one) => closest(one, '.QuoteTweet') === null) ?? null
  return {
    id,
    author: authorOf(idIn(element, 'data-user-id'), attr(element, 'data-screen-name'), attr(element, 'data-name')),
    ...bodyFromNodes(lineNodes(words?.children.filter(isWords) ?? [], hrefOf), BASE),
    createdAt: snowflakeTime(id) ?? timeIn(element),
    editedAt: null,
    lang: languageOf(attr(words, 'lang')),
    parentId: null,
    conversation: idIn(element, 'data-conversation-id'),
    media: mediaIn(element),
    quotes: select('.QuoteTweet-innerContainer[data-item-id]', element)
      .map(quoteIn)
      .filter((quote) => quote !== null),
    versions: [],
    isCut: false,
  }
}

function idIn(element: Element, name: string): string | null {
  const id = attr(element, name) ?? ''
  return ID.test(id) ? id : null
}

function timeIn(element: Element): string | null {
  const time = attr(selectOne('[data-time-ms]', element), 'data-time-ms') ?? ''
  return MILLISECONDS.test(time) ? timeOfSeconds(Number(time) / 1000) : null
}

function isWords(node: Element['children'][number]): boolean {
  return !('attribs' in node) || !ATTACHED.some((name) => hasClass(node, name))
}

function hrefOf(link: Element): string | null {
  return linkOnX(attr(link, 'data-expanded-url') ?? attr(link, 'href'))
}

function mediaIn(element: Element): Media[] {
  const own = (one: Element) => closest(one, '.QuoteTweet') === null
  const photos = select('[data-image-url]', element).filter(own).map(imageOf)
  const players = select('.PlayableMedia-player', element).filter(own).map(filmOf)
  return [...photos, ...players].filter((medium) => medium !== null)
}

function imageOf(box: Element): Media | null {
  const url = resolve(attr(box, 'data-image-url')?.replace(SIZE_SUFFIX, '') ?? null, BASE)
  const alt = attr(selectOne('img', box), 'alt')
  return url === null ? null : { kind: 'image', url, alt, width: null, height: null, poster: null }
}

/** The film itself was fetched by script; the page tells its still picture. */
function filmOf(player: Element): Media | null {
  const poster = resolve(POSTER_URL.exec(attr(player, 'style') ?? '')?.[1] ?? null, BASE)
  if (poster === null) return null
  const kind = poster.includes(GIF_PATH) ? 'gif' : 'video'
  return { kind, url: poster, alt: null, width: null, height: null, poster }
}

function quoteIn(quote: Element): Quote | null {
  const id = idIn(quote, 'data-item-id')
  if (id === null) return null
  const handle = attr(quote, 'data-screen-name')
  const author = authorOf(idIn(quote, 'data-user-id'), handle, textOf(selectOne('.QuoteTweet-fullname', quote)))
  const text = textOf(selectOne('.QuoteTweet-text', quote))
  return { ref: refOf(id), author, text, url: statusUrl(author?.handle ?? null, id), createdAt: snowflakeTime(id) }
}
