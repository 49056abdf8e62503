// Lemmy's API (v3 and v4) and pages, which carry the API's answers: a post, lists of posts, comments in any order. A
// comment's `path`, "0.12.34", names all comments above it. Words are Markdown as their author typed it, and read as
// such; the API gives no HTML. PieFed's API (alpha, read 2026-11) is the same with some fields named otherwise, and
// nests what answers a comment in it. What Lemmy sends as ActivityPub is not read here.
import type { Element } from 'domhandler'
import { elementWithId, selectOne } from '../../markup/markup.ts'
import type { Extraction, Media, Note, Parent, Post, Provenance } from '../../model.ts'
import { bodyFromMarkdown } from '../../text/typed.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { type Extra, knownOf, placeInHtml, placeInJson } from '../extraction/place.ts'
import { bodyWithLink, listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, idAt, type Json, listAt, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { carriedBy } from './html.ts'
import { addressAt, learnNumbers, NAME, type Numbers, READER, refOf, writerOf } from './names.ts'

const LOCAL_PATH = /^\/(post|comment)\/(\d{1,12})\/?$/
const API_PATH = /^\/api\/(?:v[34]|alpha)\/(post|comment)$/
const OF_PIEFED = '/api/alpha/'
const OF_LEMMY = '/api/v3/'
const PATH = /^0(?:\.\d{1,12}){1,100}$/
const PICTURE = /\.(?:jpe?g|png|gif|webp|avif)$/i
/** Levels asked for at once: deeper ones are asked for again, from where the first answer stops. */
const MAX_DEPTH = 8
/** Where the API puts what it was asked for. */
const PLACES = ['post_view', 'comment_view'] as const
const LISTS = ['posts', 'comments'] as const
const LIST_KEY = 'posts'
const SCRIPT_SIGN = 'window.isoData'

export const lemmy: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://lemmy.example/post/4101',
    'https://lemmy.example/comment/90210',
    'https://lemmy.example/api/v3/post?id=4101',
  ],

  /** `/post/7` is anybody's, so a page is claimed only where the host says what it runs; the API's paths everywhere. */
  locate(url: URL): Located | null {
    const [, kind, number] = saysLemmy(url) ? (LOCAL_PATH.exec(url.pathname) ?? []) : []
    const asked = API_PATH.exec(url.pathname)?.[1]
    const id = url.searchParams.get('id') ?? ''
    if (kind !== undefined)
      return { kind: 'post', id: `${url.origin}/${kind}/${number}`, fetch: apiUrl(url, kind, number ?? '') }
    return asked === undefined || !NUMBER.test(id)
      ? null
      : { kind: 'post', id: `${url.origin}/${asked}/${id}`, fetch: url.href }
  },

  recognises: (page) => viewsOn(page).length > 0,
  extract: extractLemmy,
}

function saysLemmy(url: URL): boolean {
  return url.hostname.split('.').some((label) => label === 'lemmy')
}

const NUMBER = /^\d{1,12}$/

function apiUrl(url: URL, kind: string, number: string): string {
  return `${apiOf(url)}${kind}?id=${number}`
}

function apiOf({ origin, pathname }: URL): string {
  return `${origin}${pathname.startsWith(OF_PIEFED) ? OF_PIEFED : OF_LEMMY}`
}

/**
 * A post or comment with what the API tells around it, and where: its JSON Pointer, on a page also the script that has
 * it.
 */
interface View {
  readonly view: Json
  readonly kind: 'post' | 'comment'
  readonly path: string
  readonly script: Element | null
}

function extractLemmy(page: Page): Extraction {
  const found = viewsOn(page)
  const numbers = learnNumbers(found.map(({ view }) => view))
  const own = found.filter(({ kind }) => kind === 'post')
  const isList = own.length > 1
  const posts = listPosts(found.map((one) => postOf(page, one, numbers, isList ? LIST_KEY : null)))
  const { next, notes } = limitNext(page, missingUrls(page, found, own))
  const counts = objectAt(own[0]?.view, 'counts') ?? objectAt(own[0]?.view, 'post')
  return makeExtraction({
    posts,
    blocks: isList
      ? [{ key: LIST_KEY, kind: 'list', title: null, url: page.url?.href ?? null, author: null, declaredTotal: null }]
      : [],
    next,
    notes: [...withheldNotes(page, posts), ...answerNotes(page, found), ...notes],
    declared: {
      title: own.length === 1 ? titleOf(objectAt(own[0]?.view, 'post')) : null,
      site: textAt(found[0]?.view, 'community', 'title') ?? textAt(found[0]?.view, 'community', 'name'),
      replies: own.length === 1 ? countAt(counts, 'comments') : null,
    },
  })
}

function viewsOn(page: Page): readonly View[] {
  if (page.kind === 'json') return viewsIn(page.json(), null)
  const carried = page.kind === 'html' && page.text.includes(SCRIPT_SIGN) ? carriedBy(page.html().root) : null
  return carried === null ? [] : carried.answers.flatMap((answer) => viewsIn(answer, carried.script))
}

function viewsIn(value: unknown, script: Element | null): readonly View[] {
  const single = PLACES.map((key) => ({ item: valueAt(value, key), path: `/${key}` }))
  const listed = LISTS.flatMap((key) => listAt(value, key).map((item, i) => ({ item, path: `/${key}/${i}` })))
  const views: View[] = []
  const open = [...single, ...listed].reverse()
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const { item, path } = one
    const view = asObject(item)
    const kind = kindOf(view)
    if (view === null || kind === null) continue
    views.push({ view, kind, path, script })
    const nested = listAt(view, 'replies').map((reply, i) => ({ item: reply, path: `${path}/replies/${i}` }))
    for (const reply of nested.reverse()) open.push(reply)
  }
  return views
}

/** A comment's view holds its post as well. Both carry an ap_id, which no other API does beside `creator`. */
function kindOf(view: Json | null): View['kind'] | null {
  if (objectAt(view, 'creator') === null) return null
  const comment = objectAt(view, 'comment')
  if (comment !== null) return idAt(comment, 'id') !== null && textAt(comment, 'ap_id') !== null ? 'comment' : null
  const post = objectAt(view, 'post')
  return idAt(post, 'id') !== null && textAt(post, 'ap_id') !== null && titleOf(post) !== null ? 'post' : null
}

function titleOf(post: Json | null): string | null {
  return textAt(post, 'name') ?? textAt(post, 'title')
}

function postOf(page: Page, found: View, numbers: Numbers, block: string | null): Post {
  const { view, kind } = found
  const item = objectAt(view, kind) as Json
  const origin = page.url?.origin ?? null
  const number = `${kind}/${idAt(item, 'id')}`
  const postId = kind === 'post' ? idAt(item, 'id') : idAt(item, 'post_id')
  const withheld = valueAt(item, 'deleted') === true ? 'deleted' : valueAt(item, 'removed') === true ? 'removed' : null
  const root = postId === null ? null : refOf(`post/${postId}`, numbers, origin)
  return makePost({
    key: number,
    ref: refOf(number, numbers, origin),
    kind: kind === 'post' ? 'article' : 'comment',
    platform: NAME,
    title: kind === 'post' ? titleOf(item) : null,
    author: writerOf(objectAt(view, 'creator')),
    isPostAuthor: kind === 'comment' && isByPoster(view),
    ...(withheld !== null
      ? NO_BODY
      : kind === 'post'
        ? linkBody(item)
        : bodyFromMarkdown(textAt(item, 'content') ?? textAt(item, 'body') ?? '', parseUrl(addressAt(item)))),
    createdAt: timeOfText(textAt(item, 'published') ?? textAt(item, 'published_at')),
    editedAt: timeOfText(textAt(item, 'updated') ?? textAt(item, 'updated_at') ?? textAt(item, 'edited_at')),
    url: addressAt(item),
    parent: kind === 'post' ? null : parentOf(item, postId, numbers, origin),
    conversation: root?.id ?? null,
    media: kind === 'post' && withheld === null ? pictureOf(item) : [],
    block: kind === 'post' ? block : null,
    provenance: placeOf(page, found, { withheld, nsfw: valueAt(item, 'nsfw') === true }),
  })
}

function placeOf(page: Page, { view, kind, path, script }: View, extra: Extra): Provenance {
  const known = knownOf(extra)
  if (script === null || page.kind !== 'html') return placeInJson(page, READER, path, known)
  const { root } = page.html()
  const shown =
    kind === 'post' ? selectOne('main', root) : elementWithId(root, `comment-${idAt(view, 'comment', 'id')}`)
  return placeInHtml(page, READER, shown ?? script, known)
}

function isByPoster(view: Json): boolean {
  const [poster, writer] = ['post', 'comment'].map(
    (kind) => idAt(view, kind, 'creator_id') ?? idAt(view, kind, 'user_id'),
  )
  return poster !== null && poster === writer
}

function linkBody(post: Json): Pick<Post, 'text' | 'html'> {
  const words = bodyFromMarkdown(textAt(post, 'body') ?? '', parseUrl(addressAt(post)))
  const url = textAt(post, 'url')
  const link = bodyWithLink(url, words.html ?? '', null)
  if (link.text === '' || words.text === '') return link.text === '' ? words : link
  // Plain words have no HTML, so there is none of both.
  return words.html === null ? { text: `${bodyWithLink(url, '', null).text}\n\n${words.text}`, html: null } : link
}

function pictureOf(post: Json): readonly Media[] {
  const url = parseUrl(textAt(post, 'url'))
  if (url === null || !PICTURE.test(url.pathname)) return []
  return [{ kind: 'image', url: url.href, alt: textAt(post, 'alt_text'), width: null, height: null, poster: null }]
}

/** The last number but its own; "0.12" answers the post. */
function parentOf(comment: Json, postId: string | null, numbers: Numbers, origin: string | null): Parent | null {
  const path = textAt(comment, 'path') ?? ''
  const above = PATH.test(path) ? path.split('.').at(-2) : undefined
  const number = above === undefined || above === '0' ? null : `comment/${above}`
  const parent = number ?? (postId === null ? null : `post/${postId}`)
  if (parent === null || above === undefined) return null
  const say = number === null ? 'its path begins with it' : 'the number before its own in its path'
  return { ref: refOf(parent, numbers, origin), key: parent, basis: 'declared', p: 1, say }
}

/** A post's comments are another call; so are those below the last level given. */
function missingUrls(page: Page, found: readonly View[], own: readonly View[]): readonly string[] {
  if (page.url === null) return []
  const list = `${apiOf(page.url)}comment/list?type_=All&max_depth=${MAX_DEPTH}&limit=50`
  const comments = found.filter(({ kind }) => kind === 'comment')
  const posts = comments.length > 0 ? [] : own.flatMap(({ view }) => idAt(view, 'post', 'id') ?? [])
  return [
    ...posts.map((id) => `${list}&post_id=${id}`),
    ...cutOff(comments).map((id) => `${list}&parent_id=${id}`),
    ...missingPost(page, comments, own),
  ]
}

function missingPost(page: Page, comments: readonly View[], own: readonly View[]): readonly string[] {
  const post = own.length > 0 ? null : idAt(comments[0]?.view, 'post', 'id')
  return post === null || page.url === null ? [] : [apiUrl(page.url, 'post', post)]
}

/** Comments that count answers of which none is here. */
function cutOff(comments: readonly View[]): readonly string[] {
  const answered = new Set(comments.map(({ view }) => textAt(view, 'comment', 'path')?.split('.').at(-2)))
  return comments.flatMap(({ view }) => {
    const id = idAt(view, 'comment', 'id')
    const answers = countAt(view, 'counts', 'child_count') ?? countAt(view, 'comment', 'child_count') ?? 0
    return id !== null && answers > 0 && !answered.has(id) ? [id] : []
  })
}

function answerNotes(page: Page, found: readonly View[]): Note[] {
  const cut = cutOff(found.filter(({ kind }) => kind === 'comment')).length
  const message = `Comments whose answers are not on this page: ${cut}.`
  return cut === 0 ? [] : [noteOn(page, 'warning', 'replies-missing', message)]
}
