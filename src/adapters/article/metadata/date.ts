// When an article was published, as its page says: the head, JSON-LD, marked times, the URL, a line near the title.
// Dates of comments, side bars and the page's frame are never looked at.
import type { Document, Element } from 'domhandler'
import { attr, closest, hasClass, select, textOf } from '../../../markup/markup.ts'
import { type PrintedTime, readDate, type SlashOrder, slashOrder } from '../../values/dates.ts'
import type { Lines } from './lines.ts'

/** Properties that say publication and nothing else. */
const META = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datePublished',
  'rnews:datePublished',
  'parsely-pub-date',
  'sailthru.date',
  'article.published',
  'article_date_original',
  'cXenseParse:recs:publishtime',
  'citation_publication_date',
  'published_time',
  'publish-date',
  'publish_date',
  'publishdate',
  'pub_date',
  'pubdate',
]
/** Properties that may also tell a change, or the day of the request. */
const LOOSE_META = [
  'dc.date.issued',
  'dcterms.issued',
  'dc.date.created',
  'dcterms.created',
  'published',
  'dc.date',
  'dcterms.date',
  'date',
  'last-modified',
]
const MARKED =
  'time.entry-date.published, time.published, time.entry-date, [itemprop~="datePublished"], [property~="dc:date"][content], [property~="schema:dateCreated"][content], .dt-published[datetime], time[pubdate], article time[datetime], .entry-meta time, time[datetime], abbr.published[title]'
const PRINTED =
  'article time, time, .entry-date, .post-date, .published, .date, .postdate, .post-meta, .entry-meta, .postmetadata, .meta, .postinfo, .dateline, [class*="publish"], [class*="date"], [class*="datum"], [class*="fecha"], [class*="posted"], [class*="byline"], [class*="time"], [id*="date"], [class*="meta"], [class*="info"]'
const OUTSIDE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, body > footer, body > .footer, #footer, .site-footer, nav, .widget:not(.Blog), .sidebar:not(body), [class*="comment"]:not(body), [class*="kommentar"]:not(body), [class*="related"]:not(body), [class*="PostPreview"], .post-preview, [class*="sidebar"]:not(body), [class*="update"]:not(body), [class*="modified"]:not(body)'
/** Characters of an element that is a date or has one in it. */
const MAX_PRINTED = 160
const DATE_IN_PATH = /[/_-]((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?:\D|$)|\/((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\D|$)/
/** Pieces of text around the title in which a date is surely the article's. */
const LINES_AFTER = 10
const LINES_BEFORE = 3
/** No web page is older. */
const FIRST_YEAR = '1991'

interface SaidDate {
  readonly linked: string | null
  readonly url: URL | null
  readonly lines: Lines
  /** Of the page: tells day and month of `3/4/2019` apart. */
  readonly lang: string | null
}

/** The first believable time. */
export function publishedOf(root: Document, { linked, url, lines, lang }: SaidDate): PrintedTime | null {
  const order = slashOrder(lang)
  const read: Read = (text) => plausible(text, order)
  return (
    inHead(root, META, read) ??
    read(linked) ??
    marked(root, read) ??
    read(inPath(url)) ??
    firstOf(lines.before.slice(0, LINES_BEFORE), read) ??
    firstOf(lines.after.slice(0, LINES_AFTER), read) ??
    inHead(root, LOOSE_META, read) ??
    printed(root, read) ??
    firstOf([...lines.after, ...lines.before], read)
  )
}

type Read = (text: string | null) => PrintedTime | null

function inHead(root: Document, keys: readonly string[], read: Read): PrintedTime | null {
  const said = new Map<string, string>()
  for (const meta of select('meta[content]', root)) {
    const key = attr(meta, 'property') ?? attr(meta, 'name') ?? attr(meta, 'itemprop')
    const content = attr(meta, 'content')
    if (key !== null && content !== null && !said.has(key.toLowerCase())) said.set(key.toLowerCase(), content)
  }
  return firstOf(keys, (key) => read(said.get(key.toLowerCase()) ?? null))
}

function marked(root: Document, read: Read): PrintedTime | null {
  return firstOf(MARKED.split(', '), (selector) =>
    firstOf(outside(root, selector), (time) =>
      read(attr(time, 'datetime') ?? attr(time, 'content') ?? attr(time, 'title') ?? textOf(time)),
    ),
  )
}

function printed(root: Document, read: Read): PrintedTime | null {
  return firstOf(PRINTED.split(', '), (selector) =>
    firstOf(outside(root, selector), (element) => {
      const text = textOf(element) ?? ''
      return text.length <= MAX_PRINTED ? read(text) : null
    }),
  )
}

function outside(root: Document, selector: string): Element[] {
  return select(selector, root).filter((element) => {
    const around = closest(element, OUTSIDE)
    // A post that nobody changed is `published updated` or `entry-date updated` in one.
    return (
      around === null || (around === element && (hasClass(element, 'published') || hasClass(element, 'entry-date')))
    )
  })
}

function plausible(text: string | null, order: SlashOrder): PrintedTime | null {
  const time = readDate(text, order)
  return time !== null && time.iso >= FIRST_YEAR ? time : null
}

function inPath(url: URL | null): string | null {
  const [, year, month, day, year2, month2, day2] = DATE_IN_PATH.exec(url?.pathname ?? '') ?? []
  const parts = [year ?? year2, month ?? month2, day ?? day2]
  return parts[0] === undefined ? null : parts.map((part) => part?.padStart(2, '0')).join('-')
}

function firstOf<T>(items: readonly T[], read: (item: T) => PrintedTime | null): PrintedTime | null {
  for (const item of items) {
    const time = read(item)
    if (time !== null) return time
  }
  return null
}
