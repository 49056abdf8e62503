// X's own pages as a reader without an account gets them since 2026: rendered by the server, with schema.org microdata,
// which is read. A post names its parent. A post's page shows its ancestors and a few replies, a profile five posts.
import { attr, pathOf, select, selectOne } from '../../../markup/markup.ts'
import type { Extraction, Media, Quote } from '../../../model.ts'
import { resolve } from '../../../url.ts'
import type { Adapter, Located } from '../../adapter.ts'
import type { Page } from '../../page/page.ts'
import { wholeNumber } from '../../values/digits.ts'
import { extractionOf, type FoundTweet, NO_REMARKS, namelessNotes, replyNotes } from '../extraction.ts'
import {
  accountInPath,
  authorOf,
  isPreviewHost,
  isXHost,
  snowflakeTime,
  statusInPath,
  statusInUrl,
  statusUrl,
  timeOf,
} from '../names.ts'
import { bodyOf, escaped, namesIn } from '../text.ts'
import { quoteOf, type XTweet } from '../tweet.ts'
import { type Item, itemOf, itemsIn, textIn } from './microdata.ts'

const NAME = 'x-web'
const VERSION = 1
const ID_ATTRIBUTE = 'data-tweet-id'
const POST = 'article[data-tweet-id][itemscope]'
/** A quoted post is an article inside of the article that quotes it. */
const QUOTED = '[itemprop="citation"]'
const ID = /^\d{1,20}$/
const ATTACHED = /\/status\/\d+\/(?:photo|video)\/\d+$/
const PAGE_HOST = /^(?:www\.|mobile\.)?(?:x|twitter)\.com$/
/** What X writes when the author gave no description. */
const NO_ALT = new Set(['Image', 'Embedded video', 'Video'])

export const xWeb: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [
    'https://x.com/harbourlamp/status/1700000000000000001',
    'https://twitter.com/harbourlamp/status/1700000000000000001?s=20',
    'https://mobile.twitter.com/i/web/status/1700000000000000001',
    'https://fxtwitter.com/harbourlamp/status/1700000000000000001',
    'https://x.com/harbourlamp',
  ],

  locate(url: URL): Located | null {
    if (!isXHost(url) && !isPreviewHost(url)) return null
    const status = statusInPath(url.pathname)
    if (status !== null) return { kind: 'post', id: status.id, fetch: statusUrl(status.handle, status.id) }
    const handle = PAGE_HOST.test(url.hostname) ? accountInPath(url.pathname) : null
    return handle === null ? null : { kind: 'author', id: handle, fetch: `https://x.com/${handle}` }
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(POST, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const items = select(`${POST}:not(${QUOTED})`, page.html().root).map((element) => itemOf(element))
    const found = items.map(foundOf).filter((one) => one !== null)
    const focal = items.find((item) => textIn(item, 'mainEntityOfPage') !== null) ?? null
    const replies = wholeNumber(textIn(focal, 'commentCount'))
    const id = focal === null ? null : idOf(focal)
    const nameless = namelessNotes(reader, items.length - found.length)
    const notes = [...replyNotes(reader, found, id, replies), ...nameless]
    return extractionOf(reader, found, { ...NO_REMARKS, notes })
  },
}

function foundOf(item: Item): FoundTweet | null {
  const tweet = tweetIn(item)
  return tweet === null ? null : { tweet, place: { selector: pathOf(item.element) }, title: null }
}

function tweetIn(item: Item): XTweet | null {
  const id = idOf(item)
  if (id === null) return null
  const quotes = quotesIn(item)
  const written = escaped(textIn(item, 'articleBody') ?? textIn(item, 'text') ?? '')
  const { targets, attached } = linksIn(item, quotes)
  const { mentions, hashtags } = namesIn(written)
  return {
    id,
    author: authorIn(item),
    ...bodyOf(written, { targets, attached, mentions, hashtags }),
    createdAt: timeOf(textIn(item, 'dateCreated')) ?? snowflakeTime(id),
    editedAt: null,
    lang: null,
    parentId: parentIn(item, id),
    conversation: null,
    media: mediaIn(item),
    quotes,
    versions: [],
    isCut: false,
  }
}

function idOf(item: Item): string | null {
  const id = textIn(item, 'identifier') ?? attr(item.element, ID_ATTRIBUTE) ?? ''
  return ID.test(id) ? id : null
}

function authorIn(item: Item) {
  const author = itemsIn(item, 'author')[0] ?? null
  return authorOf(textIn(author, 'identifier'), textIn(author, 'alternateName'), textIn(author, 'name'))
}

/** `isPartOf` as an item is the page it stands on; as an address it is the post it answers. */
function parentIn(item: Item, own: string): string | null {
  const told = (item.texts.get('isPartOf') ?? []).map((url) => statusInUrl(url)?.id)
  return told.find((id) => id !== undefined && id !== own) ?? null
}

function quotesIn(item: Item): readonly Quote[] {
  const shown = itemsIn(item, 'citation')
    .map(tweetIn)
    .filter((tweet) => tweet !== null)
  if (shown.length > 0) return shown.map(quoteOf)
  const named = statusInUrl(textIn(item, 'isBasedOn'))
  if (named === null) return []
  const { id, handle } = named
  const author = authorOf(null, handle, null)
  return [{ ref: { platform: 'x', id }, author, text: null, url: statusUrl(handle, id), createdAt: snowflakeTime(id) }]
}

/** Each link is told twice in a row: where it leads, then as it stands in the words. */
function linksIn(item: Item, quotes: readonly Quote[]) {
  const quoted = new Set(quotes.map(({ ref }) => ref?.id))
  const targets = new Map<string, string>()
  const attached = new Set<string>()
  let target: string | null = null
  for (const shared of itemsIn(item, 'sharedContent')) {
    const url = textIn(shared, 'url')
    if (url === null || target === null || !isShort(url)) {
      target = url
      continue
    }
    targets.set(url, target)
    if (ATTACHED.test(target) || quoted.has(statusInUrl(target)?.id)) attached.add(url)
    target = null
  }
  return { targets, attached }
}

function isShort(url: string): boolean {
  return url.startsWith('https://t.co/') || url.startsWith('http://t.co/')
}

function mediaIn(item: Item): readonly Media[] {
  return [
    ...itemsIn(item, 'image').map((one) => mediumOf(one, 'image')),
    ...itemsIn(item, 'video').map((one) => mediumOf(one, 'video')),
  ].filter((medium) => medium !== null)
}

function mediumOf(item: Item, kind: 'image' | 'video'): Media | null {
  const url = resolve(textIn(item, 'contentUrl') ?? textIn(item, 'url'), null)
  if (url === null) return null
  const alt = textIn(item, 'description')
  return {
    kind,
    url,
    alt: alt !== null && NO_ALT.has(alt) ? null : alt,
    width: wholeNumber(textIn(item, 'width')),
    height: wholeNumber(textIn(item, 'height')),
    poster: kind === 'image' ? null : resolve(textIn(item, 'thumbnailUrl'), null),
  }
}
