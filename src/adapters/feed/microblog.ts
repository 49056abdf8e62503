// The platforms whose posts come as feeds too. The first that knows an item as its own reads it.
import { blueskyFeed } from '../bluesky/feed.ts'
import { discourseFeed } from '../discourse/feed.ts'
import { mastodonFeed } from '../mastodon/feed.ts'
import { nitterFeed } from '../nitter/feed.ts'
import type { Status } from './item.ts'
import type { FeedSource, NamedItem, StatusFeed } from './status.ts'

const PLATFORMS: readonly StatusFeed[] = [blueskyFeed, nitterFeed, mastodonFeed, discourseFeed]

/** The post an item is on its platform, and who reads it; null for an item of any other feed. */
export function findStatus(
  item: NamedItem,
  feed: FeedSource,
): { readonly status: Status; readonly reader: StatusFeed } | null {
  for (const reader of PLATFORMS) {
    const status = reader.statusOf(item, feed)
    if (status !== null) return { status, reader }
  }
  return null
}
