// A post of X as scrapers write it down → the shape of API v1.1, which tweet.ts reads. snscrape, twscrape and twint
// (2018–2023), the twitter-scraper libraries (Go, Node), Apify's actors and the services that mend previews (FxTwitter,
// vxTwitter) call the same fields by other names, in every spelling.
import { timeOfText } from '../../extraction/post.ts'
import { asObject, type Json, listAt, objectAt, objectsAt, textAt, textsAt, valueAt } from '../../values/json-fields.ts'
import { snowflakeTime, statusInUrl } from '../names.ts'
import { namesIn } from '../text.ts'

const NOT_LETTERS = /[^\p{L}\d]+/gu
const SHORT_LINK = /https?:\/\/t\.co\/\w+/g
const CLOCK = /^\d\d:\d\d:\d\d$/
const OFFSET = /^[+-]\d{4}$/
const ZONED = /\d:\d\d.{0,40}(?:Z|UTC|GMT|[+-]\d\d:?\d\d\b)/
const STILL = /^(?:image|photo)$/
const ID = /^\d{1,20}$/
const SNSCRAPE_POST = /^snscrape\.modules\.twitter\.Tweet$/i

/** Keys in small letters without signs: scrapers differ in nothing as much as in these. */
export function folded(row: Json): Json {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(NOT_LETTERS, '').toLowerCase(), value]),
  )
}

/**
 * Whether some scraper wrote this about a post of X: its address is X's, its words are there, its fields are no API's.
 */
export function isScraped(row: Json | null): boolean {
  if (row === null) return false
  const known = folded(row)
  if (Object.hasOwn(known, DRAFT_SIGN)) return false
  // A number past 2^53 is an id too, only not one to be read from JSON.parse.
  if (wordsOf(known) === null || (idOf(known) === null && typeof known['id'] !== 'number')) return false
  const isTyped = SNSCRAPE_POST.test(textAt(row, '_type') ?? '') || textAt(known, 'type') === 'tweet'
  return isTyped || SIGNS.some((key) => Object.hasOwn(known, key))
}

/** Typefully keeps a draft of a whole thread as one text, beside the address of its first post. */
const DRAFT_SIGN = 'textfirsttweet'
/** Fields that only scrapers have. */
const SIGNS = [
  ...['permanenturl', 'twitterurl', 'retweetscount', 'renderedcontent', 'rawcontent'],
  ...['replyingtostatus', 'tweeturl'],
]

/** The id stands in the address, whatever happened to the number beside it. */
export function idOf(known: Json): string | null {
  const digits = ['idstr', 'tweetid', 'id'].map((key) => digitsAt(known, key)).find((id) => id !== null)
  return addressesOf(known).find((status) => status !== null)?.id ?? digits ?? null
}

function addressesOf(known: Json) {
  return ['permanenturl', 'link', 'twitterurl', 'tweeturl', 'url'].map((key) => statusInUrl(textAt(known, key)))
}

/** `user_id` and `id` as text or number: long numbers were made text before (scraper.ts). */
function digitsAt(object: Json | null, key: string): string | null {
  const value = valueAt(object, key)
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && ID.test(text) ? text : null
}

function wordsOf(known: Json): string | null {
  return firstText(known, ['rawcontent', 'content', 'fulltext', 'tweet', 'text'])
}

/** The post as API v1.1 would give it; what that has no place for is left out. */
export function asV1(known: Json, id: string): Json {
  const words = wordsOf(known) ?? ''
  const media = mediaOf(known)
  const quote = quotedId(known)
  const targets = targetsOf(known, words, media.length > 0 || quote !== null)
  const told = new Set(targets.map(({ url }) => url))
  const rest = (words.match(SHORT_LINK) ?? []).findLast((link) => !told.has(link)) ?? null
  const { mentions, hashtags } = namesIn(words)
  return {
    full_text: words,
    created_at: timeOf(known) ?? snowflakeTime(id) ?? timeOfText(dateOf(known)),
    lang: firstText(known, ['lang', 'language']),
    in_reply_to_status_id_str: firstDigits(known, PARENT_KEYS),
    conversation_id_str: firstDigits(known, ['conversationidstr', 'conversationid']),
    quoted_status_id_str: quote,
    quoted_status_permalink:
      quote === null ? null : { url: media.length === 0 ? rest : null, expanded: firstText(known, QUOTE_URLS) },
    entities: {
      urls: targets,
      user_mentions: [...mentions].map((name) => ({ screen_name: name })),
      hashtags: [...hashtags].map((text) => ({ text })),
    },
    extended_entities: { media: media.map((one) => ({ ...one, url: rest })) },
  }
}

const PARENT_KEYS = [
  'inreplytotweetidstr',
  'inreplytotweetid',
  'inreplytostatusidstr',
  'inreplytostatusid',
  'inreplytoid',
  'replyingtostatus',
  'replyingtoid',
]

/** The account: an object of its own, or fields beside the words. */
export function accountOf(known: Json): {
  readonly id: string | null
  readonly handle: string | null
  readonly name: string | null
} {
  const user = folded(objectAt(known, 'user') ?? objectAt(known, 'author') ?? {})
  const handle = firstText(known, ['screenname', 'userscreenname'])
  return {
    id: digitsAt(user, 'idstr') ?? digitsAt(user, 'id') ?? digitsAt(known, 'userid'),
    handle: firstText(user, ['username', 'screenname']) ?? handle ?? textAt(known, 'username') ?? handleIn(known),
    // Beside a handle by its surer name, `username` is what is shown.
    name:
      firstText(user, ['displayname', 'name']) ?? firstText(known, handle === null ? ['name'] : ['name', 'username']),
  }
}

function handleIn(known: Json): string | null {
  return addressesOf(known).find((status) => status !== null)?.handle ?? null
}

/** What was put to the vote, and a note that readers added, where the scraper keeps them. */
export function besideWords(known: Json): Json | null {
  const poll = objectAt(known, 'poll') ?? objectAt(known, 'polldata')
  const listed = [...objectsAt(poll, 'choices'), ...objectsAt(poll, 'options')]
  const choices = listed.map((one) => ({
    label: firstText(one, ['label', 'name']),
    votes: valueAt(one, 'count') ?? valueAt(one, 'votes') ?? null,
  }))
  const note = textAt(known, 'communitynote') ?? textAt(known, 'communitynote', 'text')
  const told = {
    ...(choices.length === 0 ? {} : { poll: { choices, ends: textAt(poll, 'ends_at') } }),
    ...(note === null ? {} : { communityNote: note }),
  }
  return Object.keys(told).length === 0 ? null : told
}

/** The quoted or shared post, where its own object is there. */
export function shownPost(known: Json, which: 'quote' | 'repost'): Json | null {
  const keys =
    which === 'quote'
      ? ['quotedtweet', 'quotedstatus', 'quote', 'qrt']
      : ['retweetedtweet', 'retweetedstatus', 'retweet']
  return (
    keys.map((key) => objectAt(known, key)).find((found) => found !== null && Object.keys(found).length > 0) ?? null
  )
}

function quotedId(known: Json): string | null {
  const shown = shownPost(known, 'quote')
  const said = firstDigits(known, QUOTE_KEYS) ?? statusInUrl(firstText(known, QUOTE_URLS))?.id ?? null
  return (shown === null ? null : idOf(folded(shown))) ?? said
}

const QUOTE_URLS = ['quoteurl', 'qrturl']
const QUOTE_KEYS = [
  ...['quotedstatusidstr', 'quotedstatusid', 'quotedtweetid', 'quoteid', 'quotedid'],
  // API v2, laid flat.
  ...['referencedtweetsquotedid', 'quotedtweetidstr'],
]

/** twint gives the day, the clock and the offset apart, and a zone's name that only its own machine knows. */
function timeOf(known: Json): string | null {
  const [day, clock, zone] = ['date', 'time', 'timezone'].map((key) => textAt(known, key) ?? '')
  if (CLOCK.test(clock ?? '') && OFFSET.test(zone ?? '')) return timeOfText(`${day}T${clock}${zone}`)
  const date = dateOf(known)
  return ZONED.test(date ?? '') ? timeOfText(date) : null
}

/** As some scrapers write it, by the clock of their own machine: the id is surer. */
function dateOf(known: Json): string | null {
  return firstText(known, ['timeparsed', 'date', 'createdat', 'timestamp'])
}

interface Target {
  readonly url: string
  readonly expanded_url: string
}

/** Short links with their targets, told in pairs, in two lists, or by their order in the words. */
function targetsOf(known: Json, words: string, hasMore: boolean): readonly Target[] {
  const pairs = [...objectsAt(known, 'links'), ...objectsAt(known, 'entities', 'urls')].flatMap((link) =>
    paired(
      firstText(link, ['tcourl', 'tcoUrl']) ?? textAt(link, 'url'),
      textAt(link, 'expanded_url') ?? textAt(link, 'url'),
    ),
  )
  if (pairs.length > 0) return pairs
  const shorts = textsAt(known, 'tcooutlinks')
  const longs = shorts.length > 0 ? textsAt(known, 'outlinks') : textsAt(known, 'urls')
  const inWords = words.match(SHORT_LINK) ?? []
  // The last short link stands for a picture or a quoted post, if there is one.
  const isClear = inWords.length === longs.length || (hasMore && inWords.length === longs.length + 1)
  return longs.flatMap((long, i) =>
    shorts.length > 0 ? paired(shorts[i], long) : isClear ? paired(inWords[i], long) : [],
  )
}

function paired(url: string | null | undefined, target: string | null): readonly Target[] {
  return url == null || target === null || url === target ? [] : [{ url, expanded_url: target }]
}

/** Pictures and films in v1.1's shape. */
function mediaOf(known: Json): readonly Json[] {
  const own = objectsAt(objectAt(known, 'extendedentities'), 'media')
  if (own.length > 0) return own
  const grouped = objectAt(known, 'media') ?? known
  const listed = [...objectsAt(known, 'media'), ...objectsAt(known, 'mediaextended')]
  return [
    ...listAt(grouped, 'photos').flatMap((one) => photoOf(typeof one === 'string' ? { url: one } : asObject(one))),
    ...listed.flatMap((one) => (isPhoto(one) ? photoOf(one) : filmOf(one))),
    ...[...objectsAt(grouped, 'videos'), ...objectsAt(grouped, 'animated')].flatMap(filmOf),
  ]
}

function isPhoto(medium: Json): boolean {
  return textAt(medium, 'fullUrl') !== null || STILL.test(textAt(medium, 'type') ?? '')
}

function photoOf(photo: Json | null): readonly Json[] {
  const url = firstText(photo, ['fullUrl', 'url', 'URL'])
  const alt = firstText(photo, ['altText', 'alt_text', 'AltText'])
  return url === null ? [] : [{ type: 'photo', media_url_https: url, ext_alt_text: alt }]
}

function filmOf(film: Json): readonly Json[] {
  const still = firstText(film, ['thumbnailUrl', 'thumbnail_url', 'preview', 'Preview'])
  const file = firstText(film, ['videoUrl', 'url', 'URL'])
  const listed = objectsAt(film, 'variants').map((one) => ({ ...one, bitrate: valueAt(one, 'bitrate') ?? undefined }))
  const variants = listed.length > 0 || file === null ? listed : [{ url: file }]
  return still === null && variants.length === 0
    ? []
    : [
        {
          type: textAt(film, 'type') === 'gif' ? 'animated_gif' : 'video',
          media_url_https: still,
          video_info: { variants },
        },
      ]
}

function firstText(object: Json | null, keys: readonly string[]): string | null {
  return keys.map((key) => textAt(object, key)).find((text) => text !== null) ?? null
}

function firstDigits(object: Json, keys: readonly string[]): string | null {
  return keys.map((key) => digitsAt(object, key)).find((id) => id !== null) ?? null
}
