// The catch-all for HTML: any page with one article in it, read by a well-kept library. What stands in an article's
// place (walls, script shells, nothing) becomes a note. Comments are kept apart from the article.
import type { Element } from 'domhandler'
import { parseHtml, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Post, PostRef } from '../../model.ts'
import { UNKNOWN_POST } from '../../post.ts'
import type { Adapter, Located } from '../adapter.ts'
import { type PageComments, readPageComments } from '../comments/comments.ts'
import { declaredComments } from '../comments/count.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import { readLoosePosts } from '../comments/loose-posts.ts'
import { withAuthors } from '../comments/post-author.ts'
import { entryOf, withoutEntry } from '../comments/thread-alone.ts'
import { drawnEmbeds, embedsAsPosts } from '../embeds/embeds.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { readLinkedPosts } from '../linked-posts/linked-posts.ts'
import { insteadNotes } from '../page/instead.ts'
import type { Page } from '../page/page.ts'
import { readCarriedComments } from '../rows/carried-comments.ts'
import { ARTICLE_KEY, addressRef, articlePost, zoneNotes } from './blog-article.ts'
import { feedOf, readDoor } from './door.ts'
import { isListPage, listExtraction, readListPage } from './list-page.ts'
import { named } from './metadata/author.ts'
import { ownUrl, type PageFacts, readFacts } from './metadata/metadata.ts'
import { splitNumbered } from './numbered-posts.ts'
import { paywallNotes } from './paywall.ts'
import { isTooLarge, readArticle, readMarked } from './readable.ts'

const NAME = 'article'
const VERSION = 1
/** Comments that make a page one of comments. */
const MIN_ALONE = 2
const READER = { name: NAME, version: VERSION }

export const article: Adapter = {
  name: NAME,
  version: VERSION,
  generic: true,
  traits: ['any-site'],
  examples: [],

  locate(): Located | null {
    return null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html'
  },

  extract(page: Page): Extraction {
    if (isTooLarge(page.html().root)) return makeExtraction({ notes: [nothingNote(page, 'too-large')] })
    const door = readDoor(page)
    if (door !== null) return door
    const instead = insteadNotes(page)
    if (instead.length > 0) return makeExtraction({ notes: instead })
    const { root } = page.html()
    const linked = readLinkedPosts(page, READER)
    if (linked !== null) return linked
    if (isListPage(root, page.url)) return readList(page)
    const found = readPageComments(page, READER, ownUrl(root, page.url))
    const facts = readFacts(root, page.url, found.elements)
    const apart = readPost(page, facts, found.elements)
    const entry = apart === null && found.posts.length > 0 ? entryOf(page.url ?? facts.url) : null
    if (entry !== null) return readThreadAlone(page, found, entry)
    if (apart === null && areSigned(found)) return readCommentsAlone(page, found)
    // When nothing is left without them, what only looks like comments is the page itself.
    const shown = apart === null ? NO_COMMENTS : found
    const carried = shown.posts.length === 0 ? readCarriedComments(page, READER, facts.title) : null
    const comments = carried === null ? shown.posts : carried.posts
    const post = apart ?? readPost(page, facts, NO_COMMENTS.elements)
    if (post === null) return readPostsApart(page, facts)
    return makeExtraction({
      notes: [
        ...(comments.length === 0 ? elsewhereNotes(page) : []),
        ...withheldNotes(page, comments),
        ...(carried?.notes ?? []),
        ...paywallNotes(page),
        ...zoneNotes(page, [facts.published, ...shown.times]),
      ],
      posts: withThread(page, post, withAuthors(comments, post.author)),
      declared: { title: facts.title, site: facts.site, replies: declaredComments(root) ?? carried?.declared ?? null },
    })
  },
}

/** One thread of an entry's comments; the entry is another page. */
function readThreadAlone(page: Page, { posts, times }: PageComments, entry: URL): Extraction {
  const message = 'This page is one thread of the comments on an entry; the entry itself is not here.'
  return makeExtraction({
    posts: withoutEntry(posts, refOf({ url: entry })),
    next: [entry.href],
    notes: [noteOn(page, 'info', 'entry-elsewhere', message), ...zoneNotes(page, times)],
  })
}

/** Whether somebody wrote each at some time: an article in a box that is called a comment is nobody's. */
function areSigned({ posts }: PageComments): boolean {
  const isSigned = ({ author, createdAt, provenance }: Post) =>
    author !== null && (createdAt !== null || provenance.extra?.['printedTime'] !== undefined)
  return posts.length >= MIN_ALONE && posts.every(isSigned)
}

/** Comments and nothing else: a frame of a comment system that was saved by itself, a page of a thread. */
function readCommentsAlone(page: Page, { posts, times }: PageComments): Extraction {
  const message = 'This page holds comments only; what they are about is not on it.'
  const { root } = page.html()
  const url = ownUrl(root, page.url)
  return makeExtraction({
    // The page stands for what is missing: all are about the same.
    posts: withoutEntry(posts, url === null ? null : refOf({ url })),
    notes: [noteOn(page, 'info', 'entry-elsewhere', message), ...zoneNotes(page, times)],
    declared: { title: null, site: null, replies: url === null ? null : declaredComments(root) },
  })
}

function readList(page: Page): Extraction {
  const facts = readFacts(page.html().root, page.url)
  const list = readListPage({ page, reader: READER, facts, refOf })
  return list === null ? makeExtraction({}) : listExtraction(list, facts)
}

function refOf({ url }: { readonly url: URL }): PostRef | null {
  return addressRef(url)
}

/** Posts too short to make an article: numbered paragraphs, embeds of X, or like boxes. */
function readPostsApart(page: Page, facts: PageFacts): Extraction {
  const { root } = page.html()
  const provenance = placeInHtml(page, READER, selectOne('body', root), null)
  const { title, author, lang } = facts
  const url = facts.url?.href ?? null
  const empty = { ...UNKNOWN_POST, key: ARTICLE_KEY, kind: 'article', platform: NAME, text: '', html: null } as const
  const numbered = splitNumbered({ ...empty, title, author, lang, url, provenance }, root, page.url)
  const embedded = numbered ?? embedsAsPosts(root, page, READER)
  const posts = embedded.length > 0 ? embedded : readLoosePosts(page, READER, page.url)
  return makeExtraction(posts.length === 0 ? { notes: [nothingNote(page, 'nothing-readable')] } : { posts })
}

/** A thread that was put on a page as paragraphs is one again; the page's comments answer its first post. */
function withThread(page: Page, post: Post, comments: readonly Post[]): readonly Post[] {
  const thread = splitNumbered(post, page.html().root, page.url)
  const [first] = thread ?? []
  if (thread === null || first === undefined) return [post, ...comments]
  const answers = comments.map((one) =>
    one.parent?.key === ARTICLE_KEY ? { ...one, parent: { ...one.parent, key: first.key } } : one,
  )
  return [...thread, ...answers].map((one, index) => ({ ...one, index }))
}

const NO_COMMENTS: PageComments = { posts: [], times: [], elements: new Set() }

function readPost(page: Page, facts: PageFacts, comments: ReadonlySet<Element>): Post | null {
  const { root } = page.html()
  const cut = { isOut: (element: Element) => comments.has(element), instead: drawnEmbeds(root, page.url) }
  const found = readArticle(root, cut) ?? readMarked(root, cut)
  if (found === null) return null
  const known = { ...facts, title: facts.title ?? found.title, author: facts.author ?? named(found.byline)[0] ?? null }
  const ref = addressRef(facts.url)
  const provenance = placeInHtml(page, READER, selectOne('article', root) ?? selectOne('body', root), null)
  const post = articlePost({ page, platform: NAME, ref, facts: known, body: parseHtml(found.html).root, provenance })
  return post.text === '' ? null : post
}

const NOTHING = {
  'too-large': 'This page is too large to look for an article in it, and no adapter knows it.',
  'nothing-readable': 'No article was found on this page. Give it as a browser shows it, saved, or its text, copied.',
} as const

function nothingNote(page: Page, code: keyof typeof NOTHING): Note {
  const feed = feedOf(page)
  return noteOn(
    page,
    'warning',
    code,
    `${NOTHING[code]}${feed === null ? '' : ` It offers a feed; give that: ${feed}`}`,
  )
}
