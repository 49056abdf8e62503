// Notes and articles beside each other on somebody's own page, marked up with microformats
// (https://microformats.org/wiki/h-entry): an `h-feed`, or several entries with their words, or one note. Any other
// entry alone is an article, its comments with it.
import type { Element } from 'domhandler'
import { attr, closest, closestAround, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { isParsedMicroformats, readParsedMicroformats } from './microformats-json.ts'

const READER = { name: 'microformats', version: 1 } as const
const MIN_ENTRIES = 2
const ENTRY = '.h-entry'
const WORDS = '.e-content, .p-content'
const AUTHOR = '.p-author, .h-card'
const CARD = '.h-card'
/** Whose answers stand in the entry. */
const RESPONSES = '.p-comment, .u-comment, .p-like, .u-like, .h-entry, [id*="comment" i]'
/** Teasers of other pages stand in boxes beside. */
const ASIDE = 'nav, aside, footer, .p-comment, .u-comment'

export const microformats: Adapter = {
  ...READER,
  generic: true,
  examples: [],
  locate: () => null,
  recognises(page: Page): boolean {
    if (page.kind === 'json') return isParsedMicroformats(page.json())
    if (page.kind !== 'html' || !page.text.includes('h-entry')) return false
    const entries = entriesOf(page)
    return entries.length >= MIN_ENTRIES || entries.some(isNote)
  },
  extract: extractEntries,
}

function extractEntries(page: Page): Extraction {
  if (page.kind === 'json') return readParsedMicroformats(page, READER)
  if (page.kind !== 'html') return makeExtraction({})
  const { root } = page.html()
  const owners = select('.h-feed', root).flatMap((feed) => select(AUTHOR, feed))
  const owner = [...owners, ...select(AUTHOR, root)].find((card) => closest(card, ENTRY) === null) ?? null
  const posts = entriesOf(page).map((entry, i) => postOf(page, entry, i, owner))
  const keys = new Map(posts.flatMap(({ url, key }) => (url === null ? [] : [[url, key] as const])))
  return makeExtraction({
    posts: listPosts(posts.map((post) => ({ ...post, parent: withKey(post.parent, keys) }))),
    declared: { title: textOf(selectOne('title', root)), site: null, replies: null },
  })
}

/** The outermost entries that have words of their own. */
function entriesOf(page: Page): readonly Element[] {
  return select(ENTRY, page.html().root).filter((entry) => {
    return closestAround(entry, ENTRY) === null && closest(entry, ASIDE) === null && selectOne(WORDS, entry) !== null
  })
}

/** A note's words are its name too; an article reader would drop them as its title. */
function isNote(entry: Element): boolean {
  const words = selectOne(WORDS, entry)
  return words !== null && hasClass(words, 'p-name') && selectOne(RESPONSES, entry) === null
}

function postOf(page: Page, entry: Element, index: number, owner: Element | null): Post {
  const base = page.url
  const url = resolve(attr(ownLink(entry), 'href'), base)
  const words = selectOne(WORDS, entry)
  const title = titleOf(entry, words)
  return makePost({
    key: `entry-${index + 1}`,
    ref: url === null ? null : { platform: READER.name, id: url },
    kind: title === null ? 'post' : 'article',
    platform: READER.name,
    author: authorOf(selectOne('.p-author', entry) ?? owner, base),
    title,
    ...bodyFromNodes(words?.children ?? [], base),
    createdAt: timeIn(entry, '.dt-published'),
    editedAt: timeIn(entry, '.dt-updated'),
    url,
    parent: parentOf(entry, url, base),
    provenance: placeInHtml(page, READER, entry, null),
  })
}

/** The author's card, which may stand first, has an address too. */
function ownLink(entry: Element): Element | null {
  const links = select('a.u-url[href], .u-url a[href], link.u-url[href]', entry)
  return links.find((link) => closest(link, CARD) === null) ?? null
}

/** Notes repeat their words as their name. */
function titleOf(entry: Element, words: Element | null): string | null {
  const name = selectOne('.p-name', entry)
  if (name === null || words === null || name === words) return null
  const [title, text] = [textOf(name), textOf(words) ?? '']
  const isInAuthor = closest(name, AUTHOR) !== null
  return isInAuthor || title === null || text.startsWith(title) || title.includes(text) ? null : title
}

function authorOf(card: Element | null, base: URL | null): Author | null {
  const said = card === null ? null : (selectOne('.p-name', card) ?? card)
  // A card of a picture alone is named by it (microformats2, implied properties).
  const name = textOf(said) ?? attr(card === null ? null : selectOne('img[alt]', card), 'alt')
  if (card === null || name === null || name.trim() === '') return null
  const link = hasClass(card, 'u-url') || card.name === 'a' ? card : selectOne('a.u-url[href], a[href]', card)
  return { id: null, handle: null, name, url: resolve(attr(link, 'href'), base) }
}

function timeIn(entry: Element, selector: string): string | null {
  const element = selectOne(selector, entry)
  return timeOfText(attr(element, 'datetime') ?? attr(element, 'title') ?? textOf(element))
}

function parentOf(entry: Element, own: string | null, base: URL | null): Parent | null {
  const link = selectOne('a.u-in-reply-to[href], .u-in-reply-to a[href]', entry)
  const answered = resolve(attr(link, 'href'), base)
  if (answered === null || answered === own) return null
  const ref = { platform: READER.name, id: answered }
  return { ref, key: null, basis: 'declared', p: 1, say: 'names the post it answers' }
}

function withKey(parent: Parent | null, keys: ReadonlyMap<string, string>): Parent | null {
  return parent === null ? null : { ...parent, key: keys.get(parent.ref?.id ?? '') ?? null }
}
