// A thread of a list as HyperKitty (Mailman 3) shows it, or one message of it: names, words, and how deep each answer
// stands. Its clocks are the senders' own, without a zone, taken as UTC. Answers may come by a script only.
import { type Element, isText } from 'domhandler'
import { attr, closest, closestAround, hasClass, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { percentDecoded, resolve } from '../../url.ts'
import { zoneNotes } from '../article/blog-article.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { listPosts, makePost, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { readDate } from '../values/dates.ts'
import { bodyOfText } from './body.ts'

const MESSAGES = '.email:has(> .email-header):has(> .email-body)'
const REPLIES = '.replies'
const ANSWERING = /[?&]In-Reply-To=(?:%3C|<)([^&]{1,1000}?)(?:%3E|>)(?:&|$)/i
const INDENT = /(?:^|\s)indent-(\d{1,3})(?=\s|$)/
/** Two em a level, until 2016. */
const MARGIN = /margin-left:\s*(\d{1,3})em/
const EM_A_LEVEL = 2
/** No answer is drawn deeper. */
const DEEPEST = 5
const [DRAWN_P, DEEPEST_P] = [0.97, 0.85]
/** `Sender's time: May 4, 2021, 1 p.m.`: Django leaves `:00` out, and has words for twelve. */
const SENT = /^[^:\d]{0,40}:\s*/
const FULL_HOUR = /(?<=,\s)(\d{1,2})(?=\s[ap]\.m\.)/
const HASH = /^[A-Z2-7]{32}$/

export function isHyperkitty(page: Page): boolean {
  return page.kind === 'html' && page.text.includes('email-header') && selectOne(MESSAGES, page.html().root) !== null
}

export function readHyperkitty(page: Page, reader: Reader): Extraction {
  const { root } = page.html()
  const title = textOf(selectOne('.thread-header h3, .thread-header h1, .message-header h1', root))
  const elements = select(MESSAGES, root)
  const levels = elements.map(levelOf)
  const isByDate = select('.sort-mode a[href*="sort=thread"]', root).length > 0
  const names = elements.map(nameOf)
  const posts = elements.map((element, at) =>
    messageOf(page, reader, element, {
      title: at === 0 ? title : null,
      parent: isByDate ? null : parentOf(at, levels, names),
      conversation: names[0] ?? null,
    }),
  )
  return makeExtraction({
    posts: listPosts(posts),
    notes: [
      ...notesOn(page, { isByDate, answers: posts.length - 1 }),
      ...zoneNotes(
        page,
        elements.map((element) => readDate(clockOf(element))),
      ),
    ],
    declared: { title, site: 'Mail', replies: null },
  })
}

interface Around {
  readonly title: string | null
  readonly parent: Parent | null
  readonly conversation: string | null
}

function messageOf(page: Page, reader: Reader, element: Element, { title, parent, conversation }: Around): Post {
  const name = nameOf(element)
  const words = selectOne('.email-body', element)
  const link = selectOne('.email-date a[href*="/message/"], .messagelink a[href*="/message/"]', element)
  const writer = textOf(selectOne('.email-author .name', element))
  const clock = clockOf(element)
  return makePost({
    key: name ?? keyOf(element),
    ref: name === null ? null : { platform: reader.name, id: name },
    kind: 'post',
    platform: reader.name,
    author: writer === null ? null : { id: null, handle: null, name: writer, url: null },
    title,
    ...(words === null ? NO_BODY : wordsIn(words, page.url)),
    createdAt: readDate(clock)?.iso ?? null,
    url: resolve(attr(link, 'href'), page.url),
    parent,
    conversation,
    provenance: placeInHtml(page, reader, element, null),
  })
}

function clockOf(element: Element): string | null {
  const said = attr(selectOne('.email-date [title]', element), 'title')?.replace(SENT, '') ?? null
  return said?.replace(FULL_HOUR, '$1:00').replace('noon', '12:00 p.m.').replace('midnight', '12:00 a.m.') ?? null
}

/** The Message-ID, as the link that answers it has it; else the hash of it that HyperKitty goes by. */
function nameOf(element: Element): string | null {
  const links = select('a[href^="mailto:" i]', element).map((link) => ANSWERING.exec(attr(link, 'href') ?? '')?.[1])
  const id = links.find((one) => one !== undefined)
  const hash = keyOf(element)
  return id !== undefined ? percentDecoded(id) : HASH.test(hash) ? hash : null
}

function keyOf(element: Element): string {
  return attr(selectOne('.email-header', element), 'id') ?? 'message'
}

/** 0 for what opens the thread, 1 for what answers it. */
function levelOf(element: Element): number {
  if (closest(element, REPLIES) === null) return 0
  const row = closestAround(element, '[class*="indent-"], [style*="margin-left"]')
  const drawn = INDENT.exec(attr(row, 'class') ?? '')?.[1]
  const margin = MARGIN.exec(attr(row, 'style') ?? '')?.[1]
  return 1 + (drawn === undefined ? Math.round(Number(margin ?? 0) / EM_A_LEVEL) : Number(drawn))
}

/** The nearest message above that stands one level up. */
function parentOf(at: number, levels: readonly number[], names: readonly (string | null)[]): Parent | null {
  const level = levels[at] ?? 0
  const above = level === 0 ? -1 : levels.slice(0, at).findLastIndex((one) => one < level)
  const name = names[above] ?? null
  if (name === null) return null
  const isDeepest = level > DEEPEST
  const say = isDeepest ? 'stands as deep as answers are drawn: may answer a neighbour' : `stands ${level} deep`
  return { ref: { platform: 'mail', id: name }, key: name, basis: 'layout', p: isDeepest ? DEEPEST_P : DRAWN_P, say }
}

/** Since 2022 words are drawn as Markdown; before, they stand as they were typed. */
function wordsIn(words: Element, base: URL | null): Body {
  if (selectOne('p, br, blockquote', words) !== null) return bodyFromNodes(words.children, base, isSwitch)
  const typed = [...walk(words, isSwitch)].filter(isText).map(({ data }) => data)
  return bodyOfText(typed.join('').trim())
}

/** What unfolds quotations. */
function isSwitch(element: Element): boolean {
  return hasClass(element, 'quoted-switch')
}

function notesOn(page: Page, { isByDate, answers }: { readonly isByDate: boolean; readonly answers: number }): Note[] {
  const { root } = page.html()
  const isLoading = answers === 0 && selectOne(`${REPLIES} .ajaxloader, ${REPLIES} img`, root) !== null
  const sorted = 'The answers are sorted by date here, which hides what each answers; the same page by thread tells.'
  const absent = 'The answers to this message are fetched by a script. Read the page with a browser.'
  return [
    ...(isByDate && answers > 0 ? [noteOn(page, 'info', 'parents-unknown', sorted)] : []),
    ...(isLoading ? [noteOn(page, 'warning', 'replies-elsewhere', absent)] : []),
  ]
}
