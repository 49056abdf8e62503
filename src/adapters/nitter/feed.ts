// Nitter's RSS: posts of X under X's ids, links and pictures through Nitter's proxy. Titles repeat the text.
import type { Element } from 'domhandler'
import { attr, parseHtml, select } from '../../markup/markup.ts'
import type { Media } from '../../model.ts'
import { articleBody } from '../article/blog-html.ts'
import { escapeHtml } from '../extraction/post.ts'
import { type FeedBody, mediaOf, type Status } from '../feed/item.ts'
import type { NamedItem, StatusFeed } from '../feed/status.ts'
import { authorOf, isXHost, refOf, statusInPath, statusUrl } from '../x/names.ts'
import { originalFile, originalLink } from './links.ts'

const HASH = '#m'
const LINK = /href="([^"]{1,2000})"/g

export const nitterFeed: StatusFeed = { statusOf, bodyOf, mediaOf: picturesIn }

function statusOf({ url, author }: NamedItem): Status | null {
  const status = url === null || isXHost(url) || url.hash !== HASH ? null : statusInPath(url.pathname)
  if (status === null) return null
  const handle = author?.handle ?? author?.name ?? status.handle
  return { ref: refOf(status.id), url: statusUrl(status.handle, status.id), author: authorOf(null, handle, null) }
}

function bodyOf(description: string, _status: Status, base: URL | null): FeedBody {
  const html = description.replace(LINK, (_, href: string) => `href="${escapeHtml(originalLink(href, base) ?? href)}"`)
  return articleBody(html, base, ({ name }) => name === 'img')
}

function picturesIn(_item: Element, description: string, base: URL | null): readonly Media[] {
  return select('img', parseHtml(description).root).flatMap((image) =>
    mediaOf(originalFile(attr(image, 'src'), base), 'image', attr(image, 'alt')),
  )
}
