// Posts of Threads in the JSON that its pages carry for their script, and in its answers (2023 to now): `thread_items`
// are a chain, each answering the one above it; other chains on the page of a post answer that post. Since 2026 answers
// also stand in what they answer.
import { select } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Provenance } from '../../model.ts'
import { hostIs } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml, placeInJson } from '../extraction/place.ts'
import { listPosts } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import type { Page } from '../page/page.ts'
import { exactJson } from '../values/exact-json.ts'
import { asObject, type Json, objectAt, objectsAt, pointerStep, textAt, valueAt } from '../values/json-fields.ts'
import { answersWhom, codeOf, NAME, postOf, refOf } from './threads-post.ts'

const READER = { name: NAME, version: 1 } as const
const POST_PATH = /^\/(?:@[\w.]{1,40}\/post|t)\/([\w-]{8,20})(?:\/|$)/
const ISLANDS = 'script[type="application/json"]'
const MARK = '"thread_items"'
const NESTED_MARK = '"direct_replies"'
/** Values looked at in one document, and how deep: its envelope nests some thirty levels. */
const MAX_VALUES = 300_000
const MAX_DEPTH = 200
/** A chain is drawn with a line between its posts; an answer to the post of the page stands below it. */
const CHAIN_P = 0.98
const BELOW_P = 0.95

export const threads: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://www.threads.com/@lamp.log/post/C4aBcDeFgHi', 'https://www.threads.net/t/C4aBcDeFgHi'],
  locate,
  recognises: (page) => chainsIn(page).length > 0,
  extract: extractThreads,
}

function locate(url: URL): Located | null {
  if (!hostIs(url, 'threads.com') && !hostIs(url, 'threads.net')) return null
  const code = POST_PATH.exec(url.pathname)?.[1]
  return code === undefined ? null : { kind: 'post', id: code, fetch: url.href }
}

interface Item {
  readonly post: Json
  readonly place: Provenance
}

interface Chain {
  readonly items: readonly Item[]
  /** The post that lists it among its answers; null where none does. */
  readonly below: Json | null
}

function extractThreads(page: Page): Extraction {
  const chains = chainsIn(page)
  const focus = focusOf(page, chains)
  const posts = chains.flatMap((chain) =>
    chain.items.map((item, i) => postOf(item.post, item.place, parentOf(chain, i, focus))),
  )
  return makeExtraction({
    posts: listPosts(posts),
    notes: partNotes(page, chains),
    declared: { title: null, site: 'Threads', replies: null },
  })
}

/** The post that the page's address names. */
function focusOf(page: Page, chains: readonly Chain[]): Json | null {
  const code = POST_PATH.exec(page.url?.pathname ?? '')?.[1]
  const all = chains.flatMap(({ items }) => items.map(({ post }) => post))
  return code === undefined ? null : (all.find((post) => codeOf(post) === code) ?? null)
}

function parentOf({ items, below }: Chain, at: number, focus: Json | null): Parent | null {
  const above = items[at - 1]?.post
  if (above !== undefined) return parentBy(above, 'layout', CHAIN_P, 'stands in a chain below it')
  if (below !== null) return parentBy(below, 'declared', 1, 'listed among the answers to it')
  const first = items[at]?.post
  const asked = first === undefined ? null : answersWhom(first)
  if (first === undefined || focus === null || asked === null || codeOf(focus) === codeOf(first)) return null
  return asked === textAt(focus, 'user', 'username')
    ? parentBy(focus, 'layout', BELOW_P, 'stands below the post of the page and answers its author')
    : null
}

function parentBy(post: Json, basis: Parent['basis'], p: number, say: string): Parent | null {
  const code = codeOf(post)
  return code === null ? null : { ref: refOf(code), key: code, basis, p, say }
}

function partNotes(page: Page, chains: readonly Chain[]): readonly Note[] {
  const isPart = chains.some(({ below }) => {
    return valueAt(below, 'text_post_app_info', 'direct_replies', 'page_info', 'has_next_page') === true
  })
  const message = 'The site says that a post here has more answers than these; give its further answers too.'
  return isPart ? [noteOn(page, 'warning', 'comments-cut', message)] : []
}

function chainsIn(page: Page): readonly Chain[] {
  if (page.kind !== 'json' && page.kind !== 'html') return []
  if (!page.text.includes(MARK) && !page.text.includes(NESTED_MARK)) return []
  if (page.kind === 'json') return chainsOf(exactJson(page.text), (path) => placeInJson(page, READER, path, null))
  return select(ISLANDS, page.html().root).flatMap((script) => {
    const json = script.children.map((child) => ('data' in child ? child.data : '')).join('')
    if (!json.includes(MARK) && !json.includes(NESTED_MARK)) return []
    const place = placeInHtml(page, READER, script, null)
    return chainsOf(exactOrNone(json), (path) => ({ ...place, path }))
  })
}

function exactOrNone(json: string): unknown {
  return parseJson(json).problem === null ? exactJson(json) : null
}

interface Open {
  readonly value: unknown
  readonly path: string
  readonly depth: number
}

/** In the order of the document; a post met again is left by who lists them. */
function chainsOf(root: unknown, place: (path: string) => Provenance): readonly Chain[] {
  const chains: Chain[] = []
  const open: Open[] = [{ value: root, path: '', depth: 0 }]
  for (let seen = 0, one = open.pop(); one !== undefined && seen < MAX_VALUES; one = open.pop(), seen += 1) {
    if (typeof one.value !== 'object' || one.value === null || one.depth > MAX_DEPTH) continue
    const object = asObject(one.value)
    for (const chain of object === null ? [] : chainsAt(object, one.path, place)) chains.push(chain)
    for (const [key, value] of Object.entries(one.value).toReversed())
      if (typeof value === 'object') open.push({ value, path: one.path + pointerStep(key), depth: one.depth + 1 })
  }
  return chains.filter(({ items }) => items.length > 0)
}

function chainsAt(object: Json, path: string, place: (path: string) => Provenance): readonly Chain[] {
  const items = objectsAt(object, 'thread_items').flatMap((item, i) =>
    itemOf(objectAt(item, 'post'), place(`${path}/thread_items/${i}/post`)),
  )
  const info = objectAt(object, 'text_post_app_info')
  const nested = objectsAt(info, 'direct_replies', 'edges').map((edge, i) => ({
    items: postsIn(edge, `${path}/text_post_app_info/direct_replies/edges/${i}/node/posts/edges`, place),
    below: object,
  }))
  const own = nested.length > 0 && codeOf(object) !== null ? [{ items: itemOf(object, place(path)), below: null }] : []
  return [{ items, below: null }, ...own, ...nested]
}

function postsIn(edge: Json, path: string, place: (path: string) => Provenance): readonly Item[] {
  return objectsAt(edge, 'node', 'posts', 'edges').flatMap((one, i) =>
    itemOf(objectAt(one, 'node'), place(`${path}/${i}/node`)),
  )
}

/** A post that is gone has no code and no author. */
function itemOf(post: Json | null, place: Provenance): readonly Item[] {
  const isPost = post !== null && codeOf(post) !== null && valueAt(post, 'user') !== undefined
  return isPost ? [{ post, place }] : []
}
