// X's API v2 (2020–2026): `{ data, includes }` of one post, a list or a search, several of them, or one a line; or
// posts alone, as collectors lay them down. Authors, media and referenced posts stand apart in `includes`, or in the
// post. Parents are declared by id.
import type { Extraction, Note } from '../../../model.ts'
import { hostIs } from '../../../url.ts'
import type { Adapter, Located } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import { parseJson } from '../../page/json.ts'
import type { Page } from '../../page/page.ts'
import { asObject, idAt, type Json, objectAt, objectsAt, textAt, textsAt, valueAt } from '../../values/json-fields.ts'
import { extractionOf, NO_REMARKS, type ReaderOfPage } from '../extraction.ts'
import { readAnswer } from './api-v2-answer.ts'

const NAME = 'x-api-v2'
const VERSION = 1
const HOSTS = ['api.twitter.com', 'api.x.com']
const STATUS_PATH = /^\/2\/tweets\/(\d{1,20})$/
const TIMELINE_PATH = /^\/2\/users\/(\d{1,20})\/tweets$/
const LINE_END = /\r\n|\r|\n/
/** A post of v2 has `id` and `text` like anybody's; one of these keys makes it X's. */
const OWN_KEYS = ['author_id', 'conversation_id', 'edit_history_tweet_ids', 'referenced_tweets']
/** Scrapers call one of them so, too, in posts that have their writers and parents under names of their own. */
const LENT_KEY = 'conversation_id'
/** All that v2 says of a post (https://docs.x.com/x-api/fundamentals/data-dictionary). */
const FIELDS = new Set(
  `id text ${OWN_KEYS.join(' ')} article attachments card_uri community_id context_annotations created_at
  display_text_range edit_controls entities geo in_reply_to_user_id lang matched_media_notes media_metadata
  non_public_metrics note_tweet organic_metrics possibly_sensitive promoted_metrics public_metrics reply_settings
  scopes source suggested_source_links suggested_source_links_with_counts withheld`.split(/\s+/),
)
/** What tells a post that stands alone from other things with an author: one of each row. */
const BARE_KEYS = [
  ['author_id'],
  ['conversation_id', 'referenced_tweets'],
  ['public_metrics', 'referenced_tweets', 'context_annotations'],
]
/** One of these ends each of them. Sought first: a rare first sign makes the search four times as quick. */
const OWN_ENDS = ['_id', '_tweets']

export const xApiV2: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: ['https://api.x.com/2/tweets/1700000000000000001', 'https://api.twitter.com/2/users/1700000001/tweets'],

  locate(url: URL): Located | null {
    if (!HOSTS.some((host) => hostIs(url, host))) return null
    const post = STATUS_PATH.exec(url.pathname)?.[1]
    if (post !== undefined) return { kind: 'post', id: post, fetch: url.href }
    const account = TIMELINE_PATH.exec(url.pathname)?.[1]
    return account === undefined ? null : { kind: 'author', id: account, fetch: url.href }
  },

  recognises(page: Page): boolean {
    return answersIn(page).next().done !== true
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const answers = [...answersIn(page)]
    const reads = answers.map(({ answer, path, line }) => readAnswer(answer, { path, line, endLine: line }))
    return extractionOf(
      reader,
      // A post of the answer tells more than the copy of it that came along as somebody's parent.
      [...reads.flatMap(({ found }) => found), ...reads.flatMap(({ parents }) => parents)],
      {
        ...NO_REMARKS,
        notes: answers.flatMap(({ answer }) => notesOn(reader, answer)),
        reposts: reads.reduce((sum, { reposts }) => sum + reposts, 0),
      },
    )
  },
}

interface Answer {
  readonly answer: Json
  readonly path: string
  readonly line: number | null
}

function* answersIn(page: Page): Generator<Answer> {
  if (page.kind !== 'json' && page.kind !== 'jsonl') return
  if (!OWN_ENDS.some((end) => page.text.includes(end))) return
  if (!OWN_KEYS.some((key) => page.text.includes(`"${key}"`))) return
  if (page.kind === 'json') yield* answersUnder(page.json(), null)
  if (page.kind !== 'jsonl') return
  let line = 0
  for (const row of page.text.split(LINE_END)) {
    line += 1
    yield* answersUnder(parseJson(row).value, line)
  }
}

/** A file holds one answer or a list of them. */
function* answersUnder(root: unknown, line: number | null): Generator<Answer> {
  const list = Array.isArray(root) ? root : [root]
  for (const [place, one] of list.entries()) {
    const answer = asObject(one)
    if (answer !== null && (isAnswer(answer) || isBare(answer)))
      yield { answer, path: Array.isArray(root) ? `/${place}` : '', line }
  }
}

function isAnswer(answer: Json): boolean {
  const data = valueAt(answer, 'data')
  const first = Array.isArray(data) ? asObject(data[0]) : asObject(data)
  if (first === null || idAt(first, 'id') === null || textAt(first, 'text') === null) return false
  return isOfV2(first) || objectsAt(answer, 'includes', 'users').length > 0
}

function isOfV2(tweet: Json): boolean {
  const own = OWN_KEYS.filter((key) => Object.hasOwn(tweet, key))
  return own.some((key) => key !== LENT_KEY) || (own.length > 0 && Object.keys(tweet).every((key) => FIELDS.has(key)))
}

/**
 * Programs that collect posts lay them down one by one, often with what they refer to inside of them (twarc's
 * `flatten`).
 */
function isBare(tweet: Json): boolean {
  if (idAt(tweet, 'id') === null || textAt(tweet, 'text') === null) return false
  if (textsAt(tweet, 'edit_history_tweet_ids').length > 0) return true
  return BARE_KEYS.every((keys) => keys.some((key) => Object.hasOwn(tweet, key)))
}

function notesOn(reader: ReaderOfPage, answer: Json): Note[] {
  const gone = objectsAt(answer, 'errors').map((error) => {
    const id = textAt(error, 'resource_id') ?? textAt(error, 'value') ?? 'a post'
    const say = textAt(error, 'title') ?? 'no reason given'
    return noteOn(reader.page, 'warning', 'tombstone', `The site does not give ${id}: ${say}.`)
  })
  const isCut = textAt(objectAt(answer, 'meta'), 'next_token') !== null
  return isCut
    ? [...gone, noteOn(reader.page, 'info', 'more', 'The list goes on in a page that is not in this capture.')]
    : gone
}
