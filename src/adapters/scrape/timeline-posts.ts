// Posts out of a copied timeline: whoever wrote them, what they quote, whom the page says they answer. The page prints days
// without a zone, so no post gets a moment; the printed words are kept.
import type { Author, Parent, Post, Provenance, Quote } from '../../model.ts'
import { UNKNOWN_POST } from '../../post.ts'
import { textOf } from './lines.ts'
import type { TimelinePost } from './timeline.ts'

/** Pages of a conversation put an answer below what it answers; a profile may show two of the other's posts above it. */
const P_NAMED_ABOVE = 0.8

/** @param place the provenance of lines `first`..`last` (1-based), with what else is known of the post */
export function timelinePosts(
  read: readonly TimelinePost[],
  platform: string,
  place: (first: number, last: number, extra: Provenance['extra']) => Provenance,
): readonly Post[] {
  return read.map((post, index) => ({
    ...UNKNOWN_POST,
    platform,
    key: keyOf(post),
    kind: 'post',
    author: authorOf(post),
    text: textOf(post.body),
    html: null,
    parent: parentOf(read, index),
    quotes: post.quotes.map(quoteOf),
    index,
    provenance: place(post.line, post.body.at(-1)?.number ?? post.line, extraOf(post)),
  }))
}

function keyOf({ line }: TimelinePost): string {
  return `l${line}`
}

function authorOf({ name, handle }: TimelinePost): Author {
  return { id: null, handle, name, url: null }
}

function quoteOf(quoted: TimelinePost): Quote {
  return { ref: null, author: authorOf(quoted), text: textOf(quoted.body), url: null, createdAt: null }
}

function extraOf({ printedDate, replyingTo }: TimelinePost): Provenance['extra'] {
  const extra = {
    ...(printedDate === null ? {} : { printedDate }),
    ...(replyingTo.length === 0 ? {} : { replyingTo }),
  }
  return Object.keys(extra).length === 0 ? null : extra
}

/** The last post above by an account that the page says is answered, itself last. */
function parentOf(read: readonly TimelinePost[], index: number): Parent | null {
  const { replyingTo, handle } = read[index] as TimelinePost
  if (replyingTo.length === 0) return null
  const others = replyingTo.filter((name) => name !== handle)
  const named = new Set(others.length > 0 ? others : replyingTo)
  const answered = read.slice(0, index).findLast((post) => named.has(post.handle))
  if (answered === undefined) return null
  const say = `the page says "Replying to @${answered.handle}", whose last post above this is`
  return { ref: null, key: keyOf(answered), basis: 'layout', p: P_NAMED_ABOVE, say }
}
