// Embed codes as platforms hand them out, before their script has drawn them: posts of X and Bluesky with their words,
// and those that hold little more than an address.
import { Element, isTag } from 'domhandler'
import { attr, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import * as bluesky from '../bluesky/names.ts'
import { authorOf, refOf, snowflakeTime, statusInUrl } from '../x/names.ts'
import { linkTo, paragraph } from './cited-post.ts'
import { type Embedded, LEFT_OUT } from './embedded.ts'

const OF_X = ['twitter-tweet', 'twitter-video']
const OF_BLUESKY = 'data-bluesky-uri'
/** A post of another WordPress blog: a quotation with its title, and a frame that a script shows in its stead. */
const OF_WORDPRESS = 'wp-embedded-content'
/** `— Ann Lee (@annlee) ` before the link. */
const SIGNATURE = /[—–-]\s*([^—–]{0,100}?)\s*\(@([\w.-]{1,253})\)/u
/** Stands in the words for what the post shows beside them. */
const NOT_WORDS = '[image or embed]'
const GIST = /^(?:https?:)?\/\/gist\.github\.com\/(?:[\w-]+\/)?\w+(?=\.js)/
/** On note.com a figure says by it whose page stands in its `data-src`. */
const SERVICE = 'embedded-service'
/** Elements that a script fills. */
const HOLDERS = new Set(['blockquote', 'div', 'figure', 'section'])
/** Where an embed code keeps the address of what it shows. */
const ADDRESSES = ['data-instgrm-permalink', 'data-text-post-permalink', 'data-embed-url', 'data-oembed-url']
/** The same on elements of these classes only: the names are common. */
const NAMED_ADDRESSES: readonly (readonly [className: RegExp, attribute: string])[] = [
  [/(?:^|\s)fb-(?:post|video|comment-embed)(?:\s|$)/, 'data-href'],
  [/(?:^|\s)tiktok-embed(?:\s|$)/, 'cite'],
  [/(?:^|\s)rll-youtube-player(?:\s|$)/, 'data-src'],
]
/** Elements of AMP, and of scripts that load players late: an address, or an id and what stands before it. */
const ELEMENTS: Readonly<Record<string, readonly [attribute: string, before: string]>> = {
  'amp-twitter': ['data-tweetid', 'https://x.com/i/status/'],
  'amp-youtube': ['data-videoid', 'https://www.youtube.com/watch?v='],
  'amp-vimeo': ['data-videoid', 'https://vimeo.com/'],
  'amp-instagram': ['data-shortcode', 'https://www.instagram.com/p/'],
  'amp-gist': ['data-gistid', 'https://gist.github.com/'],
  'amp-facebook': ['data-href', ''],
  'amp-tiktok': ['data-src', ''],
  'amp-reddit': ['data-src', ''],
  'amp-iframe': ['src', ''],
  'amp-video': ['src', ''],
  'amp-audio': ['src', ''],
  'lite-youtube': ['videoid', 'https://www.youtube.com/watch?v='],
  'lite-vimeo': ['videoid', 'https://vimeo.com/'],
  'qiita-embed-ogp': ['src', ''],
  oembed: ['url', ''],
}
/** What says how a reader came, and the slash before it. */
const QUERY = /\/?(?:[?#].*)?$/s
const FRAME_OF_STATUS = /\/embed\/?$/

export function readEmbedCode(element: Element, base: URL | null): Embedded | null {
  if (hasClass(element, OF_WORDPRESS)) return readWordPress(element, base)
  const quote = element.name === 'blockquote' ? quoteIn(element, base) : null
  if (quote !== null) return { shown: null, quote, isAside: true }
  const address = addressOf(element, base)
  return address === null ? null : withLink(element, address)
}

function quoteIn(element: Element, base: URL | null): Quote | null {
  if (OF_X.some((name) => hasClass(element, name))) return quoteOfX(element, base)
  return attr(element, OF_BLUESKY) === null ? null : quoteOfBluesky(element)
}

function quoteOfX(element: Element, base: URL | null): Quote | null {
  const link = select('a[href]', element).findLast((one) => statusInUrl(attr(one, 'href')) !== null) ?? null
  const url = attr(link, 'href')
  const status = statusInUrl(url)
  const text = wordsOf(element, base)
  if (status === null || text === null) return null
  const { name, handle } = signatureOf(element)
  return {
    ref: refOf(status.id),
    author: authorOf(null, handle ?? status.handle, name),
    text,
    url: resolve(url, base),
    createdAt: snowflakeTime(status.id),
  }
}

function quoteOfBluesky(element: Element): Quote | null {
  const uri = attr(element, OF_BLUESKY)
  const ref = bluesky.refOf(uri)
  const name = bluesky.parseAtUri(uri)
  const text = wordsOf(element, null)
  if (ref === null || name === null || text === null) return null
  const signed = signatureOf(element)
  const did = name.authority.startsWith('did:') ? name.authority : null
  const author = bluesky.author(did, signed.handle, signed.name)
  const printed = select('a[href]', element).findLast((link) => attr(link, 'href')?.includes(`/post/${name.rkey}`))
  const url = attr(printed ?? null, 'href')?.replace(QUERY, '') ?? bluesky.postUrl(ref, author)
  return { ref, author, text, url, createdAt: bluesky.tidTime(name.rkey) }
}

/** Its paragraphs; null: it has no words. */
function wordsOf(element: Element, base: URL | null): string | null {
  const paragraphs = element.children.filter((child) => isTag(child) && child.name === 'p')
  const { text } = bodyFromNodes(paragraphs, base, ({ name, children }) => {
    const [only] = children
    return name === 'a' && only?.type === 'text' && only.data === NOT_WORDS
  })
  return text === '' ? null : text
}

function signatureOf(element: Element): { readonly name: string | null; readonly handle: string | null } {
  const [, name = null, handle = null] = SIGNATURE.exec(textOf(element) ?? '') ?? []
  return { name: name === '' ? null : name, handle }
}

/** The quotation links to the other post; the frame shows the same again, unless it stands alone. */
function readWordPress(element: Element, base: URL | null): Embedded | null {
  if (element.name === 'blockquote')
    return { shown: [new Element('blockquote', {}, [...element.children])], quote: null, isAside: true }
  if (element.name !== 'iframe') return null
  if (followsTwin(element) || (element.parent !== null && isTag(element.parent) && followsTwin(element.parent)))
    return LEFT_OUT
  const url = resolve(attr(element, 'src')?.replace(FRAME_OF_STATUS, '/') ?? null, base)
  return url === null ? null : { shown: linked(url, attr(element, 'title')), quote: null, isAside: true }
}

/** Frames are often put into a paragraph of their own. */
function followsTwin(element: Element): boolean {
  let before = element.prev
  while (before !== null && !isTag(before)) before = before.prev
  return before !== null && before.name === 'blockquote' && hasClass(before, OF_WORDPRESS)
}

function addressOf(element: Element, base: URL | null): string | null {
  const said = sayAddress(element)
  return said === null ? null : (parseUrl(resolve(said, base))?.href ?? null)
}

function sayAddress(element: Element): string | null {
  const named = Object.hasOwn(ELEMENTS, element.name) ? ELEMENTS[element.name] : undefined
  if (named !== undefined) return withId(named[1], attr(element, named[0]))
  if (element.name === 'script') return GIST.exec(attr(element, 'src') ?? '')?.[0] ?? null
  if (OF_X.some((name) => hasClass(element, name))) return attr(selectOne('a[href]', element), 'href')
  if (!HOLDERS.has(element.name)) return null
  const own = ADDRESSES.find((name) => attr(element, name) !== null)
  if (own !== undefined) return attr(element, own)?.replace(FRAME_OF_STATUS, '') ?? null
  if (attr(element, SERVICE) !== null) return attr(element, 'data-src')
  const name = element.attribs['class'] ?? ''
  const called = NAMED_ADDRESSES.find(([className]) => className.test(name))
  return called === undefined ? null : attr(element, called[1])
}

function withId(before: string, id: string | null): string | null {
  return id === null || id === '' ? null : `${before}${id}`
}

/** What it holds, and a link to what it shows unless words of its own lead there. */
function withLink(element: Element, url: string): Embedded | null {
  const bare = withoutQuery(url)
  const isLinked = select('a[href]', element).some(
    (link) => textOf(link) !== null && withoutQuery(attr(link, 'href') ?? '') === bare,
  )
  if (isLinked) return null
  const isEmpty = textOf(element) === null && selectOne('img', element) === null
  const name = element.name === 'blockquote' ? element.name : 'div'
  const whole = new Element(name, {}, [...(isEmpty ? [] : element.children), ...linked(url, null)])
  return { shown: [whole], quote: null, isAside: false }
}

function linked(url: string, title: string | null): Element[] {
  return [paragraph([linkTo(url, title ?? url)])]
}

function withoutQuery(url: string): string {
  return url.replace(QUERY, '')
}
