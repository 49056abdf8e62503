// Substack's own data: a post and its comments, as the API gives them and as pages carry them. Comments nest in
// `children` and name all their ancestors in `ancestor_path` ("4.17.23", the last is the parent).
import type { Element } from 'domhandler'
import { hasClass, pathOf, textOf } from '../../markup/markup.ts'
import type { Author, Parent, Post, PostRef, Provenance } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { articleBody } from '../article/blog-html.ts'
import { knownOf, placeInJson, type Reader } from '../extraction/place.ts'
import { authorOf, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, idAt, type Json, listAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'

const SUBSTACK = 'substack'
/** A preview holds clearly less than the words the site counts; its count includes captions. */
const PREVIEW_SHARE = 0.8
const WIDGETS = [
  'subscription-widget-wrap',
  'button-wrapper',
  'captioned-button-wrap',
  'image-link-expand',
  'poll-embed',
]
const TAG = /<[^<>]*>/g
const WORD = /[\p{L}\p{N}]+/gu

export interface Place {
  readonly page: Page
  readonly reader: Reader
  /** The post the comments belong to, when it is here. */
  readonly post: Json | null
  readonly base: URL | null
  /** The element that shows the comment of that id, or the post for null. */
  readonly selector: (id: string | null) => Element | null
}

export function isSubstackPost(item: Json | null): boolean {
  const isPost = typeof valueAt(item, 'slug') === 'string' && valueAt(item, 'publication_id') !== undefined
  return isPost && idAt(item, 'id') !== null && typeof valueAt(item, 'canonical_url') === 'string'
}

export function isSubstackComment(item: Json | null): boolean {
  return (
    idAt(item, 'id') !== null &&
    typeof valueAt(item, 'ancestor_path') === 'string' &&
    valueAt(item, 'body') !== undefined
  )
}

export function readPost(place: Place, item: Json, path: string): Post {
  const url = parseUrl(textAt(item, 'canonical_url')) ?? place.base
  const ref = postRef(idAt(item, 'id'))
  return makePost({
    key: postKey(idAt(item, 'id')),
    ref,
    kind: 'article',
    platform: SUBSTACK,
    author: bylineOf(item),
    title: textAt(item, 'title'),
    ...articleBody(textAt(item, 'body_html') ?? '', url, isWidget),
    createdAt: timeOfText(textAt(item, 'post_date')),
    editedAt: timeOfText(textAt(item, 'updated_at')),
    url: url?.href ?? null,
    conversation: ref?.id ?? null,
    provenance: provenanceOf(place, null, path, knownOf({ subtitle: textAt(item, 'subtitle') })),
  })
}

/** All comments of `holder.comments`, each before its answers, without recursion. */
export function readComments(place: Place, holder: unknown, path: string): readonly Post[] {
  const open = listed(holder, 'comments', path, null)
  const posts: Post[] = []
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    posts.push(readComment(place, one))
    for (const child of listed(one.item, 'children', `${one.path}/children`, idAt(one.item, 'id'))) open.push(child)
  }
  return posts
}

/** Words the site counts beyond those in the body; 0 for a post that everyone may read. */
export function wordsBehindPaywall(post: Json): number {
  const audience = textAt(post, 'audience')
  if (audience === null || audience === 'everyone') return 0
  const here = (textAt(post, 'body_html') ?? '').replace(TAG, ' ').match(WORD)?.length ?? 0
  const all = countAt(post, 'wordcount') ?? 0
  return here < all * PREVIEW_SHARE ? all - here : 0
}

/** Where the API has all comments of the post. */
export function commentsUrl(post: Json, base: URL | null): string | null {
  const origin = (parseUrl(textAt(post, 'canonical_url')) ?? base)?.origin
  const id = idAt(post, 'id')
  return origin === undefined || id === null
    ? null
    : `${origin}/api/v1/post/${id}/comments?all_comments=true&sort=oldest_first`
}

/** Substack numbers the posts of all blogs in one row, and the comments in another. */
function postRef(id: string | null): PostRef | null {
  return id === null ? null : { platform: SUBSTACK, id: `post-${id}` }
}

export function commentRef(id: string): PostRef {
  return { platform: SUBSTACK, id: `comment-${id}` }
}

export function commentKey(id: string): string {
  return `comment-${id}`
}

function postKey(id: string | null): string {
  return id === null ? 'article' : `post-${id}`
}

interface Found {
  readonly item: Json
  readonly path: string
  readonly above: string | null
}

/** In reverse, for a stack. */
function listed(holder: unknown, name: string, path: string, above: string | null): Found[] {
  const found = listAt(holder, name).flatMap((one, i) => {
    const item = asObject(one)
    return item !== null && idAt(item, 'id') !== null ? [{ item, path: `${path}/${i}`, above }] : []
  })
  return found.reverse()
}

function readComment(place: Place, { item, path, above }: Found): Post {
  const id = idAt(item, 'id') ?? ''
  const body = valueAt(item, 'deleted') === true ? null : textAt(item, 'body')
  const writers = objectsAt(place.post, 'publishedBylines').map((byline) => idAt(byline, 'id'))
  const user = idAt(item, 'user_id')
  const postId = idAt(item, 'post_id') ?? idAt(place.post, 'id')
  return makePost({
    key: commentKey(id),
    ref: commentRef(id),
    kind: 'comment',
    platform: SUBSTACK,
    author: personOf(item, 'user_id'),
    isPostAuthor: valueAt(item, 'metadata', 'is_author') === true || (user !== null && writers.includes(user)),
    ...(body === null ? NO_BODY : { text: body.trim(), html: null }),
    createdAt: timeOfText(textAt(item, 'date')),
    editedAt: timeOfText(textAt(item, 'edited_at')),
    url: commentUrl(place, id),
    parent: parentOf(item, above, postId),
    conversation: postRef(postId)?.id ?? null,
    provenance: provenanceOf(place, id, path, body === null ? { withheld: 'deleted' } : null),
  })
}

function parentOf(item: Json, above: string | null, postId: string | null): Parent | null {
  const declared = { basis: 'declared', p: 1 } as const
  const id = textAt(item, 'ancestor_path')?.split('.').at(-1) ?? above
  if (id !== null) return { ...declared, ref: commentRef(id), key: commentKey(id), say: 'ancestor_path of the comment' }
  if (postId === null) return null
  return { ...declared, ref: postRef(postId), key: postKey(postId), say: 'ancestor_path of the comment is empty' }
}

function commentUrl(place: Place, id: string): string | null {
  const url = parseUrl(textAt(place.post, 'canonical_url'))
  return url === null ? null : `${url.origin}${url.pathname}/comment/${id}`
}

function bylineOf(item: Json): Author | null {
  const [first] = objectsAt(item, 'publishedBylines')
  return first === undefined ? null : personOf(first, 'id')
}

function personOf(item: Json, idKey: string): Author | null {
  const [id, handle, name] = [idAt(item, idKey), textAt(item, 'handle'), textAt(item, 'name')]
  if (handle !== null) return authorOf(handle, `https://substack.com/@${handle}`, { id, name })
  return id === null && name === null ? null : { id, handle: null, name, url: null }
}

/** In a page: the element that shows it, and the place in the page's data. */
function provenanceOf(place: Place, id: string | null, path: string, extra: Provenance['extra']): Provenance {
  const element = place.selector(id)
  return { ...placeInJson(place.page, place.reader, path, extra), selector: element === null ? null : pathOf(element) }
}

function isWidget(element: Element): boolean {
  return WIDGETS.some((name) => hasClass(element, name)) && textOf(element) !== ''
}
