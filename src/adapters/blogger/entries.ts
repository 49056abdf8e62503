// The articles on a Blogger page of any template: their bodies, and what stands around each.
import type { Document, Element } from 'domhandler'
import { attr, closest, closestAround, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Post, PostRef } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import { articlePost } from '../article/blog-article.ts'
import type { PageFacts } from '../article/metadata/metadata.ts'
import { placeInHtml } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { type PrintedTime, readDate } from '../values/dates.ts'

export const READER = { name: 'blogger', version: 1 }
/** What stands around the body of one article. */
export const AROUND = '.hentry, .post, .post-outer, article'
const BODIES = '.post-body, .entry-content, [itemprop~="articleBody"]'
const NOT_ARTICLE = '.comments, #comments, #comments-block, .widget .snippet, aside, footer'
/** Bodies in bodies that are read each for itself. */
const MAX_NESTED = 8
const PERMALINK = '.post-title a[href], .entry-title a[href], a.timestamp-link[href]'
const POST_ID = /^post-body-(\d{5,20})$/
/** The name that Blogger prints for an account that is gone. */
const GONE_ACCOUNT = 'Unknown'

/**
 * Without those deep in others, whose words stand there as well: an endless view that ends no `div` nests every article
 * it adds.
 */
export function bodiesIn(root: Document): readonly Element[] {
  const levels = new Map<Element, number>()
  return select(BODIES, root).filter((element) => {
    const outer = closestAround(element, BODIES)
    const level = outer === null ? 1 : (levels.get(outer) ?? 1) + 1
    levels.set(element, level)
    return level <= MAX_NESTED && closest(element, NOT_ARTICLE) === null
  })
}

interface Printed {
  readonly title: string | null
  readonly author: Author | null
  readonly stamped: PrintedTime | null
  readonly headed: PrintedTime | null
}

/** What the template prints around a body. */
export function factsAround(around: Element): Printed {
  const stamp = selectOne('abbr.published, .published, [itemprop~="datePublished"]', around)
  const name = textOf(selectOne('.post-author .fn, [itemprop~="author"] [itemprop~="name"], .fn', around))
  return {
    title: textOf(selectOne('.post-title, .entry-title', around)),
    author: name === null || name === GONE_ACCOUNT ? null : { id: null, handle: null, name, url: null },
    stamped: readDate(attr(stamp, 'title') ?? attr(stamp, 'content')),
    headed: headedDate(around),
  }
}

/** Older templates head the articles of one day with its date. */
function headedDate(around: Element): PrintedTime | null {
  const day = closest(around, '.date-outer')
  return day === null ? null : readDate(textOf(selectOne('.date-header', day)))
}

/** One article; null when it has no words. */
export function readEntry(page: Page, facts: PageFacts, body: Element, ref: PostRef | null): Post | null {
  const provenance = placeInHtml(page, READER, body, null)
  const post = articlePost({ page, platform: READER.name, ref, facts, body, provenance })
  if (post.text !== '') return post
  // Google's own blogs put the words into `noscript`, for a script to lay out (2020).
  const words = selectOne('noscript', body)
  const silent =
    words === null ? null : articlePost({ page, platform: READER.name, ref, facts, body: words, provenance })
  return silent === null || silent.text === '' ? null : silent
}

/** By what stands in or around the body itself. */
export function ownRef(body: Element): PostRef | null {
  const around = closest(body, AROUND)
  const said = around === null ? null : attr(selectOne('meta[itemprop="postId"]', around), 'content')
  const id = POST_ID.exec(attr(body, 'id') ?? '')?.[1] ?? said
  return id === null ? null : { platform: READER.name, id }
}

/** What is printed around it; what the head says is of the page. */
export function ownFacts(page: Page, facts: PageFacts, body: Element): PageFacts {
  const around = closest(body, AROUND)
  const link = resolve(attr(around === null ? null : selectOne(PERMALINK, around), 'href'), facts.url ?? page.url)
  const printed = around === null ? null : factsAround(around)
  return {
    ...facts,
    title: printed?.title ?? null,
    author: printed?.author ?? null,
    published: printed?.stamped ?? printed?.headed ?? null,
    modified: null,
    url: link === null ? null : parseUrl(link),
  }
}
