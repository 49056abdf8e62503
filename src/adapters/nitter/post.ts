// One post of a Nitter page: `.timeline-item` with its words, attachments and quote (markup of 2019–2026). Addresses
// that Nitter rewrote are mapped back. The line ends in the words are line ends.
import type { Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Media, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { onceByUrl } from '../extraction/media.ts'
import { lineNodes } from '../values/pre-wrap.ts'
import { authorOf, refOf, type StatusName, snowflakeTime, statusInPath, statusUrl } from '../x/names.ts'
import type { XTweet } from '../x/tweet.ts'
import { originalFile, originalLink } from './links.ts'

const QUOTE = '.quote'
/** `Mar 21, 2006 · 8:50 PM UTC`; until 2020 `27/4/2019, 05:45:08`, day first. */
const TIME = /^(\w{3}) (\d{1,2}), (\d{4}) · (\d{1,2}):(\d\d) ([AP]M) UTC$/
const OLD_TIME = /^(\d{1,2})\/(\d{1,2})\/(\d{4}), (\d\d:\d\d:\d\d)$/
const PATH = /^(?:https?:\/\/[^/]+)?(\/[^#?]*)/
const LEADING_AT = /^@/

/** Nitter writes the place behind the words, inside their box. */
const PLACE = '.tweet-geo'
const EDITED = /^Last edited (.+)$/

/** The post in the item, or null when nothing names it. */
export function postIn(item: Element, base: URL | null): XTweet | null {
  const isOwn = (element: Element) => closest(element, QUOTE) === null
  const date = select('.tweet-date a', item).find(isOwn) ?? null
  const status = statusOf(selectOne('.tweet-link', item)) ?? statusOf(date)
  if (status === null) return null
  const words = select('.tweet-content', item).find(isOwn) ?? null
  const quote = selectOne(QUOTE, item)
  return {
    id: status.id,
    author: authorIn(item, status.handle),
    ...bodyFromNodes(
      lineNodes(wordsIn(words), (link) => originalLink(attr(link, 'href'), base)),
      base,
    ),
    createdAt: snowflakeTime(status.id) ?? timeOf(attr(date, 'title')),
    editedAt: timeOf(EDITED.exec(textOf(selectOne('.tweet-published', item)) ?? '')?.[1] ?? null),
    lang: null,
    parentId: null,
    conversation: null,
    media: mediaIn(item, base, isOwn),
    quotes: quote === null ? [] : [quoteIn(quote, base)],
    versions: newerOf(item, status.id),
    isCut: false,
  }
}

/** The newest version of a post, where the page shows an older one and links it. */
function newerOf(item: Element, id: string): readonly string[] {
  const newest = statusOf(selectOne('.latest-post-version a', item))?.id ?? id
  return newest === id ? [] : [id, newest]
}

function wordsIn(box: Element | null) {
  const places = box === null ? [] : select(PLACE, box)
  return (box?.children ?? []).filter((node) => !places.some((place) => place === node))
}

/** The id of a post that the site does not show, on pages since 2024, which link it. */
export function hiddenId(item: Element): string | null {
  return statusOf(selectOne('.unavailable-box', item))?.id ?? null
}

/** What Post has no place for: a poll, and the note that readers added (2024 on). */
export function besideWords(item: Element, base: URL | null): Readonly<Record<string, unknown>> | null {
  const poll = pollIn(item)
  const box = select('.community-note-text', item).find((note) => closest(note, QUOTE) === null)
  if (box === undefined) return poll
  const link = (element: Element) => originalLink(attr(element, 'href'), base)
  return { ...poll, communityNote: bodyFromNodes(lineNodes(box.children, link), base).text }
}

/** A poll's choices; Nitter shows shares, and the votes of all together. */
function pollIn(item: Element): Readonly<Record<string, unknown>> | null {
  const poll = selectOne('.poll', item)
  if (poll === null || closest(poll, QUOTE) !== null) return null
  const choices = select('.poll-option', poll).map((option) => ({
    label: textOf(selectOne('.poll-option-label, .poll-choice-option', option)),
    share: textOf(selectOne('.poll-option-pct, .poll-choice-value', option)),
  }))
  return { poll: { choices, info: textOf(selectOne('.poll-info', poll)) } }
}

function statusOf(link: Element | null): StatusName | null {
  const path = PATH.exec(attr(link, 'href') ?? '')?.[1]
  return path === undefined ? null : statusInPath(path)
}

function authorIn(block: Element, fallback: string | null) {
  const name = selectOne('.fullname', block)
  const handle = textOf(selectOne('.username', block))?.replace(LEADING_AT, '') ?? attr(block, 'data-username')
  return authorOf(null, handle ?? fallback, attr(name, 'title') ?? textOf(name))
}

/** Both forms are in UTC. */
function timeOf(title: string | null): string | null {
  const now = TIME.exec(title ?? '')
  if (now !== null) return isoOf(`${now[2]} ${now[1]} ${now[3]} ${now[4]}:${now[5]} ${now[6]} UTC`)
  const [, day, month, year, clock] = OLD_TIME.exec(title ?? '') ?? []
  return day === undefined ? null : isoOf(`${year}-${month?.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}Z`)
}

function isoOf(text: string): string | null {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

function mediaIn(block: Element, base: URL | null, isOwn: (element: Element) => boolean): Media[] {
  const photos = select('.attachment.image, .attachment .still-image', block)
    .filter(isOwn)
    .map((box) => imageOf(box, base))
  const films = select('.video-container, .gallery-gif .attachment', block)
    .filter(isOwn)
    .map((box) => filmOf(box, base))
  return onceByUrl([...photos, ...films].filter((medium) => medium !== null))
}

function imageOf(box: Element, base: URL | null): Media | null {
  const link = box.name === 'a' ? box : selectOne('a.still-image', box)
  const image = selectOne('img', box)
  const url = originalFile(attr(link, 'href') ?? attr(image, 'src'), base)
  return url === null ? null : { kind: 'image', url, alt: attr(image, 'alt'), width: null, height: null, poster: null }
}

/** With playback switched off only the still picture is on the page. */
function filmOf(box: Element, base: URL | null): Media | null {
  const video = selectOne('video', box)
  const poster = originalFile(attr(video, 'poster') ?? attr(selectOne('img', box), 'src'), base)
  const file = attr(selectOne('source', box), 'src') ?? attr(video, 'data-url')
  const url = originalFile(file, base) ?? poster
  if (url === null) return null
  const kind = closest(box, '.gallery-gif') === null ? 'video' : 'gif'
  return { kind, url, alt: null, width: null, height: null, poster }
}

/** An unavailable quote has a link since 2024 at most; its words are the site's. */
function quoteIn(quote: Element, base: URL | null): Quote {
  const status = statusOf(selectOne('.quote-link, .unavailable-quote', quote))
  const words = selectOne('.quote-text', quote)
  const { text } = bodyFromNodes(
    lineNodes(words?.children ?? [], (link) => originalLink(attr(link, 'href'), base)),
    base,
  )
  return {
    ref: status === null ? null : refOf(status.id),
    author: authorIn(quote, status?.handle ?? null),
    text: text === '' ? null : text,
    url: status === null ? null : statusUrl(status.handle, status.id),
    createdAt: status === null ? null : snowflakeTime(status.id),
  }
}
