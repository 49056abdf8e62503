// Flarum 1 on any host: the JSON:API document that a discussion's page carries for its script, or that the API answers.
// Who answers whom is told by the post that a post mentions. Renamings and other events between the posts are no posts.
import { attr, parseHtml, select, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { limitNext, makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml, placeInJson } from '../extraction/place.ts'
import { authorOf, listPosts, makePost, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'

const READER = { name: 'flarum', version: 1 } as const
const PAYLOAD = 'script#flarum-json-payload'
const DISCUSSION_PATH = /\/d\/(\d{1,12})(?:-[^/]*)?(?:\/\d+)?\/?$/
/** Posts read of one document; a page shows 20. */
const MAX_POSTS = 5_000
/** How often the first post that is mentioned is the one answered, and the topic where none is. */
const MENTIONED_P = 0.9
const UNTOLD_P = 0.6

export const flarum: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://bread.example/d/214-sourdough-without-a-scale', 'https://bread.example/d/214/12'],

  locate(url: URL): Located | null {
    const number = DISCUSSION_PATH.exec(url.pathname)?.[1]
    return number === undefined ? null : { kind: 'post', id: `${url.host}/t${number}`, fetch: url.href }
  },

  recognises: (page) => postsOf(documentOn(page)).length > 0,
  extract: extractFlarum,
}

function extractFlarum(page: Page): Extraction {
  const document = documentOn(page)
  const origin = originOf(page)
  const found = postsOf(document).slice(0, MAX_POSTS)
  const things = new Map(thingsOf(document).map(({ value }) => [nameOf(value), value]))
  const topics = [...things.values()].filter((thing) => valueAt(thing, 'type') === 'discussions')
  const place: Place = { page, origin, things, shown: new Set(found.map(({ value }) => idAt(value, 'id'))) }
  const posts = withOpening(found.map((post) => readPost(post, place)))
  const [only, ...others] = topics
  const topic = others.length === 0 ? (only ?? null) : null
  const total = countAt(topic, 'attributes', 'commentCount')
  const title = textAt(topic, 'attributes', 'title')
  const { next, notes } = limitNext(page, nextOf(page))
  return makeExtraction({
    posts: listPosts(posts),
    next,
    notes: [...notes, ...moreNotes(page, posts.length, total)],
    declared: { title, site: origin?.host ?? null, replies: total === null || total === 0 ? null : total - 1 },
  })
}

interface Place {
  readonly page: Page
  readonly origin: URL | null
  readonly things: ReadonlyMap<string, Json>
  /** Ids of the posts that are there with their words. */
  readonly shown: ReadonlySet<string | null>
}

/** The answer itself, or the one that a page carries. */
function documentOn(page: Page): unknown {
  if (page.kind === 'json') return page.json()
  return valueAt(payloadOf(page), 'apiDocument')
}

function payloadOf(page: Page): unknown {
  if (page.kind !== 'html' || !page.text.includes('flarum-json-payload')) return null
  const script = selectOne(PAYLOAD, page.html().root)
  const text = script?.children.map((child) => ('data' in child ? child.data : '')).join('') ?? ''
  return parseJson(text).value
}

interface Thing {
  readonly value: Json
  /** Within the document (RFC 6901). */
  readonly path: string
}

/** What the document is about and what comes along with it. */
function thingsOf(document: unknown): readonly Thing[] {
  const about = asObject(valueAt(document, 'data'))
  const along = listAt(document, 'included')
  return about === null ? [...listAt(document, 'data'), ...along] : [{ value: about, path: '/data' }, ...along]
}

function listAt(document: unknown, name: string): readonly Thing[] {
  const list = valueAt(document, name)
  if (!Array.isArray(list)) return []
  return list.flatMap((one, i) => {
    const value = asObject(one)
    return value === null ? [] : [{ value, path: `/${name}/${i}` }]
  })
}

/** Posts with words; where a post is only spoken of, its attributes are missing. */
function postsOf(document: unknown): readonly Thing[] {
  return thingsOf(document).filter(
    ({ value }) =>
      valueAt(value, 'type') === 'posts' &&
      idAt(value, 'id') !== null &&
      valueAt(value, 'attributes', 'contentType') === 'comment' &&
      textAt(value, 'attributes', 'contentHtml') !== null,
  )
}

function nameOf(thing: Json | null): string {
  return `${textAt(thing, 'type')}/${idAt(thing, 'id')}`
}

function originOf(page: Page): URL | null {
  const [forum] = objectsAt(payloadOf(page), 'resources')
  return parseUrl(textAt(forum, 'attributes', 'baseUrl')) ?? page.url ?? canonicalOf(page)
}

function canonicalOf(page: Page): URL | null {
  const link = page.kind === 'html' ? selectOne('link[rel~="canonical"]', page.html().root) : null
  return parseUrl(attr(link, 'href'))
}

function readPost({ value: post, path }: Thing, place: Place): Post {
  const { page, origin, things } = place
  const attributes = objectAt(post, 'attributes')
  const discussion = relatedTo(post, 'discussion')
  const number = countAt(attributes, 'number')
  const topic = things.get(nameOf(discussion)) ?? null
  const html = textAt(attributes, 'contentHtml') ?? ''
  const topicId = idAt(discussion, 'id')
  return makePost({
    key: idAt(post, 'id') ?? '',
    ref: refOf(place, idAt(post, 'id')),
    kind: number === 1 ? 'article' : 'comment',
    platform: READER.name,
    title: number === 1 ? textAt(topic, 'attributes', 'title') : null,
    author: writerOf(post, place),
    ...bodyFromHtml(html, origin),
    createdAt: timeOfText(textAt(attributes, 'createdAt')),
    editedAt: timeOfText(textAt(attributes, 'editedAt')),
    url: topicId === null || number === null ? null : resolve(`/d/${topicId}/${number}`, origin),
    parent: number === 1 ? null : mentioned(post, html, place),
    conversation: origin === null || topicId === null ? null : `${origin.host}/t${topicId}`,
    provenance: placeOf(page, path),
  })
}

function placeOf(page: Page, path: string): Post['provenance'] {
  if (page.kind !== 'html') return placeInJson(page, READER, path, null)
  const script = selectOne(PAYLOAD, page.html().root)
  return { ...placeInHtml(page, READER, script, null), path: `/apiDocument${path}` }
}

function relatedTo(post: Json, name: string): Json | null {
  return objectAt(post, 'relationships', name, 'data')
}

function refOf({ origin }: Place, id: string | null): PostRef | null {
  return origin === null || id === null ? null : { platform: READER.name, id: `${origin.host}/p${id}` }
}

function writerOf(post: Json, { things, origin }: Place): Post['author'] {
  const user = things.get(nameOf(relatedTo(post, 'user'))) ?? null
  const [handle, name] = [textAt(user, 'attributes', 'username'), textAt(user, 'attributes', 'displayName')]
  const slug = textAt(user, 'attributes', 'slug') ?? handle
  const url = slug === null ? null : resolve(`/u/${encodeURIComponent(slug)}`, origin)
  return authorOf(handle ?? name, url, { name: name === handle ? null : name })
}

/** The first post that this one mentions, as its answer button writes it down. */
function mentioned(post: Json, html: string, place: Place): Parent | null {
  const [told] = objectsAt(post, 'relationships', 'mentionsPosts', 'data').map((one) => idAt(one, 'id'))
  const [linked] = select('a.PostMention[data-id]', parseHtml(html).root).map((link) => attr(link, 'data-id'))
  const id = linked ?? told ?? null
  if (id === null) return null
  const say = 'mentions this post by its number'
  return { ref: refOf(place, id), key: place.shown.has(id) ? id : null, basis: 'inferred', p: MENTIONED_P, say }
}

/** Who mentions nobody answers the topic. */
function withOpening(posts: readonly Post[]): readonly Post[] {
  const openings = new Map(posts.filter(({ kind }) => kind === 'article').map((post) => [post.conversation, post]))
  return posts.map((post) => {
    const opening = openings.get(post.conversation) ?? null
    if (post.parent !== null || opening === null || opening === post) return post
    const say = 'mentions no post, so it answers the topic'
    return { ...post, parent: { ref: opening.ref, key: opening.key, basis: 'layout', p: UNTOLD_P, say } }
  })
}

function nextOf(page: Page): readonly string[] {
  if (page.kind !== 'html') return []
  const { root } = page.html()
  const links = select('link[rel~="prev"], link[rel~="next"]', root).map((link) => attr(link, 'href'))
  return links.map((href) => resolve(href, page.url ?? canonicalOf(page))).filter((url) => url !== null)
}

function moreNotes(page: Page, shown: number, total: number | null): Note[] {
  if (total === null || total <= shown) return []
  return [noteOn(page, 'warning', 'more-pages', 'This topic has more pages; their posts are not here.')]
}
