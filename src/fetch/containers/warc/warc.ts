// WARC files by any tool → captures: each response, resource and revisit with its own URL, time, status and headers.
// Records of other kinds are no captures; they are counted (tally.ts). Where a revisit's payload is, revisits.ts
// finds out.
import type { Capture, Note } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
import { type CaptureOrNote, mediaTypeOf } from '../../fetcher.ts'
import { parseHttpAnswer } from '../answers/http-answer.ts'
import {
  type AnswerFacts,
  captureMember,
  labelOf,
  MAX_MEMBERS,
  type Opening,
  type RecordNames,
  type Reference,
  timeOf,
  warn,
} from '../container.ts'
import { CUT, isDamage, type Unzipped } from '../gzip.ts'
import { type ForeignRecord, type RecordDamage, readRecords } from './records.ts'
import { createRecordTally, NOT_HTTP, type RecordTally, UNKEPT } from './tally.ts'
import { hasDigest } from './told-digest.ts'

const WEB_URL = /^https?:\/\//i
/** wget up to 1.21 puts the URI in brackets, as a draft of the standard had it. */
const BRACKETS = /^<(.*)>$/
const DNS = /^<?dns:/i
const HTTP_BLOCK = /^application\/http\b/i
const TRUNCATIONS = new Set(['length', 'time', 'disconnect'])

/** Every capture in a WARC file, which was compressed a record at a time, as a whole, or not at all. */
export async function* readWarc(pieces: AsyncIterable<Unzipped>, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const tally = createRecordTally()
  const reading = { ...opening, tally }
  for await (const scanned of readRecords(pieces)) {
    opening.signal.throwIfAborted()
    if (isDamage(scanned)) yield tellDamage(scanned, opening)
    else yield* readRecord(scanned, reading)
    if (tally.records() > MAX_MEMBERS) {
      yield warn('too-many-members', `Only the first ${MAX_MEMBERS} records were read; split the file.`, opening.input)
      break
    }
  }
  yield tally.tell(opening.input)
}

function tellDamage({ reason, offset, taken }: RecordDamage, { input }: Opening): Note {
  // Written as one gzip member, a file proves nothing of a single record.
  const before = `The ${taken} before it in the same gzip member were taken, and may be damaged too.`
  const rest = taken === 0 || reason === CUT ? '' : ` ${before}`
  return warn(
    'damaged-member',
    `The record at byte ${offset} could not be read: ${reason}. It was left out.${rest}`,
    input,
  )
}

/**
 * Null when the bytes are those that the record tells of, or it tells of none. Not asked of a revisit: wget's has the
 * digest of the whole answer.
 */
function tellDigest(record: ForeignRecord, label: string): Note | null {
  const told = fieldOf(record, 'warc-block-digest')
  if (told === null || record.truncated !== null || hasDigest(record.block, told) !== false) return null
  const message = `Its bytes are not those of its WARC-Block-Digest, ${told}: the file was damaged or changed. It was taken as it is.`
  return warn('digest-differs', message, label)
}

interface RecordReading extends Opening {
  readonly tally: RecordTally
}

async function* readRecord(record: ForeignRecord, reading: RecordReading): AsyncGenerator<CaptureOrNote> {
  const kind = fieldOf(record, 'warc-type')?.toLowerCase() ?? 'record'
  const target = targetOf(record)
  const url = target !== null && WEB_URL.test(target) && urlOf(target) !== null ? target : null
  const time = timeOf(fieldOf(record, 'warc-date'), reading, 'declared')
  const place = {
    ...{ input: labelOf(reading.input, target ?? ''), url, finalUrl: url },
    ...time,
    importedFrom: namesOf(record, 'warc-record-id'),
  }
  if (kind === 'revisit') yield* readRevisit(record, place, reading)
  else if (kind === 'response' || kind === 'resource') yield* readAnswer(record, kind, place, reading)
  else reading.tally.left(kind)
}

async function* readAnswer(
  record: ForeignRecord,
  kind: 'response' | 'resource',
  place: AnswerFacts,
  { tally, revisits }: RecordReading,
): AsyncGenerator<CaptureOrNote> {
  // Crawlers also keep what the DNS and robots of their own said.
  const content = place.url === null && kind === 'response' ? null : await contentOf(record)
  if (content === null) {
    tally.left(NOT_HTTP)
    return
  }
  tally.taken(kind)
  const differs = tellDigest(record, place.input)
  if (differs !== null) yield differs
  const truncated = record.truncated ?? toldTruncation(record) ?? content.truncated
  const capture = captureMember({ ...place, ...content, truncated })
  revisits.note(capture)
  yield capture
}

async function* readRevisit(
  record: ForeignRecord,
  place: AnswerFacts,
  { tally, kept, revisits }: RecordReading,
): AsyncGenerator<Capture> {
  const isDns = DNS.test(targetOf(record) ?? '')
  if (isDns || kept === null) {
    tally.left(isDns ? NOT_HTTP : UNKEPT)
    return
  }
  tally.taken('revisit')
  const answer = await parseHttpAnswer(record.block)
  // Its own truncation says that the payload is not in it, and nothing of the payload (wget).
  const { body: _, truncated: __, ...told } = answer ?? { body: null, truncated: null }
  const capture = revisits.take({ facts: { ...place, ...told }, to: referenceOf(record, place.url) }, kept)
  if (capture === null) return
  revisits.note(capture)
  yield capture
}

function namesOf(record: ForeignRecord, idField: string): RecordNames {
  return { id: fieldOf(record, idField), payloadDigest: fieldOf(record, 'warc-payload-digest') }
}

function referenceOf(record: ForeignRecord, url: string | null): Reference {
  const time = new Date(fieldOf(record, 'warc-refers-to-date') ?? '')
  return {
    ...namesOf(record, 'warc-refers-to'),
    url: unbracket(fieldOf(record, 'warc-refers-to-target-uri')) ?? url,
    capturedAt: Number.isNaN(time.getTime()) ? null : time.toISOString(),
  }
}

type Content = Pick<Capture, 'body' | 'truncated'> & Partial<Capture>

/** Null for an answer of another protocol than HTTP. */
async function contentOf(record: ForeignRecord): Promise<Content | null> {
  const type = fieldOf(record, 'content-type')
  if (fieldOf(record, 'warc-type')?.toLowerCase() === 'response' || HTTP_BLOCK.test(type ?? ''))
    return parseHttpAnswer(record.block)
  return {
    body: record.block,
    truncated: null,
    mediaType: mediaTypeOf(type),
    headers: type === null ? [] : [['content-type', type]],
  }
}

/** The first of several segments ends early too: the others are records of their own. */
function toldTruncation(record: ForeignRecord): Capture['truncated'] {
  const told = fieldOf(record, 'warc-truncated')?.toLowerCase() ?? ''
  if (TRUNCATIONS.has(told)) return told as Capture['truncated']
  return fieldOf(record, 'warc-segment-number') === null ? null : 'length'
}

function targetOf(record: ForeignRecord): string | null {
  return unbracket(fieldOf(record, 'warc-target-uri'))
}

function unbracket(uri: string | null): string | null {
  return uri === null ? null : (BRACKETS.exec(uri)?.[1] ?? uri)
}

function fieldOf({ fields }: ForeignRecord, name: string): string | null {
  return fields.get(name) ?? null
}
