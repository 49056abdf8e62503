// Bluesky's RSS: plain text, under the at:// URI of each post.
import type { FeedBody, Status } from '../feed/item.ts'
import { attachedMedia, type FeedSource, type NamedItem, type StatusFeed } from '../feed/status.ts'
import { author, parseAtUri, refOf } from './names.ts'

/** Channels are called `@ada.example - Ada Quill`. */
const TITLE = /^@([\w.-]+)(?: - (.*))?$/s
/** Words in place of a quote or picture left out; they are not the author's. */
const REST = /(?<!\s)\s*\[contains quote post or other embedded content\]\s*$/

export const blueskyFeed: StatusFeed = { statusOf, bodyOf, mediaOf: attachedMedia }

function statusOf({ id, url }: NamedItem, { title }: FeedSource): Status | null {
  const ref = refOf(id)
  if (ref === null) return null
  const [, handle = null, name = null] = TITLE.exec(title ?? '') ?? []
  return { ref, url: url?.href ?? null, author: author(parseAtUri(ref.id)?.authority ?? null, handle, name) }
}

function bodyOf(description: string): FeedBody {
  return { text: description.replace(REST, '').trim(), html: null, footnotes: [], quotes: [] }
}
