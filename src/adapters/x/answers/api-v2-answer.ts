// One answer of API v2 → posts. Its posts are first put into the shape of v1.1, which the shared reader knows; a
// referenced post in `includes` becomes a quote, the post that was shared, or the parent, as its reference says.
import type { Author, Media, Provenance, Quote } from '../../../model.ts'
import { idAt, type Json, objectAt, objectsAt, textAt, textsAt, valueAt } from '../../values/json-fields.ts'
import type { FoundTweet } from '../extraction.ts'
import { mediumOfV2 } from '../media.ts'
import { authorOf, refOf, snowflakeTime, statusInUrl, statusUrl } from '../names.ts'
import { quoteOf, tweetOf, versionsOf, type XTweet } from '../tweet.ts'

interface ReadAnswer {
  readonly found: readonly FoundTweet[]
  /** Posts that came along because those answer them. */
  readonly parents: readonly FoundTweet[]
  readonly reposts: number
}

/** What the posts of an answer refer to, by id or key; in posts that stand alone it is inside of them. */
interface Includes {
  readonly users: ReadonlyMap<string, Json>
  readonly media: ReadonlyMap<string, Json>
  readonly tweets: ReadonlyMap<string, { readonly tweet: Json; readonly path: string }>
  readonly polls: ReadonlyMap<string, Json>
}

const ATTACHED = /\/status\/\d+\/(?:photo|video)\/\d+$/

/** The posts of one answer. */
export function readAnswer(answer: Json, place: Partial<Provenance>): ReadAnswer {
  const includes = includesOf(answer, place.path ?? '')
  const asked = askedIn(answer, place.path ?? '')
  const found: FoundTweet[] = []
  let reposts = 0
  for (const { tweet, path } of asked) {
    const shared = includes.tweets.get(referenced(tweet, 'retweeted') ?? '')
    if (referenced(tweet, 'retweeted') !== null) reposts += 1
    const one = referenced(tweet, 'retweeted') === null ? { tweet, path } : shared
    const read = one === undefined ? null : foundOf(one.tweet, includes, { ...place, path: one.path })
    if (read !== null) found.push(read)
  }
  return { found, parents: parentsOf(found, includes, place), reposts }
}

function askedIn(answer: Json, path: string): { readonly tweet: Json; readonly path: string }[] {
  if (!Object.hasOwn(answer, 'data')) return [{ tweet: answer, path }]
  const data = objectAt(answer, 'data')
  if (data !== null) return [{ tweet: data, path: `${path}/data` }]
  return objectsAt(answer, 'data').map((tweet, at) => ({ tweet, path: `${path}/data/${at}` }))
}

function parentsOf(found: readonly FoundTweet[], includes: Includes, place: Partial<Provenance>): FoundTweet[] {
  const wanted = new Set(found.map(({ tweet }) => tweet.parentId))
  const parents = [...includes.tweets].filter(([id]) => wanted.has(id))
  return parents
    .map(([, { tweet, path }]) => foundOf(tweet, includes, { ...place, path }))
    .filter((one) => one !== null)
}

/** A line number is the place; a pointer into one line helps nobody. */
function foundOf(tweet: Json, includes: Includes, { path = null, ...place }: Partial<Provenance>): FoundTweet | null {
  const read = readTweet(tweet, includes)
  const told = { ...place, path: place.line == null ? path : null, extra: pollOf(tweet, includes) }
  return read === null ? null : { tweet: read, place: told, title: null }
}

function readTweet(tweet: Json, includes: Includes, withQuote = true): XTweet | null {
  const id = idAt(tweet, 'id')
  if (id === null) return null
  const read = tweetOf(asV1(tweet), {
    id,
    author: authorIn(tweet, includes),
    long: longOf(tweet),
    quote: withQuote ? quoteIn(tweet, includes) : null,
    versions: versionsOf(tweet),
  })
  return { ...read, media: mediaIn(tweet, includes) }
}

/** Only what the shared reader asks for. */
function asV1(tweet: Json): Json {
  const entities = objectAt(tweet, 'entities')
  return {
    full_text: textAt(tweet, 'text'),
    created_at: textAt(tweet, 'created_at'),
    lang: textAt(tweet, 'lang'),
    conversation_id_str: idAt(tweet, 'conversation_id'),
    in_reply_to_status_id_str: referenced(tweet, 'replied_to'),
    entities: entitiesAsV1(entities),
  }
}

function entitiesAsV1(entities: Json | null): Json {
  const urls = objectsAt(entities, 'urls')
  return {
    urls,
    media: urls.filter(isAttached).map((url) => ({ url: textAt(url, 'url') })),
    user_mentions: objectsAt(entities, 'mentions').map((one) => ({ screen_name: textAt(one, 'username') })),
    hashtags: objectsAt(entities, 'hashtags').map((one) => ({ text: textAt(one, 'tag') })),
  }
}

function isAttached(url: Json): boolean {
  return textAt(url, 'media_key') !== null || ATTACHED.test(textAt(url, 'expanded_url') ?? '')
}

function longOf(tweet: Json): Json | null {
  const long = objectAt(tweet, 'note_tweet')
  return long === null ? null : { text: textAt(long, 'text'), entity_set: entitiesAsV1(objectAt(long, 'entities')) }
}

function referenced(tweet: Json, type: string): string | null {
  const reference = objectsAt(tweet, 'referenced_tweets').find((one) => textAt(one, 'type') === type)
  return idAt(reference, 'id')
}

function authorIn(tweet: Json, { users }: Includes): Author | null {
  const id = idAt(tweet, 'author_id')
  const user = users.get(id ?? '') ?? objectAt(tweet, 'author')
  return authorOf(id, textAt(user, 'username'), textAt(user, 'name'))
}

/** A quoted post that did not come along is still named, by its id and the link in the words. */
function quoteIn(tweet: Json, includes: Includes): Quote | null {
  const id = referenced(tweet, 'quoted')
  if (id === null) return null
  const here = includes.tweets.get(id)
  const read = here === undefined ? null : readTweet(here.tweet, includes, false)
  if (read !== null) return quoteOf(read)
  const links = objectsAt(tweet, 'entities', 'urls').map((url) => statusInUrl(textAt(url, 'expanded_url')))
  const handle = links.find((link) => link?.id === id)?.handle ?? null
  const author = authorOf(null, handle, null)
  return { ref: refOf(id), author, text: null, url: statusUrl(handle, id), createdAt: snowflakeTime(id) }
}

function mediaIn(tweet: Json, { media }: Includes): Media[] {
  const keys = textsAt(tweet, 'attachments', 'media_keys')
  return keys
    .map((key) => media.get(key))
    .map((medium) => (medium === undefined ? null : mediumOfV2(medium)))
    .filter((medium) => medium !== null)
}

function pollOf(tweet: Json, { polls }: Includes): Readonly<Record<string, unknown>> | null {
  const poll = polls.get(textsAt(tweet, 'attachments', 'poll_ids')[0] ?? '')
  if (poll === undefined) return null
  const choices = objectsAt(poll, 'options').map((one) => ({
    label: textAt(one, 'label'),
    votes: valueAt(one, 'votes') ?? null,
  }))
  return { poll: { choices, ends: textAt(poll, 'end_datetime') } }
}

function includesOf(answer: Json, path: string): Includes {
  const list = (name: string) => objectsAt(answer, 'includes', name)
  const poll = objectAt(answer, 'attachments', 'poll')
  const inside = objectsAt(answer, 'referenced_tweets').map((tweet, at) => ({
    tweet,
    path: `${path}/referenced_tweets/${at}`,
  }))
  const apart = list('tweets').map((tweet, at) => ({ tweet, path: `${path}/includes/tweets/${at}` }))
  const tweets = [...apart, ...inside].filter(({ tweet }) => textAt(tweet, 'text') !== null)
  return {
    users: byKey(list('users'), 'id'),
    media: byKey([...list('media'), ...objectsAt(answer, 'attachments', 'media')], 'media_key'),
    polls: byKey([...list('polls'), ...(poll === null ? [] : [poll])], 'id'),
    tweets: new Map(tweets.map((one) => [idAt(one.tweet, 'id') ?? '', one])),
  }
}

function byKey(list: readonly Json[], key: string): Map<string, Json> {
  return new Map(list.map((one) => [textAt(one, key) ?? '', one]))
}
