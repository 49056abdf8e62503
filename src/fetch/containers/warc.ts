// WARC files by any tool → captures: each response and resource with its own URL, time, status and headers. A revisit says
// only that bytes were as before: it holds none and is counted. Requests and metadata are no captures.
import type { Capture, Note } from '../../model.ts'
import { urlOf } from '../../url.ts'
import { type Found, mediaTypeOf } from '../fetcher.ts'
import { captureMember, labelOf, MAX_MEMBERS, type Opening, timeOf, warn } from './container.ts'
import { type Damage, isDamage, type Piece } from './gzip.ts'
import { parseHttpAnswer } from './http-answer.ts'
import { type ForeignRecord, readRecords } from './warc-records.ts'

const WEB_URL = /^https?:\/\//i
/** wget up to 1.20 puts the URI in brackets, as a draft of the standard had it. */
const BRACKETS = /^<(.*)>$/
const HTTP_BLOCK = /^application\/http\b/i
const TRUNCATIONS = new Set(['length', 'time', 'disconnect'])

interface Tally {
  revisits: number
  records: number
}

/** Every capture in a WARC file, which was compressed a record at a time, as a whole, or not at all. */
export async function* readWarc(pieces: AsyncIterable<Piece>, opening: Opening): AsyncGenerator<Found> {
  const tally: Tally = { revisits: 0, records: 0 }
  for await (const scanned of readRecords(pieces)) {
    opening.signal.throwIfAborted()
    if (isDamage(scanned)) yield tellDamage(scanned, opening)
    else yield* readRecord(scanned, tally, opening)
    if (tally.records > MAX_MEMBERS) {
      yield warn('too-many-members', `Only the first ${MAX_MEMBERS} records were read; split the file.`, opening.input)
      break
    }
  }
  yield* tellTally(tally, opening.input)
}

function tellDamage({ reason, offset }: Damage, { input }: Opening): Note {
  const message = `The record at byte ${offset} could not be read: ${reason}. It was left out.`
  return warn('damaged-member', message, input)
}

async function* readRecord(record: ForeignRecord, tally: Tally, opening: Opening): AsyncGenerator<Capture> {
  tally.records += 1
  const type = record.fields.get('warc-type')?.toLowerCase()
  if (type === 'revisit') tally.revisits += 1
  if (type !== 'response' && type !== 'resource') return
  const target = BRACKETS.exec(record.fields.get('warc-target-uri') ?? '')?.[1] ?? record.fields.get('warc-target-uri')
  const url = target !== undefined && WEB_URL.test(target) && urlOf(target) !== null ? target : null
  // Crawlers also keep what the DNS and robots of their own said.
  if (url === null && type === 'response') return
  const content = await contentOf(record)
  if (content === null) return
  yield captureMember({
    input: labelOf(opening.input, target ?? ''),
    url,
    finalUrl: url,
    ...timeOf(record.fields.get('warc-date'), opening, 'declared'),
    ...content,
    truncated: record.truncated ?? toldTruncation(record) ?? content.truncated,
  })
}

type Content = Pick<Capture, 'body' | 'truncated'> & Partial<Capture>

/** Null for an answer of another protocol than HTTP. */
async function contentOf({ fields, block }: ForeignRecord): Promise<Content | null> {
  const type = fields.get('content-type') ?? null
  if (fields.get('warc-type')?.toLowerCase() === 'response' || HTTP_BLOCK.test(type ?? ''))
    return parseHttpAnswer(block)
  return {
    body: block,
    truncated: null,
    mediaType: mediaTypeOf(type),
    headers: type === null ? [] : [['content-type', type]],
  }
}

function toldTruncation({ fields }: ForeignRecord): Capture['truncated'] {
  const told = fields.get('warc-truncated')?.toLowerCase() ?? ''
  return TRUNCATIONS.has(told) ? (told as Capture['truncated']) : null
}

function* tellTally({ revisits }: Tally, input: string): Generator<Note> {
  if (revisits === 0) return
  const message = `Records that say "the same as before" and hold no bytes, left out: ${revisits}.`
  yield { level: 'info', code: 'revisits-skipped', message, input }
}
