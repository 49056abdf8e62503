// WordPress pages of any theme: the article with its footnotes and the comments as a tree. Post ids are unique on one
// site only, so the reference is `<host>/post-<id>` and `<host>/comment-<id>`; a page that tells no number is
// named by its address, and one that tells neither has no name.
import { Document, type Element, isTag } from 'domhandler'
import { attr, matches, parseHtml, select, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Post, PostRef } from '../../model.ts'
import { resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { type ArticleParts, addressRef, articlePost, findBody, zoneNotes } from '../article/blog-article.ts'
import { isListPage, listExtraction, readListPage } from '../article/list-page.ts'
import { type PageFacts, readFacts } from '../article/metadata/metadata.ts'
import { paywallNotes } from '../article/paywall.ts'
import { readArticle } from '../article/readable.ts'
import { readPageComments } from '../comments/comments.ts'
import { countIn, declaredComments, titlesOf } from '../comments/count.ts'
import { elsewhereNotes } from '../comments/elsewhere.ts'
import { withAuthors } from '../comments/post-author.ts'
import { drawnEmbeds } from '../embeds/embeds.ts'
import { withheldNotes } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type ArticlePages, articlePages, asPart, openingOf, pagesNote } from './article-pages.ts'
import { commentPages, readComments } from './comments.ts'
import { postRef, READER } from './names.ts'
import { findComments } from './tree.ts'

const BODIES = [
  '.entry-content',
  '[itemprop~="articleBody"]',
  '.post-content, .post_content, .entry_content, .article-content',
  '.td-post-content, .post-entry, .entrytext, .the-content, .storycontent, .post-body, .single-content',
  // P2, and the mobile pages of WPtouch.
  '.postcontent, .post-page-content, .mainentry',
  '.entry',
  'article.post, .type-post, .hentry',
  '.post',
  'article',
]
const NOT_ARTICLE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, aside, footer, .widget, .sidebar:not(body)'
const COMMENT_LISTS = '.commentlist, #commentlist, .comment[class*="depth-"], li[id^="comment-"], li[id^="li-comment-"]'
const COUNTS =
  '.comments-title, .wp-block-comments-title, .wpd-thread-info, #comments-title, .comments-heading, #comments h2, #comments h3, #comments h4, .comments-area h2, .comments-area h3, #comments .title, .comments-link, .comment-count, .comments-number, #comments-header'
const PASSWORD_FORM = '.post-password-form, form[action*="action=postpass"]'
/** Characters below which the themes' usual places hold a teaser. */
const MIN_BODY = 200
const SIGNS = ['wp-content/', 'wp-includes/', 'wp-json', 'WordPress', 'commentlist', 'comment-list', 'li-comment-']
const OTHER_SOFTWARE = /^(blogger|ghost|hugo|jekyll|writefreely|medium|drupal|joomla|discourse|mediawiki|typo3)\b/i
const ASSETS = /\bwp-(content|includes|json)\//
/** Topics of bbPress, whose words stand in these. */
/** What BuddyPress draws. */
const STREAM = 'li[id^="activity-"] .activity-inner'
const FORUM_POSTS = '[class*="post-"] > .bbp-reply-content, [class*="post-"] > .bbp-topic-content'
const POST_CLASS = /(?:^|\s)(?:postid-|page-id-)(\d+)(?:\s|$)/
const POST_ANCHOR = /^post-(\d+)$/
const ID = /^[1-9]\d*$/
const POST_QUERY = /[?&]p=(\d+)/
const COMMENT_HASH = /^#(?:li-)?comment-(\d+)$/
/** Where the REST API is, in the head of every page since WordPress 4.4 (2015). */
const API_LINK = 'link[rel~="https://api.w.org/"]'
/** The most comments one answer of the API holds. */
const API_PAGE = 100
const LAST_SLASH = /\/$/

export const wordpress: Adapter = {
  ...READER,
  generic: false,
  traits: ['mixed'],
  examples: ['https://gauges.example/?p=1204', 'https://gauges.example/2024/05/low-water/#comment-88'],

  /** Only what no other blog software uses: `?p=<id>` and comment anchors. All else is told by the page itself. */
  locate(url: URL): Located | null {
    const comment = COMMENT_HASH.exec(url.hash)?.[1]
    const post = POST_QUERY.exec(url.search)?.[1]
    if (comment === undefined && (post === undefined || url.pathname !== '/')) return null
    const id = comment === undefined ? `${url.host}/post-${post}` : `${url.host}/comment-${comment}`
    return { kind: 'post', id, fetch: url.href }
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'html') return false
    const { root } = page.html()
    const generator = attr(selectOne('meta[name="generator"]', root), 'content')
    if (OTHER_SOFTWARE.test(generator ?? '')) return false
    if (page.text.includes('bbp-') && selectOne(FORUM_POSTS, root) !== null) return false
    if (page.text.includes('activity-inner') && selectOne(STREAM, root) !== null) return false
    if (selectOne(COMMENT_LISTS, root) !== null) return SIGNS.some((sign) => page.text.includes(sign))
    if (generator?.startsWith('WordPress') && !ASSETS.test(page.text)) return true
    if (!ASSETS.test(page.text)) return false
    return selectOne('.entry-content, [class*="postid-"]', root) !== null || isListPage(root, page.url)
  },

  extract(page: Page): Extraction {
    const { root } = page.html()
    const facts = readFacts(root, page.url)
    const entryRef = ({ id, url }: { readonly id: string | null; readonly url: URL }) => postRef(url.host, id)
    const list = readListPage({ page, reader: READER, facts, refOf: entryRef })
    if (list !== null) return listExtraction(list, facts)
    const pages = articlePages(page)
    const items = findComments(root)
    const plugins = items.length === 0 ? readPageComments(page, READER, facts.url ?? page.url) : null
    const apart = plugins?.elements ?? new Set(items.map(({ element }) => element))
    const found = readArticlePost(page, { facts, pages, apart })
    const opening = found === null ? null : openingOf(found, pages)
    const own = { items, host: hostOf(facts), opening, url: facts.url ?? page.url }
    const { posts, times, notes } = plugins === null ? readComments(page, own) : { ...plugins, notes: [] }
    const whole = found === null ? null : signed(found, posts)
    const article = whole === null || pages === null ? whole : asPart(whole, pages)
    const comments = plugins === null ? posts : withAuthors(posts, article?.author ?? null)
    const first = article === null ? 0 : 1
    return {
      posts: [...(article === null ? [] : [article]), ...comments.map((one) => ({ ...one, index: one.index + first }))],
      scrapes: [],
      blocks: [],
      next: [
        ...(pages?.others ?? []),
        ...commentPages(root, facts.url ?? page.url),
        ...missingComments(root, facts, posts.length),
      ],
      notes: [
        ...(article === null ? [noArticle(page)] : [...withheldNotes(page, [article]), ...paywallNotes(page)]),
        ...(pages === null ? [] : [pagesNote(page, pages)]),
        ...notes,
        ...(posts.length === 0 ? elsewhereNotes(page) : []),
        ...zoneNotes(page, [facts.published, ...times]),
      ],
      declared: { title: facts.title, site: facts.site, replies: declaredReplies(root) },
    }
  },
}

/** A page that names its author nowhere else still marks the author's own comments. */
function signed(article: Post, comments: readonly Post[]): Post {
  const own =
    article.author === null ? comments.find(({ isPostAuthor, author }) => isPostAuthor && author !== null) : undefined
  return own === undefined ? article : { ...article, author: own.author }
}

interface ArticlePlace {
  readonly facts: PageFacts
  readonly pages: ArticlePages | null
  /** The elements of the comments, which some themes put into the article's box. */
  readonly apart: ReadonlySet<Element>
}

function readArticlePost(page: Page, { facts, pages, apart }: ArticlePlace): Post | null {
  const { root } = page.html()
  const parts = { page, platform: READER.name, ref: refOf(facts, root, pages), facts, apart }
  const element = findBody(root, BODIES, NOT_ARTICLE)
  const locked = selectOne(PASSWORD_FORM, root)
  if (locked !== null) return withheldPost(articlePost({ ...parts, ...wholeBody(page, locked) }))
  const shown = element === null ? null : articlePost({ ...parts, ...wholeBody(page, element) })
  if (shown !== null && shown.text.length >= MIN_BODY) return shown
  // Page builders name nothing: then the general extractor looks, at twenty times the cost.
  const body = readableBody(page, apart)
  const provenance = placeInHtml(page, READER, selectOne('body', root), null)
  const found = body === null ? null : articlePost({ ...parts, body, provenance })
  const best = (found?.text.length ?? 0) > (shown?.text.length ?? 0) ? found : shown
  return best === null || best.text === '' ? null : best
}

/** The site asks for a password in the body's place: what it says there is nobody's article. */
function withheldPost(post: Post): Post {
  return { ...post, ...NO_BODY, provenance: { ...post.provenance, extra: { withheld: 'it asks for a password' } } }
}

/**
 * The body an element belongs to. Some builders cut one article into several containers of one class, with pictures
 * between them: on a page of one article these are all of it.
 */
function wholeBody(page: Page, element: Element): Pick<ArticleParts, 'body' | 'provenance'> {
  const siblings = element.parent?.children ?? []
  const places = siblings.flatMap((one, at) => (isTag(one) && isTwin(one, element) ? [at] : []))
  const isOne = places.length < 2 || !POST_CLASS.test(attr(selectOne('body', page.html().root), 'class') ?? '')
  if (isOne) return { body: element, provenance: placeInHtml(page, READER, element, null) }
  const parent = element.parent !== null && isTag(element.parent) ? element.parent : element
  const body = new Document(siblings.slice(places[0], (places.at(-1) ?? 0) + 1))
  return { body, provenance: placeInHtml(page, READER, parent, null) }
}

function isTwin(one: Element, other: Element): boolean {
  const name = attr(one, 'class')
  return name !== null && one.name === other.name && name === attr(other, 'class')
}

/** The comments' own words never count as the article's. */
function readableBody(page: Page, apart: ReadonlySet<Element>): Document | null {
  const { root } = page.html()
  const article = readArticle(root, {
    isOut: (element) => apart.has(element) || matches(element, NOT_ARTICLE),
    instead: drawnEmbeds(root, page.url),
  })
  return article === null ? null : parseHtml(article.html).root
}

/** Themes leave out what tells it: then the form for comments does, or the only post that is marked as one. */
function postIdOf(root: Document): string | null {
  const shortLink = POST_QUERY.exec(attr(selectOne('link[rel="shortlink"]', root), 'href') ?? '')?.[1]
  const told = POST_CLASS.exec(attr(selectOne('body', root), 'class') ?? '')?.[1] ?? shortLink
  if (told !== undefined) return told
  const asked = ID.exec(attr(selectOne('input[name="comment_post_ID"]', root), 'value') ?? '')?.[0]
  if (asked !== undefined) return asked
  const marked = select('[id^="post-"]', root).flatMap(
    (element) => POST_ANCHOR.exec(attr(element, 'id') ?? '')?.[1] ?? [],
  )
  return marked.length === 1 ? marked[0]! : null
}

/** An address names a post that nothing else does, as for any article: one that is edited stays the same. */
function refOf(facts: PageFacts, root: Document, pages: ArticlePages | null): PostRef | null {
  const named = postRef(hostOf(facts), postIdOf(root))
  return named === null && pages === null ? addressRef(facts.url) : named
}

/** Where the site's REST API has all comments of a page that shows fewer than it counts. */
function missingComments(root: Document, facts: PageFacts, shown: number): readonly string[] {
  const id = postIdOf(root)
  const api = resolve(attr(selectOne(API_LINK, root), 'href'), facts.url)
  if (id === null || api === null || (declaredReplies(root) ?? 0) <= shown) return []
  const url = new URL(api)
  const route = '/wp/v2/comments'
  // Sites without permalinks name the route in the query.
  if (url.searchParams.has('rest_route')) url.searchParams.set('rest_route', route)
  else url.pathname = `${url.pathname.replace(LAST_SLASH, '')}${route}`
  url.searchParams.set('post', id)
  url.searchParams.set('per_page', String(API_PAGE))
  return [url.href]
}

function hostOf(facts: PageFacts): string | null {
  return facts.url === null ? null : facts.url.host
}

/** "44 comments" as the page heads its list; `2 thoughts on “Title”` counts too. */
function declaredReplies(root: Document): number | null {
  const titles = titlesOf(root)
  for (const element of select(COUNTS, root)) {
    const count = countIn(element, titles)
    if (count !== null) return count
  }
  return declaredComments(root)
}

function noArticle(page: Page): Note {
  const message = 'No article body was found on this page; comments, if any, were read.'
  return { level: 'warning', code: 'no-article', message, input: page.capture.input }
}
