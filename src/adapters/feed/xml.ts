// RSS 2.0, RSS 1.0 (RDF) and Atom as items. What an item becomes is item.ts's business. Entities that a DTD declares
// are never expanded (markup.ts), so no feed grows by reading it. feedsmith 3.0 reads the same fields of whole feeds,
// but throws at a feed that is cut or declares an external entity, and does not tell where in the page an item stands.
import { Element } from 'domhandler'
import { attr, rawTextOf, select } from '../../markup/markup.ts'
import type { Author, Media } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve, urlOf } from '../../url.ts'
import { articleBody, plainTitle } from '../article/blog-html.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { escapeHtml } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { childAttr, childOf, childrenOf, fieldOf, firstField } from '../values/xml-fields.ts'
import { answeredBy, unshownOf } from './blogger.ts'
import { type Feed, type FeedBody, type FeedItem, feedTime, mediaOf } from './item.ts'
import { findStatus } from './microblog.ts'
import { activityStatus, otherActivity } from './ostatus.ts'
import { commentBody } from './wordpress.ts'

/** RSS writes `mail@host (Name)`; the address is nobody's business. */
const MAIL_AND_NAME = /^[^\s@]+@\S+\s+\((.+)\)$/

/** Who writes whole posts as descriptions, titles or not. */
const WHOLE_IN_DESCRIPTION = /^(?:Tumblr|LiveJournal|Dreamwidth)\b/
/** An entry may stand alone (RFC 4287). */
const ATOM_ROOTS = new Set(['feed', 'entry'])
/** Namespace prefixes by which feeds call Atom's elements inside RSS. */
const ATOM_LINKS = ['link', 'atom:link', 'atom10:link']

interface Source {
  readonly page: Page
  readonly reader: Reader
  readonly root: Element
}

export function readXmlFeed(source: Source): Feed {
  return ATOM_ROOTS.has(source.root.name) ? readAtom(source) : readRss(source)
}

function readRss({ page, reader, root }: Source): Feed {
  const channel = childOf(root, 'channel')
  // RSS 1.0 lists its items beside the channel; what was left open before holds those behind it.
  const items = select('item', root)
  const lang = fieldOf(channel, 'language') ?? fieldOf(channel, 'dc:language')
  const title = plainTitle(fieldOf(channel, 'title'))
  const generator = fieldOf(channel, 'generator')
  return {
    title,
    url: parseUrl(fieldOf(channel, 'link'))?.href ?? null,
    generator,
    nextPage: olderPage(channel, page.url),
    items: items.map((item) => readRssItem(item, { title, generator, lang }, page, reader)),
    unshown: [],
  }
}

type Channel = Pick<Feed, 'title' | 'generator'> & { readonly lang: string | null }

function readRssItem(item: Element, channel: Channel, page: Page, reader: Reader): FeedItem {
  const id = fieldOf(item, 'guid') ?? attr(item, 'rdf:about')
  // FeedBurner's own addresses count readers and are gone since 2021.
  const url =
    parseUrl(resolve(firstField(item, ['feedburner:origlink', 'link']), baseOf(item, page.url))) ?? permalinkOf(item)
  const author = rssAuthor(item)
  const title = plainTitle(fieldOf(item, 'title'))
  const found = findStatus({ id, url, author, title }, channel)
  const description = fieldOf(item, 'description') ?? ''
  return {
    id,
    url,
    title,
    body:
      found === null ? rssBody(item, url, channel.generator) : found.reader.bodyOf(description, found.status, page.url),
    createdAt: feedTime(firstField(item, ['pubdate', 'dc:date', 'dcterms:created'])),
    editedAt: feedTime(firstField(item, ['atom:updated', 'dcterms:modified'])),
    author,
    lang: channel.lang,
    media:
      found === null
        ? childrenOf(item, 'enclosure').flatMap(enclosure)
        : found.reader.mediaOf(item, description, page.url),
    inReplyTo:
      childAttr(item, 'thr:in-reply-to', 'ref') ?? commentBody(fieldOf(item, 'content:encoded') ?? '', url).answered,
    commentFeed: parseUrl(firstField(item, ['wfw:commentrss', 'wfw:commentsrss']))?.href ?? null,
    status: found?.status ?? null,
    provenance: placeInHtml(page, reader, item, null),
  }
}

/** An item without a title is a short post, and its description the whole of it (RSS 2.0 lets either be missing). */
function rssBody(item: Element, url: URL | null, generator: string | null): FeedBody | null {
  const isUntitled = fieldOf(item, 'title') === null && url !== null
  const isWhole = isUntitled || WHOLE_IN_DESCRIPTION.test(generator ?? '')
  const full = fieldOf(item, 'content:encoded') ?? (isWhole ? fieldOf(item, 'description') : null)
  return full === null ? null : articleBody(commentBody(full, url).words, url)
}

function permalinkOf(item: Element): URL | null {
  return childAttr(item, 'guid', 'ispermalink') === 'false' ? null : parseUrl(fieldOf(item, 'guid'))
}

function rssAuthor(item: Element): Author | null {
  const said = firstField(item, ['dc:creator', 'itunes:author', 'author'])
  const name = MAIL_AND_NAME.exec(said ?? '')?.[1] ?? said
  return name === null || name.includes('@') ? null : { id: null, handle: null, name, url: null }
}

function enclosure(element: Element): readonly Media[] {
  return mediaOf(attr(element, 'url') ?? attr(element, 'href'), attr(element, 'type'), null)
}

function readAtom({ page, reader, root }: Source): Feed {
  const [author, writer] = [atomAuthor(root), childOf(root, 'author')]
  const all = root.name === 'entry' ? [root] : select('entry', root)
  const entries = all.map((entry) => ({ entry, unshown: unshownOf(entry) ?? otherActivity(entry) }))
  const shown = entries.filter(({ unshown }) => unshown === null)
  // Of a file that ends early the last entry's own author may stand behind the end.
  const cut = root.name !== 'entry' && page.xml().endsInside ? all.at(-1) : undefined
  return {
    title: plainTitle(fieldOf(root, 'title')),
    url: linkOf(root, 'alternate', page.url),
    generator: fieldOf(root, 'generator'),
    nextPage: olderPage(root, page.url),
    items: shown.map(({ entry }) => ({
      ...readEntry(entry, { page, reader, author: entry === cut ? null : author, lang: attr(root, 'xml:lang') }),
      status: activityStatus(entry, parseUrl(linkOf(entry, 'alternate', page.url)), entry === cut ? null : writer),
    })),
    unshown: entries.flatMap(({ unshown }) => unshown ?? []),
  }
}

/** What holds for each entry that says nothing else. */
interface Around extends Pick<Source, 'page' | 'reader'> {
  readonly author: Author | null
  readonly lang: string | null
}

function readEntry(entry: Element, { page, reader, author, lang }: Around): FeedItem {
  const url = parseUrl(linkOf(entry, 'alternate', page.url))
  const media = childrenOf(entry, 'link').filter((link) => attr(link, 'rel') === 'enclosure')
  return {
    id: fieldOf(entry, 'id'),
    url,
    title: plainTitle(fieldOf(entry, 'title')),
    body: atomBody(childOf(entry, 'content'), url),
    createdAt: feedTime(firstField(entry, ['published', 'issued', 'updated'])),
    editedAt: feedTime(firstField(entry, ['updated', 'modified'])),
    author: atomAuthor(entry) ?? author,
    lang: attr(entry, 'xml:lang') ?? lang,
    media: media.flatMap(enclosure),
    inReplyTo: answeredBy(entry),
    commentFeed: linkOf(entry, 'replies', page.url, 'application/atom+xml'),
    status: null,
    provenance: placeInHtml(page, reader, entry, null),
  }
}

/** RFC 4287: `text` unless said, markup written as text for `html`, markup itself for `xhtml`. */
function atomBody(content: Element | null, base: URL | null): FeedBody | null {
  if (content === null || attr(content, 'src') !== null) return null
  const type = attr(content, 'type') ?? 'text'
  if (type === 'xhtml') return { ...bodyFromNodes(content.children, base), footnotes: [], quotes: [] }
  const words = rawTextOf(content).trim()
  if (words === '') return null
  return type.includes('html') ? articleBody(words, base) : articleBody(escapeHtml(words), base)
}

function atomAuthor(entry: Element): Author | null {
  const author = childOf(entry, 'author')
  const name = fieldOf(author, 'name')
  return name === null ? null : { id: null, handle: null, name, url: parseUrl(fieldOf(author, 'uri'))?.href ?? null }
}

/** A link without `rel` is the alternate one. */
/** Of a feed in pages, or of one whose older entries lie in archives (RFC 5005, 3 and 4). */
function olderPage(feed: Element | null, base: URL | null): string | null {
  return linkOf(feed, 'next', base) ?? linkOf(feed, 'prev-archive', base)
}

function linkOf(element: Element | null, rel: string, base: URL | null, type: string | null = null): string | null {
  const links = ATOM_LINKS.flatMap((name) => childrenOf(element, name))
  const link = links.find(
    (one) => (attr(one, 'rel') ?? 'alternate') === rel && (type === null || attr(one, 'type') === type),
  )
  return parseUrl(resolve(attr(link ?? null, 'href'), baseOf(link ?? null, base)))?.href ?? null
}

/**
 * What relative addresses in an element count from: `xml:base` of it and of all around it (RFC 4287, 2), else the
 * feed's.
 */
function baseOf(element: Element | null, page: URL | null): URL | null {
  if (element === null) return page
  const around = baseOf(element.parent instanceof Element ? element.parent : null, page)
  return urlOf(attr(element, 'xml:base'), around) ?? around
}
