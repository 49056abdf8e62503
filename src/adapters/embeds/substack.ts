// Substack's placeholders. Its bodies – in the API, in feeds, in pages – hold what is embedded as elements whose data
// stands in an attribute as JSON (`data-attrs`); a script draws them, and mail and older pages have them drawn with
// who, when and what run together. Forms of 2020 to 2026.
import { type ChildNode, Element, Text } from 'domhandler'
import { attr, selectOne, textOf } from '../../markup/markup.ts'
import { parseUrl } from '../../url.ts'
import { parseJson } from '../page/json.ts'
import { asObject, type Json, objectsAt, textAt } from '../values/json-fields.ts'
import { blockquoteOf, type CitedPost, linkTo, paragraph, picture, quoteOf } from './cited-post.ts'
import { type Embedded, LEFT_OUT } from './embedded.ts'
import {
  article,
  filmOfTikTok,
  markedUp,
  note,
  postOfBluesky,
  postOfInstagram,
  postOfX,
  publication,
} from './substack-posts.ts'

const DATA = 'data-attrs'
const COMPONENT = 'data-component-name'
const UPLOAD = /^[\w-]{8,64}$/
/** What buttons of the software itself do; others lead where the writer wants. */
const OWN_BUTTON = /%%|[?&]action=|\/(?:subscribe|comments|leave-comment|leaderboard|chat)\b|[?&](?:gift|donate)=true/
/** Of a site whose bodies are read elsewhere. */
const API = 'https://api.substack.com'

interface Placeholder {
  readonly element: Element
  readonly data: Json
  readonly base: URL | null
}

type Read = (placeholder: Placeholder) => Embedded | null

const READERS: Readonly<Record<string, Read>> = {
  tweet: ({ data }) => cited(postOfX(data)),
  'twitter-embed': ({ data }) => cited(postOfX(data)),
  'bluesky-wrap': ({ data }) => cited(postOfBluesky(data)),
  instagram: ({ data }) => cited(postOfInstagram(data)),
  'tiktok-wrap': ({ data }) => cited(filmOfTikTok(data)),
  comment: ({ data }) => cited(note(data, 'comment')),
  'community-post': ({ data }) => cited(note(data, 'communityPost')),
  'embedded-post-wrap': ({ data }) => cited(article(data, 'url', 'date')),
  'digest-post-embed': ({ data }) => cited(article(data, 'canonical_url', 'post_date')),
  'embedded-publication-wrap': ({ data }) => cited(publication(data)),
  'image-gallery-embed': gallery,
  'youtube-wrap': (place) => frame(place, 'https://www.youtube.com/embed/', 'videoId'),
  'vimeo-wrap': (place) => frame(place, 'https://player.vimeo.com/video/', 'videoId'),
  'datawrapper-wrap': (place) => frame(place, '', 'url'),
  'native-video-embed': (place) => upload(place, 'video'),
  'native-audio-embed': (place) => upload(place, 'audio'),
  'mention-wrap': ({ element, data }) => inWords(element, linkTo(textAt(data, 'url'), textAt(data, 'name') ?? '')),
  'cashtag-wrap': ({ element, data }) => inWords(element, new Text(`$${textAt(data, 'symbol') ?? ''}`)),
  'button-wrapper': button,
  'captioned-button-wrap': button,
  'subscription-widget-wrap': () => LEFT_OUT,
  'subscription-widget-wrap-editor': () => LEFT_OUT,
  'install-substack-app-embed': () => LEFT_OUT,
  'community-chat': () => LEFT_OUT,
}

export function readPlaceholder(element: Element, base: URL | null): Embedded | null {
  if (attr(element, DATA) === null && attr(element, COMPONENT) === null) return null
  const names = (element.attribs['class'] ?? '').split(' ')
  const name = names.find((one) => Object.hasOwn(READERS, one))
  const data = dataOf(element)
  if (data === null) return null
  return (name === undefined ? card(element, data) : READERS[name]?.({ element, data, base })) ?? null
}

/** Since 2024 a drawn post is a link around the element that has the data. */
function dataOf(element: Element): Json | null {
  const own = attr(element, DATA) ?? attr(selectOne(`[${DATA}]`, element), DATA)
  return own === null ? null : asObject(parseJson(own).value)
}

function cited(post: CitedPost | null): Embedded | null {
  return post === null ? null : { shown: [blockquoteOf(post)], quote: quoteOf(post), isAside: true }
}

function gallery({ data }: Placeholder): Embedded | null {
  const images = objectsAt(data, 'gallery', 'images').flatMap((image) => textAt(image, 'src') ?? [])
  if (images.length === 0) return null
  const alt = textAt(data, 'gallery', 'alt')
  const caption = textAt(data, 'gallery', 'caption')
  const below = caption === null ? [] : [new Element('figcaption', {}, markedUp(caption))]
  return inPlace([new Element('figure', {}, [...images.map((src) => picture(src, alt)), ...below])])
}

/** A frame that stands inside already says the same. */
function frame({ element, data }: Placeholder, before: string, key: string): Embedded | null {
  const id = textAt(data, key)
  const isDrawn = selectOne('iframe[src]', element) !== null
  return id === null || isDrawn ? null : inPlace([new Element('iframe', { src: `${before}${id}`, ...titleOf(data) })])
}

function upload({ element, data, base }: Placeholder, kind: 'video' | 'audio'): Embedded | null {
  const id = textAt(data, 'mediaUploadId')
  if (id === null || !UPLOAD.test(id) || selectOne(`${kind}[src]`, element) !== null) return null
  const src = `${base?.protocol.startsWith('http') === true ? base.origin : API}/api/v1/${kind}/upload/${id}/src`
  return inPlace([new Element(kind, { src, ...titleOf(data) })])
}

function titleOf(data: Json): Record<string, string> {
  const title = textAt(data, 'title') ?? textAt(data, 'label')
  return title === null ? {} : { title }
}

/** Where a page has the words already, they stay. */
function inWords(element: Element, words: ChildNode): Embedded | null {
  return textOf(element) === null ? inPlace([words]) : null
}

function button({ element, data }: Placeholder): Embedded | null {
  const url = textAt(data, 'url')
  const isOwn = url === null || parseUrl(url) === null || OWN_BUTTON.test(url) || textAt(data, 'action') !== null
  if (isOwn) return LEFT_OUT
  return textOf(element) === null
    ? inPlace([paragraph([linkTo(url, textAt(data, 'text') ?? url)])])
    : inPlace(element.children)
}

/** A kind that nobody knew when this was written: nothing to see in it, but data that says where to look. */
function card(element: Element, data: Json): Embedded | null {
  const url = parseUrl(textAt(data, 'url'))?.href ?? null
  const isEmpty =
    element.name === 'div' && textOf(element) === null && element.children.every(({ type }) => type === 'text')
  if (url === null || !isEmpty) return null
  return inPlace([paragraph([linkTo(url, textAt(data, 'title') ?? textAt(data, 'name') ?? url)])])
}

function inPlace(shown: readonly ChildNode[]): Embedded {
  return { shown, quote: null, isAside: false }
}
