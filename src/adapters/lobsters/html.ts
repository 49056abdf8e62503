// Lobsters as HTML: a story with its comments, or a list of stories or of comments. Whom a comment answers is told by
// its nesting. Times are written in the site's own zone, which is not named, beside the seconds since 1970; pages
// before 2024 wrote the offset.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closestAround, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import { makeExtraction, storyListNote, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { authorOf, bodyWithLink, listPosts, makePost, NO_BODY, timeOfSeconds, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentUrl, goneIn, LOBSTERS, NAME, READER, refOf, SHORT_ID, SITE, storyInPath, storyUrl } from './names.ts'
import { layoutParent } from './tree.ts'

const STORY = 'li.story[id^="story_"]'
const COMMENT = 'div.comment[id^="c_"]'
const ID = /^(?:story|c)_(.+)$/
const OFFSET = /\d\d:\d\d:\d\d [+-]\d{4}$/
const SECONDS = /^\d{9,11}$/
const COUNT = /^(\d{1,6}|no)\s+comments?$/
const LIST_KEY = 'stories'

export function isLobstersHtml(root: Document): boolean {
  return selectOne(`${STORY}[data-shortid], ${COMMENT}[data-shortid]`, root) !== null
}

export function readLobstersHtml(page: Page): Extraction {
  const { root } = page.html()
  const base = page.url ?? parseUrl(attr(selectOne('link[rel="canonical"]', root), 'href')) ?? new URL(SITE)
  const stories = select(STORY, root).filter((one) => idOf(one) !== null)
  const comments = select(COMMENT, root).filter((one) => idOf(one) !== null)
  const isItem = stories.length === 1 && (comments.length > 0 || selectOne('.story_content', root) !== null)
  const top = isItem ? storyUrl(idOf(stories[0] as Element) ?? '', base) : null
  const reading: Reading = { page, base, top, block: isItem ? null : LIST_KEY }
  const posts = listPosts([
    ...stories.map((one) => storyOf(one, reading, isItem ? selectOne('.story_text', root) : null)),
    ...comments.map((one) => commentOf(one, reading)),
  ])
  const title = textOf(selectOne('title', root))
  const list = { key: LIST_KEY, kind: 'list', title, url: base.href, author: null, declaredTotal: null } as const
  return makeExtraction({
    posts,
    blocks: isItem ? [] : [list],
    notes: [...withheldNotes(page, posts), ...(isItem ? [] : [storyListNote(page)])],
    declared: {
      title: isItem ? (posts[0]?.title ?? null) : title,
      site: base.host === new URL(SITE).host ? LOBSTERS : base.host,
      replies: isItem ? repliesOf(stories[0] as Element) : null,
    },
  })
}

interface Reading {
  readonly page: Page
  readonly base: URL
  /** The story the page is about; null on a list. */
  readonly top: string | null
  readonly block: string | null
}

function idOf(element: Element): string | null {
  const id = ID.exec(attr(element, 'id') ?? '')?.[1] ?? ''
  return SHORT_ID.test(id) ? id : null
}

function storyOf(element: Element, { page, base, block }: Reading, text: Element | null): Post {
  const id = idOf(element) ?? ''
  const url = storyUrl(id, base)
  const link = selectOne('.link a', element)
  const byline = selectOne('.byline', element)
  const target = resolve(attr(link, 'href'), base)
  const own = storyInPath(attr(link, 'href'), base) === id
  const words = text === null ? NO_BODY : bodyFromNodes(text.children, base)
  return makePost({
    key: url,
    ref: refOf(url),
    kind: 'article',
    platform: NAME,
    title: textOf(link),
    author: byline === null ? null : writerIn(byline, base),
    ...bodyWithLink(own ? null : target, words.html ?? '', base),
    createdAt: byline === null ? null : timeIn(byline),
    url: resolve(attr(selectOne('.comments_label a[href^="/s/"]', element), 'href'), base) ?? url,
    conversation: url,
    block,
    provenance: placeInHtml(page, READER, text === null ? element : around(element, text), null),
  })
}

/** The words of a story stand beside the box with its link. */
function around(element: Element, text: Element): Element {
  const above = new Set<unknown>()
  for (let at: unknown = text; at instanceof Object && 'parent' in at; at = at.parent) above.add(at)
  let whole = element
  while (!above.has(whole) && whole.parent !== null && isTag(whole.parent)) whole = whole.parent
  return whole
}

function commentOf(element: Element, { page, base, top, block }: Reading): Post {
  const url = commentUrl(idOf(element) ?? '', base)
  const byline = selectOne('.byline', element)
  const time = byline === null ? null : timeIn(byline)
  // The site writes one time: that of the last edit where there was one.
  const isEdited = byline !== null && WORD_EDITED.test(ownWords(byline))
  const { words, withheld } = wordsOf(element, base)
  return makePost({
    key: url,
    ref: refOf(url),
    kind: 'comment',
    platform: NAME,
    author: byline === null ? null : writerIn(byline, base),
    isPostAuthor: byline !== null && selectOne('a.user_is_author', byline) !== null,
    ...words,
    createdAt: isEdited ? null : time,
    editedAt: isEdited ? time : null,
    url,
    parent: parentOf(element, base, top),
    conversation: top ?? onStory(byline, base),
    block,
    provenance: placeInHtml(page, READER, element, knownOf({ withheld })),
  })
}

const WORD_EDITED = /\bedited\b/

/** What stands beside the links of a line. */
function ownWords(line: Element): string {
  const plain = line.children.map((child) => (child.type === 'text' ? child.data : isPlain(child) ? textOf(child) : ''))
  return plain.join(' ')
}

function isPlain(child: Element['children'][number]): child is Element {
  return isTag(child) && child.name === 'span'
}

function wordsOf(element: Element, base: URL): { words: Body; withheld: string | null } {
  const text = selectOne('.comment_text', element)
  if (text === null) return { words: NO_BODY, withheld: 'withheld' }
  // A comment that is gone is printed as one line in italics.
  const withheld = selectOne('p > em, .na', text) === null ? null : goneIn(textOf(text) ?? '')
  return { words: withheld === null ? bodyFromNodes(text.children, base) : NO_BODY, withheld }
}

/** The comment whose list item holds this one's. */
function parentOf(element: Element, base: URL, top: string | null): Parent | null {
  const above = commentAbove(element)
  if (above !== null) return layoutParent(commentUrl(idOf(above) ?? '', base), 'nested below it')
  return top === null ? null : layoutParent(top, 'stands at the left edge of the comments')
}

function commentAbove(element: Element): Element | null {
  let at = closestAround(element, 'li')
  while (at !== null) {
    at = closestAround(at, 'li')
    const own = at?.children.find((child) => isTag(child) && isComment(child))
    if (own !== undefined) return own as Element
  }
  return null
}

function isComment(element: Element): boolean {
  return hasClass(element, 'comment') && idOf(element) !== null
}

function onStory(byline: Element | null, base: URL): string | null {
  const link = byline === null ? [] : select('a[href*="/s/"]', byline)
  const id = link.map((one) => storyInPath(attr(one, 'href'), base)).find((one) => one !== null)
  return id === undefined || id === null ? null : storyUrl(id, base)
}

/** The first link to an account that has a name in it; the one before it is a picture. */
function writerIn(byline: Element, base: URL): Author | null {
  const link = select('a[href*="/~"], a[href*="/u/"]', byline).find((one) => textOf(one) !== null)
  return link === undefined ? null : authorOf(textOf(link), resolve(attr(link, 'href'), base))
}

function timeIn(byline: Element): string | null {
  const seconds = attr(selectOne('[data-at-unix]', byline), 'data-at-unix') ?? ''
  if (SECONDS.test(seconds)) return timeOfSeconds(Number(seconds))
  const written = select('time[title], span[title], time[datetime]', byline).flatMap((one) => [
    attr(one, 'title') ?? '',
    attr(one, 'datetime') ?? '',
  ])
  return timeOfText(written.find((one) => OFFSET.test(one)) ?? null)
}

function repliesOf(story: Element): number | null {
  const said = COUNT.exec(textOf(selectOne('.comments_label a', story)) ?? '')?.[1]
  if (said === undefined) return null
  return said === 'no' ? 0 : Number(said)
}
