// JSON Feed (jsonfeed.org, versions 1 and 1.1) as items.
import type { Author } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import { articleBody } from '../article/blog-html.ts'
import { placeInJson, type Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { asObject, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { type Feed, type FeedBody, type FeedItem, feedTime, mediaOf } from './item.ts'

const VERSION_URL = /^https?:\/\/(?:www\.)?jsonfeed\.org\/version\//

export function isJsonFeed(value: unknown): boolean {
  return VERSION_URL.test(textAt(value, 'version') ?? '') && Array.isArray(valueAt(value, 'items'))
}

export function readJsonFeed(page: Page, reader: Reader): Feed {
  const value = page.json()
  const items = valueAt(value, 'items')
  const feed = { page, reader, author: authorOf(value), lang: textAt(value, 'language') }
  return {
    title: textAt(value, 'title'),
    url: parseUrl(textAt(value, 'home_page_url'))?.href ?? null,
    generator: null,
    unshown: [],
    nextPage: parseUrl(resolve(textAt(value, 'next_url'), page.url))?.href ?? null,
    items: (Array.isArray(items) ? items : []).flatMap((one, i) => {
      const item = asObject(one)
      return item === null ? [] : [readItem(item, `/items/${i}`, feed)]
    }),
  }
}

/** What holds for each item that says nothing else. */
interface Around {
  readonly page: Page
  readonly reader: Reader
  readonly author: Author | null
  readonly lang: string | null
}

function readItem(item: Json, path: string, { page, reader, author, lang }: Around): FeedItem {
  const url = parseUrl(resolve(textAt(item, 'url'), page.url))
  return {
    id: textAt(item, 'id') ?? idAt(item, 'id'),
    url,
    title: textAt(item, 'title'),
    body: bodyOf(item, url),
    createdAt: feedTime(textAt(item, 'date_published')),
    editedAt: feedTime(textAt(item, 'date_modified')),
    author: authorOf(item) ?? author,
    lang: textAt(item, 'language') ?? lang,
    media: objectsAt(item, 'attachments').flatMap((file) =>
      mediaOf(textAt(file, 'url'), textAt(file, 'mime_type'), textAt(file, 'title')),
    ),
    inReplyTo: null,
    commentFeed: null,
    status: null,
    provenance: placeInJson(page, reader, path, null),
  }
}

function bodyOf(item: Json, base: URL | null): FeedBody | null {
  const html = textAt(item, 'content_html')
  if (html !== null) return articleBody(html, base)
  const text = textAt(item, 'content_text')
  return text === null ? null : { text: text.trim(), html: null, footnotes: [], quotes: [] }
}

/** Version 1 had one `author`, 1.1 has a list. */
function authorOf(value: unknown): Author | null {
  const author = objectsAt(value, 'authors')[0] ?? objectAt(value, 'author')
  const name = textAt(author, 'name')
  return name === null ? null : { id: null, handle: null, name, url: parseUrl(textAt(author, 'url'))?.href ?? null }
}
