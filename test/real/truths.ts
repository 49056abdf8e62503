// What a capture's bytes themselves say of parents and order, read by other means than the adapters': bare JSON walks,
// cheerio, tags counted by hand, and the files collectors laid beside their captures. Where a format declares nothing
// there is no truth.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Page } from '../../src/adapters/page/page.ts'
import type { RealCapture } from './captures.ts'
import {
  truthOfBlogger,
  truthOfMicrodata,
  truthOfNewReddit,
  truthOfThreadReader,
  truthOfWordpress,
} from './truths-html.ts'

/** Parent by post, both by the platform's id; a null parent: an answer to the page itself, or to nothing. */
type Parents = ReadonlyMap<string, string | null>

export interface Truth {
  readonly parents: Parents
  /** What grows with time, by post: an id or a moment, as text that sorts. */
  readonly order: ReadonlyMap<string, string>
  /** The words of each post in page order, where the page marks posts off; null where it does not. */
  readonly marked: readonly string[] | null
  /** How this format's ids are written in the truth, from the id or key the product gives. */
  readonly nameOf: (id: string) => string
  /** What an answer to nothing in particular answers: a topic's first post. */
  readonly rootOf: (id: string) => string | null
}

type Fields = Readonly<Record<string, unknown>>
type Pair = readonly [child: string, parent: string | null, order: string | null]

const TIME_LENGTH = 15
const ID_LENGTH = 20
const whole = (id: string) => id
const none = () => null
const firstOfTopic = (id: string) => id.replace(/[^/]+$/, '1')
const lastNumber = (id: string) => (/article|post-/.test(id) ? '' : (/(\d+)$/.exec(id)?.[1] ?? id))
const lastPart = (id: string) => id.split('/').at(-1) ?? id
const lastTwoParts = (id: string) => id.split('/').slice(-2).join('/')
/** Objects under these keys are shown inside a post and are none themselves. */
const QUOTED = /^quoted_|^quote$|^retweeted_|^reblog$|^pinned_/

/** Null where the format tells nothing of its own tree. */
export function truthOf(kind: string, capture: RealCapture): Truth | null {
  const { page } = capture
  if (kind === 'x-conversations') return truthOfRumour(capture)
  if (kind.startsWith('x-'))
    return page.kind === 'html' ? truthOfXPage(page) : truthOfJson(valuesIn(page), xPair, whole)
  if (page.kind === 'html') return truthOfHtml(page)
  if (page.kind === 'xml') return truthOfExport(page.text)
  const reader = JSON_READERS[kind]
  if (reader === undefined || page.kind !== 'json') return null
  const truth = truthOfJson([page.json()], ...reader)
  return kind === 'discourse' ? { ...truth, rootOf: firstOfTopic } : truth
}

function truthOfJson(
  values: readonly unknown[],
  pairOf: (fields: Fields) => readonly Pair[],
  nameOf: Truth['nameOf'],
): Truth {
  const pairs = values.flatMap((value) => objectsIn(value).flatMap(pairOf))
  return truthFrom(pairs, nameOf)
}

function truthFrom(pairs: readonly Pair[], nameOf: Truth['nameOf']): Truth {
  const parents = new Map(pairs.map(([child, parent]) => [child, parent]))
  const order = new Map(pairs.flatMap(([child, , at]): [string, string][] => (at === null ? [] : [[child, at]])))
  return { parents, order, marked: null, nameOf, rootOf: none }
}

/** Every object that stands for itself, parents before what is in them, without recursion. */
function objectsIn(root: unknown): Fields[] {
  const found: Fields[] = []
  const open: unknown[] = [root]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue
    if (!Array.isArray(at)) found.push(at as Fields)
    const inside = Object.entries(at).filter(([key, value]) => value !== null && !QUOTED.test(key))
    open.push(...inside.map(([, value]) => value as unknown))
  }
  return found
}

/** The value of a JSON page, of each line of JSONL, or of the array a script assigns. */
function valuesIn(page: Page): unknown[] {
  if (page.kind === 'json') return [page.json()]
  if (page.kind === 'jsonl') return page.text.split('\n').filter(Boolean).map(parse)
  const start = /^\s*(?:window\.YTD|Grailbird)[^=]*=\s*/.exec(page.text)?.[0].length
  return start === undefined ? [] : [parse(page.text.slice(start))]
}

function parse(text: string): unknown {
  return JSON.parse(text)
}

function textIn(fields: Fields, key: string): string | null {
  const value = fields[key]
  return typeof value === 'string' && value !== '' ? value : null
}

function timeIn(value: unknown): string | null {
  const ms = typeof value === 'number' ? value * 1000 : Date.parse(String(value))
  return Number.isNaN(ms) ? null : String(ms).padStart(TIME_LENGTH, '0')
}

/**
 * API v1.1, exports and GraphQL's `legacy` speak alike; API v2 has its own words. Reposts hold a cut copy of other
 * people's words.
 */
function xPair(fields: Fields): readonly Pair[] {
  const id = textIn(fields, 'id_str')
  const text = textIn(fields, 'full_text') ?? textIn(fields, 'text')
  if (isOlderVersion(fields, id)) return []
  if (text?.startsWith('RT @') === true) return []
  if (id !== null && text !== null && fields['created_at'] !== undefined)
    return [[id, textIn(fields, 'in_reply_to_status_id_str'), id.padStart(ID_LENGTH, '0')]]
  const v2 = textIn(fields, 'id')
  const named = fields['referenced_tweets'] ?? []
  if (v2 === null || textIn(fields, 'text') === null || textIn(fields, 'author_id') === null) return []
  const parent = (named as { type: string; id: string }[]).find(({ type }) => type === 'replied_to')
  return [[v2, parent?.id ?? null, v2.padStart(ID_LENGTH, '0')]]
}

/** An edited post has an id for each version, the newest last. */
function isOlderVersion(fields: Fields, id: string | null): boolean {
  const versions = objectsIn(fields['edit_info']).flatMap(({ editTweetIds }) => (editTweetIds ?? []) as string[])
  return versions.length > 0 && versions.at(-1) !== id
}

function mastodonPair(fields: Fields): readonly Pair[] {
  const id = textIn(fields, 'id')
  // The answer to a deletion has the source's `text` in place of `content`: it is no post any more.
  const isStatus = typeof fields['content'] === 'string' && textIn(fields, 'visibility') !== null
  if (id === null || !isStatus || fields['in_reply_to_id'] === undefined) return []
  return [[id, textIn(fields, 'in_reply_to_id'), timeIn(fields['created_at'])]]
}

function activityPair(fields: Fields): readonly Pair[] {
  const id = textIn(fields, 'id')
  return id === null || textIn(fields, 'inReplyTo') === null
    ? []
    : [[id, textIn(fields, 'inReplyTo'), timeIn(fields['published'])]]
}

function blueskyPair(fields: Fields): readonly Pair[] {
  const uri = textIn(fields, 'uri')
  const record = (fields['record'] ?? fields['value']) as Fields | undefined
  const isQuote = String(fields['$type']).startsWith('app.bsky.embed.')
  if (uri === null || isQuote || record?.['$type'] !== 'app.bsky.feed.post') return []
  const reply = record['reply'] as { parent: { uri: string } } | undefined
  return [[uri, reply?.parent.uri ?? null, timeIn(record['createdAt'])]]
}

function wordpressPair(fields: Fields): readonly Pair[] {
  if (typeof fields['author_name'] !== 'string') return []
  const parent = fields['parent'] === 0 ? null : String(fields['parent'])
  return [[String(fields['id']), parent, timeIn(fields['date_gmt'])]]
}

function discoursePair(fields: Fields): readonly Pair[] {
  if (fields['cooked'] === undefined) return []
  const parent = fields['reply_to_post_number']
  const told = typeof parent === 'number' ? `${fields['topic_id']}/${parent}` : null
  return [[`${fields['topic_id']}/${fields['post_number']}`, told, timeIn(fields['created_at'])]]
}

function hackerPair(fields: Fields): readonly Pair[] {
  const own: Pair[] =
    fields['type'] === 'comment' && fields['parent'] !== undefined
      ? [[`${fields['id']}`, `${fields['parent']}`, timeIn(fields['time'])]]
      : []
  const children = Array.isArray(fields['children']) ? (fields['children'] as Fields[]) : []
  const below = children.map((child): Pair => [`${child['id']}`, `${fields['id']}`, timeIn(child['created_at'])])
  return [...own, ...below]
}

function redditPair(fields: Fields): readonly Pair[] {
  if (typeof fields['parent_id'] !== 'string' || typeof fields['body'] !== 'string') return []
  return [[`${fields['name']}`, fields['parent_id'], timeIn(fields['created_utc'])]]
}

const JSON_READERS: Readonly<Record<string, [(fields: Fields) => readonly Pair[], Truth['nameOf']]>> = {
  'mastodon-api': [mastodonPair, lastPart],
  'mastodon-archive': [activityPair, whole],
  activitypub: [activityPair, whole],
  'bluesky-api': [blueskyPair, whole],
  'bluesky-repo': [blueskyPair, whole],
  'wp-json': [wordpressPair, lastNumber],
  discourse: [discoursePair, lastTwoParts],
  hackernews: [hackerPair, whole],
  'reddit-json': [redditPair, whole],
}

/** The comments shown of a WordPress export; drafts and spam are not published. */
function truthOfExport(text: string): Truth {
  const comments = text.match(/<wp:comment>[\s\S]*?<\/wp:comment>/g) ?? []
  const field = (comment: string, name: string) =>
    new RegExp(`<wp:${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(comment)?.[1] ?? ''
  const shown = comments.filter(
    (comment) => field(comment, 'comment_approved') === '1' && !/back$/.test(field(comment, 'comment_type')),
  )
  const pairs = shown.map((comment): Pair => {
    const parent = field(comment, 'comment_parent')
    const time = timeIn(`${field(comment, 'comment_date_gmt').replace(' ', 'T')}Z`)
    return [field(comment, 'comment_id'), parent === '0' || parent === '' ? null : parent, time]
  })
  return truthFrom(pairs, lastNumber)
}

function truthOfXPage(page: Page): Truth {
  const island = page.text.match(/__NEXT_DATA__"[^>]*>([^<]*)</)?.[1]
  if (island !== undefined) return truthOfJson([parse(island)], xPair, whole)
  return truthFrom(
    [...truthOfMicrodata(page.text)].map(([child, parent]) => [child, parent, child.padStart(ID_LENGTH, '0')]),
    whole,
  )
}

function truthOfHtml(page: Page): Truth | null {
  const marked = truthOfThreadReader(page.text)
  if (marked !== null) return { parents: new Map(), order: new Map(), marked, nameOf: whole, rootOf: none }
  const wordpress = truthOfWordpress(page.text)
  if (wordpress.size > 0) return plain(wordpress, lastNumber)
  if (page.text.includes('showComment=')) return plain(truthOfBlogger(page.text), lastNumber)
  const substack = truthOfSubstack(page.text)
  return substack.size > 0 ? plain(substack, lastNumber) : plain(truthOfNewReddit(page.text), whole)
}

function plain(parents: Parents, nameOf: Truth['nameOf']): Truth | null {
  return parents.size === 0 ? null : { parents, order: new Map(), marked: null, nameOf, rootOf: none }
}

/** Comments in Substack's `_preloads`, which is JSON in a string of a script. */
function truthOfSubstack(text: string): Parents {
  const found = text.matchAll(/\{\\?"id\\?":(\d+),\\?"body\\?":.{0,20000}?\\?"ancestor_path\\?":\\?"([\d.]*)\\?"/gs)
  return new Map([...found].map(([, id = '', path = '']) => [id, path.split('.').at(-1) || null]))
}

/** RumourEval (2017) keeps each conversation's tree beside its posts; posts outside of the tree have their own word. */
function truthOfRumour({ path, page }: RealCapture): Truth | null {
  const structure = join(dirname(dirname(path)), 'structure.json')
  if (!/\/(?:replies|source-tweet)\/\d+\.json$/.test(path) || !existsSync(structure)) return null
  const own = truthOfJson([page.json()], xPair, whole)
  const id = basename(path, '.json')
  const told = parentInTree(parse(readFileSync(structure, 'utf8')), id)
  return told === undefined ? own : { ...own, parents: new Map([[id, told]]) }
}

function parentInTree(tree: unknown, id: string, parent: string | null = null): string | null | undefined {
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return undefined
  if (Object.hasOwn(tree, id)) return parent
  for (const [child, below] of Object.entries(tree)) {
    const found = parentInTree(below, id, child)
    if (found !== undefined) return found
  }
  return undefined
}
