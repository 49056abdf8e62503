// WordPress's REST API (/wp-json/wp/v2): posts, pages and comments, one or a list. Parents are declared; paging totals
// travel in headers, which a saved file lacks. Lists of media, users and terms hold no posts and are refused by name.
import type { Extraction, Note, Post } from '../../model.ts'
import { urlOf } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { codeOf, refusalNote } from '../page/refusals.ts'
import { asObject, countAt, idAt, type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { type FoundEntry, isComment, isEntry, readComment, readEntry } from './wp-json-post.ts'

const NAME = 'wp-json'
const VERSION = 1
const ITEM_PATH = /\/wp-json\/wp\/v2\/(posts|comments)\/(\d{1,20})(?:\/|$)/
const API_PATH = '/wp-json/'
/** Errors of the API say so in their code. */
const ERROR_CODE = /^rest_/
/** The lists of the API that hold no posts, by a key only they have. */
const OTHER_LISTS: readonly (readonly [key: string, what: string])[] = [
  ['media_type', 'media'],
  ['taxonomy', 'categories or tags'],
  ['avatar_urls', 'users'],
  ['slug', 'users, types or settings'],
]

export const wpJson: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: ['https://gauges.example/wp-json/wp/v2/posts/1204', 'https://gauges.example/wp-json/wp/v2/comments/90'],

  locate(url: URL): Located | null {
    const [, list, id] = ITEM_PATH.exec(url.pathname) ?? []
    if (list === undefined) return null
    const name = list === 'posts' ? 'post' : 'comment'
    return { kind: 'post', id: `${url.host}/${name}-${id}`, fetch: url.href }
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'json') return false
    const items = itemsOf(page.json())
    return items.some(({ item }) => isEntry(item) || isComment(item) || isOther(item) || isError(item))
  },

  extract: extractAnswer,
}

function itemsOf(value: unknown): readonly FoundEntry[] {
  const object = asObject(value)
  if (object !== null) return [{ item: object, path: '' }]
  return (Array.isArray(value) ? value : []).flatMap((one, i) => {
    const item = asObject(one)
    return item === null ? [] : [{ item, path: `/${i}` }]
  })
}

function extractAnswer(page: Page): Extraction {
  const items = itemsOf(page.json())
  const entries = items.filter(({ item }) => isEntry(item))
  const comments = items.filter(({ item }) => isComment(item))
  const authors = new Map(entries.map(({ item }) => [idAt(item, 'id'), idAt(item, 'author')]))
  const answer = { page, reader: { name: NAME, version: VERSION }, authors }
  const posts = listPosts([
    ...entries.map((found) => readEntry(answer, found)),
    ...comments.map((found) => readComment(answer, found)),
  ])
  const { next, notes } = limitNext(page, nextUrls(page, entries))
  const unread = items.filter(({ item }) => !isEntry(item) && !isComment(item))
  return makeExtraction({
    posts,
    next,
    notes: [...withheldNotes(page, posts), ...unreadNotes(page, unread), ...pagingNotes(page, posts), ...notes],
    declared: {
      title: entries.length === 1 ? (posts[0]?.title ?? null) : null,
      site: null,
      replies: declaredReplies(page, comments.length),
    },
  })
}

/** The next page of a list, and the comments of a single post. */
function nextUrls(page: Page, entries: readonly FoundEntry[]): readonly string[] {
  const single = entries.length === 1 && entries[0]?.path === '' ? repliesUrl(entries[0].item) : null
  const [at, pages] = [pageNumber(page), headerCount(page, 'x-wp-totalpages')]
  if (page.url === null || pages === null || at >= pages) return single === null ? [] : [single]
  const url = new URL(page.url)
  url.searchParams.set('page', String(at + 1))
  return single === null ? [url.href] : [single, url.href]
}

function repliesUrl(item: Json): string | null {
  const href = textAt(objectsAt(item, '_links', 'replies')[0], 'href')
  const url = href?.startsWith('http') === true ? urlOf(href) : null
  if (url === null) return null
  url.searchParams.set('per_page', '100')
  return url.href
}

function pageNumber(page: Page): number {
  return Number(page.url?.searchParams.get('page') ?? 1) || 1
}

function headerCount(page: Page, name: string): number | null {
  const value = page.capture.headers.find(([header]) => header.toLowerCase() === name)?.[1]
  return countAt({ value }, 'value')
}

/** Only a list of one post's comments says how many that post has. */
function declaredReplies(page: Page, comments: number): number | null {
  const isOfOnePost = page.url?.searchParams.has('post') === true
  return isOfOnePost && comments > 0 ? headerCount(page, 'x-wp-total') : null
}

function pagingNotes(page: Page, posts: readonly Post[]): Note[] {
  if (!Array.isArray(page.json())) return []
  const [at, pages] = [pageNumber(page), headerCount(page, 'x-wp-totalpages')]
  const unknown = 'The answer was saved without its headers, so how many pages the list has is not known.'
  if (pages === null) return posts.length === 0 ? [] : [noteOn(page, 'info', 'pages-unknown', unknown)]
  return at < pages ? [noteOn(page, 'info', 'more-pages', `This is page ${at} of ${pages} of the list.`)] : []
}

function isOther(item: Json): boolean {
  const self =
    textAt(objectsAt(item, '_links', 'self')[0], 'href') ?? textAt(objectsAt(item, '_links', 'collection')[0], 'href')
  return self?.includes(API_PATH) === true
}

function isError(item: Json): boolean {
  return ERROR_CODE.test(textAt(item, 'code') ?? '') && typeof valueAt(item, 'message') === 'string'
}

function unreadNotes(page: Page, unread: readonly FoundEntry[]): Note[] {
  const error = unread.find(({ item }) => isError(item))?.item
  if (error !== undefined) {
    const words = textAt(error, 'message') ?? 'no words'
    return [refusalNote(page, { code: codeOf(error, words), words })]
  }
  if (unread.length === 0) return []
  const what = OTHER_LISTS.find(([key]) => unread.some(({ item }) => valueAt(item, key) !== undefined))?.[1]
  const message = `${unread.length} items are no posts or comments (${what ?? 'of another kind'}) and were left.`
  return [noteOn(page, 'warning', 'not-posts', message)]
}
