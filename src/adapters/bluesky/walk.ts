// The JSON of Bluesky's API → the posts in it in reading order, the holes between them and where more is to be had. It
// knows the shapes of answers (app.bsky.feed and app.bsky.unspecced, 2023–2026); what a post says is read elsewhere.

import { asObject, countAt, type Json, listAt, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { POST_COLLECTION } from './names.ts'
import { parentUri, type Seen } from './post.ts'

/** A post that is known and not shown. */
export interface Hole {
  readonly uri: string | null
  readonly why: 'not-found' | 'blocked' | 'login-needed'
}

export interface Walk {
  readonly seen: Seen[]
  readonly holes: Hole[]
  /** URIs of posts whose thread holds more than is here. */
  readonly more: Set<string>
  /** Posts of a feed that its owner only repeated. */
  reposts: number
  /** Items that are no posts. */
  unread: number
}

export type Shape = 'thread' | 'flat-thread' | 'feed' | 'posts' | 'list' | 'item' | 'post'

/**
 * Lists of posts or records under a key: getPosts, searchPosts, getQuotes; listRecords; captures of the network's
 * tools.
 */
const LIST_KEYS = ['posts', 'records', 'postRecords']
const ABSENT = ['notFoundPost', 'threadItemNotFound']
const BLOCKED = ['blockedPost', 'threadItemBlocked']
/** The block of the author's own line in a flat thread. */
export const OP_BLOCK = 'op-thread'

/** What kind of answer this is, or null when it holds no posts of Bluesky. */
export function shapeOf(value: unknown): Shape | null {
  if (Array.isArray(value))
    return value.some((item) => isPost(asObject(item)) || isFeedItem(asObject(item))) ? 'list' : null
  const object = asObject(value)
  if (Array.isArray(valueAt(object, 'thread'))) return listAt(object, 'thread').some(isFlatItem) ? 'flat-thread' : null
  if (isFeedItem(object) && objectAt(object, 'reply') !== null) return 'item'
  if (isNode(objectAt(object, 'thread')) || isNode(object)) return 'thread'
  if (listAt(object, 'feed').some((item) => isFeedItem(asObject(item)))) return 'feed'
  if (listKey(object) !== null) return 'posts'
  return isPost(object) ? 'post' : null
}

/** Everything in the answer. */
export function walk(value: unknown, shape: Shape): Walk {
  const found: Walk = { seen: [], holes: [], more: new Set(), reposts: 0, unread: 0 }
  const object = asObject(value)
  if (shape === 'flat-thread') walkFlat(found, listAt(object, 'thread'))
  if (shape === 'thread') walkTree(found, threadIn(value))
  if (shape === 'feed') walkItems(found, listAt(object, 'feed'), '/feed')
  if (shape === 'list') walkItems(found, value as readonly unknown[], '')
  if (shape === 'posts') walkItems(found, listAt(object, listKey(object) ?? ''), `/${listKey(object)}`)
  if (shape === 'item') walkItems(found, [object], null)
  if (shape === 'post') see(found, object, '')
  return found
}

function listKey(object: Json | null): string | null {
  return LIST_KEYS.find((key) => listAt(object, key).some((item) => isPost(asObject(item)))) ?? null
}

function isFlatItem(item: unknown): boolean {
  return typeOf(objectAt(item, 'value')).startsWith('threadItem')
}

/** A node of a nested thread: a post or a hole. */
function isNode(object: Json | null): boolean {
  return isPost(objectAt(object, 'post')) || holeOf(object) !== null
}

function isFeedItem(object: Json | null): boolean {
  return isPost(objectAt(object, 'post'))
}

/** A view, a record with its name, or a record alone. */
function isPost(object: Json | null): boolean {
  return recordIn(object) !== null
}

function recordIn(object: Json | null): Json | null {
  const isNamed = textAt(object, 'uri')?.startsWith('at://') === true
  const named = objectAt(object, 'record') ?? objectAt(object, 'value')
  const record = isNamed ? named : object
  return typeof valueAt(record, 'text') === 'string' && textAt(record, '$type') === POST_COLLECTION ? record : null
}

/** `threadItemPost` of `app.bsky.unspecced.defs#threadItemPost`. */
function typeOf(object: Json | null): string {
  return textAt(object, '$type')?.split('#')[1] ?? ''
}

function see(found: Walk, object: Json | null, path: string, told: Partial<Pick<Seen, 'marks' | 'block'>> = {}): void {
  const record = recordIn(object)
  if (object === null || record === null) {
    found.unread += 1
    return
  }
  const { marks, block = null } = told
  const uri = textAt(object, 'uri')
  const view = objectAt(object, 'author') === null ? null : object
  found.seen.push({ uri, record, view, path, block, marks: { ...threadgateOf(object), ...marks } })
}

/** Who may answer: the root's author says so, and it tells why a thread may have no answers. */
function threadgateOf(object: Json): Seen['marks'] {
  const allow = valueAt(object, 'threadgate', 'record', 'allow')
  if (!Array.isArray(allow)) return {}
  return { threadgate: allow.map((rule) => typeOf(asObject(rule))).filter((rule) => rule !== '') }
}

function holeOf(object: Json | null): Hole | null {
  const type = typeOf(object)
  const uri = textAt(object, 'uri')
  const isSaid = (key: string) => uri?.startsWith('at://') === true && valueAt(object, key) === true
  if (ABSENT.includes(type) || isSaid('notFound')) return { uri, why: 'not-found' }
  if (BLOCKED.includes(type) || isSaid('blocked')) return { uri, why: 'blocked' }
  return type === 'threadItemNoUnauthenticated' ? { uri, why: 'login-needed' } : null
}

/** A node and its JSON Pointer. */
interface Place {
  readonly node: Json
  readonly path: string
}

// Ancestors first, then the post asked for, then its answers depth-first. Without recursion: nesting is the sender's
// choice.
function threadIn(value: unknown): Place {
  const anchor = objectAt(value, 'thread')
  return anchor === null ? { node: value as Json, path: '' } : { node: anchor, path: '/thread' }
}

function walkTree(found: Walk, start: Place): void {
  const above = ancestorsOf(start)
  for (const { node, path } of above) seeNode(found, node, path)
  const top = above[0] ?? start
  const absent = parentUri(objectAt(top.node, 'post', 'record') ?? {})
  if (absent !== null) found.more.add(absent)
  const waiting: Place[] = [start]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    seeNode(found, place.node, place.path)
    const replies = repliesOf(place)
    for (const reply of replies.toReversed()) waiting.push(reply)
    noteMissing(found, place.node, replies.length)
  }
}

function ancestorsOf(start: Place): readonly Place[] {
  const above: Place[] = []
  let at: Place = start
  for (let parent = objectAt(at.node, 'parent'); parent !== null; parent = objectAt(at.node, 'parent')) {
    at = { node: parent, path: `${at.path}/parent` }
    above.push(at)
  }
  return above.reverse()
}

function repliesOf({ node, path }: Place): Place[] {
  return listAt(node, 'replies').flatMap((reply, i) => {
    const answer = asObject(reply)
    return answer === null ? [] : [{ node: answer, path: `${path}/replies/${i}` }]
  })
}

function seeNode(found: Walk, node: Json, path: string): void {
  const hole = holeOf(node)
  if (hole === null) see(found, objectAt(node, 'post'), `${path}/post`)
  else found.holes.push(hole)
}

/** The count is of answers that exist; those here may be fewer by depth, by blocks, or because they are gone. */
function noteMissing(found: Walk, node: Json, present: number): void {
  const uri = textAt(node, 'post', 'uri')
  if (uri !== null && (countAt(node, 'post', 'replyCount') ?? 0) > present) found.more.add(uri)
}

function walkFlat(found: Walk, items: readonly unknown[]): void {
  for (const [i, item] of items.entries()) {
    const value = objectAt(item, 'value')
    const uri = textAt(item, 'uri')
    const hole = holeOf(value)
    if (hole !== null) found.holes.push({ ...hole, uri })
    else seeFlat(found, value, `/thread/${i}/value/post`)
    const goesOn = valueAt(value, 'moreParents') === true || (countAt(value, 'moreReplies') ?? 0) > 0
    if (goesOn && uri !== null) found.more.add(uri)
  }
}

function seeFlat(found: Walk, value: Json | null, path: string): void {
  const marks = Object.fromEntries(
    ['hiddenByThreadgate', 'mutedByViewer'].filter((key) => valueAt(value, key) === true).map((key) => [key, true]),
  )
  see(found, objectAt(value, 'post'), path, { marks, block: valueAt(value, 'opThread') === true ? OP_BLOCK : null })
}

// A feed shows the root and the parent above an answer: posts of their own, mostly other people's. Without a list
// (`base` is null) an item is the whole answer.
function walkItems(found: Walk, items: readonly unknown[], base: string | null): void {
  for (const [i, item] of items.entries()) {
    const [object, path] = [asObject(item), base === null ? '' : `${base}/${i}`]
    if (object !== null && isInTree(object)) walkTree(found, { node: object, path })
    else if (isFeedItem(object)) walkFeedItem(found, object as Json, path)
    else see(found, object, path)
  }
}

/** A collector may list the nodes of trees, where a feed has single posts. */
function isInTree(item: Json): boolean {
  return isNode(item) && (Array.isArray(valueAt(item, 'replies')) || isNode(objectAt(item, 'parent')))
}

function walkFeedItem(found: Walk, item: Json, path: string): void {
  const reason = typeOf(objectAt(item, 'reason'))
  if (reason === 'reasonRepost') {
    found.reposts += 1
    return
  }
  for (const key of ['root', 'parent']) {
    const shown = objectAt(item, 'reply', key)
    const hole = holeOf(shown)
    if (hole !== null) found.holes.push(hole)
    else if (isPost(shown)) see(found, shown, `${path}/reply/${key}`)
  }
  see(found, objectAt(item, 'post'), `${path}/post`, reason === 'reasonPin' ? { marks: { pinned: true } } : {})
}
