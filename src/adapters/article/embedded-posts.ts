// Posts of X that an article shows, as its embed code writes them (`blockquote.twitter-tweet`: words, then who, then a
// link with the day). They are somebody else's words: quotes of the article, kept in its HTML where they stand and out
// of its text.
import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { attr, select, textOf } from '../../markup/markup.ts'
import type { Post, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { authorOf, refOf, snowflakeTime, statusInUrl } from '../x/names.ts'

const EMBEDS = 'blockquote.twitter-tweet, blockquote.twitter-video'
/** `— Ann Lee (@annlee) ` before the link. */
const SIGNATURE = /[—–-]\s*([^—–]{0,100}?)\s*\(@(\w{1,15})\)/u

interface EmbeddedPosts {
  readonly quotes: readonly Quote[]
  readonly taken: ReadonlySet<Element>
}

/** An embed without a link to its post, or without words, stays what it is: a quote in the body. */
export function findEmbeddedPosts(body: ParentNode, base: URL | null): EmbeddedPosts {
  const found = select(EMBEDS, body).map((element) => ({ element, quote: quoteOf(element, base) }))
  const read = found.filter(({ quote }) => quote !== null)
  return {
    quotes: read.flatMap(({ quote }) => quote ?? []),
    taken: new Set(read.map(({ element }) => element)),
  }
}

/** Embeds that are all a page holds, each a post of its own. */
export function embedsAsPosts(root: Document, page: Page, reader: Reader): readonly Post[] {
  const found = select(EMBEDS, root).flatMap((element) => {
    const quote = quoteOf(element, page.url)
    return quote === null ? [] : [{ element, quote }]
  })
  const posts = found.map(({ element, quote: { ref, author, text, url, createdAt } }) =>
    makePost({
      key: ref?.id ?? '',
      ref,
      kind: 'post',
      platform: ref?.platform ?? reader.name,
      author,
      text: text ?? '',
      html: null,
      url,
      createdAt,
      provenance: placeInHtml(page, reader, element, null),
    }),
  )
  return listPosts(posts)
}

function quoteOf(element: Element, base: URL | null): Quote | null {
  const link = select('a[href]', element).findLast((one) => statusInUrl(attr(one, 'href')) !== null) ?? null
  const url = attr(link, 'href')
  const status = statusInUrl(url)
  const words = element.children.filter((child) => isTag(child) && child.name === 'p')
  const { text } = bodyFromNodes(words, base)
  if (status === null || text === '') return null
  const [, name = null, handle = null] = SIGNATURE.exec(textOf(element) ?? '') ?? []
  return {
    ref: refOf(status.id),
    author: authorOf(null, handle ?? status.handle, name === '' ? null : name),
    text,
    url: resolve(url, base),
    createdAt: snowflakeTime(status.id),
  }
}
