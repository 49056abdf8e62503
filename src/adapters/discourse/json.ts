// Discourse as JSON: a topic with its first posts and the ids of all, more posts of a topic, one post, the latest posts
// of a site. Numbers have gaps where posts were deleted, and an answer may name such a post.
import { parseHtml } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { authorOf, listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import {
  asObject,
  countAt,
  idAt,
  type Json,
  listAt,
  objectAt,
  objectsAt,
  textAt,
  valueAt,
} from '../values/json-fields.ts'
import { bodyOf, quotesIn } from './cooked.ts'
import { declaredParent, keyOf, NAME, type Place, READER, refOf, topicParent } from './names.ts'

/** Ids in one call of posts.json, as the site's own script asks. */
const IDS_A_CALL = 20
/** Post types: words of a person, words of a moderator; 3 is "closed this topic", 4 a whisper among staff. */
const ACTION = 3
/** `/user_avatar/talk.mole.example/birte/{size}/12_2.png` */
const AVATAR_HOST = /\/user_avatar\/([a-z0-9.-]+\.[a-z]{2,})\//i
const LIST_KEY = 'latest'

export function isDiscourseJson(value: unknown): boolean {
  return listIn(value) !== null || isTopicList(value)
}

/** A list of topics holds no posts, but names where they are. */
function isTopicList(value: unknown): boolean {
  return objectsAt(value, 'topic_list', 'topics').some(
    (topic) => idAt(topic, 'id') !== null && textAt(topic, 'slug') !== null,
  )
}

export function readDiscourseJson(page: Page): Extraction {
  const value = page.json()
  const list = listIn(value)
  if (list === null) return readTopicList(page, value)
  const items = list.items.map((item, i) => ({ item: asObject(item), path: list.isSingle ? '' : `${list.path}/${i}` }))
  const own = items.filter(({ item }) => isPost(item)) as readonly Item[]
  const spoken = own.filter(({ item }) => valueAt(item, 'post_type') !== ACTION)
  const topic = topicOf(page, value, own)
  const isLoose = list.path === '/latest_posts'
  const posts = listPosts(spoken.map((one) => postOf(page, one, topic, isLoose ? LIST_KEY : null)))
  const { next, notes } = limitNext(page, missingUrls(topic.site, value, own))
  return makeExtraction({
    posts,
    blocks: isLoose
      ? [{ key: LIST_KEY, kind: 'list', title: null, url: page.url?.href ?? null, author: null, declaredTotal: null }]
      : [],
    next,
    notes: [
      ...withheldNotes(page, posts),
      ...countNotes(page, {
        actions: own.length - spoken.length,
        unread: items.length - own.length,
        away: away(value, own).length,
      }),
      ...(topic.site === null ? [siteUnknown(page)] : []),
      ...notes,
    ],
    declared: { title: topic.title, site: topic.site?.host ?? null, replies: topic.replies },
  })
}

interface Item {
  readonly item: Json
  readonly path: string
}

interface List {
  readonly items: readonly unknown[]
  readonly path: string
  readonly isSingle: boolean
}

function listIn(value: unknown): List | null {
  const places = [
    ['/post_stream/posts', valueAt(value, 'post_stream', 'posts')],
    ['/latest_posts', valueAt(value, 'latest_posts')],
  ] as const
  for (const [path, items] of places) {
    if (!Array.isArray(items)) continue
    if (items.some((item) => isPost(asObject(item)))) return { items, path, isSingle: false }
  }
  return isPost(asObject(value)) ? { items: [value], path: '', isSingle: true } : null
}

function isPost(item: Json | null): boolean {
  const isNumbered = (countAt(item, 'post_number') ?? 0) > 0 && idAt(item, 'topic_id') !== null
  return isNumbered && typeof valueAt(item, 'cooked') === 'string'
}

interface Topic {
  /** Where the topic is: the page's own URL, else what its accounts' pictures tell. */
  readonly site: URL | null
  readonly title: string | null
  /** Answers the site counts: all posts but the first. */
  readonly replies: number | null
}

function topicOf(page: Page, value: unknown, items: readonly Item[]): Topic {
  const count = countAt(value, 'posts_count')
  return {
    site: page.url ?? siteIn(items),
    title: textAt(value, 'title'),
    replies: count === null || count === 0 || objectAt(value, 'post_stream') === null ? null : count - 1,
  }
}

/** Uploaded pictures of accounts have the site's name in their path, wherever they are kept. */
function siteIn(items: readonly Item[]): URL | null {
  for (const { item } of items) {
    const host = AVATAR_HOST.exec(textAt(item, 'avatar_template') ?? '')?.[1]
    if (host !== undefined) return parseUrl(`https://${host}/`)
  }
  return null
}

function postOf(page: Page, { item, path }: Item, topic: Topic, block: string | null): Post {
  const number = countAt(item, 'post_number') ?? 0
  const place: Place = { host: topic.site?.host ?? null, topic: idAt(item, 'topic_id') ?? '' }
  const withheld = withheldOf(item)
  const cooked = parseHtml(textAt(item, 'cooked') ?? '').root
  const isFirst = number === 1
  return makePost({
    key: keyOf(place.topic, number),
    ref: refOf(place, number),
    kind: isFirst ? 'article' : 'comment',
    platform: NAME,
    title: isFirst ? (topic.title ?? textAt(item, 'topic_title')) : null,
    author: writerOf(item, topic.site),
    ...(withheld === null ? bodyOf(cooked, topic.site) : NO_BODY),
    createdAt: timeOfText(textAt(item, 'created_at')),
    // The first version is 1; `updated_at` moves for other reasons too.
    editedAt: (countAt(item, 'version') ?? 1) > 1 ? timeOfText(textAt(item, 'updated_at')) : null,
    url: urlOf(topic.site, item, number),
    parent: isFirst ? null : parentOf(item, place),
    conversation: place.host === null ? null : `${place.host}/${place.topic}`,
    quotes: withheld === null ? quotesIn(cooked, place) : [],
    block,
    provenance: placeInJson(page, READER, path, knownOf({ withheld, staff: valueAt(item, 'post_type') === 2 })),
  })
}

function writerOf(item: Json, base: URL | null) {
  const handle = textAt(item, 'username')
  const url = base === null || handle === null ? null : new URL(`/u/${encodeURIComponent(handle)}`, base).href
  return authorOf(handle, url, { id: idAt(item, 'user_id'), name: textAt(item, 'name') })
}

/** Deleted and hidden posts carry a sentence of the site instead of their words. */
function withheldOf(item: Json): string | null {
  if (valueAt(item, 'user_deleted') === true || textAt(item, 'deleted_at') !== null) return 'deleted'
  return valueAt(item, 'hidden') === true ? 'hidden' : null
}

function parentOf(item: Json, place: Place): Parent {
  const number = countAt(item, 'reply_to_post_number')
  if (number !== null && number > 0) return declaredParent(place, number)
  return topicParent(place, 'names no post, so it answers the topic')
}

function urlOf(site: URL | null, item: Json, number: number): string | null {
  if (site === null) return null
  const slug = textAt(item, 'topic_slug') ?? '-'
  const url = new URL(`/t/${encodeURIComponent(slug)}/${idAt(item, 'topic_id')}/${number}`, site)
  return parseUrl(url.href)?.href ?? null
}

/** Ids of the topic's posts that are not here. */
function away(value: unknown, own: readonly Item[]): readonly string[] {
  const here = new Set(own.map(({ item }) => idAt(item, 'id')))
  const ids = listAt(value, 'post_stream', 'stream').flatMap((id) => idAt({ id }, 'id') ?? [])
  return ids.filter((id) => !here.has(id))
}

function missingUrls(site: URL | null, value: unknown, own: readonly Item[]): readonly string[] {
  const topic = idAt(value, 'id') ?? idAt(own[0]?.item, 'topic_id')
  if (site === null || topic === null) return []
  const ids = away(value, own)
  const { origin } = site
  return Array.from({ length: Math.ceil(ids.length / IDS_A_CALL) }, (_, i) => {
    const some = ids.slice(i * IDS_A_CALL, (i + 1) * IDS_A_CALL)
    return `${origin}/t/${topic}/posts.json?${some.map((id) => `post_ids[]=${id}`).join('&')}`
  })
}

function countNotes(page: Page, counts: { actions: number; unread: number; away: number }): Note[] {
  const { actions, unread, away: elsewhere } = counts
  return [
    ...(elsewhere > 0
      ? [noteOn(page, 'warning', 'posts-elsewhere', `Posts of this topic that are not on this page: ${elsewhere}.`)]
      : []),
    ...(actions > 0
      ? [noteOn(page, 'info', 'actions', `Entries that say what was done to the topic, left out: ${actions}.`)]
      : []),
    ...(unread > 0
      ? [noteOn(page, 'warning', 'posts-unread', `Posts without a number, topic or words, left out: ${unread}.`)]
      : []),
  ]
}

function siteUnknown(page: Page): Note {
  const message = 'The file does not tell its site; its posts cannot be matched with other captures. Give its URL.'
  return noteOn(page, 'info', 'site-unknown', message)
}

function readTopicList(page: Page, value: unknown): Extraction {
  const ids = objectsAt(value, 'topic_list', 'topics').flatMap((topic) => idAt(topic, 'id') ?? [])
  const urls = page.url === null ? [] : ids.map((id) => new URL(`/t/${id}.json`, page.url ?? undefined).href)
  const { next, notes } = limitNext(page, urls)
  const message = `A list of topics (${ids.length}), which holds none of their posts. Give a topic.`
  return makeExtraction({ next, notes: [noteOn(page, 'warning', 'topic-list', message), ...notes] })
}
