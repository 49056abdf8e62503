// Hacker News as JSON: items as Firebase gives them (flat, `parent` and `kids` by number) and as Algolia does (nested
// `children`). Both may come one alone, in a list, or in a map by number, as people save them.
import type { Extraction, Note, Parent, Post, Provenance } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { type Extra, knownOf, placeInJson, placeInText } from '../extraction/place.ts'
import { authorOf, bodyWithLink, listPosts, makePost, NO_BODY, timeOfSeconds, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import {
  asObject,
  countAt,
  idAt,
  type Json,
  listAt,
  objectsAt,
  pointerStep,
  textAt,
  textsAt,
  valueAt,
} from '../values/json-fields.ts'
import { HACKER_NEWS, itemUrl, NAME, READER, refOf, userUrl } from './names.ts'

const API = 'https://hacker-news.firebaseio.com/v0/item/'
const TYPES = new Set(['story', 'comment', 'job', 'poll', 'pollopt'])
/** Of the first line. */
const LINE_SIGN = /"type":\s*"(?:story|comment|job|poll|pollopt)"/
const SIGN_LENGTH = 20_000
const STORIES = new Set(['story', 'job', 'poll'])

export function isHackerNewsJson(value: unknown): boolean {
  return topItems(value).length > 0
}

/** JSON, or a list of what stands in the lines: items as collectors lay them down. */
export function hackerNewsValue(page: Page): unknown {
  if (page.kind === 'json') return page.json()
  if (page.kind !== 'jsonl' || !LINE_SIGN.test(page.text.slice(0, SIGN_LENGTH))) return undefined
  return page.text
    .trimEnd()
    .split('\n')
    .map((line) => parseJson(line).value)
}

export function readHackerNewsJson(page: Page): Extraction {
  const top = topItems(hackerNewsValue(page))
  const found = withNested(top)
  const conversations = conversationsOf(found)
  const posts = listPosts(found.map((one) => postOf(page, one, conversations)))
  const { next, notes } = limitNext(page, elsewhere(found))
  const stories = found.filter(({ item }) => isStory(item))
  return makeExtraction({
    posts,
    next,
    notes: [...withheldNotes(page, posts), ...elsewhereNotes(page, next.length), ...notes],
    declared: {
      title: stories.length === 1 ? textAt(stories[0]?.item, 'title') : null,
      site: HACKER_NEWS,
      replies: stories.length === 1 ? countAt(stories[0]?.item, 'descendants') : null,
    },
  })
}

/** An item, its JSON Pointer and the item it is nested in. */
interface Found {
  readonly item: Json
  readonly path: string
  readonly above: string | null
}

function topItems(value: unknown): readonly Found[] {
  const hits = itemsOfHits(value)
  if (hits.length > 0) return hits
  if (isItem(asObject(value))) return [{ item: value as Json, path: '', above: null }]
  const all = typeof value === 'object' && value !== null ? Object.entries(value) : []
  // Firebase answers `null` for an item that is not there.
  const entries = all.filter(([, one]) => one !== null)
  const items = entries.flatMap(([key, one]) => {
    const item = asObject(one)
    return item !== null && isItem(item) ? [{ item, path: pointerStep(key), above: null }] : []
  })
  return items.length === entries.length ? items : []
}

/** Algolia's search gives items by other names: `objectID`, `_tags`, `comment_text`, `story_text`. */
function itemsOfHits(value: unknown): readonly Found[] {
  return objectsAt(value, 'hits').flatMap((hit, i) => {
    const type = textsAt(hit, '_tags').find((tag) => TYPES.has(tag))
    const text = textAt(hit, 'comment_text') ?? textAt(hit, 'story_text') ?? textAt(hit, 'text')
    const item = { ...hit, id: valueAt(hit, 'objectID'), type, text }
    return type !== undefined && isItem(item) ? [{ item, path: `/hits/${i}`, above: null }] : []
  })
}

/** Deleted items of Firebase keep nothing but number, kind, parent and time. */
function isItem(item: Json | null): boolean {
  if (idAt(item, 'id') === null || !TYPES.has(textAt(item, 'type') ?? '')) return false
  return valueAt(item, 'time') !== undefined || valueAt(item, 'created_at_i') !== undefined
}

function isStory(item: Json): boolean {
  return STORIES.has(textAt(item, 'type') ?? '')
}

/** Each item before its answers, without recursion. Children that are no items are left out. */
function withNested(top: readonly Found[]): readonly Found[] {
  const found: Found[] = []
  const open = top.toReversed()
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    found.push(one)
    const [path, above] = [`${one.path}/children`, idAt(one.item, 'id')]
    const nested = listAt(one.item, 'children').flatMap((child, i) => {
      const item = asObject(child)
      return isItem(item) ? [{ item: item as Json, path: `${path}/${i}`, above }] : []
    })
    for (const inner of nested.toReversed()) open.push(inner)
  }
  return found
}

/** Number of each item → number of its story, as far as the way up is here. */
function conversationsOf(found: readonly Found[]): ReadonlyMap<string, string> {
  const stories = new Map<string, string>()
  for (const { item, above } of found) {
    const id = idAt(item, 'id') ?? ''
    const parent = idAt(item, 'parent') ?? idAt(item, 'parent_id') ?? above
    const story = idAt(item, 'story_id') ?? (isStory(item) ? id : stories.get(parent ?? ''))
    if (story !== undefined) stories.set(id, story)
  }
  return stories
}

function postOf(page: Page, { item, path, above }: Found, conversations: ReadonlyMap<string, string>): Post {
  const id = idAt(item, 'id') ?? ''
  const name = textAt(item, 'by') ?? textAt(item, 'author')
  const withheld = withheldOf(item)
  return makePost({
    key: id,
    ref: refOf(id),
    kind: isStory(item) ? 'article' : 'comment',
    platform: NAME,
    title: isStory(item) ? textAt(item, 'title') : null,
    author: authorOf(name, name === null ? null : userUrl(name)),
    ...(withheld === null ? bodyOf(item) : NO_BODY),
    createdAt:
      timeOfSeconds(valueAt(item, 'time') ?? valueAt(item, 'created_at_i')) ?? timeOfText(textAt(item, 'created_at')),
    url: itemUrl(id),
    parent: parentOf(item, above),
    conversation: conversations.get(id) ?? null,
    provenance: placeOf(page, path, knownOf({ withheld })),
  })
}

/** A line number is the place; a pointer into one line helps nobody. */
function placeOf(page: Page, path: string, known: Extra | null): Provenance {
  if (page.kind !== 'jsonl') return placeInJson(page, READER, path, known)
  const line = Number(path.split('/')[1]) + 1
  return placeInText(page, READER, { line, endLine: line }, known)
}

/** Firebase says so; Algolia leaves a comment without author and words. */
function withheldOf(item: Json): string | null {
  if (valueAt(item, 'deleted') === true) return 'deleted'
  if (valueAt(item, 'dead') === true && textAt(item, 'text') === null) return 'dead'
  const isEmpty = textAt(item, 'text') === null && textAt(item, 'by') === null && textAt(item, 'author') === null
  return !isStory(item) && isEmpty ? 'deleted' : null
}

function bodyOf(item: Json): Body {
  const html = textAt(item, 'text') ?? ''
  return isStory(item) ? bodyWithLink(textAt(item, 'url'), html, null) : bodyFromHtml(html, null)
}

function parentOf(item: Json, above: string | null): Parent | null {
  if (isStory(item)) return null
  const named = idAt(item, 'parent') ?? idAt(item, 'parent_id') ?? idAt(item, 'poll')
  const id = named ?? above
  if (id === null) return null
  const say = named === null ? 'nested in the children of its parent' : 'parent of the item'
  return { ref: refOf(id), key: id, basis: 'declared', p: 1, say }
}

/** Firebase names the answers to an item and gives none of them. */
function elsewhere(found: readonly Found[]): readonly string[] {
  const here = new Set(found.map(({ item }) => idAt(item, 'id')))
  const named = found.flatMap(({ item }) => [...idsAt(item, 'kids'), ...idsAt(item, 'parts')])
  return named.filter((id) => !here.has(id)).map((id) => `${API}${id}.json`)
}

function idsAt(item: Json, key: string): readonly string[] {
  return listAt(item, key).flatMap((id) => idAt({ id }, 'id') ?? [])
}

function elsewhereNotes(page: Page, count: number): Note[] {
  const message = `Answers named here and given at their own URLs: ${count} or more.`
  return count === 0 ? [] : [noteOn(page, 'warning', 'replies-elsewhere', message)]
}
