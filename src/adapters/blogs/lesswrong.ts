// LessWrong and the other forums that run ForumMagnum (EA Forum, Alignment Forum): a post and its comments, nested as
// deep as they are. Ids are letters and digits, and unique on one forum.
import type { Element } from 'domhandler'
import { attr, closest, closestAround, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { articlePost, findBody } from '../article/blog-article.ts'
import { type PageFacts, readFacts } from '../article/metadata/metadata.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { commentCount } from '../scrape/furniture.ts'

const NAME = 'lesswrong'
const VERSION = 1
const READER = { name: NAME, version: VERSION }
const HOSTS = new Set(['www.lesswrong.com', 'lesswrong.com', 'forum.effectivealtruism.org', 'www.alignmentforum.org'])
const POST_PATH = /^\/(?:posts|s\/\w+\/p)\/(\w{17})(?:\/|$)/
const COMMENT_ID = /^[\w-]{6,40}$/
const NODE = '.comments-node'
const BODIES = ['#postBody, #postContent, .PostsPage-postContent', '.PostsPage-postBody', '.PostsPage-centralColumn']
const TITLES = '.PostsPageTitle-root, .PostsPageTitle-link, .PostsPagePostHeader-title, h1'
const AUTHORS = '.PostsAuthors-authorName, .PostsAuthors-root .UsersNameDisplay-userName, .PostsAuthors-root a'
const NAMES =
  '.CommentsItemMeta-username, .CommentUserName-author, .UsersNameDisplay-userName, .CommentsItem-meta a[href*="/users/"]'
const WORDS = '[class*="CommentBody-commentStyling"], [class*="CommentBody-root"], .CommentsItem-body .commentBody'
const DELETED = '.CommentDeletedMetadata-root, [class*="CommentDeleted"], .CommentBody-retracted'
const COUNTS = '.PostsPagePostHeader-commentsLink, .CommentsListSection-root h3, [class*="PostsCommentsSection"] h3'
const NESTED_P = 0.99

export const lesswrong: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  traits: ['mixed'],
  examples: ['https://www.lesswrong.com/posts/aaaaaaaaaaaaaaaaa/on-gates'],

  locate(url: URL): Located | null {
    const id = HOSTS.has(url.hostname) ? POST_PATH.exec(url.pathname)?.[1] : undefined
    return id === undefined ? null : { kind: 'post', id: `${url.host}/post-${id}`, fetch: url.href }
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'html') return false
    return selectOne(`${NODE}[id], .PostsPage-postContent, .PostsPageTitle-root`, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const { root } = page.html()
    const facts = factsOf(page)
    const article = readArticle(page, facts)
    const nodes = select(NODE, root).filter((node) => idOf(node) !== null)
    const posts = listPosts([
      ...(article === null ? [] : [article]),
      ...nodes.map((node) => readComment(page, node, facts.url ?? page.url, article)),
    ])
    return makeExtraction({
      posts,
      notes: [...articleNotes(page, article), ...withheldNotes(page, posts)],
      declared: { title: facts.title, site: facts.site, replies: declaredReplies(page) },
    })
  },
}

function factsOf(page: Page): PageFacts {
  const { root } = page.html()
  const facts = readFacts(root, page.url)
  const title = select(TITLES, root).find((element) => closest(element, NODE) === null) ?? null
  const shown = selectOne(AUTHORS, root)
  const name = textOf(shown)
  const author = name === null ? facts.author : personOf(name, attr(linkOf(shown), 'href'), facts.url ?? page.url)
  return { ...facts, title: textOf(title) ?? facts.title, author }
}

function readArticle(page: Page, facts: PageFacts): Post | null {
  const body = findBody(page.html().root, BODIES, `${NODE}, aside, footer, nav`)
  if (body === null) return null
  const provenance = placeInHtml(page, READER, body, null)
  const post = articlePost({ page, platform: NAME, ref: postRef(facts.url), facts, body, provenance })
  return post.text === '' ? null : post
}

function postRef(url: URL | null): PostRef | null {
  const id = POST_PATH.exec(url?.pathname ?? '')?.[1]
  return url === null || id === undefined ? null : { platform: NAME, id: `${url.host}/post-${id}` }
}

function readComment(page: Page, node: Element, base: URL | null, article: Post | null): Post {
  const id = idOf(node) ?? ''
  const name = part(node, NAMES)
  const words = part(node, WORDS)
  const isDeleted = words === null || part(node, DELETED) !== null
  const author = personOf(textOf(name), attr(linkOf(name), 'href'), base)
  return makePost({
    key: keyOf(id),
    ref: commentRef(base, id),
    kind: 'comment',
    platform: NAME,
    author,
    isPostAuthor: author !== null && author.url !== null && author.url === article?.author?.url,
    ...(isDeleted ? NO_BODY : bodyFromNodes(words.children, base)),
    createdAt: timeOfText(attr(part(node, 'time[datetime]'), 'datetime')),
    url: base === null ? null : `${base.origin}${base.pathname}?commentId=${id}`,
    parent: parentOf(node, base, article),
    conversation: article?.conversation ?? null,
    provenance: placeInHtml(page, READER, node, isDeleted ? { withheld: 'deleted' } : null),
  })
}

function idOf(node: Element): string | null {
  const id = attr(node, 'id') ?? ''
  return COMMENT_ID.test(id) ? id : null
}

/** The first match that belongs to this comment and to no reply. */
function part(node: Element, selector: string): Element | null {
  const found = selectOne(selector, node)
  return found !== null && closest(found, NODE) === node ? found : null
}

function linkOf(name: Element | null): Element | null {
  return name === null ? null : (closest(name, 'a') ?? selectOne('a', name))
}

function personOf(name: string | null, href: string | null, base: URL | null): Author | null {
  const url = resolve(href, base)
  const profile = url?.startsWith('http') ? url : null
  const handle = profile?.split('/users/')[1]?.split('?')[0] ?? null
  return name === null ? null : { id: null, handle, name, url: profile }
}

function parentOf(node: Element, base: URL | null, article: Post | null): Parent | null {
  const above = closestAround(node, NODE)
  const id = above === null ? null : idOf(above)
  const layout = { basis: 'layout', p: NESTED_P } as const
  if (id !== null) return { ...layout, ref: commentRef(base, id), key: keyOf(id), say: 'nested in the comment' }
  if (article === null) return null
  return { ...layout, ref: article.ref, key: article.key, say: 'stands at the top of the comment list' }
}

function commentRef(base: URL | null, id: string): PostRef | null {
  return base === null ? null : { platform: NAME, id: `${base.host}/comment-${id}` }
}

function keyOf(id: string): string {
  return `comment-${id}`
}

function declaredReplies(page: Page): number | null {
  for (const element of select(COUNTS, page.html().root)) {
    const count = commentCount(textOf(element) ?? '')?.declared ?? null
    if (count !== null) return count
  }
  return null
}

function articleNotes(page: Page, article: Post | null): Note[] {
  const message = 'No post was found on this page; comments, if any, were read.'
  return article === null ? [noteOn(page, 'warning', 'no-article', message)] : []
}
