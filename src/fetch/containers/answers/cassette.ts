// Cassettes: HTTP answers that a program's tests recorded, to play them back → captures, one an answer that can hold
// posts. VCR (Ruby), vcrpy and Betamax (Python) and php-vcr write the same things in YAML or JSON under slightly
// different names.
import { parse as parseYaml } from 'yaml'
import type { Capture } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
import { type CaptureOrNote, mediaTypeOf } from '../../fetcher.ts'
import { decodeBody } from '../../http/decode.ts'
import { headerOf, redactHeaders } from '../../redact.ts'
import {
  type Bytes,
  captureMember,
  collect,
  labelOf,
  MAX_MEMBERS,
  MEMBER_LIMIT_BYTES,
  type Opening,
  tellSkipped,
  timeOf,
  wordsOf,
} from '../container.ts'
import { ContainerError } from '../damage.ts'
import { HEAD_BYTES } from '../sniff.ts'
import { at, PAGE_TYPE, textIn, WEB_URL } from './har.ts'

const LISTS = ['http_interactions', 'interactions']
const JSON_START = /^\uFEFF?\s*[[{]/
/** A login's answer holds a secret and no post. */
const TOKEN = /^\s*\{[^{}]*"(?:access|refresh|id)_token"\s*:/
/** Ruby's own name for it. */
const RUBY_BINARY = { tag: '!binary', resolve: (text: string) => Buffer.from(text, 'base64') }
const STATUS_LINE = /^(?:HTTP\/[\d.]+ )?(\d{3})\b/

/** @throws ContainerError when this is no cassette, or too long for one. */
export async function* readCassette(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const answers = answersOf(await collect(bytes, opening.signal), opening)
  const counts = { others: 0, empty: 0 }
  for (const answer of answers.slice(0, MAX_MEMBERS)) {
    opening.signal.throwIfAborted()
    const capture = await captureAnswer(answer, opening)
    if (capture === 'empty') counts.empty += 1
    else if (capture === 'other') counts.others += 1
    else yield capture
  }
  yield* tellSkipped(counts.others, 'pictures, scripts, logins and the like', opening.input)
  yield* tellSkipped(counts.empty, 'answers without content or address', opening.input)
}

function answersOf({ body, truncated }: Pick<Capture, 'body' | 'truncated'>, { input }: Opening): readonly unknown[] {
  if (truncated !== null) throw new ContainerError(`a cassette may have ${MEMBER_LIMIT_BYTES / 1024 ** 2} MB`)
  const value = parse(Buffer.from(body).toString())
  const list = Array.isArray(value) ? value : LISTS.map((key) => at(value, key)).find(Array.isArray)
  if (Array.isArray(list)) return list
  throw new ContainerError(`${input} has no list of interactions`)
}

/**
 * Ruby and Python write YAML 1.1, with what is no text in base64 (`!binary`). That a key stands there twice is not
 * asked: each would be held against all.
 */
function parse(text: string): unknown {
  try {
    if (JSON_START.test(text)) return JSON.parse(text.replace('\uFEFF', ''))
    return parseYaml(text, {
      version: '1.1',
      customTags: ['binary', RUBY_BINARY],
      uniqueKeys: false,
      logLevel: 'error',
    })
  } catch (error) {
    throw new ContainerError(`this cassette is broken or cut (${wordsOf(error)})`, { cause: error })
  }
}

async function captureAnswer(answer: unknown, opening: Opening): Promise<Capture | 'empty' | 'other'> {
  const url = textIn(answer, 'request', 'uri') ?? textIn(answer, 'request', 'url')
  const raw = bodyOf(at(answer, 'response', 'body'))
  if (url === null || raw === null || raw.length === 0 || webUrlOf(url) === null) return 'empty'
  const headers = headersOf(at(answer, 'response', 'headers'))
  const mediaType = mediaTypeOf(headerOf(headers, 'content-type'))
  if (mediaType !== null && !PAGE_TYPE.test(mediaType)) return 'other'
  // Some recorders undo the compression and keep the header: what is not compressed is taken as it is.
  const { body: decoded, truncated } = await decodeBody(raw, headerOf(headers, 'content-encoding'))
  const body = Buffer.from(decoded)
  if (TOKEN.test(body.toString('latin1', 0, HEAD_BYTES))) return 'other'
  return captureMember({
    input: labelOf(opening.input, url),
    url,
    finalUrl: webUrlOf(textIn(answer, 'response', 'url')) ?? url,
    ...timeOf(textIn(answer, 'recorded_at'), opening, 'declared'),
    status: statusOf(at(answer, 'response')),
    ...redactHeaders(headers),
    mediaType,
    body,
    truncated,
  })
}

/** The address, if it is one on the web. */
function webUrlOf(url: string | null): string | null {
  return url !== null && WEB_URL.test(url) && urlOf(url) !== null ? url : null
}

/** Text, bytes, or an object that says which. */
function bodyOf(body: unknown): Buffer | null {
  if (typeof body === 'string') return Buffer.from(body)
  if (body instanceof Uint8Array) return Buffer.from(body)
  const base64 = textIn(body, 'base64_string')
  if (base64 !== null) return Buffer.from(base64, 'base64')
  const inner = at(body, 'string')
  return typeof inner === 'string' || inner instanceof Uint8Array ? bodyOf(inner) : null
}

/** A number, its line, or an object with both. */
function statusOf(response: unknown): number | null {
  const told = at(response, 'status', 'code') ?? at(response, 'status_code') ?? at(response, 'status')
  const status = Number(STATUS_LINE.exec(String(told))?.[1])
  return status >= 100 && status < 600 ? status : null
}

/** Each name with one value or a list of them. */
function headersOf(headers: unknown): (readonly [string, string])[] {
  if (typeof headers !== 'object' || headers === null) return []
  return Object.entries(headers).flatMap(([name, value]: [string, unknown]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value]
    return values.flatMap((one) => (typeof one === 'string' ? [[name, one] as const] : []))
  })
}
