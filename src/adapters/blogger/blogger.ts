// Blogger pages of any template: the article and its comments. Two levels of replies are nested, older templates print
// a flat list. The link on a comment's date holds its exact time: `?showComment=<milliseconds>`.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, closestAround, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Post, PostRef } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { articlePost, zoneNotes } from '../article/blog-article.ts'
import { type PageFacts, readFacts } from '../article/metadata.ts'
import { declaredComments } from '../comments/count.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentCount } from '../scrape/furniture.ts'
import { type PrintedTime, readDate } from '../values/dates.ts'
import { readComments } from './comments.ts'

const NAME = 'blogger'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const BODIES = '.post-body, .entry-content, [itemprop~="articleBody"]'
const AROUND = '.hentry, .post, .post-outer, article'
const NOT_ARTICLE = '.comments, #comments, #comments-block, .widget .snippet, aside, footer'
const COMMENT = 'li.comment, dl#comments-block dt'
const COUNTS = '.comments-count[title], #comments h4, #comments h3, .comments h4, .comments h3'
const FEED_OF_COMMENTS = /\/feeds\/(\d{5,20})\/comments\/default/
/** Bodies in bodies that are read each for itself. */
const MAX_NESTED = 8
const PERMALINK = '.post-title a[href], .entry-title a[href], a.timestamp-link[href]'
const POST_ID = /^post-body-(\d{5,20})$/
const GENERATOR = /^blogger$/i
/** The name that Blogger prints for an account that is gone. */
const GONE_ACCOUNT = 'Unknown'

export const blogger: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  /** Blogs live on any host, and their URLs say nothing that only Blogger says. */
  locate: () => null,

  recognises(page: Page): boolean {
    if (page.kind !== 'html') return false
    const { root } = page.html()
    const generator = attr(selectOne('meta[name="generator"]', root), 'content')
    if (generator !== null) return GENERATOR.test(generator)
    return selectOne('li.comment .comment-block a[href*="showComment="], #comments-block dt[id^="c"]', root) !== null
  },

  extract(page: Page): Extraction {
    const { root } = page.html()
    const body = bodyIn(root)
    const facts = factsOf(page, body)
    const article = body === null ? null : readArticle(page, facts, body)
    const more = furtherArticles(page, facts, body)
    const comments = readComments(page, { reader: READER, url: facts.url ?? page.url, article })
    const posts = listPosts([...(article === null ? [] : [article]), ...comments.posts, ...more])
    return makeExtraction({
      posts,
      next: commentFeeds(root, facts.url ?? page.url),
      notes: [
        ...articleNotes(page, article, more.length),
        ...withheldNotes(page, posts),
        ...(comments.posts.length === 0 ? elsewhereNotes(page) : []),
        ...zoneNotes(page, [facts.published, ...comments.times]),
      ],
      declared: { title: facts.title, site: facts.site, replies: declaredReplies(root) },
    })
  },
}

/** The article that stands last before the first comment: some views load several into one page. */
function bodyIn(root: Document): Element | null {
  const bodies = bodiesIn(root)
  const comment = selectOne(COMMENT, root)
  if (comment === null) return bodies[0] ?? null
  const order = new Map([...walk(root)].filter(isTag).map((element, i) => [element, i]))
  const end = order.get(comment) ?? 0
  return bodies.filter((body) => (order.get(body) ?? 0) < end).at(-1) ?? bodies[0] ?? null
}

/**
 * Without those deep in others, whose words stand there as well: an endless view that ends no `div` nests every article
 * it adds.
 */
function bodiesIn(root: Document): readonly Element[] {
  const levels = new Map<Element, number>()
  return select(BODIES, root).filter((element) => {
    const outer = closestAround(element, BODIES)
    const level = outer === null ? 1 : (levels.get(outer) ?? 1) + 1
    levels.set(element, level)
    return level <= MAX_NESTED && closest(element, NOT_ARTICLE) === null
  })
}

/** What the template prints around the article says it better than the head. */
function factsOf(page: Page, body: Element | null): PageFacts {
  const facts = readFacts(page.html().root, page.url)
  const around = body === null ? null : closest(body, AROUND)
  if (around === null) return facts
  const { title, author, stamped, headed } = factsAround(around)
  return {
    ...facts,
    title: title ?? facts.title,
    author: facts.author ?? author,
    published: stamped ?? facts.published ?? headed,
  }
}

interface Printed {
  readonly title: string | null
  readonly author: Author | null
  readonly stamped: PrintedTime | null
  readonly headed: PrintedTime | null
}

function factsAround(around: Element): Printed {
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

function readArticle(page: Page, facts: PageFacts, body: Element): Post | null {
  const ref = refOf(page.html().root, body)
  const provenance = placeInHtml(page, READER, body, null)
  const post = articlePost({ page, platform: NAME, ref, facts, body, provenance })
  if (post.text !== '') return post
  // Google's own blogs put the words into `noscript`, for a script to lay out (2020).
  const words = selectOne('noscript', body)
  const silent = words === null ? null : articlePost({ page, platform: NAME, ref, facts, body: words, provenance })
  return silent === null || silent.text === '' ? null : silent
}

/** By what stands in or around the body itself. */
function ownRef(body: Element): PostRef | null {
  const around = closest(body, AROUND)
  const said = around === null ? null : attr(selectOne('meta[itemprop="postId"]', around), 'content')
  const id = POST_ID.exec(attr(body, 'id') ?? '')?.[1] ?? said
  return id === null ? null : { platform: NAME, id }
}

/** Blogger numbers posts and comments of all blogs in one row. */
function refOf(root: Document, body: Element): PostRef | null {
  const feeds = select('link[href*="/comments/default"]', root)
  const ids = feeds.flatMap((link) => FEED_OF_COMMENTS.exec(attr(link, 'href') ?? '')?.[1] ?? [])
  return ownRef(body) ?? (ids[0] === undefined ? null : { platform: NAME, id: ids[0] })
}

function commentFeeds(root: Document, base: URL | null): readonly string[] {
  const link = select('link[href*="/comments/default"]', root).find((found) =>
    FEED_OF_COMMENTS.test(attr(found, 'href') ?? ''),
  )
  const url = resolve(attr(link ?? null, 'href'), base)
  return url === null ? [] : [url]
}

function declaredReplies(root: Document): number | null {
  for (const element of select(COUNTS, root)) {
    const count = commentCount(attr(element, 'title') ?? textOf(element) ?? '')?.declared ?? null
    if (count !== null) return count
  }
  return declaredComments(root)
}

function articleNotes(page: Page, article: Post | null, more: number): Note[] {
  const others = `${more} more articles stand on this page and were read; their comments stand at their own URLs.`
  const none = 'No article body was found on this page; comments, if any, were read.'
  return [
    ...(article === null ? [noteOn(page, 'warning', 'no-article', none)] : []),
    ...(more > 0 ? [noteOn(page, 'info', 'more-articles', others)] : []),
  ]
}

/** Home pages and endless views show several articles; what the head says is of one of them only. */
function furtherArticles(page: Page, facts: PageFacts, body: Element | null): readonly Post[] {
  const around = body === null ? null : closest(body, AROUND)
  const bodies = bodiesIn(page.html().root).filter((element) => closest(element, AROUND) !== around)
  const posts = bodies.map((element, i) => {
    const post = articlePost({
      page,
      platform: NAME,
      ref: ownRef(element),
      facts: ownFacts(page, facts, element),
      body: element,
      provenance: placeInHtml(page, READER, element, null),
    })
    return { ...post, key: `${post.key}-${i + 2}` }
  })
  return posts.filter(({ text }) => text !== '')
}

function ownFacts(page: Page, facts: PageFacts, body: Element): PageFacts {
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
