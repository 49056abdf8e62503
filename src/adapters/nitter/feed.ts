// Nitter's RSS: posts of X under X's ids, links and pictures through Nitter's proxy. Titles repeat the text.
import type { Element } from 'domhandler'
import { attr, matches, parseHtml, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Media, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { articleBody } from '../article/blog-html.ts'
import { escapeHtml } from '../extraction/post.ts'
import { type FeedBody, mediaOf, type Status } from '../feed/item.ts'
import type { NamedItem, StatusFeed } from '../feed/status.ts'
import { authorOf, isXHost, refOf, snowflakeTime, statusInPath, statusInUrl, statusUrl } from '../x/names.ts'
import { originalFile, originalLink } from './links.ts'

const HASH = '#m'
/** Titles say it, descriptions do not. */
const ANSWERS = /^R to @(\w{1,20}): /
/** The quoted post, below a rule (2024 on). */
const QUOTED = 'blockquote:has(> footer cite a)'
const QUOTED_LINK = ':scope > footer cite a'
const QUOTED_NAME = /^(.{1,100}?)\s*\(@(\w{1,20})\)$/
const LINK = /href="([^"]{1,2000})"/g

export const nitterFeed: StatusFeed = { statusOf, bodyOf, mediaOf: picturesIn }

function statusOf({ url, author, title }: NamedItem): Status | null {
  const status = url === null || isXHost(url) || url.hash !== HASH ? null : statusInPath(url.pathname)
  if (status === null) return null
  const handle = author?.handle ?? author?.name ?? status.handle
  const answers = ANSWERS.exec(title ?? '')?.[1]
  return {
    ref: refOf(status.id),
    url: statusUrl(status.handle, status.id),
    author: authorOf(null, handle, null),
    ...(answers === undefined ? {} : { answers }),
  }
}

function bodyOf(description: string, _status: Status, base: URL | null): FeedBody {
  const html = description.replace(LINK, (_, href: string) => `href="${escapeHtml(originalLink(href, base) ?? href)}"`)
  const quotes = select(QUOTED, parseHtml(html).root).flatMap((block) => quoteIn(block, base))
  const body = articleBody(html, base, (element) => element.name === 'img' || (quotes.length > 0 && isOfQuote(element)))
  return { ...body, quotes: [...body.quotes, ...quotes] }
}

function isOfQuote(element: Element): boolean {
  return matches(element, `${QUOTED}, hr:has(+ ${QUOTED})`)
}

/** A rule, the name in bold, the words, the address at the foot. */
function quoteIn(block: Element, base: URL | null): readonly Quote[] {
  const status = statusInUrl(attr(selectOne(QUOTED_LINK, block), 'href'))
  if (status === null) return []
  const [, name = null, handle = null] = QUOTED_NAME.exec(textOf(selectOne('b', block)) ?? '') ?? []
  const { text } = bodyFromNodes(block.children, base, ({ name }) => ['b', 'footer', 'img'].includes(name))
  const author = authorOf(null, handle ?? status.handle, name)
  const { id } = status
  return [{ ref: refOf(id), author, text, url: statusUrl(status.handle, id), createdAt: snowflakeTime(id) }]
}

function picturesIn(_item: Element, description: string, base: URL | null): readonly Media[] {
  const { root } = parseHtml(description)
  const quoted = new Set(select(`${QUOTED} img`, root))
  return select('img', root).flatMap((image) =>
    quoted.has(image) ? [] : mediaOf(originalFile(attr(image, 'src'), base), 'image', attr(image, 'alt')),
  )
}
