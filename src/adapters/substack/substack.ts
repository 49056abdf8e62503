// Substack: a post page (its data stands in `window._preloads`), the API's posts and comments. A page carries two
// comments as a preview, the API has all. What only subscribers may read is told by a note; the free part is read.
import type { Document, Element } from 'domhandler'
import { attr, elementWithId, select, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Post } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import { readFacts } from '../article/metadata/metadata.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { readShownComments, readShownPost, shownCount } from './html.ts'
import {
  commentsUrl,
  isSubstackComment,
  isSubstackPost,
  type Place,
  readComments,
  readPost,
  wordsBehindPaywall,
} from './json.ts'
import { isNotePage, readNote } from './note.ts'

const NAME = 'substack'
const VERSION = 1
const POST_PATH = /^\/p\/([\w-]+)(?:\/comments|\/comment\/\d+)?\/?$/
/** Starts the page's data. */
const DATA_SIGN = 'window._preloads'
const SIGNS = [DATA_SIGN, 'substackcdn.com', 'cdn.substack.com', 'substack-post-media']
const PRELOADS = /window\._preloads\s*=\s*(JSON\.parse\(\s*)?/
const BODY = '.available-content .body.markup, .body.markup'
const SUBSCRIBERS_ONLY = '.paywall:not(.modal-paywall), .paywall-jump'

export const substack: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['mixed'],
  examples: [
    'https://lockkeeper.substack.com/p/the-long-gate',
    'https://lockkeeper.substack.com/p/the-long-gate/comment/71',
  ],

  /** Blogs on domains of their own are told by their pages. */
  locate(url: URL): Located | null {
    const slug = POST_PATH.exec(url.pathname)?.[1]
    if (slug === undefined || !url.hostname.endsWith('.substack.com')) return null
    return { kind: 'post', id: `${url.host}/${slug}`, fetch: url.href }
  },

  recognises(page: Page): boolean {
    if (page.kind === 'json') return itemsOf(page.json()).length > 0
    if (page.kind !== 'html') return false
    if (isNotePage(page)) return true
    const isDrawn = selectOne(`${BODY}, .comment-list-items`, page.html().root) !== null
    if (isDrawn && SIGNS.some((sign) => page.text.includes(sign))) return true
    return page.text.includes(DATA_SIGN) && preloadsOf(page.html().root) !== null
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json') return extractAnswer(page)
    return isNotePage(page) ? extractNote(page) : extractHtml(page)
  },
}

/** Posts of an answer: one, a list, or the comments of one in an object. */
function itemsOf(value: unknown): readonly { readonly item: Json; readonly path: string }[] {
  const object = asObject(value)
  const list = Array.isArray(value) ? value.map((item, i) => [item, `/${i}`] as const) : [[object, ''] as const]
  return list.flatMap(([one, path]) => {
    const item = asObject(one)
    const isKnown = isSubstackPost(item) || firstComment(item) !== null
    return item !== null && isKnown ? [{ item, path }] : []
  })
}

function firstComment(item: Json | null): Json | null {
  const list = valueAt(item, 'comments')
  return Array.isArray(list) ? (list.map(asObject).find((one) => isSubstackComment(one)) ?? null) : null
}

function extractAnswer(page: Page): Extraction {
  const items = itemsOf(page.json())
  const reader = { name: NAME, version: VERSION }
  const posts = listPosts(
    items.flatMap(({ item, path }) => {
      const place: Place = {
        page,
        reader,
        post: isSubstackPost(item) ? item : null,
        selector: () => null,
        base: page.url,
      }
      const own = isSubstackPost(item) ? [readPost(place, item, path)] : []
      return [...own, ...readComments(place, item, `${path}/comments`)]
    }),
  )
  const single = items.length === 1 && isSubstackPost(items[0]?.item ?? null) ? (items[0]?.item ?? null) : null
  const { next, notes } = limitNext(page, single === null ? [] : missingComments(single, posts, page.url))
  return makeExtraction({
    posts,
    next,
    notes: [...items.flatMap(({ item }) => paywallNotes(page, item, false)), ...withheldNotes(page, posts), ...notes],
    declared: { title: textAt(single, 'title'), site: null, replies: countAt(single, 'comment_count') },
  })
}

function extractNote(page: Page): Extraction {
  const note = readNote(page, { name: NAME, version: VERSION })
  const message = 'The note of this page was not found in it. Save the page in a browser when it is shown.'
  return makeExtraction({
    posts: note === null ? [] : [note],
    notes: note === null ? [noteOn(page, 'warning', 'nothing-readable', message)] : [],
  })
}

function extractHtml(page: Page): Extraction {
  const { root } = page.html()
  const data = preloadsOf(root)
  const post = objectAt(data?.value, 'post')
  const facts = readFacts(root, page.url)
  const shown = selectOne(BODY, root)
  const place: Place = {
    page,
    reader: { name: NAME, version: VERSION },
    post,
    base: facts.url ?? page.url,
    selector: (id) => (id === null ? shown : shownComment(root, id)) ?? data?.script ?? null,
  }
  const article = articleOf(place, post, facts, shown)
  const told = post === null ? [] : readComments(place, data?.value ?? null, '/comments')
  const posts = listPosts([...article, ...told, ...readShownComments(place, article[0] ?? null)])
  const here = commentsIn(posts)
  const replies = post === null ? shownCount(root, here) : countAt(post, 'comment_count')
  const isCut = replies !== null && replies > here
  const { next, notes } = limitNext(page, isCut ? whereTheRestIs(post, place.base) : [])
  return makeExtraction({
    posts,
    next,
    notes: [
      ...(article.length === 0
        ? [noteOn(page, 'warning', 'no-article', 'No post was found on this Substack page.')]
        : []),
      ...paywallNotes(page, post, selectOne(SUBSCRIBERS_ONLY, root) !== null),
      ...previewNotes(page, posts, replies),
      ...withheldNotes(page, posts),
      ...notes,
    ],
    declared: {
      title: posts[0]?.title ?? facts.title,
      site: textAt(data?.value, 'pub', 'name') ?? facts.site,
      replies,
    },
  })
}

/** The stored body is whole and clean; what the page shows is read when the data is missing or broken. */
function articleOf(
  place: Place,
  post: Json | null,
  facts: ReturnType<typeof readFacts>,
  shown: Element | null,
): readonly Post[] {
  const told = isSubstackPost(post) && post !== null ? readPost(place, post, '/post') : null
  if (told !== null && told.text !== '') return [told]
  return shown === null ? (told === null ? [] : [told]) : [readShownPost(place, facts, shown, told)]
}

interface Preloads {
  readonly value: unknown
  readonly script: Element
}

/** An object literal, or since 2023 a string for JSON.parse. */
function preloadsOf(root: Document): Preloads | null {
  for (const script of select('script', root)) {
    const text = script.children.map((child) => ('data' in child ? child.data : '')).join('')
    const start = PRELOADS.exec(text)
    if (start === null) continue
    const value = literalIn(text.slice(start.index + start[0].length), start[1] !== undefined)
    if (asObject(value) !== null) return { value, script }
  }
  return null
}

function literalIn(text: string, isString: boolean): unknown {
  const end = text.lastIndexOf(isString ? '"' : '}')
  const { value } = parseJson(text.slice(0, end + 1))
  return isString && typeof value === 'string' ? parseJson(value).value : value
}

function shownComment(root: Document, id: string): Element | null {
  const anchor = elementWithId(root, `comment-${id}`)
  return anchor?.parent?.type === 'tag' && attr(anchor, 'class') === 'comment-anchor' ? anchor.parent : anchor
}

function missingComments(post: Json, posts: readonly Post[], base: URL | null): readonly string[] {
  return (countAt(post, 'comment_count') ?? 0) > commentsIn(posts) ? whereTheRestIs(post, base) : []
}

/** All comments of a post by its number; a page without its data names the post, whose number its answer tells. */
function whereTheRestIs(post: Json | null, base: URL | null): readonly string[] {
  const slug = POST_PATH.exec(base?.pathname ?? '')?.[1]
  if (post === null) return slug === undefined || base === null ? [] : [`${base.origin}/api/v1/posts/${slug}`]
  const url = commentsUrl(post, base)
  return url === null ? [] : [url]
}

function commentsIn(posts: readonly Post[]): number {
  return posts.filter(({ kind }) => kind === 'comment').length
}

/** The code `paywall` says that the body is a preview; the count of words is the site's own. */
function paywallNotes(page: Page, post: Json | null, isWalled: boolean): Note[] {
  const behind = post === null ? 0 : wordsBehindPaywall(post)
  if (behind === 0 && !isWalled) return []
  const title = textAt(post, 'title') ?? 'The post'
  const rest = behind > 0 ? `some ${behind} words are` : 'the rest is'
  return [noteOn(page, 'warning', 'paywall', `${title}: only the free preview was read; ${rest} for subscribers.`)]
}

function previewNotes(page: Page, posts: readonly Post[], replies: number | null): Note[] {
  const here = commentsIn(posts)
  if (replies === null || replies <= here) return []
  const message = `The page shows ${here} of ${replies} comments; the API's answer (next) has the rest.`
  return [noteOn(page, 'info', 'comments-preview', message)]
}
