// Feeds of short posts: Mastodon's, Bluesky's and Nitter's RSS. Their descriptions are the whole posts, and the posts have the
// names they have everywhere (the server's uri, the at:// URI, X's id). Nitter's titles repeat the text.
import type { Element } from 'domhandler'
import { attr, parseHtml, select } from '../../markup/markup.ts'
import type { Media } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { articleBody } from '../article/blog-html.ts'
import { PLATFORM as BLUESKY, author as blueskyAuthor, refOf as blueskyRef, parseAtUri } from '../bluesky/names.ts'
import { escapeHtml } from '../discussion.ts'
import { PLATFORM as MASTODON } from '../mastodon/names.ts'
import { originalFile, originalLink } from '../nitter/links.ts'
import { isXHost, statusInPath, statusUrl, PLATFORM as X, authorOf as xAuthor, refOf as xRef } from '../x/names.ts'
import { childrenOf, fieldOf } from './fields.ts'
import { type Feed, type FeedBody, type FeedItem, mediaOf, type Status } from './item.ts'

type Named = Pick<FeedItem, 'id' | 'url' | 'author'>
type Source = Pick<Feed, 'title' | 'generator'>

const MASTODON_GENERATOR = /^Mastodon\b/
/** `https://host/@ada/1234`, and `…/users/ada/statuses/1234` until version 3. */
const STATUS_PATH = /^\/(?:@|users\/)([\w.-]+)(?:\/statuses)?\/(\d+)$/
/** Bluesky's channels are called `@ada.example - Ada Quill`. */
const BLUESKY_TITLE = /^@([\w.-]+)(?: - (.*))?$/s
const NITTER_HASH = '#m'
const LINK = /href="([^"]{1,2000})"/g
const NOTHING = { footnotes: [], quotes: [] }
const BLUESKY_REST = /\s*\[contains quote post or other embedded content\]\s*$/

/** The post an item is on its microblog, or null for an item of any other feed. */
export function statusOf(item: Named, feed: Source): Status | null {
  return blueskyStatus(item, feed) ?? nitterStatus(item) ?? mastodonStatus(item, feed)
}

/** The words of a description, which is plain text on Bluesky; its words in place of a quote or picture left out are not the author's. */
export function statusBody(description: string, { ref, url }: Status, base: URL | null): FeedBody {
  if (ref.platform === BLUESKY) return { ...NOTHING, text: description.replace(BLUESKY_REST, '').trim(), html: null }
  if (ref.platform !== X) return articleBody(description, parseUrl(url))
  const html = description.replace(LINK, (_, href: string) => `href="${escapeHtml(originalLink(href, base) ?? href)}"`)
  return articleBody(html, base, ({ name }) => name === 'img')
}

/** Pictures stand beside the words (Media RSS, with their descriptions), or in them through Nitter's proxy. */
export function statusMedia(item: Element, description: string, { ref }: Status, base: URL | null): readonly Media[] {
  if (ref.platform === X)
    return select('img', parseHtml(description).root).flatMap((image) => nitterPicture(image, base))
  return childrenOf(item, 'media:content').flatMap((file) =>
    mediaOf(attr(file, 'url'), attr(file, 'type'), fieldOf(file, 'media:description')),
  )
}

function nitterPicture(image: Element, base: URL | null): readonly Media[] {
  return mediaOf(originalFile(attr(image, 'src'), base), 'image', attr(image, 'alt'))
}

function blueskyStatus({ id, url }: Named, { title }: Source): Status | null {
  const ref = blueskyRef(id)
  if (ref === null) return null
  const [, handle = null, name = null] = BLUESKY_TITLE.exec(title ?? '') ?? []
  return { ref, url: url?.href ?? null, author: blueskyAuthor(parseAtUri(ref.id)?.authority ?? null, handle, name) }
}

function nitterStatus({ url, author }: Named): Status | null {
  const status = url === null || isXHost(url) || url.hash !== NITTER_HASH ? null : statusInPath(url.pathname)
  if (status === null) return null
  const handle = author?.handle ?? author?.name ?? status.handle
  return { ref: xRef(status.id), url: statusUrl(status.handle, status.id), author: xAuthor(null, handle, null) }
}

function mastodonStatus({ id, url, author }: Named, { title, generator }: Source): Status | null {
  const address = url ?? parseUrl(id)
  const [, handle, number] = STATUS_PATH.exec(address?.pathname ?? '') ?? []
  if (address === null || handle === undefined || !MASTODON_GENERATOR.test(generator ?? '')) return null
  const uri = `${address.origin}/users/${handle}/statuses/${number}`
  const name = title?.startsWith('#') === true ? null : title
  const writer = { id: null, handle: `${handle}@${address.host}`, name, url: `${address.origin}/@${handle}` }
  return { ref: { platform: MASTODON, id: uri }, url: address.href, author: author ?? writer }
}
