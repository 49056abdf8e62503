// Pages of unknown software whose like boxes each lead to a post of X, Bluesky or Mastodon: unrolled threads, mirrored
// timelines. Their posts carry the ids that the links name; who answers whom the page does not say.
import { type ChildNode, type Element, isTag, type ParentNode } from 'domhandler'
import { attr, select } from '../../markup/markup.ts'
import type { Author, Extraction, Media, Parent, Post, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { imageUrl, isEmoji } from '../../text/pictures.ts'
import { readFacts } from '../article/metadata/metadata.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type LinkedBox, linkedBoxes } from './boxes.ts'
import { type Frame, frameOf, headOf, textsIn, wordsOf } from './frame.ts'
import { type NamedPost, postIn } from './permalinks.ts'

/** Posts of one account in the order of their times, on a page that calls itself a thread. */
const THREAD_P = 0.97
const THREAD = /thread|unroll|\bhilo\b|\bfil\b|スレッド|ツリー|سلسلة|ثريد/iu
/** Pieces of text among which a quoted post's account stands. */
const MAX_HEAD = 3
const NAME_AND_HANDLE = /^(.{1,100}?)\s*\(?@([\w.-]{1,253})\)?$/u

/** Null when the page is no such list. */
export function readLinkedPosts(page: Page, reader: Reader): Extraction | null {
  const { root } = page.html()
  const boxes = linkedBoxes(root, page.url)
  if (boxes.length === 0) return null
  const facts = readFacts(root, page.url)
  const frame = frameOf(boxes.map(({ element }) => element))
  const isThread = THREAD.test(`${facts.title ?? ''} ${page.url?.href ?? ''}`) && areInTurn(boxes)
  const posts = boxes.map((box, index) => {
    const post = readBox(box, frame, page, reader)
    return { ...post, index, parent: isThread ? below(boxes[index - 1]) : null }
  })
  const message = `No software is known to make this page; each of its ${posts.length} boxes leads to a post, and is read as that post.`
  return makeExtraction({
    posts,
    notes: [noteOn(page, 'info', 'linked-posts', message)],
    declared: { title: facts.title, site: facts.site, replies: null },
  })
}

function readBox(box: LinkedBox, frame: Frame, page: Page, reader: Reader): Post {
  const { ref, url, createdAt } = box.post
  const quoted = quotedIn(box, page.url)
  const nodes = wordsOf(box.element, frame, (element) => element === box.link || quoted.has(element))
  const { text, html } = bodyFromNodes(nodes, page.url)
  return makePost({
    key: ref.id,
    ref,
    kind: 'post',
    platform: ref.platform,
    author: authorOf(box, frame),
    text,
    html,
    createdAt,
    url,
    media: picturesIn(nodes, page.url),
    quotes: [...quoted].map(([element, post]) => quoteOf(element, post, frame, page.url)),
    provenance: placeInHtml(page, reader, box.element, null),
  })
}

/** The name that stands with the account before the words. */
function authorOf({ element, post }: LinkedBox, frame: Frame): Author | null {
  const { author } = post
  const handle = author?.handle?.toLowerCase()
  if (author === null || handle === undefined) return author
  const head = headOf(element, frame)
  const at = head.findIndex((text) => text.toLowerCase() === `@${handle}`)
  const written = head.map((text) => NAME_AND_HANDLE.exec(text)).find((found) => found?.[2]?.toLowerCase() === handle)
  return { ...author, name: written?.[1] ?? (at > 0 ? (head[at - 1] ?? null) : null) }
}

/** What stands around each link to another post, and around none of the box's own. */
function quotedIn(box: LinkedBox, base: URL | null): ReadonlyMap<Element, NamedPost> {
  const own = new Set<ParentNode>()
  for (let at: ParentNode | null = box.link; at !== null && at !== box.element.parent; at = at.parent) own.add(at)
  const found = new Map<Element, NamedPost>()
  for (const { link, post } of box.quoted) {
    let around = link
    for (let at = around.parent; at !== null && isTag(at) && !own.has(at); at = at.parent) around = at
    found.set(around, post)
  }
  for (const block of select('blockquote', box.element)) {
    const post = select('a[href]', block)
      .map((link) => postIn(attr(link, 'href'), base))
      .findLast((one) => one !== null)
    if (post !== null && post !== undefined && !own.has(block)) found.set(block, post)
  }
  return found
}

/** It has a head of its own: a name, the account. */
function quoteOf(element: Element, post: NamedPost, frame: Frame, base: URL | null): Quote {
  const isLink = (one: Element) => one.name === 'a' && postIn(attr(one, 'href'), base) !== null
  const head = accountIn(element, post)
  const { text } = bodyFromNodes(
    wordsOf(element, { ...frame, pieces: new Set([...frame.pieces, ...head]) }, isLink),
    base,
  )
  const name = head.length > 1 ? (head.at(-2) ?? null) : null
  const author = post.author === null ? null : { ...post.author, name }
  return { ...post, author, text: text === '' ? null : text }
}

/** The pieces up to the account's own name, when they stand first. */
function accountIn(element: Element, { author }: NamedPost): readonly string[] {
  const first = textsIn(element).slice(0, MAX_HEAD)
  const at = first.findIndex((text) => text.toLowerCase() === `@${author?.handle?.toLowerCase()}`)
  return first.slice(0, at + 1)
}

function picturesIn(nodes: readonly ChildNode[], base: URL | null): readonly Media[] {
  const images = nodes.flatMap((node) =>
    isTag(node) ? [...(node.name === 'img' ? [node] : []), ...select('img', node)] : [],
  )
  return images.flatMap((image) => {
    const alt = attr(image, 'alt')
    const url = imageUrl(image, base)
    if (url === null || (alt !== null && isEmoji(image, alt))) return []
    return [{ kind: 'image', url, alt, width: null, height: null, poster: null } as const]
  })
}

function areInTurn(boxes: readonly LinkedBox[]): boolean {
  return boxes.every(({ post }, i) => {
    const before = boxes[i - 1]?.post
    if (before === undefined) return true
    return post.author?.handle === before.author?.handle && (post.createdAt ?? '') > (before.createdAt ?? '')
  })
}

function below(box: LinkedBox | undefined): Parent | null {
  if (box === undefined) return null
  const { ref } = box.post
  const say = 'stands below it, written later by the same account, on a page that calls itself a thread'
  return { ref, key: ref.id, basis: 'layout', p: THREAD_P, say }
}
