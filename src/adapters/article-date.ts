// When an article was published, as its page says: the head, JSON-LD, marked times, the URL, a line near the title. Dates of
// comments, side bars and the page's frame are never looked at.
import type { Document, Element } from 'domhandler'
import { attr, closest, select, textOf } from '../markup.ts'
import { type PrintedTime, readDate } from './dates.ts'

const META = [
  'article:published_time',
  'og:article:published_time',
  'og:published_time',
  'datePublished',
  'date',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'published_time',
  'published',
  'DC.date.issued',
  'dc.date.issued',
  'DC.date',
  'dc.date',
  'DC.Date',
  'dc.date.created',
  'dcterms.created',
  'DCTERMS.created',
  'dcterms.date',
  'dcterms.issued',
  'parsely-pub-date',
  'sailthru.date',
  'article.published',
  'article_date_original',
  'cXenseParse:recs:publishtime',
  'citation_publication_date',
  'rnews:datePublished',
  'last-modified',
]
const MARKED =
  'time.entry-date.published, time.published, time.entry-date, [itemprop~="datePublished"], time[pubdate], article time[datetime], .entry-meta time, time[datetime], abbr.published[title], article time, time'
const PRINTED =
  '.entry-date, .post-date, .published, .date, .postdate, .post-meta, .entry-meta, .postmetadata, .meta, .postinfo, .dateline, [class*="publish"], [class*="date"], [class*="datum"], [class*="fecha"], [class*="posted"], [class*="byline"], [class*="time"], [id*="date"], [class*="meta"], [class*="info"]'
const OUTSIDE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, footer, nav, .widget, .sidebar, [class*="comment"], [class*="kommentar"], [class*="related"], [class*="teaser"], [class*="sidebar"], [class*="update"], [class*="modified"]'
/** Characters of an element that is a date or has one in it. */
const MAX_PRINTED = 160
const DATE_IN_PATH = /[/_-]((?:19|20)\d\d)[/_-](\d\d?)[/_-](\d\d?)(?:\D|$)|\/((?:19|20)\d\d)([01]\d)([0-3]\d)(?:\D|$)/
/** No web page is older. */
const FIRST_YEAR = '1991'

export interface SaidDate {
  readonly linked: string | null
  readonly url: URL | null
  /** Short lines around the title. */
  readonly lines: readonly string[]
}

/** The first believable time. */
export function publishedOf(root: Document, { linked, url, lines }: SaidDate): PrintedTime | null {
  return (
    inHead(root) ??
    plausible(linked) ??
    marked(root) ??
    plausible(inPath(url)) ??
    printed(root, PRINTED) ??
    firstOf(lines, plausible) ??
    null
  )
}

function inHead(root: Document): PrintedTime | null {
  const said = new Map<string, string>()
  for (const meta of select('meta[content]', root)) {
    const key = attr(meta, 'property') ?? attr(meta, 'name') ?? attr(meta, 'itemprop')
    const content = attr(meta, 'content')
    if (key !== null && content !== null && !said.has(key)) said.set(key, content)
  }
  return firstOf(META, (key) => plausible(said.get(key) ?? null))
}

function marked(root: Document): PrintedTime | null {
  return firstOf(MARKED.split(', '), (selector) =>
    firstOf(outside(root, selector), (time) =>
      plausible(attr(time, 'datetime') ?? attr(time, 'content') ?? attr(time, 'title') ?? textOf(time)),
    ),
  )
}

function printed(root: Document, selectors: string): PrintedTime | null {
  return firstOf(selectors.split(', '), (selector) =>
    firstOf(outside(root, selector), (element) => {
      const text = textOf(element) ?? ''
      return text.length <= MAX_PRINTED ? plausible(text) : null
    }),
  )
}

function outside(root: Document, selector: string): Element[] {
  return select(selector, root).filter((element) => closest(element, OUTSIDE) === null)
}

function plausible(text: string | null): PrintedTime | null {
  const time = readDate(text)
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
