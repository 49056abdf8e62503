// What Blogger says of an entry beside Atom. An account's export lists templates, settings and drafts among the posts:
// exports until 2024 say so by a category, Takeout's since then by elements of the `blogger` namespace. Nothing here
// reads a body.
import type { Element } from 'domhandler'
import { attr } from '../../markup/markup.ts'
import { childAttr, childOf, childrenOf, fieldOf } from '../values/xml-fields.ts'

const KIND_SCHEME = 'http://schemas.google.com/g/2005#kind'
const KIND = /^http:\/\/schemas\.google\.com\/blogger\/\d{4}\/kind#([a-z]+)$/
const SHOWN_KINDS = new Set(['post', 'page', 'comment'])
const BLOG_IN_ID = /^(tag:blogger\.com,1999:blog-\d+\.)/
/** A comment's own feed address ends in its number. */
const COMMENT_FEED = /\/comments\/default\/(\d+)(?:\?|$)/

/** Why the entry was never shown to readers (`settings`, `draft` …), or null. */
export function unshownOf(entry: Element): string | null {
  const kind = kindOf(entry)
  if (kind !== null && !SHOWN_KINDS.has(kind)) return kind
  const status = fieldOf(entry, 'blogger:status')?.toLowerCase() ?? null
  if (status !== null && status !== 'live') return status.replaceAll('_', ' ')
  return fieldOf(childOf(entry, 'app:control'), 'app:draft')?.toLowerCase() === 'yes' ? 'draft' : null
}

/** Id of the comment it answers, else of the post; null for what answers nothing. */
export function answeredBy(entry: Element): string | null {
  const post = childAttr(entry, 'thr:in-reply-to', 'ref') ?? fieldOf(entry, 'blogger:parent')
  return fieldOf(entry, 'blogger:inreplyto') ?? relatedComment(entry, post) ?? post
}

function kindOf(entry: Element): string | null {
  const category = childrenOf(entry, 'category').find((one) => attr(one, 'scheme') === KIND_SCHEME)
  return KIND.exec(attr(category ?? null, 'term') ?? '')?.[1] ?? fieldOf(entry, 'blogger:type')?.toLowerCase() ?? null
}

function relatedComment(entry: Element, post: string | null): string | null {
  const related = childrenOf(entry, 'link').find((link) => attr(link, 'rel') === 'related')
  const comment = COMMENT_FEED.exec(attr(related ?? null, 'href') ?? '')?.[1]
  const blog = BLOG_IN_ID.exec(post ?? '')?.[1]
  return comment === undefined || blog === undefined ? null : `${blog}post-${comment}`
}
