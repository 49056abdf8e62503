// X's API v1.1 and what is shaped like it: one status, a list, a search, one status a line (2010–2023), the embed's
// tweet-result with its parent inside, and the embedded timeline. Parents are declared by id. Not API v2, not exports.
import type { Extraction, Note } from '../../../model.ts'
import { hostIs } from '../../../url.ts'
import type { Adapter, Located } from '../../adapter.ts'
import type { Page } from '../../page/page.ts'
import { errorNote } from '../../page/refusals.ts'
import { countAt, idAt, type Json, objectAt, objectsAt } from '../../values/json-fields.ts'
import { extractionOf, type FoundTweet, NO_REMARKS, type ReaderOfPage, replyNotes } from '../extraction.ts'
import { authorOf } from '../names.ts'
import { quoteOf, tweetId, tweetOf, userOf, versionsOf, type XTweet } from '../tweet.ts'
import { type Status, statusesIn } from './api-places.ts'

const NAME = 'x-api'
const VERSION = 1
const EMBED_HOST = 'cdn.syndication.twimg.com'
const TIMELINE_HOST = 'syndication.twitter.com'
const API_HOST = 'api.twitter.com'
const TIMELINE_PATH = /^\/srv\/timeline-profile\/screen-name\/(\w{1,15})\/?$/
const STATUS_PATH = /^\/1\.1\/statuses\/show(?:\/(\d{1,20}))?(?:\.json)?$/
const ID = /^\d{1,20}$/
/** Parents inside of parents and reposts of reposts are not followed further (embeds hold one level). */
const MAX_NESTING = 50

export const xApi: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [
    'https://cdn.syndication.twimg.com/tweet-result?id=1700000000000000001&token=a',
    'https://syndication.twitter.com/srv/timeline-profile/screen-name/harbourlamp',
    'https://api.twitter.com/1.1/statuses/show.json?id=1700000000000000001',
  ],

  locate(url: URL): Located | null {
    if (hostIs(url, TIMELINE_HOST)) return located('author', TIMELINE_PATH.exec(url.pathname)?.[1] ?? null, url)
    const path = hostIs(url, API_HOST) ? STATUS_PATH.exec(url.pathname) : null
    if (path === null && !hostIs(url, EMBED_HOST)) return null
    const id = path?.[1] ?? url.searchParams.get('id') ?? ''
    return located('post', ID.test(id) ? id : null, url)
  },

  recognises(page: Page): boolean {
    return statusesIn(page).next().done !== true
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const statuses = [...statusesIn(page)]
    const reads = statuses.map((status) => readStatus(status))
    const reposts = reads.filter(({ isRepost }) => isRepost).length
    const found = reads.flatMap((read) => read.found)
    const alone = statuses.length === 1 ? (statuses[0]?.tweet ?? null) : null
    const counted = replyNotes(
      reader,
      found,
      alone === null ? null : tweetId(alone),
      countAt(alone, 'conversation_count'),
    )
    return extractionOf(reader, found, { ...NO_REMARKS, notes: [...errorNotes(reader), ...counted], reposts })
  },
}

function errorNotes(reader: ReaderOfPage): Note[] {
  const errors = objectsAt(reader.page.kind === 'json' ? reader.page.json() : null, 'errors')
  return errors.map((error) => errorNote(reader.page, error))
}

function located(kind: Located['kind'], id: string | null, url: URL): Located | null {
  return id === null ? null : { kind, id, fetch: url.href }
}

interface Read {
  /** The status, after the parents that stand inside of it. */
  readonly found: readonly FoundTweet[]
  readonly isRepost: boolean
}

function readStatus({ tweet, place }: Status, depth = 0): Read {
  const shared = objectAt(tweet, 'retweeted_status')
  if (shared !== null && depth < MAX_NESTING) {
    const original = { tweet: shared, place: below(place, 'retweeted_status') }
    return { ...readStatus(original, depth + 1), isRepost: true }
  }
  const parent = objectAt(tweet, 'parent')
  const above = parent === null || depth >= MAX_NESTING ? [] : readStatus(parentAt(parent, place), depth + 1).found
  const own = readTweet(tweet)
  return { found: own === null ? above : [...above, { tweet: own, place, title: null }], isRepost: false }
}

function parentAt(parent: Json, place: Status['place']): Status {
  return { tweet: parent, place: below(place, 'parent') }
}

function below(place: Status['place'], key: string): Status['place'] {
  return place.path == null ? place : { ...place, path: `${place.path}/${key}` }
}

function readTweet(tweet: Json, withQuote = true): XTweet | null {
  const id = tweetId(tweet)
  if (id === null) return null
  const quoted = objectAt(tweet, 'quoted_status') ?? objectAt(tweet, 'quoted_tweet')
  const quote = quoted !== null && withQuote ? readTweet(quoted, false) : null
  return tweetOf(tweet, {
    id,
    author: userOf(objectAt(tweet, 'user')) ?? authorOf(idAt(tweet, 'user_id_str'), null, null),
    long: null,
    quote: quote === null ? null : quoteOf(quote),
    versions: versionsOf(tweet),
  })
}
