// The comments of a Blogger page, threaded (`li.comment`, replies nested once) or flat (a definition list, before
// 2012).
import { type Element, isTag } from 'domhandler'
import { attr, closest, closestAround, hasClass, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost, NO_BODY, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type PrintedTime, readDate, slashOrder } from '../values/dates.ts'

const ITEMS = 'li.comment, dl#comments-block dt[id^="c"]'
const ITEM_ID = /^c(\d{5,20})$/
const HASH_ID = /#c(\d{5,20})$/
const EXACT_TIME = /[?&]showComment=(\d{12,14})\b/
const SAYS = /\s*(?:said|says|hat gesagt|sagt|dijo|a dit|ha detto|disse)(?:\.{3}|…)?:?$/i
/** `At March 5, 2006 9:12 AM, Ann said…` */
const AT_TIME = /^At .{0,60}\d[^,]{0,20}, (?=\S)/
/** Blogger's own nesting; deeper answers hang below the first level in the data too. */
const NESTED_P = 0.99
const PLATFORM = 'blogger'

interface Place {
  readonly reader: Reader
  readonly url: URL | null
  readonly article: Post | null
}

export interface BloggerComments {
  readonly posts: readonly Post[]
  /** Those that are printed only, without their exact time. */
  readonly times: readonly PrintedTime[]
}

/** In page order; some views print each comment twice. */
export function readComments(page: Page, place: Place): BloggerComments {
  const { root } = page.html()
  const order = slashOrder(attr(selectOne('html', root), 'lang'))
  const read = select(ITEMS, root).flatMap((item) => {
    const id = idOf(item)
    const date = dateOf(item)
    const printed = exactTime(attr(date, 'href')) === null ? readDate(textOf(date), order) : null
    return id === null ? [] : [{ post: postOf({ item, id, date, printed }, page, place), printed }]
  })
  return { posts: read.map(({ post }) => post), times: read.flatMap(({ printed }) => printed ?? []) }
}

interface Item {
  readonly item: Element
  readonly id: string
  readonly date: Element | null
  readonly printed: PrintedTime | null
}

/** The link that says when; the first templates set it before the name. */
function dateOf(item: Element): Element | null {
  return (
    part(item, '.datetime a, .comment-timestamp a') ?? (item.name === 'dt' ? selectOne('a[href*="#c"]', item) : null)
  )
}

function postOf({ item, id, date, printed }: Item, page: Page, place: Place): Post {
  const body = part(item, '.comment-content, .comment-body')
  const isDeleted = body !== null && selectOne('.deleted-comment', body) !== null
  const icon = part(item, '.icon.user')
  return makePost({
    key: keyOf(id),
    ref: { platform: PLATFORM, id },
    kind: 'comment',
    platform: PLATFORM,
    author: authorOf(item, place.url),
    isPostAuthor: (icon !== null && hasClass(icon, 'blog-author')) || hasClass(item, 'blog-author'),
    ...(isDeleted ? NO_BODY : bodyOf(body, place.url)),
    createdAt: exactTime(attr(date, 'href')) ?? printed?.iso ?? null,
    url: resolve(attr(date, 'href'), place.url),
    parent: parentOf(item, place.article),
    conversation: place.article?.conversation ?? null,
    provenance: placeInHtml(page, place.reader, item, isDeleted ? { withheld: 'deleted' } : null),
  })
}

/** The id stands on the item, on its block, or only in its permalink. */
function idOf(item: Element): string | null {
  const own =
    ITEM_ID.exec(attr(item, 'id') ?? '')?.[1] ?? ITEM_ID.exec(attr(part(item, '.comment-block'), 'id') ?? '')?.[1]
  return own ?? HASH_ID.exec(attr(part(item, '.datetime a'), 'href') ?? '')?.[1] ?? null
}

/** The first match that belongs to this comment and to no reply. In the flat list the parts follow the item. */
function part(item: Element, selector: string): Element | null {
  if (item.name === 'dt') return flatPart(item, selector)
  const found = selectOne(selector, item)
  return found !== null && closest(found, 'li.comment') === item ? found : null
}

function flatPart(item: Element, selector: string): Element | null {
  for (const root of flatRoots(item)) {
    const found = matches(root, selector) ? root : selectOne(selector, root)
    if (found !== null) return found
  }
  return null
}

/** `dt` is the name, the `dd`s up to the next `dt` are words and date. */
function flatRoots(item: Element): readonly Element[] {
  const roots = [item]
  for (let at = item.next; at !== null && !(isTag(at) && at.name === 'dt'); at = at.next) if (isTag(at)) roots.push(at)
  return roots
}

function bodyOf(body: Element | null, base: URL | null): Body {
  return body === null ? NO_BODY : bodyFromNodes(body.children, base)
}

function authorOf(item: Element, base: URL | null): Author | null {
  const place = item.name === 'dt' ? item : part(item, 'cite.user, cite, .user')
  const link = place === null ? null : selectOne('a[href*="profile"], a[rel="nofollow"]', place)
  const anonymous = item.name === 'dt' ? textOf(selectOne('.anon-comment-author', item)) : null
  const words = item.name === 'dt' ? (anonymous ?? textOf(link) ?? textOf(item)) : textOf(place)
  const name = words?.replace(SAYS, '').replace(AT_TIME, '') ?? null
  const url = resolve(attr(link, 'href'), base)
  return name === null || name === ''
    ? null
    : { id: null, handle: null, name, url: url?.startsWith('http') ? url : null }
}

function exactTime(href: string | null): string | null {
  return timeOfSeconds(Number(EXACT_TIME.exec(href ?? '')?.[1] ?? Number.NaN) / 1000)
}

function parentOf(item: Element, article: Post | null): Parent | null {
  const above = closestAround(item, 'li.comment')
  const id = above === null ? null : idOf(above)
  const layout = { basis: 'layout', p: NESTED_P } as const
  if (id !== null)
    return { ...layout, ref: { platform: PLATFORM, id }, key: keyOf(id), say: 'nested in the replies of the comment' }
  if (article === null) return null
  return { ...layout, ref: article.ref, key: article.key, say: 'stands at the top of the comment list' }
}

function keyOf(id: string): string {
  return `comment-${id}`
}
