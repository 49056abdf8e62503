// One tweet object in the shape of API v1.1 → what can be said of the post. GraphQL's `legacy`, embeds and account
// exports have the same shape; what they keep elsewhere (author, long text, quoted post) is handed in. No pages, no
// order.
import type { Author, Media, Quote } from '../../model.ts'
import type { Body } from '../../text/body.ts'
import { idAt, type Json, objectAt, objectsAt, textAt, textsAt } from '../values/json-fields.ts'
import { languageOf } from '../values/language.ts'
import { mediaLinks, mediaOf } from './media.ts'
import { authorOf, refOf, snowflakeTime, statusInUrl, statusUrl, timeOf } from './names.ts'
import { bodyOf, type Entities } from './text.ts'

/** What a dialect keeps outside of the v1.1-shaped object. */
interface TweetContext {
  readonly id: string
  readonly author: Author | null
  /** `{ text, entity_set }` of a post over 280 characters; the object itself then holds only the beginning. */
  readonly long: Json | null
  /** The quoted post where its own object was found. */
  readonly quote: Quote | null
  /** Every version's id in order of writing; one or none for a post never edited. */
  readonly versions: readonly string[]
}

/** A post as read, before it has a place on a page. */
export interface XTweet extends Body {
  readonly id: string
  readonly author: Author | null
  readonly createdAt: string | null
  readonly editedAt: string | null
  readonly lang: string | null
  readonly parentId: string | null
  readonly conversation: string | null
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
  readonly versions: readonly string[]
  /** True when the capture holds only the beginning of the words (old-API `truncated`). */
  readonly isCut: boolean
}

/** The post that a v1.1-shaped object holds. */
export function tweetOf(tweet: Json, around: TweetContext): XTweet {
  const { id, author, long, versions } = around
  const quotes = quotesOf(tweet, around.quote)
  const time = timeOf(textAt(tweet, 'created_at')) ?? snowflakeTime(id)
  return {
    id,
    author,
    ...bodyOf(wordsOf(tweet, long), entitiesOf(tweet, long, quotes)),
    createdAt: time,
    editedAt: versions.length > 1 && versions[0] !== id ? time : null,
    lang: languageOf(textAt(tweet, 'lang')),
    parentId: parentOf(tweet, id),
    conversation: idAt(tweet, 'conversation_id_str'),
    media: mediaOf(tweet),
    quotes,
    versions,
    isCut: tweet['truncated'] === true && !isWhole(tweet, long),
  }
}

/** The id of a tweet object; number-valued ids above 2^53 are not ids any more. */
export function tweetId(tweet: Json): string | null {
  return idAt(tweet, 'id_str') ?? idAt(tweet, 'id')
}

/** The account in a v1.1 `user` object. */
export function userOf(user: Json | null): Author | null {
  if (user === null) return null
  return authorOf(idAt(user, 'id_str') ?? idAt(user, 'id'), textAt(user, 'screen_name'), textAt(user, 'name'))
}

/** The short form in which a post appears inside another one. */
export function quoteOf(tweet: XTweet): Quote {
  const { id, author, text, createdAt } = tweet
  return { ref: refOf(id), author, text, url: statusUrl(author?.handle ?? null, id), createdAt }
}

/** Ids of all versions: `edit_control` (APIs; wrapped once more on edited posts) or `edit_info` (account exports). */
export function versionsOf(holder: Json): readonly string[] {
  const lists = [
    textsAt(holder, 'edit_control', 'edit_tweet_ids'),
    textsAt(holder, 'edit_control', 'edit_control_initial', 'edit_tweet_ids'),
    textsAt(holder, 'edit_info', 'initial', 'editTweetIds'),
    textsAt(holder, 'edit_info', 'edit', 'editControlInitial', 'editTweetIds'),
    textsAt(holder, 'edit_history_tweet_ids'),
  ]
  return lists.find((list) => list.length > 0) ?? []
}

/** The words as written, escaped as X escapes them. Streams of 2016–2022 carry long posts as `extended_tweet`. */
function wordsOf(tweet: Json, long: Json | null): string {
  const extended = textAt(tweet, 'extended_tweet', 'full_text')
  return textAt(long, 'text') ?? extended ?? textAt(tweet, 'full_text') ?? textAt(tweet, 'text') ?? ''
}

function isWhole(tweet: Json, long: Json | null): boolean {
  return [long, textAt(tweet, 'full_text'), textAt(tweet, 'extended_tweet', 'full_text')].some(
    (words) => words !== null,
  )
}

function parentOf(tweet: Json, id: string): string | null {
  const parent = idAt(tweet, 'in_reply_to_status_id_str') ?? idAt(tweet, 'in_reply_to_status_id')
  return parent === id ? null : parent
}

/** A quote is known by its object, else by its id, else by the link alone. */
function quotesOf(tweet: Json, found: Quote | null): readonly Quote[] {
  if (found !== null) return [found]
  const link = textAt(tweet, 'quoted_status_permalink', 'expanded')
  const id = idAt(tweet, 'quoted_status_id_str') ?? statusInUrl(link)?.id ?? null
  if (id === null) return []
  const handle = statusInUrl(link)?.handle ?? null
  const author = authorOf(null, handle, null)
  return [{ ref: refOf(id), author, text: null, url: statusUrl(handle, id), createdAt: snowflakeTime(id) }]
}

function entitiesOf(tweet: Json, long: Json | null, quotes: readonly Quote[]): Entities {
  const sets = [
    objectAt(long, 'entity_set'),
    objectAt(tweet, 'extended_tweet', 'entities'),
    objectAt(tweet, 'entities'),
  ].filter((set) => set !== null)
  const urls = sets.flatMap((set) => objectsAt(set, 'urls'))
  const targets = new Map<string, string>()
  for (const url of [...urls, ...objectsAt(tweet, 'entities', 'media')]) addTarget(targets, url)
  return {
    targets,
    attached: new Set([...mediaLinks(tweet), ...shownLinks(tweet, targets, quotes)]),
    mentions: new Set(sets.flatMap((set) => namesIn(objectsAt(set, 'user_mentions'), 'screen_name'))),
    hashtags: new Set(sets.flatMap((set) => namesIn(objectsAt(set, 'hashtags'), 'text'))),
  }
}

function addTarget(targets: Map<string, string>, url: Json): void {
  const short = textAt(url, 'url')
  const target = textAt(url, 'unwound_url') ?? textAt(url, 'expanded_url')
  if (short !== null && target !== null) targets.set(short, target)
}

/**
 * The links that the site hides because it shows the quoted post, or (on cut posts) because they lead to the post
 * itself.
 */
function shownLinks(tweet: Json, targets: ReadonlyMap<string, string>, quotes: readonly Quote[]): string[] {
  const ids = new Set([tweetId(tweet), ...quotes.map((quote) => quote.ref?.id)])
  const links = [...targets].filter(([, target]) => ids.has(statusInUrl(target)?.id)).map(([short]) => short)
  const permalink = textAt(tweet, 'quoted_status_permalink', 'url')
  return permalink === null ? links : [...links, permalink]
}

function namesIn(list: readonly Json[], key: string): string[] {
  return list.map((item) => textAt(item, key)?.toLowerCase() ?? null).filter((name) => name !== null)
}
