// Telegram Desktop's export of a chat as pages (`messages.html`, `messages2.html` …). Messages are numbered within
// their chat, which the page only names, so a number names no post elsewhere. The same export as JSON is read by
// export-json.ts.
import type { Element } from 'domhandler'
import { attr, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Media, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { extractExportJson, isExportJson } from './export-json.ts'
import { NAME as PLATFORM } from './message.ts'

const READER = { name: 'telegram-export', version: 1 } as const
const MESSAGES = '.history > .message.default[id^="message"]'
const DATE = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:\d{2}))?$/
const ANSWERED = /^(?:messages\d*\.html)?#go_to_(message\d+)$/
/** The export's own folders. */
const FILE = /^[\w-]{1,60}\/[^/\\:]{1,200}$/
const MEDIA: readonly (readonly [kind: Media['kind'], selector: string])[] = [
  ['image', 'a.photo_wrap[href], a.sticker_wrap[href]'],
  ['gif', 'a.animated_wrap[href]'],
  ['video', 'a.video_file_wrap[href], a.media_video[href]'],
  ['audio', 'a.media_voice_message[href], a.media_audio_file[href]'],
  ['file', 'a.media_file[href]'],
]

export const telegramExport: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) =>
    page.kind === 'html'
      ? selectOne(MESSAGES, page.html().root) !== null
      : page.kind === 'json' && isExportJson(page.json()),
  extract: (page) => (page.kind === 'json' ? extractExportJson(page, READER) : extractPages(page)),
}

function extractPages(page: Page): Extraction {
  if (page.kind !== 'html') return makeExtraction({})
  const { root } = page.html()
  const posts: Post[] = []
  let author: Author | null = null
  for (const message of select(MESSAGES, root)) {
    author = hasClass(message, 'joined') ? author : authorOf(message)
    posts.push(postOf(page, message, author))
  }
  const told = posts.filter(({ text, media }) => text !== '' || media.length > 0)
  const message = `${posts.length - told.length} messages have neither words nor files here (calls, places, what was not exported); they were left.`
  return makeExtraction({
    posts: listPosts(told),
    notes: told.length === posts.length ? [] : [noteOn(page, 'info', 'wordless', message)],
    declared: { title: textOf(selectOne('.page_header .text', root)), site: 'Telegram', replies: null },
  })
}

/** A forwarded message has a body of its own inside, with another name. */
function authorOf(message: Element): Author | null {
  const name = textOf(selectOne('.body:not(.forwarded) > .from_name', message))
  return name === null ? null : { id: null, handle: null, name, url: null }
}

function postOf(page: Page, message: Element, author: Author | null): Post {
  const date = attr(selectOne('.date[title]', message), 'title')
  const createdAt = timeOf(date)
  const words = select('.text', message).filter((text) => !hasClass(text, 'bold'))
  const forwarded = textOf(selectOne('.forwarded.body > .from_name', message))
  const unread = createdAt === null ? date : null
  return makePost({
    key: attr(message, 'id') ?? '',
    kind: 'post',
    platform: PLATFORM,
    author,
    ...bodyFromNodes(
      words.flatMap(({ children }) => children),
      null,
    ),
    createdAt,
    parent: parentOf(message),
    media: MEDIA.flatMap(([kind, selector]) => select(selector, message).flatMap((link) => mediaOf(kind, link))),
    provenance: placeInHtml(page, READER, message, knownOf({ forwardedFrom: forwarded, printedDate: unread })),
  })
}

/** Without its zone, as until 2022, a clock is no moment. */
function timeOf(date: string | null): string | null {
  const [, day, month, year, clock, zone] = DATE.exec(date ?? '') ?? []
  const time = new Date(`${year}-${month}-${day}T${clock}${zone ?? ''}`)
  return zone === undefined || Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function parentOf(message: Element): Parent | null {
  const href = attr(selectOne('.reply_to a[href]', message), 'href')
  const key = ANSWERED.exec(href ?? '')?.[1]
  if (key === undefined || key === attr(message, 'id')) return null
  return { ref: null, key, basis: 'declared', p: 1, say: 'in reply to a message of the chat' }
}

function mediaOf(kind: Media['kind'], link: Element): Media[] {
  const url = attr(link, 'href') ?? ''
  const alt = textOf(selectOne('.title', link))
  return FILE.test(url) ? [{ kind, url, alt, width: null, height: null, poster: null }] : []
}
