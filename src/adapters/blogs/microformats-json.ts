// Microformats as parsers hand them on (https://microformats.org/wiki/microformats2-parsing): entries with lists of
// values, alone, in a feed or among a page's items; comments inside the entry they are on.
import type { Author, Extraction, Media, Parent, Post } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import { onceByUrl } from '../extraction/media.ts'
import { placeInJson, type Reader } from '../extraction/place.ts'
import { listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, type Json, listAt, objectAt, textAt, textsAt, valueAt } from '../values/json-fields.ts'

/** Pages of pages: feeds in feeds are hostile. */
const MAX_DEPTH = 4
const MEDIA = [
  ['photo', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
] as const

interface Entry {
  readonly entry: Json
  readonly path: string
  /** The feed's author, where the entry names none. */
  readonly owner: Author | null
}

export function isParsedMicroformats(json: unknown): boolean {
  return entriesIn(json, '', null, 0).length > 0
}

export function readParsedMicroformats(page: Page, reader: Reader): Extraction {
  const json = page.kind === 'json' ? page.json() : null
  const posts = entriesIn(json, '', null, 0).flatMap((entry, i) => postsOf(page, reader, entry, i))
  const keys = new Map(posts.flatMap(({ url, key }) => (url === null ? [] : [[url, key] as const])))
  const placed = posts.map((post) => {
    if (post.parent === null || post.parent.key !== null) return post
    return { ...post, parent: { ...post.parent, key: keys.get(post.parent.ref?.id ?? '') ?? null } }
  })
  return makeExtraction({ posts: listPosts(placed) })
}

function entriesIn(json: unknown, path: string, owner: Author | null, depth: number): readonly Entry[] {
  const node = asObject(json)
  if (node === null || depth > MAX_DEPTH) return []
  const types = textsAt(node, 'type')
  if (types.includes('h-entry') && objectAt(node, 'properties') !== null) return [{ entry: node, path, owner }]
  const list = types.includes('h-feed') ? 'children' : 'items'
  const theirs = types.includes('h-feed') ? (authorOf(first(node, 'author')) ?? owner) : owner
  return objectsIn(node, list).flatMap(({ item, at }) => entriesIn(item, `${path}/${list}/${at}`, theirs, depth + 1))
}

function objectsIn(node: Json, ...keys: readonly string[]): { item: Json; at: number }[] {
  const list = valueAt(node, ...keys)
  if (!Array.isArray(list)) return []
  return list.flatMap((one, at) => {
    const item = asObject(one)
    return item === null ? [] : [{ item, at }]
  })
}

function postsOf(page: Page, reader: Reader, { entry, path, owner }: Entry, index: number): readonly Post[] {
  const key = `entry-${index + 1}`
  const post = postOf(page, reader, { entry, path, owner }, key)
  const comments = objectsIn(entry, 'properties', 'comment').map(({ item, at }) => {
    const place = { entry: item, path: `${path}/properties/comment/${at}`, owner: null }
    const parent: Parent = { ref: post.ref, key, basis: 'declared', p: 1, say: 'listed among its comments' }
    return { ...postOf(page, reader, place, `${key}-comment-${at + 1}`), kind: 'comment' as const, parent }
  })
  const said = [post, ...comments].filter(({ text, media, title }) => text !== '' || media.length > 0 || title !== null)
  return said.includes(post) ? said : []
}

function postOf(page: Page, reader: Reader, { entry, path, owner }: Entry, key: string): Post {
  const base = page.url
  const url = resolve(linkIn(first(entry, 'url')), base)
  const words = wordsOf(entry, base)
  const title = titleOf(entry, words)
  return makePost({
    key,
    ref: url === null ? null : { platform: reader.name, id: url },
    kind: title === null ? 'post' : 'article',
    platform: reader.name,
    author: authorOf(first(entry, 'author')) ?? owner,
    title,
    ...words,
    createdAt: timeOfText(textOf(first(entry, 'published'))),
    editedAt: timeOfText(textOf(first(entry, 'updated'))),
    url,
    parent: parentOf(entry, url, base),
    media: mediaOf(entry, base),
    provenance: placeInJson(page, reader, path, null),
  })
}

function first(entry: Json, name: string): unknown {
  const values = valueAt(entry, 'properties', name)
  return Array.isArray(values) ? values[0] : undefined
}

/** A value is text, or an object that has its text beside. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  return textAt(value, 'value')?.trim() ?? null
}

function linkIn(value: unknown): string | null {
  const properties = objectAt(value, 'properties')
  return textsAt(properties, 'url')[0] ?? textOf(value)
}

function wordsOf(entry: Json, base: URL | null): Body {
  const content = first(entry, 'content') ?? first(entry, 'summary') ?? first(entry, 'name')
  const html = textAt(content, 'html')
  if (html !== null) return bodyFromHtml(html, base)
  const text = textOf(content)
  return text === null ? NO_BODY : { text, html: null }
}

/** Notes repeat their words as their name. */
function titleOf(entry: Json, { text }: Body): string | null {
  const title = textOf(first(entry, 'name'))
  return title === null || text.startsWith(title) || title.includes(text) ? null : title
}

function authorOf(value: unknown): Author | null {
  const card = objectAt(value, 'properties')
  const name = card === null ? textOf(value) : (textsAt(card, 'name')[0] ?? null)
  const url = parseUrl(card === null ? null : (textsAt(card, 'url')[0] ?? null))?.href ?? null
  if (name === null || parseUrl(name) !== null) return url === null ? null : { id: null, handle: null, name: null, url }
  return { id: null, handle: textsAt(card, 'nickname')[0] ?? null, name, url }
}

function parentOf(entry: Json, own: string | null, base: URL | null): Parent | null {
  const answered = resolve(linkIn(first(entry, 'in-reply-to')), base)
  if (answered === null || answered === own) return null
  return {
    ref: { platform: 'microformats', id: answered },
    key: null,
    basis: 'declared',
    p: 1,
    say: 'names the post it answers',
  }
}

function mediaOf(entry: Json, base: URL | null): readonly Media[] {
  const found = MEDIA.flatMap(([name, kind]) => {
    return listAt(entry, 'properties', name).flatMap((value) => {
      const url = parseUrl(resolve(textOf(value), base))?.href
      return url === undefined
        ? []
        : [{ kind, url, alt: textAt(value, 'alt'), width: null, height: null, poster: null }]
    })
  })
  return onceByUrl(found)
}
