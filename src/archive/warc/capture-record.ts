// A capture as a WARC record and back, without loss. What the standard has a word for is said in the standard's words;
// the rest (method, input, redacted names …) stands as JSON in one extension field.
import { canonicalJson, wellFormed } from '../../fixity.ts'
import type { Capture } from '../../model.ts'
import { differenceFrom, fromJsonColumn } from '../difference.ts'
import { fieldOf, isHeaderSafe, type WarcFields, type WarcRecord } from './warc.ts'

/** A capture without its bytes. */
export type CaptureFacts = Omit<Capture, 'body'>

/** The earlier record that holds the same payload. */
export interface Payload {
  readonly recordId: string
  readonly uri: string
  readonly date: string
}

interface CaptureNames {
  readonly id: string
  readonly warcinfoId: string
  /** Not null: write a revisit without the payload. */
  readonly same: Payload | null
}

export interface ReadCapture {
  readonly id: string
  readonly facts: CaptureFacts
  /** Null in a revisit. */
  readonly body: Buffer | null
  /** Id of the capture that holds the payload of a revisit. */
  readonly sameAs: string | null
}

/** Extension field: JSON of what the other fields do not say. */
const REST_FIELD = 'Unspool-Capture'
const SAME_BYTES = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'
/** The server said so (304); `body` is then what it spoke of. */
const NOT_MODIFIED = 'http://netpreserve.org/warc/1.1/revisit/server-not-modified'
const HTTP_RESPONSE = 'application/http; msgtype=response'
const UNKNOWN_TYPE = 'application/octet-stream'
/** For inputs that have no URL: files and standard input. */
const INPUT_URN = 'urn:x-unspool:'
/** Headers that describe bytes on the wire; the stored payload is decoded, and readers must not decode it again. */
const WIRE_HEADER = /^(?:content-encoding|transfer-encoding|content-length|x-orig-.*)$/i
const WIRE_PREFIX = 'x-orig-'
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const URN_UUID = /^<urn:uuid:(.+)>$/
const STATUS_LINE = /^HTTP\/[\d.]+ (\d{3})/
const END_OF_HEAD = '\r\n\r\n'

/** The record that holds a capture, or refers to the one that holds its payload. */
export function captureToRecord(capture: Capture, names: CaptureNames): WarcRecord {
  const { body, ...given } = capture
  const facts = wellFormed(given)
  const head = isResponse(facts) ? encodeHttpHead(facts) : ''
  const block = Buffer.concat([Buffer.from(head), names.same === null ? body : Buffer.alloc(0)])
  const fields = standardFields(facts, names)
  const rest = differenceFrom(readStandard(fields, head), facts)
  return { fields: rest === null ? fields : [...fields, [REST_FIELD, canonicalJson(rest)]], block }
}

/** Reads a response, resource or revisit record; null for records of other types. */
export function recordToCapture(record: WarcRecord): ReadCapture | null {
  const { fields, block } = record
  const type = fieldOf(fields, 'WARC-Type')
  if (type !== 'response' && type !== 'resource' && type !== 'revisit') return null
  const end = hasHttpHead(fields) ? block.indexOf(END_OF_HEAD) + END_OF_HEAD.length : 0
  const told = readStandard(fields, block.subarray(0, end).toString())
  return {
    id: idOf(fieldOf(fields, 'WARC-Record-ID')) ?? '',
    facts: { ...told, ...fromJsonColumn<CaptureFacts>(fieldOf(fields, REST_FIELD)) },
    body: type === 'revisit' ? null : block.subarray(end),
    sameAs: idOf(fieldOf(fields, 'WARC-Refers-To')),
  }
}

/** `<urn:uuid:…>` as WARC writes ids. */
export function recordId(id: string): string {
  return `<urn:uuid:${id}>`
}

export function idOf(recordId: string | null): string | null {
  return URN_UUID.exec(recordId ?? '')?.[1] ?? null
}

/** The URI under which a capture stands in the WARC. */
export function targetUri(facts: Pick<CaptureFacts, 'finalUrl' | 'url' | 'input'>): string {
  const url = facts.finalUrl ?? facts.url
  if (url === null) return INPUT_URN + encodeURIComponent(facts.input)
  return isHeaderSafe(url) ? url : encodeURI(url)
}

function isResponse(facts: CaptureFacts): boolean {
  return facts.status !== null && (facts.finalUrl ?? facts.url) !== null
}

function standardFields(facts: CaptureFacts, names: CaptureNames): WarcFields {
  const fields: [string, string][] = [
    ['WARC-Type', names.same !== null ? 'revisit' : isResponse(facts) ? 'response' : 'resource'],
    ['WARC-Record-ID', recordId(names.id)],
    ['WARC-Warcinfo-ID', recordId(names.warcinfoId)],
    ['WARC-Target-URI', targetUri(facts)],
    ['WARC-Date', facts.capturedAt],
    ['WARC-Payload-Digest', facts.digest],
    ['Content-Type', isResponse(facts) ? HTTP_RESPONSE : safeType(facts.mediaType)],
  ]
  if (facts.truncated !== null) fields.push(['WARC-Truncated', facts.truncated])
  if (names.same !== null)
    fields.push(
      ['WARC-Profile', facts.status === 304 ? NOT_MODIFIED : SAME_BYTES],
      ['WARC-Refers-To', recordId(names.same.recordId)],
      ['WARC-Refers-To-Target-URI', names.same.uri],
      ['WARC-Refers-To-Date', names.same.date],
    )
  return fields
}

/** The facts that the standard's fields and the HTTP head tell by themselves. */
function readStandard(fields: WarcFields, head: string): CaptureFacts {
  const target = fieldOf(fields, 'WARC-Target-URI') ?? ''
  const url = target.startsWith(INPUT_URN) ? null : target
  const headers = decodeHttpHeaders(head)
  const type = head === '' ? fieldOf(fields, 'Content-Type') : headerOf(headers, 'content-type')
  return {
    digest: fieldOf(fields, 'WARC-Payload-Digest') ?? '',
    input: url ?? decodeURIComponent(target.slice(INPUT_URN.length)),
    url,
    finalUrl: url,
    originalUrl: null,
    capturedAt: fieldOf(fields, 'WARC-Date') ?? '',
    capturedAtBasis: 'observed',
    method: head === '' ? 'file' : 'http',
    status: head === '' ? null : Number(STATUS_LINE.exec(head)?.[1] ?? 0),
    headers,
    redactedHeaders: [],
    mediaType: (type ?? '').split(';')[0]?.trim().toLowerCase() || null,
    truncated: fieldOf(fields, 'WARC-Truncated') as CaptureFacts['truncated'],
  }
}

function hasHttpHead(fields: WarcFields): boolean {
  return fieldOf(fields, 'Content-Type') === HTTP_RESPONSE
}

function safeType(mediaType: string | null): string {
  return mediaType !== null && mediaType !== '' && isHeaderSafe(mediaType) ? mediaType : UNKNOWN_TYPE
}

/** Headers that no header line can hold are left to the extension field. */
function encodeHttpHead(facts: CaptureFacts): string {
  const lines = facts.headers
    .filter(([name, value]) => HEADER_NAME.test(name) && isHeaderSafe(value))
    .map(([name, value]) => `${WIRE_HEADER.test(name) ? WIRE_PREFIX + name : name}: ${value}\r\n`)
  return `HTTP/1.1 ${facts.status} \r\n${lines.join('')}\r\n`
}

function decodeHttpHeaders(head: string): CaptureFacts['headers'] {
  const lines = head.split('\r\n').slice(1, -2)
  return lines.map((line) => {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    return [name.startsWith(WIRE_PREFIX) ? name.slice(WIRE_PREFIX.length) : name, line.slice(colon + 1).trim()]
  })
}

function headerOf(headers: CaptureFacts['headers'], name: string): string | null {
  return headers.find(([header]) => header.toLowerCase() === name)?.[1] ?? null
}
