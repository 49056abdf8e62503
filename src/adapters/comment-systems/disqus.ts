// Disqus's export: all threads (pages of a site) and posts (comments) of a forum. Parents are declared. A forum that
// was imported twice holds comments twice, under new numbers: the copies are laid together, and their answers hung
// below the one kept.
import type { Element } from 'domhandler'
import { attr } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { plainTitle } from '../article/blog-html.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { bodyWithLink, listPosts, makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { childAttr, childOf, childrenOf, fieldOf, rootElement } from '../values/xml-fields.ts'

const NAME = 'disqus'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
/** Between parts of a key; no field holds it. */
const JOINT = '\u0000'

export const disqus: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'xml' && rootElement(page.xml().root)?.name === 'disqus'
  },

  extract(page: Page): Extraction {
    const forum = page.kind === 'xml' ? rootElement(page.xml().root) : null
    const all = childrenOf(forum, 'post').filter((post) => idOf(post) !== null)
    const shown = all.filter((post) => !isTrue(post, 'isdeleted') && !isTrue(post, 'isspam'))
    const copies = findCopies(shown)
    const kept = shown.filter((post) => !copies.has(idOf(post) ?? ''))
    const discussed = new Set(kept.map(threadOf))
    const threads = childrenOf(forum, 'thread').filter((thread) => discussed.has(idOf(thread)))
    const posts = listPosts([
      ...threads.map((thread) => readThread(page, thread)),
      ...kept.map((post) => readPost(page, post, copies)),
    ])
    return makeExtraction({ posts, notes: notesOf(page, all, copies.size) })
  },
}

/** Comments that say the same at the same time in the same thread: the number of each copy, and of the one kept. */
function findCopies(posts: readonly Element[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  const copies = new Map<string, string>()
  for (const post of posts) {
    const [id, time] = [idOf(post) ?? '', fieldOf(post, 'createdat')]
    const key = [threadOf(post), time, authorName(post), fieldOf(post, 'message')].join(JOINT)
    const known = first.get(key)
    if (known === undefined || time === null) first.set(key, id)
    else if (known !== id) copies.set(id, known)
  }
  return copies
}

/** The export holds no article: its page is named by title and link, so that comments have a root. */
function readThread(page: Page, thread: Element): Post {
  const url = parseUrl(fieldOf(thread, 'link'))
  const ref = threadRef(idOf(thread))
  return makePost({
    key: `thread-${idOf(thread)}`,
    ref,
    kind: 'article',
    platform: NAME,
    title: plainTitle(fieldOf(thread, 'title')),
    ...bodyWithLink(url?.href ?? null, '', null),
    createdAt: timeOfText(fieldOf(thread, 'createdat')),
    url: url?.href ?? null,
    conversation: ref?.id ?? null,
    provenance: placeInHtml(page, READER, thread, { standsFor: 'the article at its link' }),
  })
}

function readPost(page: Page, post: Element, copies: ReadonlyMap<string, string>): Post {
  const id = idOf(post) ?? ''
  return makePost({
    key: keyOf(id),
    ref: { platform: NAME, id },
    kind: 'comment',
    platform: NAME,
    author: authorOf(post),
    ...bodyFromHtml(fieldOf(post, 'message') ?? '', null),
    createdAt: timeOfText(fieldOf(post, 'createdat')),
    parent: parentOf(post, copies),
    conversation: threadRef(threadOf(post))?.id ?? null,
    provenance: placeInHtml(page, READER, post, null),
  })
}

function parentOf(post: Element, copies: ReadonlyMap<string, string>): Parent | null {
  const declared = { basis: 'declared', p: 1 } as const
  const named = childAttr(post, 'parent', 'dsq:id')
  const id = named === null ? null : (copies.get(named) ?? named)
  if (id !== null) return { ...declared, ref: { platform: NAME, id }, key: keyOf(id), say: 'parent of the post' }
  const thread = threadOf(post)
  if (thread === null) return null
  return {
    ...declared,
    ref: threadRef(thread),
    key: `thread-${thread}`,
    say: 'thread of the post, which has no parent',
  }
}

function authorOf(post: Element): Author | null {
  const author = childOf(post, 'author')
  const [name, handle] = [authorName(post), fieldOf(author, 'username')]
  if (name === null && handle === null) return null
  return {
    id: null,
    handle,
    name,
    url: handle === null ? null : `https://disqus.com/by/${encodeURIComponent(handle)}/`,
  }
}

function authorName(post: Element): string | null {
  return fieldOf(childOf(post, 'author'), 'name')
}

function idOf(element: Element): string | null {
  return attr(element, 'dsq:id')
}

function threadOf(post: Element): string | null {
  return childAttr(post, 'thread', 'dsq:id')
}

function threadRef(id: string | null): PostRef | null {
  return id === null ? null : { platform: NAME, id: `thread-${id}` }
}

function keyOf(id: string): string {
  return `comment-${id}`
}

function isTrue(post: Element, name: string): boolean {
  return fieldOf(post, name) === 'true'
}

function notesOf(page: Page, all: readonly Element[], copies: number): Note[] {
  const deleted = all.filter((post) => isTrue(post, 'isdeleted')).length
  const spam = all.filter((post) => !isTrue(post, 'isdeleted') && isTrue(post, 'isspam')).length
  const withheld = `${deleted} deleted comments and ${spam} of spam were left; answers to them keep their parents' names.`
  const merged = `${copies} comments are there twice, from an import; the copies were laid together.`
  return [
    ...(deleted + spam > 0 ? [noteOn(page, 'info', 'comments-withheld', withheld)] : []),
    ...(copies > 0 ? [noteOn(page, 'info', 'merged', merged)] : []),
  ]
}
