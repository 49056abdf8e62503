// Pages of YouTube as a browser drew them and savers keep them: the film, and those of its comments that had been
// loaded. An answer's id begins with that of the comment it answers; times are printed as "3 days ago" alone.
import type { Document, Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentUrl, parentById, SITE, YOUTUBE } from './youtube.ts'

/** `renderer` until 2024. */
const COMMENTS = 'ytd-comment-view-model, ytd-comment-renderer'
const ANSWERS = 'ytd-comment-replies-renderer'
const COMMENT_ID = /[?&]lc=([\w.-]{4,80})/
const SIGN = /<ytd-comment/i
const HANDLE = /\/@([^/?#]{1,60})/
const CHANNEL = /\/channel\/(UC[\w-]{4,40})/
const NUMBERS = /\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+|\d+/g
const NOT_DIGITS = /\D/g

/** Comments that have ids; a page on which none was loaded is read like any page. */
export function hasYoutubeComments(page: Page): boolean {
  return page.kind === 'html' && SIGN.test(page.text) && findComments(page.html().root).length > 0
}

interface Found {
  readonly element: Element
  readonly id: string
}

function findComments(root: Document): readonly Found[] {
  return select(COMMENTS, root).flatMap((element) => {
    const id = COMMENT_ID.exec(attr(timeLink(element), 'href') ?? '')?.[1]
    return id === undefined ? [] : [{ element, id }]
  })
}

function timeLink(comment: Element): Element | null {
  return select('a[href*="lc="]', comment).find((link) => closest(link, '#content-text') === null) ?? null
}

export function readYoutubePage(page: Page, reader: Reader): Extraction {
  const { root } = page.html()
  const found = findComments(root)
  const film = filmOf(page, reader, root)
  const comments = found.map((one) => commentOf(page, reader, film, one))
  const title = film?.title ?? null
  const posts = listPosts(film === null ? comments : [film, ...comments])
  const declared = {
    title,
    site: 'YouTube',
    replies: countIn(textOf(selectOne('ytd-comments-header-renderer #count', root))),
  }
  return makeExtraction({ posts, notes: [...answerNotes(page, root), ...moreNotes(page, root)], declared })
}

function filmOf(page: Page, reader: Reader, root: Document): Post | null {
  const url = parseUrl(attr(selectOne('link[rel="canonical"]', root), 'href')) ?? page.url
  const id = url?.searchParams.get('v') ?? null
  if (id === null) return null
  const shown = selectOne('ytd-watch-metadata, ytd-watch-flexy', root)
  const words = selectOne('#description-inline-expander yt-attributed-string, #description yt-formatted-string', root)
  const owner = selectOne('#owner ytd-channel-name a, ytd-video-owner-renderer ytd-channel-name a', root)
  return makePost({
    key: id,
    ref: { platform: YOUTUBE, id },
    kind: 'article',
    platform: YOUTUBE,
    title: attr(selectOne('meta[property="og:title"]', root), 'content') ?? textOf(selectOne('h1', shown ?? root)),
    author: accountIn(owner),
    ...(words === null ? NO_BODY : bodyFromNodes(words.children, page.url ?? new URL(SITE))),
    createdAt: timeOfText(
      attr(selectOne('meta[itemprop="datePublished"], meta[itemprop="uploadDate"]', root), 'content'),
    ),
    url: `${SITE}/watch?v=${id}`,
    conversation: id,
    provenance: placeInHtml(page, reader, shown, null),
  })
}

function commentOf(page: Page, reader: Reader, film: Post | null, { element, id }: Found): Post {
  const words = selectOne('#content-text', element)
  const author = accountIn(selectOne('#author-text', element))
  const owner = film?.author?.handle ?? null
  const printedTime = textOf(timeLink(element))
  return makePost({
    key: id,
    ref: { platform: YOUTUBE, id },
    kind: 'comment',
    platform: YOUTUBE,
    author,
    isPostAuthor: owner !== null && author?.handle === owner,
    ...(words === null ? NO_BODY : bodyFromNodes(words.children, page.url ?? new URL(SITE))),
    url: film === null ? null : commentUrl(film, id),
    parent: parentOf(id, film),
    conversation: film?.key ?? null,
    provenance: placeInHtml(page, reader, element, knownOf({ printedTime })),
  })
}

function parentOf(id: string, film: Post | null): Parent | null {
  if (film === null) return parentById(id)
  const below = { ref: { platform: YOUTUBE, id: film.key }, key: film.key, say: 'stands below the film' }
  return parentById(id) ?? { ...below, basis: 'declared', p: 1 }
}

function accountIn(link: Element | null): Author | null {
  const [href, shown] = [attr(link, 'href') ?? '', textOf(link)?.trim() ?? '']
  // In addresses letters beyond ASCII are escaped.
  const handle = shown.startsWith('@') ? shown.slice(1) : (HANDLE.exec(href)?.[1] ?? null)
  const [id, name] = [CHANNEL.exec(href)?.[1] ?? null, shown === '' || shown.startsWith('@') ? null : shown]
  if (handle === null && id === null && name === null) return null
  const path = handle === null ? (id === null ? null : `channel/${id}`) : `@${handle}`
  return { id, handle, name, url: path === null ? null : `${SITE}/${path}` }
}

/** A single number, in whatever language it stands. */
function countIn(text: string | null): number | null {
  const [number, ...more] = text?.match(NUMBERS) ?? []
  return number === undefined || more.length > 0 ? null : Number(number.replace(NOT_DIGITS, ''))
}

function answerNotes(page: Page, root: Document): readonly Note[] {
  const folded = select(ANSWERS, root).filter((answers) => select(COMMENTS, answers).length === 0).length
  const message = `Comments whose answers are not on this page: ${folded}.`
  return folded === 0 ? [] : [noteOn(page, 'warning', 'replies-missing', message)]
}

function moreNotes(page: Page, root: Document): readonly Note[] {
  const goesOn = select('ytd-comments ytd-continuation-item-renderer', root).some(
    (one) => closest(one, ANSWERS) === null,
  )
  const message = 'The page loads more comments when it is scrolled; those are not here.'
  return goesOn ? [noteOn(page, 'warning', 'comments-cut', message)] : []
}
