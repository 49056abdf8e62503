// What a page says of its article: title, author, dates, site, language, own URL. Read off the head, JSON-LD and the usual
// classes of themes; never off the body's words.
import type { Document, Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../markup.ts'
import type { Author } from '../model.ts'
import { parseUrl, resolve } from '../url.ts'
import { type PrintedTime, readDate } from './dates.ts'

/** JSON-LD larger than this is a shop's catalogue, in characters. */
const MAX_JSON_LD = 300_000
const MAX_NAME = 80
const MAX_LD_NODES = 1_000
const ARTICLE_TYPE = /(Article|Posting|NewsArticle|Report|PodcastEpisode)$/
const TITLES =
  'h1.entry-title, h2.entry-title, h1.post-title, h1[itemprop~="headline"], [itemprop~="headline"] h1, .entry-title, article h1, .post h1'
const NAMES =
  '.author .fn, .author.fn, .vcard .fn, [itemprop~="author"] [itemprop~="name"], [rel~="author"], .entry-author, .post-author a, .post-author, .byline .author, .byline a, .author-name, .author a, [itemprop~="author"], .author'
const TIMES =
  'time.entry-date.published, time.published, time.entry-date, [itemprop~="datePublished"], time[pubdate], article time[datetime], .entry-meta time, time[datetime]'
const TIME_TEXTS =
  '.entry-date, .post-date, .published, .date, .postdate, .post-meta, .entry-meta, .postmetadata, .meta, .postinfo, .dateline'
const COMMENTS =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, footer, nav, .widget, .sidebar'
const DATE_IN_PATH = /\/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:\/|-|$)/
const BY =
  /^(?:by|von|por|par|di|written by|posted by|author|autor|veröffentlicht von|geschrieben von|publicado por|escrito por|publié par)\s*:?\s+/i
const TITLE_END = /[\s|–—·»«-]+$/
const TITLE_JOINT = /\s+[|–—·»«-]\s+/

export interface PageFacts {
  readonly title: string | null
  readonly author: Author | null
  readonly published: PrintedTime | null
  readonly modified: PrintedTime | null
  readonly site: string | null
  readonly lang: string | null
  readonly url: URL | null
}

export function readFacts(root: Document, pageUrl: URL | null): PageFacts {
  const linked = readLinkedData(root)
  const site =
    metaOf(root, 'property', 'og:site_name') ?? textOf(selectOne('.site-title, #site-title, #blog-title', root))
  const url = ownUrl(root, pageUrl)
  return {
    title: titleOf(root, site, linked),
    author: authorOf(root, linked, url),
    published: publishedOf(root, linked, url),
    modified: readDate(metaOf(root, 'property', 'article:modified_time') ?? textIn(linked, 'dateModified')),
    site,
    lang: attr(selectOne('html', root), 'lang'),
    url,
  }
}

export function metaOf(root: Document, key: 'name' | 'property', value: string): string | null {
  return attr(selectOne(`meta[${key}="${value}"]`, root), 'content')
}

function ownUrl(root: Document, pageUrl: URL | null): URL | null {
  const said = attr(selectOne('link[rel~="canonical"]', root), 'href') ?? metaOf(root, 'property', 'og:url')
  return parseUrl(resolve(said, pageUrl)) ?? pageUrl
}

function titleOf(root: Document, site: string | null, linked: LinkedData): string | null {
  const shown = firstOutside(root, TITLES)
  if (shown !== null) return textOf(shown)
  const said =
    metaOf(root, 'property', 'og:title') ?? textIn(linked, 'headline') ?? textOf(selectOne('head title, title', root))
  return said === null ? textOf(selectOne('h1', root)) : withoutSite(said, site)
}

/** `Title | Site` without the site, also when only the title's last part can be it. */
function withoutSite(title: string, site: string | null): string {
  const parts = title.split(TITLE_JOINT)
  if (parts.length < 2) return title
  if (site !== null && parts.at(-1)?.toLowerCase() === site.toLowerCase())
    return title.slice(0, title.lastIndexOf(parts.at(-1) as string)).replace(TITLE_END, '')
  return title
}

/** The first match that is no part of comments, side bars or the page's frame. */
function firstOutside(root: Document, selector: string): Element | null {
  for (const part of selector.split(', ')) {
    const found = select(part, root).find((element) => textOf(element) !== null && closest(element, COMMENTS) === null)
    if (found !== undefined) return found
  }
  return null
}

function authorOf(root: Document, linked: LinkedData, base: URL | null): Author | null {
  const shown = firstOutside(root, NAMES)
  const name = nameFrom(textOf(shown)) ?? nameFrom(linkedAuthor(linked)) ?? nameFrom(metaOf(root, 'name', 'author'))
  if (name === null) return null
  const link = shown === null ? null : shown.name === 'a' ? shown : selectOne('a', shown)
  return { id: null, handle: null, name, url: resolve(attr(link, 'href'), base) }
}

function nameFrom(text: string | null): string | null {
  const name = (text ?? '').replace(BY, '').trim()
  return name === '' || name.length > MAX_NAME || name.includes('://') ? null : name
}

function publishedOf(root: Document, linked: LinkedData, url: URL | null): PrintedTime | null {
  const said = metaOf(root, 'property', 'article:published_time') ?? textIn(linked, 'datePublished')
  const time = firstOutside(root, TIMES)
  const marked = attr(time, 'datetime') ?? attr(time, 'content') ?? textOf(time)
  return readDate(said) ?? readDate(marked) ?? readPrinted(root) ?? readDate(dateInPath(url))
}

function readPrinted(root: Document): PrintedTime | null {
  for (const part of TIME_TEXTS.split(', ')) {
    const time = readDate(textOf(firstOutside(root, part)))
    if (time !== null) return time
  }
  return null
}

function dateInPath(url: URL | null): string | null {
  const [, year, month, day] = DATE_IN_PATH.exec(url?.pathname ?? '') ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

type LinkedData = Readonly<Record<string, unknown>> | null

/** The first article-like node of the page's JSON-LD (schema.org). */
function readLinkedData(root: Document): LinkedData {
  for (const script of select('script[type="application/ld+json"]', root)) {
    const node = articleIn(parsed(script.children.map((child) => ('data' in child ? child.data : '')).join('')))
    if (node !== null) return node
  }
  return null
}

function parsed(json: string): unknown {
  if (json.length > MAX_JSON_LD) return null
  try {
    return JSON.parse(json)
  } catch {
    return null // hand-written JSON-LD is often broken; the page's markup says the same
  }
}

function articleIn(value: unknown): LinkedData {
  const open: unknown[] = [value]
  for (let seen = 0; open.length > 0 && seen < MAX_LD_NODES; seen += 1) {
    const node = open.shift()
    if (Array.isArray(node)) open.push(...node.slice(0, MAX_LD_NODES))
    else if (isRecord(node)) {
      if (typesOf(node).some((type) => ARTICLE_TYPE.test(type))) return node
      open.push(node['@graph'])
    }
  }
  return null
}

function typesOf(node: Readonly<Record<string, unknown>>): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textIn(linked: LinkedData, key: string): string | null {
  const value = linked?.[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function linkedAuthor(linked: LinkedData): string | null {
  const author = [linked?.['author']].flat()[0]
  if (typeof author === 'string') return author
  return isRecord(author) ? textIn(author, 'name') : null
}
