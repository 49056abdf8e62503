// Files of an X account export: posts (`tweets.js`, `tweet.js`, `tweets-part1.js`), long posts (`note-tweet.js`), and
// the older export's months (`data/js/tweets/2013_05.js`). Parents are declared by id. Zip files and folders are opened
// elsewhere.
import type { Author, Extraction, Note, Provenance } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import { idAt, type Json, objectAt, objectsAt, textAt } from '../../values/json-fields.ts'
import { extractionOf, type FoundTweet, NO_REMARKS, type ReaderOfPage } from '../extraction.ts'
import { timeOf } from '../names.ts'
import { quoteOf, tweetId, tweetOf, userOf, versionsOf } from '../tweet.ts'
import { type ExportFile, exportKind, readExport } from './archive-items.ts'
import { ownerOf } from './archive-owner.ts'

const NAME = 'x-archive'
const VERSION = 1
/** Posts written in a community stand in a file of their own (2022 to now). */
const POSTS = new Set(['tweets', 'tweet', 'community_tweet', 'deleted_tweets'])
/** Posts that the owner deleted within the last weeks before the export. */
const DELETED = 'deleted_tweets'
const LONG_POSTS = 'note_tweet'
const REPOST = /^RT @\w{1,20}: /
/** Before the site had reposts (5 November 2009) people wrote `RT @name:` themselves: those are their own words. */
const FIRST_REPOST = '2009-11-05'
const SAY_OWNER =
  'No post in this file tells whose account it is (no answer to oneself, no picture). All are by one unnamed author.'
const SAY_DELETED =
  'The posts in this file were deleted by their author, who still has them in the export; each is marked as deleted.'
const SAY_LONG =
  'Long posts stand apart from the posts they belong to and do not name them; tweets.js holds their ids and parents.'
const SAY_CUT = 'The file ends in the middle; the posts before that were read.'

export const xArchive: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => exportKind(page) !== null,

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const file = readExport(page)
    if (file.kind === LONG_POSTS) return extractLong(reader, file)
    return POSTS.has(file.kind)
      ? extractPosts(reader, file)
      : extractionOf(reader, [], { ...NO_REMARKS, notes: [refusal(reader, file)] })
  },
}

function extractPosts(reader: ReaderOfPage, { kind, items, isCut }: ExportFile): Extraction {
  const tweets = items.map(({ item }) => objectAt(item, 'tweet') ?? item)
  const owner = ownerOf(tweets)
  const reads = tweets.map((tweet, at) => readPost(tweet, owner, placeOf(reader, items, at, 'tweet')))
  const found = reads.filter((read) => read !== null && read !== 'repost')
  const nameless = reads.filter((read) => read === null).length
  const notes: Note[] = []
  if (isCut) notes.push(noteOn(reader.page, 'warning', 'cut', SAY_CUT))
  if (kind === DELETED && found.length > 0) notes.push(noteOn(reader.page, 'info', 'deleted-posts', SAY_DELETED))
  if (owner === null && found.length > 0) notes.push(noteOn(reader.page, 'warning', 'owner-unknown', SAY_OWNER))
  if (nameless > 0) notes.push(noteOn(reader.page, 'warning', 'no-id', sayNameless(nameless)))
  return extractionOf(reader, found, { ...NO_REMARKS, notes, reposts: reads.length - found.length - nameless })
}

function sayNameless(count: number): string {
  return `${count} items have no usable id or words and were left out.`
}

/** Lines in the script as exported; a pointer where only the array was kept. */
function placeOf({ page }: ReaderOfPage, items: ExportFile['items'], at: number, key: string): Partial<Provenance> {
  if (page.kind === 'json') return { path: items[at]?.item[key] === undefined ? `/${at}` : `/${at}/${key}` }
  return { line: items[at]?.line ?? null, endLine: items[at]?.endLine ?? null }
}

/** Reposts carry only the beginning of somebody else's words, under an id of their own. */
function readPost(tweet: Json, owner: Author | null, place: Partial<Provenance>): FoundTweet | 'repost' | null {
  const id = tweetId(tweet)
  if (id === null || (textAt(tweet, 'full_text') ?? textAt(tweet, 'text')) === null) return null
  if (isRepost(tweet)) return 'repost'
  const quoted = objectAt(tweet, 'quoted_status')
  const read = tweetOf(tweet, {
    id,
    author: userOf(objectAt(tweet, 'user')) ?? owner,
    long: null,
    quote: quoted === null ? null : quoteIn(quoted),
    versions: versionsOf(tweet),
  })
  const deletedAt = timeOf(textAt(tweet, 'deleted_at'))
  return { tweet: read, place: deletedAt === null ? place : { ...place, extra: { deletedAt } }, title: null }
}

function isRepost(tweet: Json): boolean {
  if (objectAt(tweet, 'retweeted_status') !== null) return true
  const time = timeOf(textAt(tweet, 'created_at')) ?? ''
  return REPOST.test(textAt(tweet, 'full_text') ?? textAt(tweet, 'text') ?? '') && time >= FIRST_REPOST
}

function quoteIn(quoted: Json) {
  const id = tweetId(quoted)
  if (id === null) return null
  const author = userOf(objectAt(quoted, 'user'))
  return quoteOf(tweetOf(quoted, { id, author, long: null, quote: null, versions: [] }))
}

/** `noteTweetId` is the id of the text, not of the post: these posts have no reference. */
function extractLong(reader: ReaderOfPage, { items, isCut }: ExportFile): Extraction {
  const reads = items.map(({ item }, at) =>
    readLong(objectAt(item, 'noteTweet'), placeOf(reader, items, at, 'noteTweet')),
  )
  const found = reads.filter((read) => read !== null)
  const notes = [noteOn(reader.page, 'info', 'long-posts', SAY_LONG)]
  if (isCut) notes.push(noteOn(reader.page, 'warning', 'cut', SAY_CUT))
  const extraction = extractionOf(reader, found, { ...NO_REMARKS, notes })
  return { ...extraction, posts: extraction.posts.map((post) => ({ ...post, ref: null, url: null })) }
}

function readLong(note: Json | null, place: Partial<Provenance>): FoundTweet | null {
  const id = idAt(note, 'noteTweetId')
  const core = objectAt(note, 'core')
  if (note === null || id === null || textAt(core, 'text') === null) return null
  const tweet = tweetOf(longAsV1(note, core), { id, author: null, long: null, quote: null, versions: [] })
  return {
    tweet: { ...tweet, id: `note-${id}` },
    place: { ...place, extra: { noteTweetId: id } },
    title: null,
  }
}

function longAsV1(note: Json, core: Json | null): Json {
  const urls = objectsAt(core, 'urls').map((url) => ({
    url: textAt(url, 'shortUrl'),
    expanded_url: textAt(url, 'expandedUrl'),
  }))
  const mentions = objectsAt(core, 'mentions').map((one) => ({ screen_name: textAt(one, 'screenName') }))
  const hashtags = objectsAt(core, 'hashtags').map((one) => ({ text: textAt(one, 'text') }))
  return {
    full_text: textAt(core, 'text'),
    created_at: textAt(note, 'createdAt'),
    entities: { urls, user_mentions: mentions, hashtags },
  }
}

/** What the other files hold that people try, as far as it is near to posts. */
const OTHER_FILES: Readonly<Record<string, string>> = {
  account: 'whose account it is',
  profile: 'what the account says of itself',
  like: "other people's posts",
  bookmark: "other people's posts",
  tweet_headers: 'ids and times of posts',
  tweetHeaders: 'ids and times of posts',
  deleted_tweet_headers: 'ids and times of deleted posts',
  direct_messages: 'private messages',
  direct_messages_group: 'private messages',
}

function refusal(reader: ReaderOfPage, { kind, items }: ExportFile): Note {
  const holds = OTHER_FILES[kind]
  const held = holds === undefined ? 'no published posts' : `no published posts, but ${holds}`
  const words = kind === 'deleted_tweet_headers' ? 'deleted-tweets.js' : 'tweets.js'
  const message = `This file of an account export (${kind}, ${items.length} items) was not read: it holds ${held}. Give ${words}.`
  return noteOn(reader.page, 'warning', 'no-posts', message)
}
