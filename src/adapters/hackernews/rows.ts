// Stories and comments of a Hacker News page, whatever its rows are called: what the two readers of HTML found in a row
// → a post, and all posts → the extraction with the remarks on lists and lost parents.
import type { Element } from 'domhandler'
import { select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Block, Extraction, Note, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { makeExtraction, noteOn, storyListNote, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { bodyWithLink, listPosts, makePost, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { HACKER_NEWS, itemUrl, NAME, READER, refOf } from './names.ts'
import { idInLink, parentOf, type TreeReading } from './tree.ts'

const LIST_KEY = 'stories'
const COMMENT_COUNT = /^(\d{1,6})\s+comments?$/

interface Story {
  readonly id: string
  readonly title: string | null
  readonly author: Author | null
  readonly createdAt: string | null
  /** The `href` of the title. */
  readonly link: string | null
  readonly words: Element | null
  readonly element: Element
}

interface Comment {
  /** Null for deleted comments of the first years, which have only a key. */
  readonly id: string | null
  readonly key: string
  readonly author: Author | null
  readonly createdAt: string | null
  readonly body: Body
  /** Why there are no words, as the site says it. */
  readonly withheld: string | null
  readonly level: number
  /** The id in its link to its parent. */
  readonly linked: string | null
  readonly conversation: string | null
  readonly element: Element
}

/** A page's posts with its remarks; `next` may name an address twice. */
export function extractionOf(
  reading: TreeReading,
  posts: readonly Post[],
  next: readonly string[],
  replies: number | null,
): Extraction {
  const { page, base, isItem } = reading
  const { root } = page.html()
  const listed = listPosts(posts)
  const title = textOf(selectOne('title', root))
  return makeExtraction({
    posts: listed,
    blocks: isItem ? [] : [listBlock(title, base)],
    next: [...new Set(next)],
    notes: [...withheldNotes(page, listed), ...lostNotes(page, listed), ...(isItem ? [] : [storyListNote(page)])],
    declared: { title, site: HACKER_NEWS, replies },
  })
}

/** A title that leads to its own item says nothing but that. */
export function storyPost({ page, base, isItem }: TreeReading, { id, link, words, element, ...told }: Story): Post {
  const target = idInLink(link) === id ? null : resolve(link, base)
  const html = words === null ? null : bodyFromNodes(words.children, base).html
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'article',
    platform: NAME,
    ...told,
    ...bodyWithLink(target, html ?? '', base),
    url: itemUrl(id, base),
    conversation: id,
    block: isItem ? null : LIST_KEY,
    provenance: placeInHtml(page, READER, element, null),
  })
}

/** Called in the page's order: the comment's place is told by those before it. */
export function commentPost(reading: TreeReading, comment: Comment): Post {
  const { id, key, author, createdAt, body, withheld, element } = comment
  const { page, base, isItem, keys, storyId } = reading
  const parent = parentOf(key, comment.level, comment.linked, reading)
  keys.add(key)
  return makePost({
    key,
    ref: id === null ? null : refOf(id),
    kind: 'comment',
    platform: NAME,
    author,
    createdAt,
    ...(withheld === null ? body : NO_BODY),
    url: id === null ? null : itemUrl(id, base),
    parent,
    conversation: storyId ?? comment.conversation,
    block: isItem ? null : LIST_KEY,
    provenance: placeInHtml(page, READER, element, knownOf({ withheld })),
  })
}

/** Before 2021 the words of a story stood in a cell without a name. */
export function storyWords(table: Element): Element | null {
  const cells = select('tr > td:last-child', table)
  const isBare = (cell: Element) => Object.keys(cell.attribs).length === 0
  return cells.find((cell) => isBare(cell) && selectOne('form, .athing, input', cell) === null) ?? null
}

/** "73 comments" */
export function countIn(links: readonly Element[]): number | null {
  const counts = links.map((link) => COMMENT_COUNT.exec(textOf(link) ?? '')?.[1])
  const count = counts.find((one) => one !== undefined)
  return count === undefined ? null : Number(count)
}

function listBlock(title: string | null, base: URL): Block {
  return { key: LIST_KEY, kind: 'list', title, url: base.href, author: null, declaredTotal: null }
}

/** A later page of comments may begin in the middle of a tree. */
function lostNotes(page: Page, posts: readonly Post[]): readonly Note[] {
  const lost = posts.filter(({ kind, parent }) => kind === 'comment' && parent === null).length
  const message = `Comments that answer something neither on this page nor named by it: ${lost}.`
  return lost === 0 ? [] : [noteOn(page, 'warning', 'parent-unknown', message)]
}
