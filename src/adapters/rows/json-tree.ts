// Where posts stand in JSON of nobody's format: one alone or in arrays, wrapped (`{"comment": {…}}`, `{"snippet":
// {…}}`), with their answers nested in them or beside them. Tells places and nesting; makes no posts. What a post
// quotes is no post of the page.
import { asObject, type Json, objectsAt, plainKey, pointerStep } from '../values/json-fields.ts'
import { isPostRow, isSurePost, isWordlessRow, tellsWhose } from './named-row.ts'
import { isNostrEvent } from './nostr.ts'

export interface TreeRow {
  readonly value: unknown
  /** JSON Pointer from where the walk began. */
  readonly path: string
  /** Index of the row it is nested in, or null. */
  readonly above: number | null
}

/** Items looked at to know what an array holds, from all over it, and the share of them that must be posts. */
const SAMPLE = 50
const SHARE = 0.5
/** Outside of posts no more values are looked at, and none deeper. */
const MAX_VALUES = 200_000
const MAX_DEPTH = 64
const MAX_WRAPPERS = 3
/** Keys that hold the post itself; those of facts are laid over what stands around them. */
const WRAPPERS = [
  ...['comment', 'post', 'cast', 'message', 'tweet', 'status', 'note', 'item', 'toplevelcomment', 'mblog', 'entity'],
  ...['channelpost', 'editedmessage', 'editedchannelpost'],
]
const FACTS = ['snippet', 'node', 'attributes', 'fields', 'data', 'source', 'record', 'value']
const ANSWERS = new Set([
  ...['replies', 'children', 'comments', 'answers', 'responses', 'directreplies', 'descendants', 'thread', 'nested'],
  ...[
    'subcomments',
    'childcomments',
    'childrencomments',
    'replylist',
    'commentlist',
    'comment',
    'suggestedanswer',
    'acceptedanswer',
    // Instagram's (graphql, instaloader, its own API).
    'edgemediatoparentcomment',
    'edgemediatocomment',
    'edgethreadedcomments',
    'previewchildcomments',
    // TikTok's.
    'replycomment',
  ],
])
/** Keys under which whoever wrote a wrapped post stands beside it. */
const WRITERS = ['poster', 'author', 'creator', 'commenter']
/** Posts that a post was shared with, the oldest first: each answers the one before it (Cohost). */
const SHARED = 'shareTree'
const QUOTED =
  /^(?:quote|quoted|repost|reblog|retweet|retweeted|parent|in_?reply_?to|reply_?to|referenc|embed|original|trail|shared|pinned_?by|cross_?post)/i
/** What an API says of itself is nobody's post. */
const ERRORS = /^errors?$/i

/** The rows in page order, each before what answers it. Rows of an array of posts that are none are there too. */
export function walkRows(root: unknown): readonly TreeRow[] {
  const walk: Walk = { rows: [], open: [{ value: root, path: '', depth: 0, above: null, isItem: false }], seen: 0 }
  for (let one = walk.open.pop(); one !== undefined; one = walk.open.pop()) {
    if (Array.isArray(one.value)) openItems(walk, one, one.value as readonly unknown[])
    else if (asObject(one.value) !== null) readObject(walk, one, one.value as Json)
    else if (one.isItem) walk.rows.push(one)
  }
  return walk.rows
}

interface Open extends TreeRow {
  readonly depth: number
  /** Whether it stands in an array that holds posts. */
  readonly isItem: boolean
}

interface Walk {
  readonly rows: TreeRow[]
  readonly open: Open[]
  seen: number
}

function openItems({ open }: Walk, { path, depth, above }: Open, items: readonly unknown[]): void {
  const told = messageIn(items)
  if (told !== null) {
    open.push({ value: told, path: `${path}/${items.length - 1}`, depth: depth + 1, above, isItem: true })
    return
  }
  const isItem = holdsPosts(items)
  for (let i = items.length - 1; i >= 0; i -= 1)
    open.push({ value: items[i], path: `${path}/${i}`, depth: depth + 1, above, isItem })
}

/**
 * gallery-dl prints lists of `[2, post]` and `[3, address of a file, post]`, relays of Nostr send
 * `["EVENT", "name of what was asked", event]`.
 */
function messageIn(items: readonly unknown[]): Json | null {
  const [kind, file] = items
  const post = items.length === 2 || items.length === 3 ? asObject(items.at(-1)) : null
  if (post === null) return null
  if (kind === 'EVENT' && isNostrEvent(post)) return post
  if (!Number.isInteger(kind) || !isPostRow(post)) return null
  return items.length === 3 && typeof file === 'string' ? { ...post, file } : post
}

/**
 * At least one item is a post, and half of them could be: pictures without words and a program's remarks stand among
 * them.
 */
function holdsPosts(items: readonly unknown[]): boolean {
  const step = Math.ceil(items.length / SAMPLE)
  const sample = items.filter((_, i) => i % step === 0)
  const posts = sample.filter((item) => leadOf(item) !== null).length
  const wordless = posts === 0 ? 0 : sample.filter((item) => leadOf(item) === null && isWordless(asObject(item))).length
  return posts > 0 && posts + wordless >= sample.length * SHARE
}

function isWordless(row: Json | null): boolean {
  return row !== null && isWordlessRow(row)
}

function readObject(walk: Walk, one: Open, object: Json): void {
  const lead = leadOf(object)
  if (lead !== null && (one.isItem || isSurePost(lead.value))) {
    const under = openShared(walk, lead, one)
    const above = walk.rows.push({ value: lead.value, path: one.path + lead.path, above: under }) - 1
    openAnswers(walk, lead.holders, { ...one, above })
    return
  }
  if (one.isItem && !isNostrEvent(object)) walk.rows.push(one)
  walk.seen += 1
  if (one.depth >= MAX_DEPTH || walk.seen > MAX_VALUES) return
  for (const [key, value] of Object.entries(object).toReversed())
    if (typeof value === 'object' && !QUOTED.test(key) && !ERRORS.test(key))
      walk.open.push({ ...one, value, path: one.path + pointerStep(key), depth: one.depth + 1, isItem: false })
}

/** Index of the last of the posts that it was shared with, else of what it is nested in. */
function openShared(walk: Walk, { value, path }: Lead, one: Open): number | null {
  return objectsAt(value, SHARED).reduce((above, shared, i) => {
    if (!isPostRow(shared)) return above
    return walk.rows.push({ value: shared, path: `${one.path}${path}/${SHARED}/${i}`, above }) - 1
  }, one.above)
}

function openAnswers(walk: Walk, holders: readonly Holder[], one: Open): void {
  // A wrapped comment is no answer to itself.
  const own = new Set<unknown>(holders.map(({ object }) => object))
  for (const { object, path } of holders)
    for (const [key, value] of Object.entries(object).toReversed())
      if (ANSWERS.has(plainKey(key)) && typeof value === 'object' && !own.has(value))
        walk.open.push({ ...one, value, path: one.path + path + pointerStep(key), depth: 0, isItem: false })
}

interface Holder {
  readonly object: Json
  readonly path: string
}

interface Lead extends Holder {
  readonly value: Json
  /** The post and what wraps it, innermost last: answers stand in any of them. */
  readonly holders: readonly Holder[]
}

/** The post that an object is or wraps, its facts and its answers laid apart. */
function leadOf(item: unknown): Lead | null {
  let [object, path] = [asObject(item), '']
  const holders: Holder[] = []
  for (let i = 0; object !== null && i <= MAX_WRAPPERS; i += 1) {
    const around = { object, path }
    holders.push(around)
    const facts = innerOf(object, FACTS)
    const value = facts === null || isPostRow(object) ? object : { ...object, ...facts.object }
    if (facts !== null && value !== object) holders.push({ object: facts.object, path: path + facts.path })
    if (isPostRow(value)) return { ...around, value: withoutAnswers(withWriter(value, holders)), holders }
    const inner: Holder | null = innerOf(value, WRAPPERS) ?? facts
    const isBeside = inner !== null && facts !== null && inner !== facts && !Object.hasOwn(object, keyOf(inner))
    path += `${isBeside ? facts.path : ''}${inner?.path ?? ''}`
    object = inner?.object ?? null
  }
  return null
}

/** Whose it is may stand beside a wrapped post: `{"comment": {…}, "poster": {…}}`. */
function withWriter(value: Json, holders: readonly Holder[]): Json {
  if (holders.length < 2 || tellsWhose(value)) return value
  const beside = holders.flatMap(({ object }) => WRITERS.flatMap((key) => asObject(object[key]) ?? []))
  return beside.length === 0 ? value : { ...value, author: beside.at(-1) }
}

function keyOf({ path }: Holder): string {
  return path.slice(1)
}

/** The first of these keys that holds an object. */
function innerOf(object: Json, names: readonly string[]): Holder | null {
  for (const [key, value] of Object.entries(object)) {
    const inner = names.includes(plainKey(key)) ? asObject(value) : null
    if (inner !== null) return { object: inner, path: pointerStep(key) }
  }
  return null
}

function withoutAnswers(object: Json): Json {
  const kept = Object.entries(object).filter(
    ([key, value]) => !(ANSWERS.has(plainKey(key)) && typeof value === 'object' && value !== null),
  )
  return Object.fromEntries(kept)
}
