// Mastodon's pages: drawn by servers until version 4 (and so in most web archives), drawn by a script since and saved
// by a browser. They declare no parents; what stands above, below and in a chain tells them. A page before its script
// ran holds its post in its head.
import type { Element } from 'domhandler'
import { attr, closest, hasClass, select, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { metaOf } from '../article/metadata/metadata.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { PLATFORM } from './names.ts'
import { isHeadOfPost, readHeadOfPost } from './web-head.ts'
import { type DrawnPost, POST, postIn } from './web-post.ts'

const NAME = 'mastodon-web'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const SIGNS = '.detailed-status .status__content, .entry .status .status__content, .status__wrapper .status__content'
/** The server draws chains out of its own reply links. */
const CHAIN_P = 0.98
/** Below the page's post stands what answers it, or answers an answer that is not shown. */
const BELOW_P = 0.8
const POST_PATH = /\/\d+$/
const REPOSTED = '.status__prepend .fa-retweet, .status__prepend .icon-retweet'

export const mastodonWeb: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'html' && (isDrawn(page) || isHeadOfPost(page)),

  extract(page: Page): Extraction {
    if (page.kind === 'html' && !isDrawn(page)) return readHeadOfPost(page, READER)
    const base = addressOf(page)
    const boxes = select(POST, page.html().root).filter(isPost)
    const own = boxes.filter((box) => selectOne(REPOSTED, entryOf(box)) === null)
    const drawn = own.flatMap((box, at) => postIn(box, base, at) ?? [])
    const focal = drawn.findIndex(({ element }) => hasClass(element, 'detailed-status'))
    const posts = listPosts(drawn.map((_, at) => postOf(page, drawn, at, focal)))
    const next = furtherPages(page, base)
    return makeExtraction({
      posts,
      next,
      notes: [...reblogNotes(page, boxes.length - own.length), ...moreNotes(page, next)],
      declared: { title: null, site: base?.host ?? null, replies: null },
    })
  },
}

function isDrawn(page: Page): boolean {
  return selectOne(SIGNS, page.html().root) !== null
}

/** The page's own address as it says it itself, for saved pages that come without one. */
function addressOf(page: Page): URL | null {
  return page.url ?? parseUrl(metaOf(page.html().root, 'og:url'))
}

/** Where chains go on; the invitation to sign in looks the same. */
function furtherPages(page: Page, base: URL | null): readonly string[] {
  const links = select('a.load-more', page.html().root).map((link) => parseUrl(resolve(attr(link, 'href'), base)))
  return [...new Set(links.flatMap((url) => (url !== null && POST_PATH.test(url.pathname) ? [url.href] : [])))]
}

/** A post shown inside of another one is part of it; account lists use the same names for boxes without words. */
function isPost(box: Element): boolean {
  const around = box.parent === null || !('attribs' in box.parent) ? null : closest(box.parent, POST)
  return around === null && selectOne('.status__content', box) !== null
}

function entryOf(box: Element): Element {
  return closest(box, '.entry') ?? closest(box, '.status__wrapper') ?? box
}

function postOf(page: Page, drawn: readonly DrawnPost[], at: number, focal: number): Post {
  const { element, key, ref, url, author, body, warning, createdAt, lang, media } = drawn[at] as DrawnPost
  // The script writes the time of the page's post in words only; the head has it.
  const written = at === focal ? timeOfText(metaOf(page.html().root, 'og:published_time')) : null
  return makePost({
    key,
    ref,
    kind: 'post',
    platform: PLATFORM,
    author,
    ...body,
    createdAt: createdAt ?? written,
    url,
    lang,
    parent: focal === -1 ? null : parentOf(drawn, at, focal),
    media,
    provenance: placeInHtml(page, READER, element, knownOf({ contentWarning: warning })),
  })
}

function parentOf(drawn: readonly DrawnPost[], at: number, focal: number): Parent | null {
  const [above, own, page] = [drawn[at - 1], drawn[at], drawn[focal]]
  if (above === undefined || own === undefined || page === undefined) return null
  if (at <= focal) return layout(above, CHAIN_P, 'stands right below it, above the page’s post')
  if (isAnswer(own.element)) return layout(page, CHAIN_P, 'is marked as an answer to the page’s post')
  if (goesOn(own.element)) return layout(above, CHAIN_P, 'goes on right below it in one chain')
  return layout(page, BELOW_P, 'stands among the answers below it')
}

/** Old pages mark a direct answer (h-entry: `p-comment`). */
function isAnswer(element: Element): boolean {
  return hasClass(entryOf(element), 'p-comment')
}

/** Old pages draw each chain of answers entry by entry; new ones mark where a chain begins. */
function goesOn(element: Element): boolean {
  if (closest(element, '.entry') !== null) return hasClass(entryOf(element), 'entry-successor')
  return hasClass(element, 'status--in-thread') && !hasClass(element, 'status--first-in-thread')
}

function layout({ ref, key }: DrawnPost, p: number, say: string): Parent {
  return { ref, key, basis: 'layout', p, say }
}

function reblogNotes(page: Page, reblogs: number): Note[] {
  const message = `${reblogs} boosts of other people's posts were left out.`
  return reblogs === 0 ? [] : [noteOn(page, 'info', 'reblogs', message)]
}

function moreNotes(page: Page, next: readonly string[]): Note[] {
  const message = 'The page goes on at addresses that it names.'
  return next.length === 0 ? [] : [noteOn(page, 'info', 'more', message)]
}
