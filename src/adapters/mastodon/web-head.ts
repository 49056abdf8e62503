// A Mastodon page before its script ran, as most web archives and every plain download have it since version 4: an
// empty frame whose head tells of the page's own post all its words, its author, time and files, and nothing of what
// stands around it.
import { attr, select, selectOne } from '../../markup/markup.ts'
import type { Author, Extraction, Media } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { archivedCopy, parseUrl } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { escapeHtml, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { PLATFORM } from './names.ts'
import { refOfAddress } from './web-post.ts'

const FRAME = '#mastodon'
const ACCOUNT = /\(@([\w.-]{1,100}@[\w.-]{1,253}(?::\d{1,5})?)\)$/
const POST_PATH = /\/(\d{10,20})$/
/**
 * "Attached: 2 images · 1 video · Content warning: geese", in the site's language; then the words, then the answers of
 * a poll.
 */
const SUMMARY = /^\p{L}[\p{L} ]*:\s\d+ [^\n]+$/u
const ENGLISH_SUMMARY = /^Attached: \d+ (?:image|video|audio)/
const WARNING = /(?:^|\s·\s)Content warning: (.+)$/s
const OPTION = '[ ] '
const BLANK_LINES = /\n{2,}/
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/g
const FILE_PATH = /\/media_attachments\//

export function isHeadOfPost(page: Page): boolean {
  if (page.kind !== 'html' || selectOne(FRAME, page.html().root) === null) return false
  return attrOf(page, 'og:type') === 'article' && addressIn(page) !== null && attrOf(page, 'og:description') !== null
}

export function readHeadOfPost(page: Page, reader: Reader): Extraction {
  const url = addressIn(page)
  const head = selectOne('head', page.html().root) ?? selectOne('html', page.html().root)
  if (url === null || head === null) return makeExtraction({})
  const media = mediaIn(page)
  const { body, warning } = wordsOf(attrOf(page, 'og:description') ?? '', media.length > 0)
  const post = makePost({
    key: url.href,
    ref: { platform: PLATFORM, id: activityOf(page) ?? refOfAddress(url).id },
    kind: 'post',
    platform: PLATFORM,
    author: authorIn(page, url),
    ...body,
    createdAt: timeOfText(attrOf(page, 'og:published_time')),
    url: url.href,
    media,
    provenance: placeInHtml(page, reader, head, knownOf({ contentWarning: warning })),
  })
  const id = POST_PATH.exec(url.pathname)?.[1] ?? ''
  const alone =
    'Saved before its script ran: this page holds its own post alone, not what it answers nor what answers it.'
  const hidden = 'The words of the post stand behind a warning and are not on this page.'
  return makeExtraction({
    posts: [post],
    next: [new URL(`/api/v1/statuses/${id}`, url).href, new URL(`/api/v1/statuses/${id}/context`, url).href],
    notes: [
      // Where a browser is at hand, it is asked; the first note is dropped once it has filled the page.
      noteOn(page, 'info', 'script-shell', 'This page is empty until its script runs. Read it with a browser.'),
      noteOn(page, 'warning', 'post-alone', alone),
      ...(warning === null ? [] : [noteOn(page, 'warning', 'hidden-words', hidden)]),
    ],
    declared: { title: null, site: url.host, replies: null },
  })
}

function attrOf(page: Page, property: string): string | null {
  return page.kind === 'html' ? attr(selectOne(`meta[property="${property}"]`, page.html().root), 'content') : null
}

function addressIn(page: Page): URL | null {
  const url = parseUrl(originalOf(attrOf(page, 'og:url')))
  return url !== null && POST_PATH.test(url.pathname) ? url : null
}

/** The post's name everywhere, where the head links to it. */
function activityOf(page: Page): string | null {
  const link = selectOne('link[type="application/activity+json"]', page.html().root)
  return parseUrl(originalOf(attr(link, 'href')))?.href ?? null
}

/** Web archives rewrite the addresses of the head. */
function originalOf(href: string | null): string | null {
  return href === null ? null : (archivedCopy(href)?.original ?? href)
}

/** "Name (@user@host)" */
function authorIn(page: Page, url: URL): Author | null {
  const title = attrOf(page, 'og:title') ?? ''
  const named = ACCOUNT.exec(title)
  const [name, account] = named === null ? ['', undefined] : [title.slice(0, named.index).trim(), named[1]]
  const handle = attrOf(page, 'profile:username') ?? account
  if (handle === undefined) return null
  const own = new URL(url.pathname.replace(POST_PATH, ''), url).href
  return { id: null, handle, name: name === '' ? null : name, url: own }
}

function wordsOf(description: string, hasFiles: boolean): { body: Body; warning: string | null } {
  const blocks = description.replaceAll('\r\n', '\n').split(BLANK_LINES)
  const first = blocks[0] ?? ''
  const isSummary = (hasFiles && SUMMARY.test(first)) || ENGLISH_SUMMARY.test(first)
  const warning = (isSummary || blocks.length === 1 ? WARNING.exec(first)?.[1] : undefined) ?? null
  if (warning !== null) return { body: NO_BODY, warning }
  return {
    body: bodyFromHtml(
      blocks
        .slice(isSummary ? 1 : 0)
        .map(blockHtml)
        .join(''),
      null,
    ),
    warning: null,
  }
}

function blockHtml(block: string): string {
  const lines = block.split('\n')
  const isPoll = lines.every((line) => line.startsWith(OPTION))
  if (isPoll) return `<ul>${lines.map((line) => `<li>${escapeHtml(line.slice(OPTION.length))}</li>`).join('')}</ul>`
  return `<p>${lines.map(linked).join('<br>')}</p>`
}

function linked(line: string): string {
  let [html, from] = ['', 0]
  for (const { 0: url, index } of line.matchAll(LINK)) {
    html += `${escapeHtml(line.slice(from, index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
    from = index + url.length
  }
  return html + escapeHtml(line.slice(from))
}

/** Each file begins with its address; what follows is about it. */
function mediaIn(page: Page): readonly Media[] {
  const found: Media[] = []
  for (const meta of page.kind === 'html' ? select('meta[property^="og:"]', page.html().root) : []) {
    const [property, content] = [attr(meta, 'property') ?? '', attr(meta, 'content') ?? '']
    const [kind, url] = [KINDS.get(property), parseUrl(content)?.href ?? null]
    if (kind !== undefined && url !== null) add(found, kind, url)
    else detail(found, property, content)
  }
  return found.filter(({ url }) => FILE_PATH.test(url))
}

const KINDS: ReadonlyMap<string, Media['kind']> = new Map([
  ['og:image', 'image'],
  ['og:video', 'video'],
  ['og:audio', 'audio'],
])
const SIDE = /^og:(?:image|video):(width|height)$/
const PIXELS = /^\d{1,5}$/

/** Before a film stands its picture, before a sound the account's face. */
function add(found: Media[], kind: Media['kind'], url: string): void {
  const above = kind === 'image' ? undefined : found.at(-1)
  const picture = above?.kind === 'image' ? above.url : null
  if (picture !== null) found.pop()
  found.push({ kind, url, alt: null, width: null, height: null, poster: kind === 'video' ? picture : null })
}

function detail(found: Media[], property: string, content: string): void {
  const last = found.pop()
  if (last === undefined) return
  const side = SIDE.exec(property)?.[1]
  const size = side !== undefined && PIXELS.test(content) ? { [side]: Number(content) } : {}
  found.push({ ...last, ...size, alt: property === 'og:image:alt' && content !== '' ? content : last.alt })
}
