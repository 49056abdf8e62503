// One message of a Telegram channel as its preview page draws it. Pictures are backgrounds, never `img`; what a message
// answers or forwards stands inside it in elements of their own.
import type { ChildNode, Element } from 'domhandler'
import { attr, closestAround, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Media, Parent, Post, PostRef, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { hostIs, parseUrl, resolve } from '../../url.ts'
import { onceByUrl } from '../extraction/media.ts'
import { type Extra, knownOf, placeInHtml } from '../extraction/place.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'

export const NAME = 'telegram'
export const READER = { name: NAME, version: 1 } as const
export const SITE = new URL('https://t.me/')
const POST_NAME = /^([A-Za-z]\w{3,31})\/(\d{1,12})$/
const POST_PATH = /^\/(?:s\/)?([A-Za-z]\w{3,31})\/(\d{1,12})\/?$/
const BACKGROUND = /background-image:\s*url\(\s*['"]?([^'")]{1,2000})/i
const WIDTH = /(?:^|;)\s*width:\s*(\d{1,5})px/
const TEXT = '.tgme_widget_message_text.js-message_text, .tgme_widget_message_text'
export const REPLY = '.tgme_widget_message_reply'
/** What the widget of a discussion puts above an answer to this comment: its words once more. */
export const TEMPLATE = '.tgme_widget_message_reply_template'
const UNSHOWN = '.message_media_not_supported_label'

/** The channel's name and the message's number: `pier/120`, or null. */
export function nameIn(message: Element): string | null {
  const name = attr(message, 'data-post')
  return name !== null && POST_NAME.test(name) ? name : null
}

/** The message an address names. */
export function nameOfUrl(href: string | null): string | null {
  const url = parseUrl(href)
  if (url === null || !(hostIs(url, 't.me') || hostIs(url, 'telegram.me'))) return null
  const [, channel, number] = POST_PATH.exec(url.pathname) ?? []
  return channel === undefined ? null : `${channel}/${number}`
}

export function refOf(name: string): PostRef {
  return { platform: NAME, id: name }
}

export function postOf(page: Page, message: Element, name: string, block: string | null): Post {
  const channel = name.split('/')[0] ?? ''
  const owner = selectOne('.tgme_widget_message_owner_name', message)
  const words = wordsIn(message)
  return makePost({
    key: name,
    ref: refOf(name),
    kind: 'post',
    platform: NAME,
    author: { id: null, handle: channel, name: textOf(owner), url: new URL(channel, SITE).href },
    ...bodyFromNodes([...words, ...pollOf(message)], SITE),
    createdAt: timeOfText(
      attr(selectOne('.tgme_widget_message_date time[datetime], time[datetime]', message), 'datetime'),
    ),
    url: new URL(name, SITE).href,
    parent: parentOf(message, name),
    conversation: null,
    media: mediaOf(message),
    quotes: previewedMessage(message),
    block,
    provenance: placeInHtml(page, READER, message, extraOf(message)),
  })
}

/** A caption may be printed twice, one inside the other; what is answered has words of its own. */
function wordsIn(message: Element): readonly ChildNode[] {
  const texts = select(TEXT, message).filter(
    (text) => closestAround(text, `${REPLY}, ${TEMPLATE}`) === null && selectOne(TEXT, text) === null,
  )
  return texts.flatMap((text) => text.children)
}

function pollOf(message: Element): readonly ChildNode[] {
  return select('.tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text', message)
}

function parentOf(message: Element, name: string): Parent | null {
  const answered = nameOfUrl(attr(selectOne(`a${REPLY}`, message), 'href'))
  if (answered === null || answered === name) return null
  return { ref: refOf(answered), key: answered, basis: 'declared', p: 1, say: 'shows the message it answers' }
}

function mediaOf(message: Element): readonly Media[] {
  const found = [
    ...select('.tgme_widget_message_photo_wrap', message).flatMap((one) => mediaFrom('image', backgroundOf(one), one)),
    ...select('.tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player', message).flatMap(videoOf),
    ...select('audio[src]', message).flatMap((one) => mediaFrom('audio', attr(one, 'src'), one)),
    ...select('.tgme_widget_message_document_wrap', message).flatMap(fileOf),
  ]
  return onceByUrl(found)
}

/** Long films are not on the page; then the still picture is what there is. */
function videoOf(player: Element): readonly Media[] {
  const video = selectOne('video', player)
  const thumb = selectOne('.tgme_widget_message_video_thumb, .tgme_widget_message_roundvideo_thumb', player)
  const poster = thumb === null ? null : backgroundOf(thumb)
  const shown = mediaFrom('video', attr(video, 'src') ?? attr(player, 'href'), player)
  return shown.map((media) => ({ ...media, poster: resolve(poster, SITE) }))
}

/** A file's name is shown, its address is not: only the application fetches it. */
function fileOf(wrap: Element): readonly Media[] {
  const title = textOf(selectOne('.tgme_widget_message_document_title', wrap))
  return mediaFrom('file', attr(wrap, 'href'), wrap).map((media) => ({ ...media, alt: title }))
}

function mediaFrom(kind: Media['kind'], href: string | null, element: Element): readonly Media[] {
  const url = parseUrl(resolve(href, SITE))
  if (url === null) return []
  const width = WIDTH.exec(attr(element, 'style') ?? '')?.[1]
  return [
    { kind, url: url.href, alt: null, width: width === undefined ? null : Number(width), height: null, poster: null },
  ]
}

function backgroundOf(element: Element): string | null {
  const address = BACKGROUND.exec(attr(element, 'style') ?? '')?.[1] ?? null
  return address?.startsWith('//') ? `https:${address}` : address
}

/** A preview of another message is a quote; of a page, it is a remark. */
function previewedMessage(message: Element): readonly Quote[] {
  return select('a.tgme_widget_message_link_preview', message).flatMap((preview) => {
    const name = nameOfUrl(attr(preview, 'href'))
    if (name === null) return []
    const text = textOf(selectOne('.link_preview_description', preview))
    const title = textOf(selectOne('.link_preview_title', preview))
    const author = { id: null, handle: name.split('/')[0] ?? null, name: title, url: null }
    return [{ ref: refOf(name), author, text, url: new URL(name, SITE).href, createdAt: null }]
  })
}

function extraOf(message: Element): Extra | null {
  const forwarded = selectOne('.tgme_widget_message_forwarded_from_name', message)
  return knownOf({
    forwardedFrom: textOf(forwarded),
    forwardedUrl: parseUrl(attr(forwarded, 'href'))?.href ?? null,
    signed: textOf(selectOne('.tgme_widget_message_from_author', message)),
    edited: (textOf(selectOne('.tgme_widget_message_meta', message)) ?? '').startsWith('edited'),
    preview: pagePreview(message),
    notShown: hasClass(message, 'text_not_supported_wrap') ? textOf(selectOne(UNSHOWN, message)) : null,
  })
}

function pagePreview(message: Element): Extra | null {
  const preview = select('a.tgme_widget_message_link_preview', message).find(
    (one) => nameOfUrl(attr(one, 'href')) === null,
  )
  if (preview === undefined) return null
  return knownOf({
    url: parseUrl(attr(preview, 'href'))?.href ?? null,
    site: textOf(selectOne('.link_preview_site_name', preview)),
    title: textOf(selectOne('.link_preview_title', preview)),
    description: textOf(selectOne('.link_preview_description', preview)),
  })
}
