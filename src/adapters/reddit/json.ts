// Reddit's JSON: a submission with its comments, more of them on demand, or a listing. Reddit never gives a large tree
// whole: `more` names comments it left out, and a `more` without names says that the tree goes on deeper.
import type { Block, Extraction, Note } from '../../model.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectAt, textAt, textsAt, valueAt } from '../values/json-fields.ts'
import { isShortId, isSubmission, nameOf, originOf, READER } from './names.ts'
import { postOfThing, type Spelling, withheldOf } from './thing.ts'

/** Names in one call of morechildren, the API's limit. */
const NAMES_A_CALL = 100
const RAW_HTML = /"(?:body|selftext)_html"\s*:\s*"(?:<|\\u003c)/i
const ESCAPED_HTML = /"(?:body|selftext)_html"\s*:\s*"&(?:amp;)?lt;/i
/** `/r/harbour/comments/1abcde/a_title/k2fghij/` */
const PERMALINK = /\/comments\/([a-z0-9]+)(?:\/[^/]*(?:\/([a-z0-9]+))?)?\/?$/
const LIST_KEY = 'listing'

export function isRedditJson(value: unknown): boolean {
  return topListings(value).length > 0
}

export function readRedditJson(page: Page): Extraction {
  const value = page.json()
  const blocks = isLooseListing(value) ? [listBlock(page)] : []
  return readThings(page, collectThings(value), blocks, afterUrls(page, value))
}

/** Things from wherever they were collected; `after` is where their list goes on. */
export function readThings(
  page: Page,
  collected: Collected,
  blocks: readonly Block[],
  after: readonly string[],
): Extraction {
  const { things, stubs, unread } = collected
  const spelling = { isEscaped: isEscaped(page) }
  const posts = listPosts(things.map((thing) => postOf(page, thing, spelling, blocks[0]?.key ?? null)))
  const submissions = things.filter(({ name }) => isSubmission(name))
  const only = submissions.length === 1 && blocks.length === 0 ? submissions[0] : undefined
  const submission = only?.name ?? posts.find(({ conversation }) => conversation !== null)?.conversation ?? null
  const { next, notes } = limitNext(page, [...missingUrls(page, stubs, submission), ...after])
  return makeExtraction({
    posts,
    blocks,
    next,
    notes: [...withheldNotes(page, posts), ...stubNotes(page, stubs), ...unreadNotes(page, unread), ...notes],
    declared: {
      title: only === undefined ? null : (posts.find(({ key }) => key === only.name)?.title ?? null),
      site: textAt(things[0]?.data, 'subreddit_name_prefixed') ?? prefixed(textAt(things[0]?.data, 'subreddit')),
      replies: only === undefined ? null : countAt(only.data, 'num_comments'),
    },
  })
}

function prefixed(subreddit: string | null): string | null {
  return subreddit === null ? null : `r/${subreddit}`
}

/** A list of things and the JSON Pointer of the list. */
interface Listing {
  readonly items: readonly unknown[]
  readonly path: string
}

function topListings(value: unknown): readonly Listing[] {
  const lists = Array.isArray(value)
    ? (value as readonly unknown[]).flatMap((one, i) => listingAt(one, `/${i}`))
    : listingAt(value, '')
  const more = valueAt(value, 'json', 'data', 'things')
  if (Array.isArray(more)) return [...lists, { items: more, path: '/json/data/things' }]
  return lists.length === 0 && isThing(value) ? [{ items: [value], path: '' }] : lists
}

function listingAt(value: unknown, path: string): readonly Listing[] {
  const children = textAt(value, 'kind') === 'Listing' ? valueAt(value, 'data', 'children') : undefined
  return Array.isArray(children) ? [{ items: children, path: `${path}/data/children` }] : []
}

function isThing(value: unknown): boolean {
  const kind = textAt(value, 'kind')
  return (kind === 't1' || kind === 't3') && nameIn(kind, objectAt(value, 'data')) !== null
}

export interface Thing {
  readonly name: string
  readonly data: Json
  /** JSON Pointer; empty for a thing that is a line. */
  readonly path: string
  readonly above: string | null
  /** 1-based, where each line is a thing. */
  readonly line?: number
}

/** Comments left out: by name, or "continue this thread" below `parent` when no name is given. */
interface Stub {
  readonly names: readonly string[]
  readonly count: number
  readonly parent: string | null
}

interface Collected {
  readonly things: readonly Thing[]
  readonly stubs: readonly Stub[]
  readonly unread: number
}

interface Open {
  readonly item: unknown
  readonly path: string
  readonly above: string | null
}

/** Every thing before the replies nested in it, without recursion. */
function collectThings(value: unknown): Collected {
  const things: Thing[] = []
  const stubs: Stub[] = []
  let unread = 0
  const open: Open[] = topListings(value)
    .flatMap((list) => openedOf(list, null))
    .toReversed()
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const data = objectAt(at.item, 'data')
    const kind = textAt(at.item, 'kind')
    const name = nameIn(kind, data)
    if (kind === 'more' && data !== null) stubs.push(stubOf(data, at.above))
    else if (name === null || data === null) unread += 1
    else things.push({ name, data, path: at.path === '' ? '/data' : `${at.path}/data`, above: at.above })
    // What hangs below a thing without a name is read all the same.
    for (const list of listingAt(valueAt(data, 'replies'), `${at.path}/data/replies`))
      for (const opened of openedOf(list, name).toReversed()) open.push(opened)
  }
  return { things, stubs, unread }
}

function openedOf({ items, path }: Listing, above: string | null): Open[] {
  // A lone thing stands at the top itself.
  if (path === '') return items.map((item) => ({ item, path, above }))
  return items.map((item, i) => ({ item, path: `${path}/${i}`, above }))
}

export function nameIn(kind: string | null, data: Json | null): string | null {
  if (kind !== 't1' && kind !== 't3') return null
  const id = textAt(data, 'id') ?? idInPermalink(kind, textAt(data, 'permalink'))
  const name = nameOf(textAt(data, 'name')) ?? nameOf(id === null ? null : `${kind}_${id}`)
  return name?.startsWith(kind) ? name : null
}

/** Answers that somebody thinned out keep the address. */
function idInPermalink(kind: string, permalink: string | null): string | null {
  const [, submission, comment] = PERMALINK.exec(permalink ?? '') ?? []
  return (kind === 't3' ? submission : comment) ?? null
}

function stubOf(data: Json, above: string | null): Stub {
  const names = textsAt(data, 'children').filter(isShortId)
  return { names, count: countAt(data, 'count') ?? names.length, parent: nameOf(textAt(data, 'parent_id')) ?? above }
}

function postOf(page: Page, { name, data, path, above, line }: Thing, spelling: Spelling, block: string | null) {
  const place = placeInJson(page, READER, path, extraOf(data))
  const provenance = line === undefined ? place : { ...place, path: null, line, endLine: line }
  return { ...postOfThing(data, { name, above, provenance }, spelling), block }
}

/** What changes how a post may be used or read. */
function extraOf(data: Json): Readonly<Record<string, unknown>> | null {
  return knownOf({
    withheld: withheldOf(data),
    over18: valueAt(data, 'over_18') === true,
    spoiler: valueAt(data, 'spoiler') === true,
    distinguished: textAt(data, 'distinguished'),
  })
}

/** Bodies tell; without one, the parameter of the URL does. */
function isEscaped(page: Page): boolean {
  if (RAW_HTML.test(page.text)) return false
  return ESCAPED_HTML.test(page.text) || page.url?.searchParams.get('raw_json') !== '1'
}

/** One listing alone holds loose posts: of an account, of a subreddit, of a search. */
function isLooseListing(value: unknown): boolean {
  return asObject(value) !== null && textAt(value, 'kind') === 'Listing'
}

function listBlock(page: Page): Block {
  return { key: LIST_KEY, kind: 'list', title: null, url: page.url?.href ?? null, author: null, declaredTotal: null }
}

function missingUrls(page: Page, stubs: readonly Stub[], submission: string | null): readonly string[] {
  if (submission === null) return []
  const origin = originOf(page.url)
  const names = stubs.flatMap((stub) => stub.names)
  const calls = Array.from({ length: Math.ceil(names.length / NAMES_A_CALL) }, (_, i) => {
    const some = names.slice(i * NAMES_A_CALL, (i + 1) * NAMES_A_CALL).join(',')
    return `${origin}/api/morechildren.json?api_type=json&raw_json=1&link_id=${submission}&children=${some}`
  })
  const deeper = stubs.filter(({ names, parent }) => names.length === 0 && parent?.startsWith('t1_'))
  return [
    ...calls,
    ...deeper.map(({ parent }) => `${origin}/comments/${submission.slice(3)}/_/${parent?.slice(3)}.json?raw_json=1`),
  ]
}

/** The next page of a listing. */
function afterUrls(page: Page, value: unknown): readonly string[] {
  const after = nameOf(textAt(value, 'data', 'after'))
  if (after === null || page.url === null) return []
  const url = new URL(page.url)
  url.searchParams.set('after', after)
  return [url.href]
}

function stubNotes(page: Page, stubs: readonly Stub[]): Note[] {
  const named = stubs.reduce((sum, { count }) => sum + count, 0)
  const deeper = stubs.filter(({ names }) => names.length === 0).length
  const left = `Comments behind "more" links, not on this page: ${named}, in ${stubs.length - deeper} places.`
  const deep = `Chains that go on deeper than this page shows: ${deeper}.`
  return [
    ...(stubs.length > deeper ? [noteOn(page, 'warning', 'more', left)] : []),
    ...(deeper > 0 ? [noteOn(page, 'warning', 'continues-deeper', deep)] : []),
  ]
}

function unreadNotes(page: Page, unread: number): Note[] {
  const message = `Things of this listing that are neither submissions nor comments, or carry no name, left out: ${unread}.`
  return unread === 0 ? [] : [noteOn(page, 'warning', 'things-unread', message)]
}
