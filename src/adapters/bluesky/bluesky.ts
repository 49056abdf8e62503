// Bluesky's JSON: threads (nested and flat), feeds, lists of posts, single posts and bare records. The post's name is
// its at:// URI, the author's name the DID. Pages that the site draws and repository files (CAR) have adapters of their
// own.
import type { Block, Extraction, Note, Post } from '../../model.ts'
import { hostIs } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { PLATFORM, POST_COLLECTION, PUBLIC_API, threadRequest } from './names.ts'
import { type Present, postOf, type Seen } from './post.ts'
import { type EventStream, readStream } from './stream.ts'
import { type Hole, OP_BLOCK, type Shape, shapeOf, type Walk, walk } from './walk.ts'

const VERSION = 1
/** Posts of a feed in one answer (app.bsky.feed.getAuthorFeed). */
const FEED_LIMIT = 100
/** Threads asked for to fill a cut one, and holes told one by one. */
const MAX_NEXT = 20
const MAX_HOLES = 20

const POST_PATH = /^\/profile\/([\w.:-]{3,253})\/post\/([\w.~:-]{1,512})\/?$/
const AUTHOR_PATH = /^\/profile\/([\w.:-]{3,253})\/?$/

const FIRST_STEP = /^\/(\d+)/
const WHY: Readonly<Record<Hole['why'], string>> = {
  'not-found': 'is deleted or was never there',
  blocked: 'is not shown: one of two accounts blocks the other',
  'login-needed': 'is shown only to people with a login',
}
/** Codes of holes where nothing else is in the answer: that is what the site says in place of posts. */
const ALONE: Readonly<Record<Hole['why'], string>> = {
  'not-found': 'not-found',
  blocked: 'not-shown',
  'login-needed': 'login-wall',
}

export const bluesky: Adapter = {
  name: PLATFORM,
  version: VERSION,
  generic: false,
  examples: [
    'https://bsky.app/profile/ada.example/post/3kabcdefghi2x',
    'https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kabcdefghi2x',
    'https://bsky.app/profile/ada.example',
  ],
  locate,
  recognises: (page) => shapeOf(contentOf(page)) !== null,
  extract: extractBluesky,
}

/** JSON, or a list of what stands in the lines; collectors of the network's stream keep what it says, a line each. */
function contentOf(page: Page): unknown {
  return page.kind === 'json' ? page.json() : streamOf(page)?.items
}

function streamOf(page: Page): EventStream | null {
  return page.kind === 'jsonl' && page.text.includes(POST_COLLECTION) ? readStream(page.text) : null
}

/** A line number is the place; a pointer into one line helps nobody. */
function inLine(page: Page, post: Post): Post {
  const item = page.kind === 'jsonl' ? FIRST_STEP.exec(post.provenance.path ?? '')?.[1] : undefined
  if (item === undefined) return post
  const line = Number(item) + 1
  return { ...post, provenance: { ...post.provenance, path: null, line, endLine: line } }
}

function locate(url: URL): Located | null {
  if (!hostIs(url, 'bsky.app')) return null
  const [, owner, rkey] = POST_PATH.exec(url.pathname) ?? []
  if (owner !== undefined && rkey !== undefined) {
    const id = `at://${owner}/app.bsky.feed.post/${rkey}`
    return { kind: 'post', id, fetch: threadRequest(PUBLIC_API, id) }
  }
  const actor = AUTHOR_PATH.exec(url.pathname)?.[1]
  if (actor === undefined) return null
  const fetch = `${PUBLIC_API}/xrpc/app.bsky.feed.getAuthorFeed?actor=${actor}&limit=${FEED_LIMIT}`
  return { kind: 'author', id: actor, fetch }
}

function extractBluesky(page: Page): Extraction {
  const stream = streamOf(page)
  const value = stream?.items ?? contentOf(page)
  const shape = shapeOf(value)
  if (shape === null) return { posts: [], scrapes: [], blocks: [], next: [], notes: [], declared: declaredBy(null) }
  const all = walk(value, shape)
  const found = { ...all, unread: all.unread - (stream?.deletionLines ?? 0) }
  const seen = withoutRepeats(found.seen).map((one) => withDeletion(one, stream))
  const present: Present = new Set(seen.flatMap(({ uri }) => uri ?? []))
  const { input, digest, capturedAt } = page.capture
  const reader = { adapter: PLATFORM, adapterVersion: VERSION, selector: null, line: null, endLine: null, extra: null }
  const provenance = { input, capture: digest, capturedAt, ...reader, path: null }
  return {
    posts: seen.map((one, index) => inLine(page, postOf(one, index, present, provenance))),
    scrapes: [],
    blocks: blocksOf(value, shape),
    next: nextOf(page, shape, found, present),
    notes: [...notesOf(page, found, present), ...deletionNotes(page, stream, present)],
    declared: declaredBy(anchorOf(value, shape)),
  }
}

/**
 * A feed shows a pinned post twice, and a thread's root above each of its answers. Marks are of the post, so they add
 * up.
 */
function withoutRepeats(seen: readonly Seen[]): readonly Seen[] {
  const best = new Map<string, Seen>()
  for (const one of seen) {
    const key = one.uri ?? one.path ?? ''
    const before = best.get(key)
    best.set(key, before === undefined ? one : { ...before, marks: { ...one.marks, ...before.marks } })
  }
  return [...best.values()]
}

/** Who kept the stream has the words all the same. */
function withDeletion(one: Seen, stream: EventStream | null): Seen {
  const deletedAt = stream?.deletions.get(one.uri ?? '')
  return deletedAt === undefined ? one : { ...one, marks: { ...one.marks, deletedAt } }
}

function declaredBy(anchor: Json | null): Extraction['declared'] {
  return { title: null, site: 'Bluesky', replies: countAt(anchor, 'replyCount') }
}

/** The post that was asked for. `replyCount` counts its direct answers. */
function anchorOf(value: unknown, shape: Shape): Json | null {
  if (shape === 'post') return asObject(value)
  if (shape === 'thread') return objectAt(value, 'thread', 'post') ?? objectAt(value, 'post')
  if (shape !== 'flat-thread') return null
  return objectAt(
    flatItems(value).find((item) => item['depth'] === 0),
    'value',
    'post',
  )
}

function flatItems(value: unknown): readonly Json[] {
  return objectsAt(value, 'thread')
}

/** A flat thread of 2026 counts the posts that its author strung together, also those not in this answer. */
function blocksOf(value: unknown, shape: Shape): readonly Block[] {
  if (shape !== 'flat-thread') return []
  const own = flatItems(value).filter((item) => valueAt(item, 'value', 'opThread') === true)
  if (own.length === 0) return []
  const counts = own.map((item) => countAt(item, 'value', 'opThreadPostCount')).filter((count) => count !== null)
  const declaredTotal = counts.reduce<number | null>((most, count) => Math.max(most ?? 0, count), null)
  return [{ key: OP_BLOCK, kind: 'thread', title: null, url: null, author: null, declaredTotal }]
}

function nextOf(page: Page, shape: Shape, found: Walk, present: Present): readonly string[] {
  const origin = page.url?.pathname.startsWith('/xrpc/') ? page.url.origin : PUBLIC_API
  const answered = shape === 'post' ? uriWithReplies(page.json()) : []
  const hidden = valueAt(page.json(), 'hasOtherReplies') === true ? uriOf(anchorOf(page.json(), shape)) : []
  const threads = [...new Set([...answered, ...hidden, ...found.more])].slice(0, MAX_NEXT)
  const asked = page.url === null ? null : page.url.searchParams.get('uri')
  const requests = threads.filter((uri) => uri !== asked || !present.has(uri)).map((uri) => threadRequest(origin, uri))
  return [...requests, ...nextPage(page)]
}

function uriWithReplies(post: unknown): readonly string[] {
  return (countAt(post, 'replyCount') ?? 0) > 0 ? uriOf(asObject(post)) : []
}

function uriOf(post: Json | null): readonly string[] {
  return [textAt(post, 'uri')].filter((uri) => uri !== null)
}

function nextPage({ url, json }: Page): readonly string[] {
  const cursor = textAt(json(), 'cursor')
  if (cursor === null || !url?.pathname.startsWith('/xrpc/')) return []
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return [next.href]
}

function notesOf(page: Page, found: Walk, present: Present): readonly Note[] {
  const note = (level: Note['level'], code: string, message: string): Note => {
    return { level, code, message, input: page.capture.input }
  }
  const isAlone = present.size + found.reposts + found.unread === 0
  const holes = new Map(found.holes.map((hole) => [hole.uri ?? '', hole]))
  const told = [...holes.values()].slice(0, MAX_HOLES)
  const more = [...found.more].filter((uri) => present.has(uri)).length
  const above = found.more.size - more
  return [
    ...told.map(({ uri, why }) =>
      note('warning', isAlone ? ALONE[why] : `post-${why}`, `A post ${WHY[why]}: ${uri ?? 'no name given'}.`),
    ),
    ...(holes.size > told.length
      ? [note('warning', 'holes', `Further posts that are not shown: ${holes.size - told.length}.`)]
      : []),
    ...(above === 0 ? [] : [note('info', 'parents-missing', 'The thread begins above what is here.')]),
    ...(more === 0 ? [] : [note('info', 'replies-missing', `Posts with more answers than are here: ${more}.`)]),
    ...(valueAt(page.json(), 'hasOtherReplies') === true ? [note('info', 'replies-hidden', HIDDEN)] : []),
    ...(found.reposts === 0 ? [] : [note('info', 'reposts', `Reposts, left out: ${found.reposts}.`)]),
    ...(found.unread === 0
      ? []
      : [note('warning', 'post-unread', `Items that are no posts, left alone: ${found.unread}.`)]),
  ]
}

function deletionNotes({ capture }: Page, stream: EventStream | null, present: Present): readonly Note[] {
  const all = [...(stream?.deletions.keys() ?? [])]
  const here = all.filter((uri) => present.has(uri))
  const named = here.length === 0 ? '' : `: ${here.slice(0, MAX_HOLES).join(', ')}`
  const message = `Their authors deleted ${all.length} posts later in the stream; ${here.length} of them are here${named}.`
  return all.length === 0 ? [] : [{ level: 'info', code: 'deleted-posts', message, input: capture.input }]
}

const HIDDEN = 'The site keeps more answers back, as hidden by the author or of low worth.'
