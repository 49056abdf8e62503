// One `result` object of X's web GraphQL (2021–2026) → a post: out of its visibility wrapper, with its author in either
// of two shapes, its long text, its quote, its article or poll. A repost gives the post that was shared.
import type { Author, Media, Quote } from '../../../model.ts'
import { resolve } from '../../../url.ts'
import { asObject, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../../values/json-fields.ts'
import type { FoundTweet } from '../extraction.ts'
import { authorOf } from '../names.ts'
import { quoteOf, tweetId, tweetOf, versionsOf, type XTweet } from '../tweet.ts'

export interface Read {
  readonly found: FoundTweet
  /** Whether somebody else's sharing brought the post here. */
  readonly isRepost: boolean
}

/** A repost of a repost is not possible, a hostile answer is: deeper nesting is not followed. */
const MAX_REPOSTS = 2
const ARTICLE = ['article', 'article_results', 'result'] as const
const POLL = /^poll\d/

/** The post in `result`, which stands at `path`; null when it has no usable id. */
export function readResult(result: Json, path: string, depth = 0): Read | null {
  const wrapped = objectAt(result, 'tweet')
  const inner = wrapped ?? result
  const at = wrapped === null ? path : `${path}/tweet`
  const shared = objectAt(inner, 'legacy', 'retweeted_status_result', 'result')
  if (shared !== null && depth < MAX_REPOSTS) {
    const original = readResult(shared, `${at}/legacy/retweeted_status_result/result`, depth + 1)
    if (original !== null) return { ...original, isRepost: true }
  }
  const tweet = tweetIn(inner)
  if (tweet === null) return null
  const article = objectAt(inner, ...ARTICLE)
  const found = { tweet, place: { path: at, extra: besideWords(inner) }, title: textAt(article, 'title') }
  return { found: article === null ? found : { ...found, tweet: articleOf(tweet, article) }, isRepost: false }
}

/** How many direct replies the site counts. */
export function replyCount(result: Json): number | null {
  const count = valueAt(objectAt(result, 'tweet') ?? result, 'legacy', 'reply_count')
  return typeof count === 'number' ? count : null
}

function tweetIn(result: Json, withQuote = true): XTweet | null {
  const legacy = objectAt(result, 'legacy')
  const id = idAt(result, 'rest_id') ?? (legacy === null ? null : tweetId(legacy))
  if (legacy === null || id === null) return null
  return tweetOf(legacy, {
    id,
    author: authorIn(result, legacy),
    long: objectAt(result, 'note_tweet', 'note_tweet_results', 'result'),
    quote: withQuote ? quoteIn(result) : null,
    versions: versionsOf(result),
  })
}

/** Names moved from `legacy` to `core` in 2025. */
function authorIn(result: Json, legacy: Json): Author | null {
  const user = objectAt(result, 'core', 'user_results', 'result')
  const names = [objectAt(user, 'core'), objectAt(user, 'legacy')]
  const handle = names.map((name) => textAt(name, 'screen_name')).find((name) => name !== null)
  const name = names.map((one) => textAt(one, 'name')).find((one) => one !== null)
  return authorOf(idAt(user, 'rest_id') ?? idAt(legacy, 'user_id_str'), handle ?? null, name ?? null)
}

function quoteIn(result: Json): Quote | null {
  const quoted = asObject(valueAt(result, 'quoted_status_result', 'result'))
  if (quoted === null) return null
  const tweet = tweetIn(objectAt(quoted, 'tweet') ?? quoted, false)
  return tweet === null ? null : quoteOf(tweet)
}

/** The post around an article is only its link. Timelines carry the first lines, the article's own page all of it. */
function articleOf(tweet: XTweet, article: Json): XTweet {
  const blocks = objectsAt(article, 'content_state', 'blocks').map((block) => textAt(block, 'text'))
  const whole = textAt(article, 'plain_text') ?? (blocks.filter((text) => text !== null).join('\n\n') || null)
  const text = whole ?? textAt(article, 'preview_text')
  if (text === null) return { ...tweet, isCut: true }
  const around = { id: tweet.id, author: tweet.author, long: null, quote: null, versions: [] }
  const { text: words, html } = tweetOf({ full_text: text }, around)
  return { ...tweet, text: words, html, media: [...coverOf(article), ...tweet.media], isCut: whole === null }
}

function coverOf(article: Json): Media[] {
  const info = objectAt(article, 'cover_media', 'media_info')
  const url = resolve(textAt(info, 'original_img_url'), null)
  if (url === null) return []
  const [width, height] = [valueAt(info, 'original_img_width'), valueAt(info, 'original_img_height')]
  return [{ kind: 'image', url, alt: null, width: sizeOf(width), height: sizeOf(height), poster: null }]
}

function sizeOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

/** What Post has no place for: a poll, and the note that readers added. */
function besideWords(result: Json): Readonly<Record<string, unknown>> | null {
  const communityNote = textAt(result, 'birdwatch_pivot', 'subtitle', 'text')
  return communityNote === null ? pollOf(result) : { ...pollOf(result), communityNote }
}

/** Polls are cards: `choice1_label`, `choice1_count` … */
function pollOf(result: Json): Readonly<Record<string, unknown>> | null {
  const card = objectAt(result, 'card', 'legacy')
  if (!POLL.test(textAt(card, 'name') ?? '')) return null
  const values = new Map(
    objectsAt(card, 'binding_values').map((one) => [textAt(one, 'key'), textAt(one, 'value', 'string_value')]),
  )
  const choices = [1, 2, 3, 4].flatMap((place) => {
    const label = values.get(`choice${place}_label`)
    return label === undefined || label === null ? [] : [{ label, votes: values.get(`choice${place}_count`) ?? null }]
  })
  return { poll: { choices, ends: values.get('end_datetime_utc') ?? null } }
}
