// What a Substack page shows, for pages whose data is missing: the post's body, and the preview of comments with the
// days they were written (no year), so their times are not known.
import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, select, selectOne, shortTextOf, textOf } from '../../markup/markup.ts'
import type { Author, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import { addressRef, articlePost } from '../article/blog-article.ts'
import type { PageFacts } from '../article/metadata/metadata.ts'
import { placeInHtml } from '../extraction/place.ts'
import { makePost, NO_BODY } from '../extraction/post.ts'
import { readDate } from '../values/dates.ts'
import { commentKey, commentRef, type Place } from './json.ts'

const ITEMS = '.comment-list-items .comment'
/** The line below the title; a body may well begin with somebody else's `by`. */
const BYLINE = '.byline-names a, .bylines a, .byline-wrapper a, .meta-author a'
const PROFILE = /^\/(?:profile\/(\d{1,20})|@([\w.-]+))/
/** `24 Comments`, `22 more comments…`: in any language, the number is theirs. */
const COUNT = '.comments-section-title'
const MORE = '.more-comments'
const NUMBER = /\d[\d.,]*/
const SEPARATORS = /\D/g
const ANCHOR_ID = /^comment-(\d{1,20})$/
const NESTED_P = 0.99
const MAX_COUNT = 40

/** `told` is what the page's data says of the post without its body, if anything. */
export function readShownPost(place: Place, facts: PageFacts, body: Element, told: Post | null): Post {
  const { page, reader } = place
  const provenance = placeInHtml(page, reader, body, null)
  const title = textOf(selectOne('h1.post-title', page.html().root)) ?? facts.title
  const ref = told?.ref ?? addressRef(facts.url)
  const author = bylineOf(page.html().root, place.base) ?? facts.author
  const shown = articlePost({ page, platform: reader.name, ref, facts: { ...facts, title, author }, body, provenance })
  if (told === null) return shown
  return { ...told, text: shown.text, html: shown.html, footnotes: shown.footnotes, provenance: told.provenance }
}

/** Who is named below the title, else by the page's head. */
function bylineOf(root: Document, base: URL | null): Author | null {
  const named = select(BYLINE, root).find((link) => textOf(link) !== null && closest(link, ITEMS) === null)
  const name = textOf(named ?? null) ?? attr(selectOne('meta[name="author"]', root), 'content')
  return authorOf(name, resolve(attr(named ?? null, 'href'), base))
}

/** How many comments the page says there are; null where it says nothing. */
export function shownCount(root: Document, here: number): number | null {
  const all = numberIn(selectOne(COUNT, root))
  const more = numberIn(selectOne(MORE, root))
  return all ?? (more === null ? null : more + here)
}

function numberIn(element: Element | null): number | null {
  const digits = NUMBER.exec(shortTextOf(element, MAX_COUNT) ?? '')?.[0].replace(SEPARATORS, '')
  return digits === undefined ? null : Number(digits)
}

export function readShownComments(place: Place, article: Post | null): readonly Post[] {
  return select(ITEMS, place.page.html().root).flatMap((item) => {
    const id = idOf(item)
    return id === null ? [] : [readShown(place, item, id, article)]
  })
}

function readShown(place: Place, item: Element, id: string, article: Post | null): Post {
  const name = part(item, '.commenter-name')
  const link = name === null ? null : selectOne('a[href^="http"]', name)
  const profile = link ?? part(item, '.user-head a[href^="http"]')
  const date = part(item, '.comment-timestamp, a[href*="/comment/"]')
  const body = part(item, '.comment-body')
  return makePost({
    key: commentKey(id),
    ref: commentRef(id),
    kind: 'comment',
    platform: place.reader.name,
    author: authorOf(textOf(name), resolve(attr(profile, 'href'), place.base)),
    isPostAuthor: part(item, '.author-tag, .commenter-author-badge') !== null,
    ...(body === null ? NO_BODY : bodyFromNodes(body.children, place.base, isToggle)),
    createdAt: readDate(attr(date, 'title'))?.iso ?? null,
    url: resolve(attr(date, 'href'), place.base),
    parent: parentOf(item, article),
    conversation: article?.conversation ?? null,
    provenance: placeInHtml(place.page, place.reader, item, body === null ? { withheld: 'not shown' } : null),
  })
}

function idOf(item: Element): string | null {
  const anchor = item.children.filter(isTag).find((child) => ANCHOR_ID.test(attr(child, 'id') ?? ''))
  return ANCHOR_ID.exec(attr(anchor ?? null, 'id') ?? '')?.[1] ?? null
}

/** The first match that belongs to this comment and to no reply. */
function part(item: Element, selector: string): Element | null {
  const found = selectOne(selector, item)
  return found !== null && closest(found, '.comment') === item ? found : null
}

function authorOf(name: string | null, url: string | null): Author | null {
  if (name === null) return null
  const profile = parseUrl(url)
  const [, id = null, handle = null] = PROFILE.exec(profile?.pathname ?? '') ?? []
  return { id, handle, name, url: profile?.protocol.startsWith('http') ? profile.href : null }
}

function parentOf(item: Element, article: Post | null): Parent | null {
  const above = item.parent !== null && isTag(item.parent) ? outerComment(item.parent) : null
  const id = above === null ? null : idOf(above)
  const layout = { basis: 'layout', p: NESTED_P } as const
  if (id !== null)
    return { ...layout, ref: commentRef(id), key: commentKey(id), say: 'nested in the list below the comment' }
  if (article === null) return null
  return { ...layout, ref: article.ref, key: article.key, say: 'stands at the top of the comment list' }
}

function outerComment(element: Element): Element | null {
  for (let at: ParentNode | null = element; at !== null; at = at.parent)
    if (isTag(at) && idOf(at) !== null && attr(at, 'class')?.split(' ').includes('comment')) return at
  return null
}

function isToggle(element: Element): boolean {
  return attr(element, 'class')?.includes('show-all-toggle') === true
}
