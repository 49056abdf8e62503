// One item of a feed, whatever the format, and the Post it becomes. Formats are read by xml.ts and json.ts.
import type { Author, Footnote, Media, Parent, Post, PostRef, Provenance, Quote } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import { isoOf } from '../values/clock.ts'
import { languageOf } from '../values/language.ts'
import { commentRef, postRef } from '../wordpress/names.ts'

export interface FeedItem {
  /** As the feed names it, or null. */
  readonly id: string | null
  readonly url: URL | null
  readonly title: string | null
  /** Null when the feed holds no more than a summary. */
  readonly body: FeedBody | null
  readonly createdAt: string | null
  readonly editedAt: string | null
  readonly author: Author | null
  readonly lang: string | null
  readonly media: readonly Media[]
  /** Id of the item it answers (RFC 4685), or null. */
  readonly inReplyTo: string | null
  /** Feed of the item's comments (wfw:commentRss, RFC 4685), or null. */
  readonly commentFeed: string | null
  /** The post of a microblog that it is; null for an item of any other feed. */
  readonly status: Status | null
  readonly provenance: Provenance
}

/** What a microblog's item is called, in place of what a feed's item is called. */
export interface Status {
  readonly ref: PostRef
  readonly url: string | null
  readonly author: Author | null
  /** The account that it says it answers; absent where feeds do not tell. */
  readonly answers?: string
  /** On forums, where it stands; absent for posts that stand for themselves. */
  readonly topic?: { readonly id: string; readonly parent: Parent | null }
}

export interface FeedBody {
  readonly text: string
  readonly html: string | null
  readonly footnotes: readonly Footnote[]
  readonly quotes: readonly Quote[]
}

/** A feed as a whole. */
export interface Feed {
  readonly title: string | null
  readonly url: string | null
  readonly generator: string | null
  /** The next page of the feed (RFC 5005), or null. */
  readonly nextPage: string | null
  readonly items: readonly FeedItem[]
  /** Why entries of an export are no items: never shown to readers. */
  readonly unshown: readonly string[]
}

const COMMENT_HASH = /^#(?:li-)?comment-(\d+)$/
const WORDPRESS_QUERY = /^[?&](?:p|page_id)=(\d+)$/
/** `https://site/?p=12#comment-43` */
const POST_NUMBER = /[?&]p=(\d+)#comment-\d+$/
/** How often a comment that names no other answers the post itself. */
const UNTOLD_P = 0.8
const BLOGGER_ID = /^tag:blogger\.com,1999:blog-\d+\.post-(\d+)$/
const ZONE_NAME = /[A-Z]$/
const KINDS = new Set(['image', 'video', 'audio'])

/** The key is the feed's id of the item, so that answers can name it; `index` stands in for a missing one. */
export function postOfItem(item: FeedItem, body: FeedBody, feed: Feed, index: number): Post {
  if (item.status !== null) return postOfStatus(item, body, item.status)
  const ref = refOf(item.id, item.url, feed.generator)
  const isReply = isComment(item)
  return makePost({
    key: item.id ?? `item-${index + 1}`,
    ref,
    kind: isReply ? 'comment' : 'article',
    platform: ref?.platform ?? 'feed',
    author: item.author,
    title: isReply ? null : item.title,
    ...body,
    createdAt: item.createdAt,
    editedAt: item.editedAt === item.createdAt ? null : item.editedAt,
    url: item.url?.href ?? null,
    lang: languageOf(item.lang),
    parent: parentOf(item, feed),
    conversation: isReply ? null : (ref?.id ?? null),
    media: item.media,
    block: 'feed',
    provenance: item.provenance,
  })
}

function postOfStatus(item: FeedItem, body: FeedBody, { ref, url, author, answers, topic }: Status): Post {
  const opens = topic?.parent === null
  const answered =
    item.inReplyTo === null ? null : declared({ platform: ref.platform, id: item.inReplyTo }, item.inReplyTo)
  return makePost({
    key: item.id ?? ref.id,
    ref,
    kind: topic === undefined ? 'post' : opens ? 'article' : 'comment',
    platform: ref.platform,
    title: opens ? item.title : null,
    author,
    ...body,
    createdAt: item.createdAt,
    url,
    parent: answered ?? topic?.parent ?? null,
    conversation: topic?.id ?? null,
    media: item.media,
    block: 'feed',
    provenance:
      answers === undefined
        ? item.provenance
        : { ...item.provenance, extra: { ...item.provenance.extra, replyingTo: [answers] } },
  })
}

/** A feed of comments links to each in its page, or says what it answers. */
export function isComment(item: FeedItem): boolean {
  return item.inReplyTo !== null || isCommentOf(item.url)
}

/** RFC 822 dates of RSS (zones may be names), ISO dates of all others. */
export function feedTime(text: string | null): string | null {
  if (text === null || !ZONE_NAME.test(text)) return timeOfText(text)
  return isoOf(new Date(text).getTime())
}

export function mediaOf(url: string | null, type: string | null, alt: string | null): readonly Media[] {
  const found = parseUrl(url)
  const kind = type?.split('/')[0] ?? ''
  if (found === null) return []
  return [
    {
      kind: KINDS.has(kind) ? (kind as Media['kind']) : 'file',
      url: found.href,
      alt,
      width: null,
      height: null,
      poster: null,
    },
  ]
}

/**
 * The name other sightings of the post carry: WordPress, Blogger and Ghost say it in the feed; else the URL, as for any
 * page.
 */
function refOf(id: string | null, url: URL | null, generator: string | null): PostRef | null {
  const known = id === null ? null : wordpressRef(id, url)
  if (known !== null) return known
  const blogger = BLOGGER_ID.exec(id ?? '')?.[1]
  if (blogger !== undefined) return { platform: 'blogger', id: blogger }
  if (url !== null && generator?.startsWith('Ghost')) return { platform: 'ghost', id: `${url.host}${url.pathname}` }
  if (url !== null) return { platform: 'article', id: url.href }
  return id === null ? null : { platform: 'feed', id }
}

function wordpressRef(id: string, url: URL | null): PostRef | null {
  const named = parseUrl(id)
  const comment = COMMENT_HASH.exec(url?.hash ?? '')?.[1] ?? COMMENT_HASH.exec(named?.hash ?? '')?.[1]
  const host = url?.host ?? named?.host
  if (comment !== undefined && host !== undefined) return commentRef(host, comment)
  const post = named?.pathname === '/' ? WORDPRESS_QUERY.exec(named.search)?.[1] : undefined
  return postRef(host ?? null, post ?? null)
}

function parentOf(item: FeedItem, feed: Feed): Parent | null {
  if (item.inReplyTo === null) return toArticle(item)
  const ref = refOf(item.inReplyTo, parseUrl(item.inReplyTo), feed.generator)
  return declared(ref, item.inReplyTo)
}

/** WordPress calls a comment by the number of its post, which is answered where no comment is named. */
function toArticle({ id, url }: FeedItem): Parent | null {
  const ref = isCommentOf(url) ? postRef(url?.host ?? null, POST_NUMBER.exec(id ?? '')?.[1] ?? null) : null
  if (ref === null) return null
  return {
    ref,
    key: null,
    basis: 'inferred',
    p: UNTOLD_P,
    say: 'is a comment on this post, and names no other comment',
  }
}

function isCommentOf(url: URL | null): boolean {
  return COMMENT_HASH.test(url?.hash ?? '')
}

function declared(ref: PostRef | null, key: string): Parent {
  return { ref, key, basis: 'declared', p: 1, say: 'the item names what it answers' }
}
