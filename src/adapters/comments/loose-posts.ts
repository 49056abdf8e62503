// Pages of posts beside each other from unknown software, with no article: schema.org's postings, or like boxes with a
// name and a date each. Asked where the article's reader finds nothing.
import type { Document, Element } from 'domhandler'
import { closest, select, selectOne } from '../../markup/markup.ts'
import type { Author, Parent, Post } from '../../model.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { boxesIn, type CommentBox, nestedBoxes } from './boxes.ts'
import { type ReadBox, readBox } from './comment.ts'
import { fullest, unreadTime } from './comments.ts'
import { dateOrderOf } from './date-order.ts'

/** Posts that make a page one of posts, and boxes that are read. */
const MIN_POSTS = 2
const MAX_POSTS = 5_000
const POSTINGS = '[itemtype$="/DiscussionForumPosting" i], [itemtype$="/SocialMediaPosting" i]'
const NAMED = /^(.{1,60}?)\s*\(?@([\w.-]{1,60}(?:@[\w.-]{3,80})?)\)?$/u
const NEITHER = 'nav, header, footer'

/** Whatever looks like posts; none unless two are found. */
export function readLoosePosts(page: Page, reader: Reader, base: URL | null): readonly Post[] {
  const { root } = page.html()
  const place = { page, reader, base }
  const postings = nestedBoxes(select(POSTINGS, root))
  const marked = toPosts(place, postings, () => true)
  return marked.length >= MIN_POSTS ? marked : toPosts(place, boxesOf(root), isWhole)
}

function boxesOf(root: Document): readonly CommentBox[] {
  const body = selectOne('body', root)
  return body === null ? [] : boxesIn(body)
}

/** What only looks like a post has a name and a date, and more words than a link. */
function isWhole({ author, when, isLink }: ReadBox): boolean {
  return author !== null && when !== null && !isLink
}

interface Place {
  readonly page: Page
  readonly reader: Reader
  readonly base: URL | null
}

function toPosts(
  { page, reader, base }: Place,
  boxes: readonly CommentBox[],
  isPost: (read: ReadBox) => boolean,
): readonly Post[] {
  const all = new Set(boxes.flatMap(({ roots }) => roots))
  const order = dateOrderOf(page.html().root)
  const read = boxes.slice(0, MAX_POSTS).flatMap(({ roots, parent }, at) => {
    const isForeign = (element: Element) => all.has(element) && !roots.includes(element)
    const one = roots.some((root) => closest(root, NEITHER) !== null)
      ? null
      : readBox(roots, isForeign, { base, order })
    return one !== null && isPost(one) ? [{ one, roots, parent, at }] : []
  })
  const known = new Set(read.map(({ at }) => at))
  if (read.length < MIN_POSTS) return []
  return read.map(({ one, roots, parent, at }, index) =>
    makePost({
      ...fieldsOf(one),
      key: keyOf(at),
      kind: 'post',
      platform: reader.name,
      parent: parent !== null && known.has(parent) ? nestedIn(parent) : null,
      index,
      provenance: placeInHtml(page, reader, fullest(roots), unreadTime(one)),
    }),
  )
}

function fieldsOf({ author, body, time, url }: ReadBox): Pick<Post, 'author' | 'text' | 'html' | 'createdAt' | 'url'> {
  return { author: author === null ? null : named(author), ...body, createdAt: time?.iso ?? null, url }
}

/** `Ann Lee (@ann)` is a name and a handle. */
function named(author: Author): Author {
  const [, name = null, handle = null] = NAMED.exec(author.name ?? '') ?? []
  return handle === null ? author : { ...author, name, handle }
}

function nestedIn(parent: number): Parent {
  return { ref: null, key: keyOf(parent), basis: 'layout', p: 0.8, say: 'stands inside the post it answers' }
}

function keyOf(at: number): string {
  return `post-${at + 1}`
}
