// Bluesky's own pages as its script draws them, saved from a browser. They declare no parents: a line drawn between two
// posts says that the lower one answers the upper one, and the rest is told by where a post stands below the page's
// own.
import { type Element, isTag } from 'domhandler'
import { attr, select, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { PUBLIC_API, threadRequest } from './names.ts'
import { type Drawn, postIn, repliesOf } from './web-post.ts'

const NAME = 'bluesky-web'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const ITEM = '[data-testid^="postThreadItem-by-"], [data-testid^="feedItem-by-"]'
const SCREEN = '[data-testid="postThreadScreen"]'
/** What the server writes into the shell for readers without scripts. */
const SHELL = '#bsky_post_summary'
/** Two pixels wide, in the column of the faces; at the top of an item it comes down from the one above. */
const LINE = /(?:^|;)\s*width:\s*2px/
const STYLED = '[style*="2px"]'
/** Chance that the post above is the parent: joined by a line, or above the page's own post. */
const JOINED_P = 0.95
/**
 * Chance that a post below the page's own and without a line answers it; and where the page was saved without lines.
 */
const UNJOINED_P = 0.9
const UNDRAWN_P = 0.5

export const blueskyWeb: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'html' && (hasItems(page) || isShell(page)),
  extract: (page) => (page.kind === 'html' && hasItems(page) ? extractDrawn(page) : extractShell(page)),
}

function hasItems(page: Page): boolean {
  return selectOne(ITEM, page.html().root) !== null
}

function isShell(page: Page): boolean {
  return selectOne(SHELL, page.html().root) !== null
}

/** The page's own post by its at:// name, as the head gives it. */
function ownUri(page: Page): string | null {
  return attr(selectOne('link[rel="alternate"][href^="at://"]', page.html().root), 'href')
}

function extractShell(page: Page): Extraction {
  const uri = page.kind === 'html' ? ownUri(page) : null
  const message =
    'This page of Bluesky is empty until its script runs. Read it with a browser, or ask for the thread as JSON.'
  const note = noteOn(page, 'warning', 'script-shell', message)
  return { posts: [], scrapes: [], blocks: [], next: nextOf(uri), notes: [note], declared: declaredBy(null) }
}

function declaredBy(focal: Element | null): Extraction['declared'] {
  return { title: null, site: 'Bluesky', replies: repliesOf(focal) }
}

/** The same thread with the parents that a page does not tell. */
function nextOf(uri: string | null): readonly string[] {
  return uri === null ? [] : [threadRequest(PUBLIC_API, uri)]
}

/** A post and the element it is drawn in. */
interface Placed {
  readonly item: Element
  readonly drawn: Drawn
}

function extractDrawn(page: Page): Extraction {
  const { root } = page.html()
  const items = select(ITEM, root)
  const own = items.find(isOwnItem) ?? null
  const uri = ownUri(page)
  const placed = items.flatMap((item) => {
    const drawn = postIn(item, item === own ? uri : null)
    return drawn === null ? [] : [{ item, drawn }]
  })
  const posts = withoutRepeats(placed)
  const isThread = selectOne(SCREEN, root) !== null
  const focal = isThread ? posts.findIndex(({ item }) => item === own) : -1
  const hasLines = select(STYLED, root).some(isLine)
  const nameless = items.length - placed.length
  return {
    posts: posts.map((_, at) => postOf(page, posts, at, focal === -1 ? null : parentOf(posts, at, focal, hasLines))),
    scrapes: [],
    blocks: [],
    next: nextOf(posts[focal]?.drawn.ref.id ?? null),
    notes: [...lineNotes(page, hasLines, focal, posts.length), ...namelessNotes(page, nameless)],
    declared: declaredBy(own),
  }
}

/** Only the page's own post shows its counts in words, with links to the people behind them. */
function isOwnItem(item: Element): boolean {
  return (
    selectOne('[data-testid$="Count-expanded"]', item) !== null ||
    selectOne('a[href*="/post/"][data-tooltip]', item) === null
  )
}

function withoutRepeats(placed: readonly Placed[]): readonly Placed[] {
  const seen = new Set<string>()
  return placed.filter(({ drawn }) => !seen.has(drawn.ref.id) && seen.add(drawn.ref.id))
}

function parentOf(posts: readonly Placed[], at: number, focal: number, hasLines: boolean): Parent | null {
  const above = posts[at - 1]
  const own = posts[focal]
  if (above === undefined || own === undefined) return null
  if (at <= focal) return layout(above, JOINED_P, 'stands right below it, above the post of the page')
  if (isJoined(posts[at]?.item ?? null)) return layout(above, JOINED_P, 'a line is drawn from it')
  return layout(own, hasLines ? UNJOINED_P : UNDRAWN_P, 'stands among the answers below it')
}

function isJoined(item: Element | null): boolean {
  const top = item?.children.find(isTag) ?? null
  return top !== null && select(STYLED, top).some(isLine)
}

function isLine(element: Element): boolean {
  return LINE.test(attr(element, 'style') ?? '')
}

function layout({ drawn }: Placed, p: number, say: string): Parent {
  return { ref: drawn.ref, key: drawn.ref.id, basis: 'layout', p, say }
}

function postOf(page: Page, posts: readonly Placed[], index: number, parent: Parent | null): Post {
  const { item, drawn } = posts[index] as Placed
  return {
    ...drawn,
    key: drawn.ref.id,
    kind: 'post',
    isPostAuthor: false,
    title: null,
    editedAt: null,
    lang: null,
    parent,
    conversation: null,
    footnotes: [],
    block: null,
    index,
    boundary: null,
    provenance: placeInHtml(page, READER, item, null),
  }
}

function lineNotes(page: Page, hasLines: boolean, focal: number, posts: number): readonly Note[] {
  if (hasLines || focal === -1 || posts < 3) return []
  const message = 'The page was saved without the lines between posts; who answers whom is told by order only.'
  return [noteOn(page, 'warning', 'lines-missing', message)]
}

function namelessNotes(page: Page, count: number): readonly Note[] {
  if (count === 0) return []
  return [noteOn(page, 'warning', 'no-id', `Posts without an address of their own, left out: ${count}.`)]
}
