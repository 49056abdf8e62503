// What a platform whose posts come as a feed tells of it: Mastodon's, Bluesky's and Nitter's RSS. Descriptions are the
// whole posts, and the posts have the names they have everywhere. Each platform's own dialect is in its room.
import type { Element } from 'domhandler'
import { attr } from '../../markup/markup.ts'
import type { Media } from '../../model.ts'
import { childrenOf, fieldOf } from '../values/xml-fields.ts'
import { type Feed, type FeedBody, type FeedItem, mediaOf, type Status } from './item.ts'

/** What an item says of itself that tells whose it is. */
export type NamedItem = Pick<FeedItem, 'id' | 'url' | 'author' | 'title'>
export type FeedSource = Pick<Feed, 'title' | 'generator'>

export interface StatusFeed {
  /** The post an item is there, or null for an item of any other feed. */
  readonly statusOf: (item: NamedItem, feed: FeedSource) => Status | null
  readonly bodyOf: (description: string, status: Status, base: URL | null) => FeedBody
  readonly mediaOf: (item: Element, description: string, base: URL | null) => readonly Media[]
}

/** Pictures that stand beside the words (Media RSS), with their descriptions. */
export function attachedMedia(item: Element): readonly Media[] {
  return childrenOf(item, 'media:content').flatMap((file) =>
    mediaOf(attr(file, 'url'), attr(file, 'type'), fieldOf(file, 'media:description')),
  )
}
