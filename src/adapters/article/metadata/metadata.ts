// What a page says of its article: title, author, dates, site, language, own URL. Read off the head, JSON-LD, the usual
// classes of themes and the lines around the title; never off the body's words.
import type { Document, Element } from 'domhandler'
import { attr, selectOne, textOf } from '../../../markup/markup.ts'
import type { Author } from '../../../model.ts'
import { canonicalUrl, parseUrl, resolve } from '../../../url.ts'
import { type PrintedTime, readDate } from '../../values/dates.ts'
import { authorOf } from './author.ts'
import { publishedOf } from './date.ts'
import { linesNear } from './lines.ts'
import { readLinkedData } from './linked-data.ts'
import { titleOf } from './title.ts'

const FRONT = /^\/(?:(?:index|default|home)(?:\.\w{2,5})?)?$/i

export interface PageFacts {
  readonly title: string | null
  readonly author: Author | null
  readonly published: PrintedTime | null
  readonly modified: PrintedTime | null
  readonly site: string | null
  readonly lang: string | null
  readonly url: URL | null
}

/** `outside` are the comments of the page, where their software is unknown. */
export function readFacts(root: Document, pageUrl: URL | null, outside: ReadonlySet<Element> = new Set()): PageFacts {
  const linked = readLinkedData(root)
  const site = metaOf(root, 'og:site_name') ?? textOf(selectOne('.site-title, #site-title, #blog-title', root))
  const url = ownUrl(root, pageUrl)
  const host = url?.hostname ?? null
  const title = titleOf(root, { site, host, headline: linked.headline })
  const lines = linesNear(root, title)
  const lang = attr(selectOne('html', root), 'lang')
  return {
    title,
    author: authorOf(root, { linked: linked.author, site, host, base: url, lines, outside }),
    published: publishedOf(root, { linked: linked.published, url, lines, lang }),
    modified: readDate(metaOf(root, 'article:modified_time') ?? linked.modified),
    site,
    lang,
    url,
  }
}

export function metaOf(root: Document, property: string): string | null {
  return attr(selectOne(`meta[property="${property}"]`, root), 'content')
}

/**
 * The URL that the page gives itself, else the one it was found at, without what only tells who shared it. Some sites
 * name their front page on every page: believed, it would make one post of all.
 */
export function ownUrl(root: Document, pageUrl: URL | null): URL | null {
  const told = pageUrl && (parseUrl(canonicalUrl(pageUrl.href)) ?? pageUrl)
  const said = attr(selectOne('link[rel~="canonical"]', root), 'href') ?? metaOf(root, 'og:url')
  const own = parseUrl(resolve(said, pageUrl))
  return own === null || (told !== null && isFront(own) && !isFront(told)) ? told : own
}

function isFront({ pathname, search }: URL): boolean {
  return FRONT.test(pathname) && search === ''
}
