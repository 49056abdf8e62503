// A channel of Discord as DiscordChatExporter writes it down for people (HTML, its default form; 2020 to now). Every
// message bears its id, which tells its moment; the clock that is printed has no zone. Knows nothing of the same
// exporter's JSON.
import type { Element, ParentNode } from 'domhandler'
import { attr, closestAround, hasClass, select, selectOne, shortTextOf, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Media, Parent, Post, PostRef, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { onceByUrl } from '../extraction/media.ts'
import { knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { keepMarkup } from '../values/pre-wrap.ts'
import { addressOf, answered, chatExtraction, mediaKind, reactionsOf } from './export.ts'

const PLATFORM = 'discord'
const MESSAGES = '.chatlog__message-group [data-message-id]'
const ID = /^\d{15,20}$/
const ID_IN_CALL = /\b(\d{15,20})\b/
/** Milliseconds since 2015 stand above 22 other bits of an id. */
const EPOCH_MS = 1_420_070_400_000n
const ID_BITS = 22n
const NAME = '.chatlog__author, .chatlog__author-name'
const CONTENT = '.chatlog__content'
/** What the program remarks: who came, who pinned. */
const REMARK = '.chatlog__system-notification-content'
const ANSWER = '.chatlog__reply, .chatlog__reference, .chatlog__referenced-message'
const ANSWERED = '.chatlog__reply-link[onclick], .chatlog__reference-link[onclick]'
const FILES =
  '.chatlog__attachment a[href], .chatlog__attachment [src], .chatlog__sticker [src], .chatlog__embed-image[src]'
const MAX_NAME = 200
const NO_NUMBER = /#0{1,4}$/

export function isDiscordPage(page: Page): boolean {
  return page.kind === 'html' && page.text.includes('chatlog__') && selectOne(MESSAGES, page.html().root) !== null
}

export function extractDiscordPage(page: Page, reader: Reader): Extraction {
  const root = page.kind === 'html' ? page.html().root : null
  const found = root === null ? [] : select(MESSAGES, root).filter((message) => idOf(message) !== null)
  const remarks = found.filter((message) => selectOne(REMARK, message) !== null)
  const posts = found.filter((message) => !remarks.includes(message)).map((message) => postOf(page, reader, message))
  const [guild, ...channel] = root === null ? [] : select('.preamble__entry', root).map(textOf)
  return chatExtraction(page, posts, {
    title: channel[0] ?? null,
    site: guild ?? 'Discord',
    remarks: remarks.map((message) => shortTextOf(selectOne(REMARK, message), MAX_NAME) ?? '?'),
    notes: [],
  })
}

function idOf(message: Element): string | null {
  const id = attr(message, 'data-message-id') ?? ''
  return ID.test(id) ? id : null
}

function postOf(page: Page, reader: Reader, message: Element): Post {
  const id = idOf(message) ?? ''
  const edited = attr(selectOne('.chatlog__edited-timestamp', message), 'title')
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'post',
    platform: PLATFORM,
    author: authorOf(message),
    ...bodyOf(message),
    createdAt: timeOf(id),
    parent: parentOf(message, id),
    media: mediaOf(message),
    quotes: select('.chatlog__embed', message).flatMap(quoteOf),
    provenance: placeInHtml(
      page,
      reader,
      message,
      knownOf({
        printedEdit: edited,
        reactions: reactionsOf(select('.chatlog__reaction', message).map(reactionOf)),
        pinned: hasClass(message, 'chatlog__message-container--pinned'),
      }),
    ),
  })
}

function refOf(id: string): PostRef {
  return { platform: PLATFORM, id }
}

function timeOf(id: string): string | null {
  return timeOfSeconds(Number((BigInt(id) >> ID_BITS) + EPOCH_MS) / 1000)
}

/** The first message of a group bears the name; until 2021 the group does. Who is answered has one too. */
function authorOf(message: Element): Author | null {
  const group = closestAround(message, '.chatlog__message-group')
  const named = nameIn(message) ?? (group === null ? null : nameIn(group))
  if (named === null) return null
  const id = attr(named, 'data-user-id')
  return { id: ID.test(id ?? '') ? id : null, handle: handleOf(attr(named, 'title')), name: textOf(named), url: null }
}

function nameIn(around: ParentNode): Element | null {
  return select(NAME, around).find((name) => closestAround(name, ANSWER) === null) ?? null
}

/** `wren#0000`: accounts have no number since 2023. */
function handleOf(title: string | null): string | null {
  return title?.replace(NO_NUMBER, '') ?? null
}

function bodyOf(message: Element) {
  const contents = select(CONTENT, message).filter((content) => closestAround(content, ANSWER) === null)
  const nodes = contents.flatMap(({ children }) => children)
  return bodyFromNodes(keepMarkup(nodes.filter((node) => !('attribs' in node) || !isStamp(node))), null)
}

function isStamp(node: Element): boolean {
  return hasClass(node, 'chatlog__edited-timestamp')
}

function parentOf(message: Element, own: string): Parent | null {
  const id = ID_IN_CALL.exec(attr(selectOne(ANSWERED, message), 'onclick') ?? '')?.[1]
  return id === undefined ? null : answered(refOf(id), id, own, 'shows the message that it answers')
}

function mediaOf(message: Element): readonly Media[] {
  const files = select(FILES, message).flatMap((file) => {
    const url = addressOf(attr(file, 'href') ?? attr(file, 'src'))
    if (url === null) return []
    const kind = mediaKind(null, parseUrl(url)?.pathname ?? url)
    return [{ kind, url, alt: attr(file, 'alt'), width: null, height: null, poster: null }]
  })
  return onceByUrl(files)
}

function quoteOf(embed: Element): Quote[] {
  const parts = ['.chatlog__embed-title', '.chatlog__embed-description'].map((part) => textOf(selectOne(part, embed)))
  const text = parts.filter(Boolean).join('\n')
  const url = parseUrl(attr(selectOne('.chatlog__embed-title-link', embed), 'href'))?.href ?? null
  return text === '' ? [] : [{ ref: null, author: null, text, url, createdAt: null }]
}

function reactionOf(reaction: Element): readonly [string | null, number | null] {
  const sign = attr(selectOne('img', reaction), 'alt') ?? attr(reaction, 'title')
  const count = Number(textOf(selectOne('.chatlog__reaction-count', reaction)))
  return [sign, Number.isSafeInteger(count) ? count : null]
}
