// One post, page or comment of WordPress's REST API as a Post. Which objects an answer holds is wp-json.ts's business.
import { bareRun } from '../../bare.ts'
import type { Author, Parent, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { articleBody, plainTitle } from '../article/blog-html.ts'
import { knownOf, placeInJson, type Reader } from '../extraction/place.ts'
import { makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { idAt, type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { commentKey, commentRef, postKey, postRef, WORDPRESS } from './names.ts'

/** As much of an excerpt is looked for in the text; themes end it with "Read more". */
const EXCERPT_SHARE = 0.7

/** An object of the answer and its JSON Pointer. */
export interface FoundEntry {
  readonly item: Json
  readonly path: string
}

interface Answer {
  readonly page: Page
  readonly reader: Reader
  /** The accounts of the posts in it, by the post's id. */
  readonly authors: ReadonlyMap<string | null, string | null>
}

/** A post or page: it has a title and may be empty. */
export function isEntry(item: Json): boolean {
  const isWritten = typeof valueAt(item, 'content', 'rendered') === 'string'
  return idAt(item, 'id') !== null && isWritten && typeof valueAt(item, 'title', 'rendered') === 'string'
}

export function isComment(item: Json): boolean {
  const isWritten = typeof valueAt(item, 'content', 'rendered') === 'string'
  return idAt(item, 'id') !== null && isWritten && typeof valueAt(item, 'author_name') === 'string'
}

export function readEntry({ page, reader }: Answer, { item, path }: FoundEntry): Post {
  const url = urlOf(page, item)
  const id = idAt(item, 'id') ?? ''
  const isHidden = valueAt(item, 'content', 'protected') === true && textAt(item, 'content', 'rendered') === null
  const type = textAt(item, 'type')
  const body = isHidden ? NO_BODY : articleBody(textAt(item, 'content', 'rendered') ?? '', url)
  const extra = knownOf({
    type: type === 'post' ? null : type,
    status: unlessUsual(textAt(item, 'status'), 'publish'),
    withheld: isHidden ? 'protected by a password' : null,
    excerpt: isHidden ? null : writtenExcerpt(item, body.text),
  })
  const ref = postRef(hostOf(page, url), id)
  return makePost({
    key: postKey(id),
    ref,
    kind: 'article',
    platform: WORDPRESS,
    author: entryAuthor(item, hostOf(page, url)),
    title: plainTitle(textAt(item, 'title', 'rendered')),
    ...body,
    createdAt: timeOf(item, 'date'),
    editedAt: editedAt(item),
    url: url?.href ?? null,
    conversation: ref?.id ?? null,
    provenance: placeInJson(page, reader, path, extra),
  })
}

/** WordPress makes an excerpt of the first 55 words; one that the author wrote has words of its own. */
function writtenExcerpt(item: Json, text: string): string | null {
  const excerpt = bodyFromHtml(textAt(item, 'excerpt', 'rendered') ?? '', null).text
  const letters = bareRun(excerpt)
  const beginning = letters.slice(0, Math.floor(letters.length * EXCERPT_SHARE))
  return bareRun(text).includes(beginning) ? null : excerpt
}

export function readComment({ page, reader, authors }: Answer, { item, path }: FoundEntry): Post {
  const url = urlOf(page, item)
  const host = hostOf(page, url)
  const [id, author, post] = [idAt(item, 'id') ?? '', idAt(item, 'author'), idAt(item, 'post')]
  const type = textAt(item, 'type')
  const extra = knownOf({
    type: type === 'comment' ? null : type,
    status: unlessUsual(textAt(item, 'status'), 'approved'),
  })
  return makePost({
    key: commentKey(id),
    ref: commentRef(host, id),
    kind: 'comment',
    platform: WORDPRESS,
    author: commentAuthor(item, host),
    isPostAuthor: author !== null && authors.get(post) === author,
    ...bodyFromHtml(textAt(item, 'content', 'rendered') ?? '', url),
    createdAt: timeOf(item, 'date'),
    url: url?.href ?? null,
    parent: parentOf(item, host),
    conversation: postRef(host, post)?.id ?? null,
    provenance: placeInJson(page, reader, path, extra),
  })
}

/** `parent` is 0 for an answer to the post. */
function parentOf(item: Json, host: string | null): Parent | null {
  const [above, post] = [idAt(item, 'parent'), idAt(item, 'post')]
  const declared = { basis: 'declared', p: 1 } as const
  if (above !== null)
    return { ...declared, ref: commentRef(host, above), key: commentKey(above), say: 'parent of the comment' }
  if (post === null) return null
  return { ...declared, ref: postRef(host, post), key: postKey(post), say: 'post of the comment, which has no parent' }
}

function urlOf(page: Page, item: Json): URL | null {
  const link = textAt(item, 'link')
  return link === null ? page.url : parseUrl(link)
}

function hostOf(page: Page, url: URL | null): string | null {
  return url?.host ?? page.url?.host ?? null
}

/** Dates without `_gmt` are the site's clock: they are not taken. */
function timeOf(item: Json, key: string): string | null {
  return timeOfText(textAt(item, `${key}_gmt`))
}

function editedAt(item: Json): string | null {
  const [created, modified] = [timeOf(item, 'date'), timeOf(item, 'modified')]
  return modified === created ? null : modified
}

/** The name is there only when the answer was asked for with `_embed`. */
function entryAuthor(item: Json, host: string | null): Author | null {
  const embedded = objectsAt(item, '_embedded', 'author')[0]
  const name = plainTitle(textAt(embedded, 'name')) ?? textAt(item, 'yoast_head_json', 'author')
  const id = accountOf(idAt(item, 'author'), host)
  if (name === null && id === null) return null
  return { id, handle: textAt(embedded, 'slug'), name, url: parseUrl(textAt(embedded, 'link'))?.href ?? null }
}

function commentAuthor(item: Json, host: string | null): Author | null {
  const name = plainTitle(textAt(item, 'author_name'))
  const id = accountOf(idAt(item, 'author'), host)
  if (name === null && id === null) return null
  return { id, handle: null, name, url: parseUrl(textAt(item, 'author_url'))?.href ?? null }
}

/** Accounts are numbered by site, as posts are. */
function accountOf(id: string | null, host: string | null): string | null {
  return id === null || host === null ? null : `${host}/author-${id}`
}

function unlessUsual(status: string | null, usual: string): string | null {
  return status === usual ? null : status
}
