// One post of a Mastodon page: as servers drew it until version 4 (microformats, media as JSON in attributes), and as
// its script draws it since (the same class names, bodies in `.status__content__text`).
import type { Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Media, PostRef } from '../../model.ts'
import { type Body, bodyFromHtml, bodyFromNodes } from '../../text/body.ts'
import { parseUrl, resolve } from '../../url.ts'
import { escapeHtml, timeOfText } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import { type Json, objectsAt, textAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'
import { PLATFORM } from './names.ts'
import { mediaOf } from './status.ts'

/** What a page tells of a post, before its place is known. */
export interface DrawnPost {
  readonly element: Element
  readonly key: string
  readonly ref: PostRef | null
  readonly url: string | null
  readonly author: Author | null
  readonly body: Body
  readonly warning: string | null
  readonly createdAt: string | null
  readonly lang: string | null
  readonly media: readonly Media[]
}

export const POST = '.detailed-status, .status'
const ADDRESS = 'a.detailed-status__datetime, a.status__relative-time'
const WORDS = '.e-content, .status__content__text'
const ACCOUNT = 'a.detailed-status__display-name, a.status__display-name'
const WARNING = '.p-summary, .content-warning p'
const DRAWN_BY_SCRIPT = '[data-component][data-props]'
const LOCAL_PATH = /^\/@([\w.-]+)\/(\d+)$/
/** A post of another server under a number that only this one gives it. */
const REMOTE_PATH = /^\/@[\w.-]+@[\w.-]+(?::\d+)?\/(\d+)$/
const HANDLE = /^@?([\w.-]+)(?:@([\w.-]+(?::\d+)?))?$/

/** The post, or null for a box without words, media and address. */
export function postIn(element: Element, base: URL | null, at: number): DrawnPost | null {
  const isOwn = (inner: Element) => closest(inner, POST) === element
  const first = (selector: string) => select(selector, element).find(isOwn) ?? null
  const words = first(WORDS) ?? first('.status__content')
  const address = parseUrl(resolve(attr(first(ADDRESS), 'href'), base))
  if (words === null && address === null) return null
  return {
    element,
    key: address?.href ?? `status-${at + 1}`,
    ref: address === null ? null : refOfAddress(address),
    url: address?.href ?? null,
    author: authorOf(first('.display-name'), attr(first(ACCOUNT), 'href'), base),
    body: bodyOf(words, select('.poll li', element).filter(isOwn), base),
    warning: textOf(first(WARNING)),
    createdAt: timeOfText(attr(first('data.dt-published'), 'value') ?? attr(first('time[datetime]'), 'datetime')),
    lang: languageOf(attr(words, 'lang')),
    media: mediaIn(element, isOwn, base),
  }
}

/** The post's name on its own server, as the API and ActivityPub give it. */
export function refOfAddress(url: URL): PostRef {
  const [, name, id] = LOCAL_PATH.exec(url.pathname) ?? []
  if (name !== undefined) return { platform: PLATFORM, id: `${url.origin}/users/${name}/statuses/${id}` }
  const number = REMOTE_PATH.exec(url.pathname)?.[1]
  return { platform: PLATFORM, id: number === undefined ? url.href : `${url.origin}/statuses/${number}` }
}

function authorOf(shown: Element | null, href: string | null, base: URL | null): Author | null {
  const account = textOf(shown === null ? null : selectOne('.display-name__account', shown))
  const [, name, home] = HANDLE.exec(account ?? '') ?? []
  const url = parseUrl(resolve(href, base))
  if (name === undefined) return null
  const host = home ?? base?.host ?? url?.host
  const handle = host === undefined ? name : `${name}@${host}`
  return { id: null, handle, name: textOf(selectOne('.display-name__html', shown as Element)), url: url?.href ?? null }
}

/** A poll stands inside of the words on old pages and beside them on new ones: its options are lines of the body. */
function bodyOf(words: Element | null, options: readonly Element[], base: URL | null): Body {
  const own = bodyFromNodes(words?.children ?? [], base, (element) => isPoll(element) || element.name === 'button')
  if (options.length === 0) return own
  const lines = options.map((option) => `<li>${escapeHtml(optionOf(option))}</li>`)
  return bodyFromHtml(`${own.html ?? ''}<ul>${lines.join('')}</ul>`, base)
}

function isPoll(element: Element): boolean {
  return attr(element, 'class')?.split(' ').includes('poll') === true || attr(element, 'data-component') === 'Poll'
}

function optionOf(option: Element): string {
  const share = textOf(selectOne('.poll__number', option))
  const name = textOf(selectOne('.poll__option__text', option) ?? option) ?? ''
  return share === null ? name : `${name.replace(share, '').trim()} (${share})`
}

function mediaIn(element: Element, isOwn: (inner: Element) => boolean, base: URL | null): readonly Media[] {
  const told = select(DRAWN_BY_SCRIPT, element).filter(isOwn).flatMap(mediaInProps)
  if (told.length > 0) return told
  const pictures = select('a.media-gallery__item-thumbnail', element).filter(isOwn)
  return pictures.flatMap((link) => {
    const url = parseUrl(resolve(attr(link, 'href'), base))
    const alt = attr(selectOne('img', link), 'alt')
    return url === null ? [] : [{ kind: 'image', url: url.href, alt, width: null, height: null, poster: null }]
  })
}

/** What the script would have drawn: the API's own attachments, or one film or sound. */
function mediaInProps(box: Element): readonly Media[] {
  const props = parseJson(attr(box, 'data-props') ?? '').value
  const attachments = objectsAt(props, 'media')
  if (attachments.length > 0) return mediaOf({ media_attachments: attachments })
  const [src, component] = [textAt(props, 'src'), attr(box, 'data-component')]
  if (src === null || (component !== 'Video' && component !== 'Audio')) return []
  const one: Json = {
    type: component.toLowerCase(),
    url: src,
    preview_url: textAt(props, 'preview'),
    description: textAt(props, 'alt'),
  }
  return mediaOf({ media_attachments: [one] })
}
