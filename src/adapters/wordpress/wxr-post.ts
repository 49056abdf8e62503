// One item or comment of a WordPress export as a Post. Which of them were published is wxr.ts's business.
import type { Element } from 'domhandler'
import type { Author, Parent, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { articleBody, plainTitle } from '../article/blog-html.ts'
import { knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { languageOf } from '../values/language.ts'
import { fieldOf, firstField } from '../values/xml-fields.ts'
import { commentKey, commentRef, postKey, postRef, WORDPRESS } from './names.ts'
import { drawShortcodes, type Pictures } from './shortcodes.ts'
import { storedToHtml } from './wxr-text.ts'

/** Ids are numbers; 0 means none. */
const ID = /^[1-9]\d{0,19}$/
/** Exports cut down by hand keep the number in the short link only. */
const QUERY_ID = /\?(?:p|page_id)=([1-9]\d{0,19})$/

export interface Blog {
  readonly page: Page
  readonly reader: Reader
  readonly url: string | null
  readonly lang: string | null
  /** Accounts by login. */
  readonly people: ReadonlyMap<string, { readonly id: string | null; readonly name: string | null }>
  /** Addresses of pictures by their own number. */
  readonly pictures: ReadonlyMap<string, string>
  /** Addresses of pictures by the number of the post that they were put into. */
  readonly picturesOf: ReadonlyMap<string, readonly string[]>
}

/** What an item says of itself, read once: a post may have thousands of comments. */
interface Entry {
  readonly blog: Blog
  readonly item: Element
  readonly url: URL | null
  readonly id: string | null
  readonly key: string
  readonly creator: { readonly login: string; readonly id: string | null; readonly name: string | null } | null
}

export function openEntry(blog: Blog, item: Element, index: number): Entry {
  const id = idOf(item, 'wp:post_id') ?? QUERY_ID.exec(firstField(item, ['guid', 'link']) ?? '')?.[1] ?? null
  const login = fieldOf(item, 'dc:creator')
  const creator = login === null ? null : { login, ...(blog.people.get(login) ?? { id: null, name: login }) }
  const url = parseUrl(fieldOf(item, 'link')) ?? parseUrl(blog.url)
  return { blog, item, url, id, key: id === null ? `item-${index + 1}` : postKey(id), creator }
}

export function readEntry(entry: Entry): Post {
  const { blog, item, url } = entry
  const type = fieldOf(item, 'wp:post_type')
  const ref = postRef(url?.host ?? null, entry.id)
  const extra = knownOf({
    type: type === 'post' ? null : type,
    password: fieldOf(item, 'wp:post_password') === null ? null : 'asked for by the site',
  })
  return makePost({
    key: entry.key,
    ref,
    kind: 'article',
    platform: WORDPRESS,
    author: entryAuthor(entry),
    title: plainTitle(fieldOf(item, 'title')),
    ...articleBody(
      storedToHtml(fieldOf(item, 'content:encoded') ?? '', (text) => drawShortcodes(text, picturesOf(entry))),
      url,
    ),
    createdAt: timeOfText(fieldOf(item, 'wp:post_date_gmt')) ?? timeOfText(fieldOf(item, 'pubdate')),
    editedAt: editedAt(item),
    url: url?.href ?? null,
    lang: languageOf(blog.lang),
    conversation: ref?.id ?? null,
    provenance: placeInHtml(blog.page, blog.reader, item, extra),
  })
}

/** A gallery names its pictures, or shows all that were put into its post. */
function picturesOf({ blog, id }: Entry): Pictures {
  return (ids) =>
    ids === null
      ? (blog.picturesOf.get(id ?? '') ?? [])
      : ids.map((one) => blog.pictures.get(one)).filter((url) => url !== undefined)
}

export function readReply(entry: Entry, comment: Element, index: number): Post {
  const { blog, url } = entry
  const host = url?.host ?? null
  const id = idOf(comment, 'wp:comment_id')
  const type = fieldOf(comment, 'wp:comment_type')
  const account = idOf(comment, 'wp:comment_user_id')
  const extra = knownOf({ type: type === 'comment' ? null : type })
  return makePost({
    key: id === null ? `${entry.key}-comment-${index + 1}` : commentKey(id),
    ref: commentRef(host, id),
    kind: 'comment',
    platform: WORDPRESS,
    author: commentAuthor(comment, account, host),
    isPostAuthor: account !== null && account === entry.creator?.id,
    ...bodyFromHtml(storedToHtml(fieldOf(comment, 'wp:comment_content') ?? ''), url),
    createdAt: timeOfText(fieldOf(comment, 'wp:comment_date_gmt')),
    url: url === null || id === null ? null : new URL(`#comment-${id}`, url).href,
    lang: languageOf(blog.lang),
    parent: parentOf(entry, comment, host),
    conversation: postRef(host, entry.id)?.id ?? null,
    provenance: placeInHtml(blog.page, blog.reader, comment, extra),
  })
}

function parentOf(entry: Entry, comment: Element, host: string | null): Parent {
  const above = idOf(comment, 'wp:comment_parent')
  const declared = { basis: 'declared', p: 1 } as const
  if (above !== null)
    return {
      ...declared,
      ref: commentRef(host, above),
      key: commentKey(above),
      say: 'wp:comment_parent of the comment',
    }
  const ref = postRef(host, entry.id)
  return { ...declared, ref, key: entry.key, say: 'comment of the post it is stored with' }
}

function idOf(element: Element, name: string): string | null {
  const text = fieldOf(element, name) ?? ''
  return ID.test(text) ? text : null
}

function entryAuthor({ creator, url }: Entry): Author | null {
  if (creator === null) return null
  const id = creator.id === null || url === null ? null : `${url.host}/author-${creator.id}`
  return { id, handle: creator.login, name: creator.name, url: null }
}

function commentAuthor(comment: Element, account: string | null, host: string | null): Author | null {
  const name = plainTitle(fieldOf(comment, 'wp:comment_author'))
  const url = parseUrl(fieldOf(comment, 'wp:comment_author_url'))?.href ?? null
  const id = account === null || host === null ? null : `${host}/author-${account}`
  return name === null && id === null ? null : { id, handle: null, name, url }
}

/** WordPress 5.8 and newer store when a post was last changed. */
function editedAt(item: Element): string | null {
  const [created, modified] = ['wp:post_date_gmt', 'wp:post_modified_gmt'].map((name) =>
    timeOfText(fieldOf(item, name)),
  )
  return modified === created ? null : (modified ?? null)
}
