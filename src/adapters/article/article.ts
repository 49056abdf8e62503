// The catch-all for HTML: any page with one article in it, read by a well-kept library. What stands in an article's place
// (walls, script shells, nothing) becomes a note. Comments are kept apart from the article.
import type { Element } from 'domhandler'
import { parseHtml, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Post } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import { type PageComments, readPageComments } from '../comments/comments.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import type { Page } from '../page.ts'
import { wallNotes } from '../walls.ts'
import { named } from './author.ts'
import { articlePost, emptyExtraction, provenanceOf, zoneNotes } from './blog-article.ts'
import { ownUrl, type PageFacts, readFacts } from './metadata.ts'
import { isTooLarge, readArticle, readMarked } from './readable.ts'

const NAME = 'article'
const VERSION = 1

export const article: Adapter = {
  name: NAME,
  version: VERSION,
  generic: true,
  examples: [],

  locate(): Located | null {
    return null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html'
  },

  extract(page: Page): Extraction {
    if (isTooLarge(page.html().root)) return emptyExtraction([nothingNote(page, 'too-large')])
    const walls = wallNotes(page)
    if (walls.length > 0) return emptyExtraction(walls)
    const { root } = page.html()
    const found = readPageComments(page, { name: NAME, version: VERSION }, ownUrl(root, page.url))
    const facts = readFacts(root, page.url, found.elements)
    const apart = readPost(page, facts, found.elements)
    // When nothing is left without them, what looks like comments is the page itself.
    const comments = apart === null ? NO_COMMENTS : found
    const post = apart ?? readPost(page, facts, NO_COMMENTS.elements)
    if (post === null) return emptyExtraction([nothingNote(page, 'nothing-readable')])
    return {
      ...emptyExtraction([
        ...(comments.posts.length === 0 ? elsewhereNotes(page) : []),
        ...zoneNotes(page, [facts.published, ...comments.times]),
      ]),
      posts: [post, ...comments.posts],
      declared: { title: facts.title, site: facts.site, replies: null },
    }
  },
}

const NO_COMMENTS: PageComments = { posts: [], times: [], elements: new Set() }

function readPost(page: Page, facts: PageFacts, comments: ReadonlySet<Element>): Post | null {
  const { root } = page.html()
  const isOut = (element: Element) => comments.has(element)
  const found = readArticle(root, isOut) ?? readMarked(root, isOut)
  if (found === null) return null
  const known = { ...facts, title: facts.title ?? found.title, author: facts.author ?? named(found.byline)[0] ?? null }
  const ref = facts.url === null ? null : { platform: NAME, id: facts.url.href }
  const provenance = provenanceOf(page, NAME, VERSION, selectOne('article', root) ?? selectOne('body', root))
  const post = articlePost({ page, platform: NAME, ref, facts: known, body: parseHtml(found.html).root, provenance })
  return post.text === '' ? null : post
}

const NOTHING = {
  'too-large': 'This page is too large to look for an article in it, and no adapter knows it.',
  'nothing-readable': 'No article was found on this page.',
} as const

function nothingNote(page: Page, code: keyof typeof NOTHING): Note {
  return { level: 'warning', code, message: NOTHING[code], input: page.capture.input }
}
