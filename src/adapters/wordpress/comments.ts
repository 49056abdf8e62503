// The comments of a WordPress page as posts: each with its parent and how sure that is. The tree is found by
// tree.ts, the words of one comment by comment.ts.
import type { Document, Element } from 'domhandler'
import { attr, matches, select } from '../../markup/markup.ts'
import type { Note, Parent, Post } from '../../model.ts'
import { resolve } from '../../url.ts'
import { dateOrderOf } from '../comments/date-order.ts'
import { noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import type { PrintedTime } from '../values/dates.ts'
import { type ReadComment, readComment } from './comment.ts'
import { commentRef, READER } from './names.ts'
import type { CommentItem } from './tree.ts'

/** Nesting is the site's own parent link printed as a tree: 0 exceptions on 53 captured pages. */
const NESTED_P = 0.99
/** A link behind `in reply to`. */
const LINKED_P = 0.98
/** A flat list with depth classes: the last item one level up. */
const CLASS_P = 0.95
/** At the theme's depth limit an answer to an answer is printed beside it. */
const AT_LIMIT_P = 0.85
/** `@Name` at the start, and a neighbour of that name at the limit. */
const NAMED_P = 0.9
/** Neighbours that are looked through for that name. */
const MAX_BACK = 500
const AT_NAME = /^@\s?(\p{L}[^\n,:;!?]{0,60})/u
const PAGE_LINK = /\/comment-page-\d+\/?|[?&]cpage=\d+/
const FRAGMENT = /#.*/s
const PERMALINK = /#(?:li-)?comment-\d+$/
const PLACE = /(?:^|-)comment-(\d+)$/

interface Discussion {
  readonly posts: readonly Post[]
  readonly times: readonly (PrintedTime | null)[]
  readonly notes: readonly Note[]
}

/** The post that opens the discussion; its key is null where it stands on another page. */
export type Opening = Pick<Parent, 'ref' | 'key'> & Pick<Post, 'conversation' | 'url'>

interface Place {
  /** All of the page (tree.ts). */
  readonly items: readonly CommentItem[]
  readonly host: string | null
  readonly opening: Opening | null
  readonly url: URL | null
}

/** All comments, `index` counted from 0. */
export function readComments(page: Page, place: Place): Discussion {
  const { items } = place
  const nested = new Set(items.map(({ element }) => element))
  const order = dateOrderOf(page.html().root)
  const read = items.map(({ element }) => readComment(element, { items: nested, base: place.url, order }))
  const places = new Map(items.flatMap(({ id }, i) => (id === null ? [] : [[id, i] as const])))
  const tree = { page, items, read, limit: depthLimit(items), places, place }
  const posts = items.map((_, i) => postOf(i, tree))
  return { posts, times: read.map(({ time }) => time), notes: pingNotes(page, items) }
}

/** Further pages of comments: `/comment-page-2/` (newest-first sites count down). */
export function commentPages(root: Document, base: URL | null): string[] {
  const urls = new Set<string>()
  for (const link of select('a[href*="comment-page-"], a[href*="cpage="], link[href*="comment-page-"]', root)) {
    const href = attr(link, 'href') ?? ''
    const url = PAGE_LINK.test(href) && !PERMALINK.test(href) ? resolve(href, base) : null
    if (url !== null) urls.add(url.replace(FRAGMENT, ''))
  }
  return [...urls].filter((url) => url !== base?.href)
}

/** WordPress prints no reply link at the depth limit of the site, and does so above it. */
function depthLimit(items: readonly CommentItem[]): number | null {
  const deepest = items.reduce((most, { depth }) => Math.max(most, depth), 0)
  if (deepest < 2) return null
  const hasReplyLink = ({ element }: CommentItem) =>
    select('.comment-reply-link', element).some((link) => attr(link, 'href') !== null)
  const atBottom = items.filter(({ depth }) => depth === deepest)
  const above = items.filter(({ depth }) => depth < deepest)
  return above.some(hasReplyLink) && !atBottom.some(hasReplyLink) ? deepest : null
}

interface Tree {
  readonly page: Page
  readonly items: readonly CommentItem[]
  readonly read: readonly ReadComment[]
  readonly limit: number | null
  /** Where each number stands among the items. */
  readonly places: ReadonlyMap<string, number>
  readonly place: Place
}

function parentOf(index: number, tree: Tree): Parent | null {
  const item = tree.items[index] as CommentItem
  const linked = linkedParent(index, tree)
  if (linked !== null) return linked
  if (item.parent === null) return topParent(tree.place.opening)
  const parent = { ref: commentRef(tree.place.host, tree.items[item.parent]?.id ?? null), key: keyOf(item.parent) }
  if (item.by === 'class')
    return { ...parent, basis: 'inferred', p: CLASS_P, say: `the class says depth ${item.depth + 1}; the list is flat` }
  if (item.depth !== tree.limit)
    return { ...parent, basis: 'layout', p: NESTED_P, say: `nested ${levels(item.depth)} deep in the comment list` }
  return (
    addressedNeighbour(index, tree) ?? {
      ...parent,
      basis: 'layout',
      p: AT_LIMIT_P,
      say: `nested ${levels(item.depth)} deep, the theme's limit: may answer a neighbour`,
    }
  )
}

/** What an answer links to as what it answers, in a flat list or deeper than the theme nests. */
function linkedParent(index: number, { items, read, places, place }: Tree): Parent | null {
  const found = (read[index]?.answers ?? [])
    .map((answered) => places.get(PLACE.exec(answered)?.[1] ?? ''))
    .find((at) => at !== undefined && at !== index)
  if (found === undefined) return null
  const ref = commentRef(place.host, items[found]?.id ?? null)
  return { ref, key: keyOf(found), basis: 'declared', p: LINKED_P, say: 'links to the comment it says it answers' }
}

function levels(depth: number): string {
  return depth === 1 ? 'one level' : `${depth} levels`
}

/** At the limit an answer names whom it answers, or nobody can know. */
function addressedNeighbour(index: number, { items, read, place }: Tree): Parent | null {
  const name = AT_NAME.exec(read[index]?.text ?? '')?.[1]?.toLowerCase()
  if (name === undefined) return null
  const end = Math.max(0, index - MAX_BACK)
  for (let i = index - 1; i >= end && items[i]?.parent === items[index]?.parent; i -= 1) {
    const author = read[i]?.author?.name
    if (author === null || author === undefined || !name.startsWith(author.toLowerCase())) continue
    const ref = commentRef(place.host, items[i]?.id ?? null)
    return {
      ref,
      key: keyOf(i),
      basis: 'inferred',
      p: NAMED_P,
      say: `begins with @${author}, at the theme's depth limit`,
    }
  }
  return null
}

function topParent(opening: Opening | null): Parent | null {
  if (opening === null) return null
  return {
    ref: opening.ref,
    key: opening.key,
    basis: 'layout',
    p: NESTED_P,
    say: 'stands at the top of the comment list',
  }
}

function keyOf(index: number): string {
  return `comment-${index + 1}`
}

function postOf(index: number, tree: Tree): Post {
  const { page, items, read, place } = tree
  const item = items[index] as CommentItem
  const { author, isPostAuthor, text, html, time, url } = read[index] as ReadComment
  const home = place.opening?.url ?? place.url?.href ?? null
  const own = home === null || item.id === null ? null : `${home.replace(FRAGMENT, '')}#comment-${item.id}`
  return makePost({
    key: keyOf(index),
    ref: commentRef(place.host, item.id),
    kind: 'comment',
    platform: READER.name,
    author,
    isPostAuthor,
    text,
    html,
    createdAt: time?.iso ?? null,
    url: url ?? own,
    parent: parentOf(index, tree),
    conversation: place.opening?.conversation ?? null,
    index,
    provenance: placeInHtml(page, READER, item.element, item.isPing ? { type: pingType(item.element) } : null),
  })
}

function pingType(element: Element): string {
  return matches(element, '.trackback') ? 'trackback' : 'pingback'
}

function pingNotes(page: Page, items: readonly CommentItem[]): Note[] {
  const keys = items.flatMap((item, i) => (item.isPing ? [keyOf(i)] : []))
  const message = `${keys.length} of the comments are pingbacks, links from other sites: ${keys.join(', ')}.`
  return keys.length === 0 ? [] : [noteOn(page, 'info', 'pingbacks', message)]
}
