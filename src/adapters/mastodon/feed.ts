// Mastodon's RSS of an account or a tag: whole posts, under the server's uri.
import { parseUrl } from '../../url.ts'
import { articleBody } from '../article/blog-html.ts'
import type { FeedBody, Status } from '../feed/item.ts'
import { attachedMedia, type FeedSource, type NamedItem, type StatusFeed } from '../feed/status.ts'
import { PLATFORM } from './names.ts'

const GENERATOR = /^Mastodon\b/
/** `https://host/@ada/1234`, and `…/users/ada/statuses/1234` until version 3. */
const STATUS_PATH = /^\/(?:@|users\/)([\w.-]+)(?:\/statuses)?\/(\d+)$/

export const mastodonFeed: StatusFeed = { statusOf, bodyOf, mediaOf: attachedMedia }

function statusOf({ id, url, author }: NamedItem, { title, generator }: FeedSource): Status | null {
  const address = url ?? parseUrl(id)
  const [, handle, number] = STATUS_PATH.exec(address?.pathname ?? '') ?? []
  if (address === null || handle === undefined || !GENERATOR.test(generator ?? '')) return null
  const uri = `${address.origin}/users/${handle}/statuses/${number}`
  const name = title?.startsWith('#') === true ? null : title
  const writer = { id: null, handle: `${handle}@${address.host}`, name, url: `${address.origin}/@${handle}` }
  return { ref: { platform: PLATFORM, id: uri }, url: address.href, author: author ?? writer }
}

function bodyOf(description: string, { url }: Status): FeedBody {
  return articleBody(description, parseUrl(url))
}
