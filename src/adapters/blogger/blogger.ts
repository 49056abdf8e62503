// Blogger pages of any template: the article and its comments. Two levels of replies are nested, older templates print
// a flat list. The link on a comment's date holds its exact time: `?showComment=<milliseconds>`.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Extraction, Note, Post, PostRef } from '../../model.ts'
import { resolve } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { zoneNotes } from '../article/blog-article.ts'
import { listExtraction } from '../article/list-page.ts'
import { type PageFacts, readFacts } from '../article/metadata/metadata.ts'
import { declaredComments } from '../comments/count.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentCount } from '../scrape/furniture.ts'
import { readComments } from './comments.ts'
import { AROUND, bodiesIn, factsAround, ownFacts, ownRef, READER, readEntry } from './entries.ts'
import { readIndex } from './index-page.ts'

const COMMENT = 'li.comment, dl#comments-block dt'
const COUNTS = '.comments-count[title], #comments h4, #comments h3, .comments h4, .comments h3'
const FEED_OF_COMMENTS = /\/feeds\/(\d{5,20})\/comments\/default/
const GENERATOR = /^blogger$/i

export const blogger: Adapter = {
  ...READER,
  generic: false,
  traits: ['mixed'],
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
    const list = readIndex(page)
    if (list !== null) return listExtraction(list, readFacts(root, page.url))
    const body = bodyIn(root)
    const facts = factsOf(page, body)
    const article = body === null ? null : readEntry(page, facts, body, refOf(root, body))
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

/** Blogger numbers posts and comments of all blogs in one row. */
function refOf(root: Document, body: Element): PostRef | null {
  const feeds = select('link[href*="/comments/default"]', root)
  const ids = feeds.flatMap((link) => FEED_OF_COMMENTS.exec(attr(link, 'href') ?? '')?.[1] ?? [])
  return ownRef(body) ?? (ids[0] === undefined ? null : { platform: READER.name, id: ids[0] })
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
  return bodies.flatMap((element, i) => {
    const post = readEntry(page, ownFacts(page, facts, element), element, ownRef(element))
    return post === null ? [] : [{ ...post, key: `${post.key}-${i + 2}` }]
  })
}
