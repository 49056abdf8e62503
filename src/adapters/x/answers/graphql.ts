// Saved answers of X's web GraphQL (2021–2026): a post's page (TweetDetail), timelines, searches, single posts, or one
// entry of them. Parents are declared by id. Nothing is fetched with cursors: they need the session that made the
// answer.
import type { Extraction, Note } from '../../../model.ts'
import type { Adapter, Located } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import { absenceIn } from '../../page/absence.ts'
import { parseJson } from '../../page/json.ts'
import type { Page } from '../../page/page.ts'
import { errorNote } from '../../page/refusals.ts'
import { idAt, objectsAt } from '../../values/json-fields.ts'
import {
  extractionOf,
  type FoundTweet,
  NO_REMARKS,
  namelessNotes,
  type ReaderOfPage,
  replyNotes,
} from '../extraction.ts'
import { isXHost } from '../names.ts'
import { type Read, readResult, replyCount } from './graphql-post.ts'
import { type Sighting, walkAnswer } from './graphql-walk.ts'

const NAME = 'x-graphql'
const VERSION = 1
const PATH = /\/graphql\/[\w-]+\/(\w+)$/
/**
 * Keys of posts and of the places where they stand (`__typename` is left out by some savers), and what the embed's
 * answer calls a post that is gone.
 */
const SIGNS = /"(?:tweet_?[rR]esults?|rest_id|TweetTombstone)"/
const FIRST_STEP = /^\/(\d+)/
const ID_AT_END = /(\d{1,20})$/
const CONVERSATION_ENTRY = 'conversationthread-'
/** Timelines name both ends; only the lower one holds what a reader has not seen. */
const MORE = new Set(['Bottom', 'ShowMore', 'ShowMoreThreads', 'ShowMoreThreadsPrompt'])

export const xGraphql: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [
    'https://x.com/i/api/graphql/AbC-d_1/TweetDetail?variables=%7B%22focalTweetId%22%3A%221700000000000000001%22%7D',
    'https://x.com/i/api/graphql/AbC-d_1/TweetResultByRestId?variables=%7B%22tweetId%22%3A%221700000000000000001%22%7D',
  ],

  locate(url: URL): Located | null {
    if (!isXHost(url) || !PATH.test(url.pathname)) return null
    const variables = variablesOf(url)
    const id = idAt(variables, 'focalTweetId') ?? idAt(variables, 'tweetId')
    if (id !== null) return { kind: 'post', id, fetch: url.href }
    const account = idAt(variables, 'userId')
    return account === null ? null : { kind: 'author', id: account, fetch: url.href }
  },

  recognises(page: Page): boolean {
    // Large files of others' rows are looked at once, and not parsed.
    if ((page.kind !== 'json' && page.kind !== 'jsonl') || !SIGNS.test(page.text)) return false
    return walkAnswer(answersIn(page)).some(({ kind }) => kind === 'post' || kind === 'gone')
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const sightings = walkAnswer(answersIn(page))
    const reads = sightings.map((one) => (one.kind === 'post' ? readResult(one.result, one.path) : null))
    const whole = reads.filter((read) => read !== null)
    const found = whole.map((read) => inLine(page, read.found))
    const notes = [...notesOn(reader, sightings, reads), ...countNotes(reader, found, sightings, reads)]
    return extractionOf(reader, found, { ...NO_REMARKS, notes, reposts: whole.filter((read) => read.isRepost).length })
  },
}

/** Collectors keep a post or an answer a line. */
function answersIn(page: Page): unknown {
  if (page.kind === 'json') return page.json()
  return page.kind === 'jsonl' ? page.text.split('\n').map((line) => parseJson(line).value) : null
}

/** A line number is the place; a pointer into one line helps nobody. */
function inLine(page: Page, found: FoundTweet): FoundTweet {
  const item = page.kind === 'jsonl' ? FIRST_STEP.exec(found.place.path ?? '')?.[1] : undefined
  if (item === undefined) return found
  const line = Number(item) + 1
  return { ...found, place: { ...found.place, path: null, line, endLine: line } }
}

function variablesOf(url: URL): unknown {
  try {
    return JSON.parse(url.searchParams.get('variables') ?? '{}') as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** On a post's page the post itself is the last entry before the replies' modules. */
function countNotes(
  reader: ReaderOfPage,
  found: readonly FoundTweet[],
  sightings: readonly Sighting[],
  reads: readonly (Read | null)[],
): Note[] {
  const start = sightings.findIndex((one) => one.kind === 'post' && one.entry.startsWith(CONVERSATION_ENTRY))
  const focal = sightings[start - 1]
  if (start < 1 || focal?.kind !== 'post') return []
  return replyNotes(reader, found, reads[start - 1]?.found.tweet.id ?? null, replyCount(focal.result))
}

function notesOn(reader: ReaderOfPage, sightings: readonly Sighting[], reads: readonly (Read | null)[]): Note[] {
  const add = (level: Note['level'], code: string, message: string) => noteOn(reader.page, level, code, message)
  const isAlone = sightings.every(({ kind }) => kind === 'gone')
  const notes = sightings.flatMap((one) => (one.kind === 'gone' ? [goneNote(reader, one, isAlone)] : []))
  const cursors = sightings.filter((one) => one.kind === 'cursor' && MORE.has(one.cursor)).length
  const adverts = sightings.filter(({ kind }) => kind === 'advert').length
  const nameless = reads.filter((read, at) => read === null && sightings[at]?.kind === 'post').length
  if (cursors > 0)
    notes.push(add('info', 'more', `The page goes on at ${places(cursors)} that this capture does not hold.`))
  if (adverts > 0) notes.push(add('info', 'adverts', `${adverts} advertised posts were left out.`))
  notes.push(...namelessNotes(reader, nameless))
  for (const error of objectsAt(reader.page.json(), 'errors')) {
    notes.push(errorNote(reader.page, error))
  }
  return notes
}

function places(count: number): string {
  return count === 1 ? 'one place' : `${count} places`
}

/** Of an answer that holds nothing else it is what the site says in place of posts. */
function goneNote(reader: ReaderOfPage, { entry, say }: Extract<Sighting, { kind: 'gone' }>, isAlone: boolean): Note {
  const id = ID_AT_END.exec(entry)?.[1]
  const what = id === undefined ? 'A post' : `Post ${id}`
  const code = isAlone ? (absenceIn(say ?? '')?.code ?? 'not-shown') : 'tombstone'
  return noteOn(reader.page, 'warning', code, `${what} is not shown by the site: ${say ?? 'it gives no reason'}`)
}
