// HAR (HTTP Archive 1.2), as browsers' network panels save it → captures, one an answer that can hold posts. It is one
// JSON document, so it is read whole, up to a limit.
import type { Capture, Note } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
import { type CaptureOrNote, mediaTypeOf } from '../../fetcher.ts'
import { redactHeaders } from '../../redact.ts'
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
  warn,
  wordsOf,
} from '../container.ts'
import { ContainerError } from '../damage.ts'

/** A long session with contents has 100 MB; JSON of more does not fit one string. */
const HAR_LIMIT_BYTES = 256 * 1024 * 1024
const BYTE_ORDER_MARK = /^\uFEFF/
export const WEB_URL = /^https?:\/\//i
/** What can hold posts. */
export const PAGE_TYPE =
  /^(?:text\/(?:html|plain|xml|markdown)|application\/(?:xhtml\+xml|xml)|[\w.-]+\/(?:[\w.-]+\+)?(?:json|xml|jsonl|x-ndjson))$/

/** @throws ContainerError when this is no HAR or too long for one. */
export async function* readHar(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const entries = entriesOf(await collect(bytes, opening.signal, HAR_LIMIT_BYTES), opening)
  const counts = { others: 0, empty: 0 }
  for (const entry of entries.slice(0, MAX_MEMBERS)) {
    opening.signal.throwIfAborted()
    const type = mediaTypeOf(textIn(entry, 'response', 'content', 'mimeType'))
    const capture = type === null || PAGE_TYPE.test(type) ? captureEntry(entry, type, opening) : null
    if (capture !== null) yield capture
    else if (type === null || PAGE_TYPE.test(type)) counts.empty += 1
    else counts.others += 1
  }
  yield* tellSkipped(counts.others, 'pictures, styles, scripts and the like', opening.input)
  yield* tellEmpty(counts.empty, opening.input)
}

function entriesOf({ body, truncated }: Pick<Capture, 'body' | 'truncated'>, { input }: Opening): readonly unknown[] {
  if (truncated !== null)
    throw new ContainerError(`a HAR file may have ${HAR_LIMIT_BYTES / 1024 ** 2} MB; save less at once`)
  try {
    const entries = at(JSON.parse(Buffer.from(body).toString().replace(BYTE_ORDER_MARK, '')), 'log', 'entries')
    if (Array.isArray(entries)) return entries
  } catch (error) {
    throw new ContainerError(`the JSON of this HAR is broken or cut (${wordsOf(error)})`, { cause: error })
  }
  throw new ContainerError(`${input} has no list of entries`)
}

/** Answers that have no content to save: redirects, and "no content". 304 has one, in the browser's cache. */
const EMPTY_ANSWERS = new Set([204, 205, 301, 302, 303, 307, 308])

/** Null when the answer's content was not saved: browsers leave it out unless asked. */
function captureEntry(entry: unknown, mediaType: string | null, opening: Opening): Capture | null {
  const url = textIn(entry, 'request', 'url')
  const isEmpty = EMPTY_ANSWERS.has(Number(at(entry, 'response', 'status')))
  const text = textIn(entry, 'response', 'content', 'text') ?? (isEmpty ? '' : null)
  if (url === null || text === null || !WEB_URL.test(url) || urlOf(url) === null) return null
  const encoding = textIn(entry, 'response', 'content', 'encoding')
  const body = Buffer.from(text, encoding?.toLowerCase() === 'base64' ? 'base64' : 'utf8')
  const status = at(entry, 'response', 'status')
  return captureMember({
    input: labelOf(opening.input, url),
    url,
    finalUrl: url,
    ...timeOf(textIn(entry, 'startedDateTime'), opening, 'declared'),
    status: typeof status === 'number' && status >= 100 && status < 600 ? Math.trunc(status) : null,
    ...redactHeaders(headersOf(entry, encoding === null)),
    mediaType,
    body: body.subarray(0, MEMBER_LIMIT_BYTES),
    truncated: body.length > MEMBER_LIMIT_BYTES ? 'length' : null,
  })
}

/** A body that is text here was decoded by the browser: its charset is ours now, not the server's. */
function headersOf(entry: unknown, isText: boolean): (readonly [string, string])[] {
  const headers = at(entry, 'response', 'headers')
  if (!Array.isArray(headers)) return []
  return headers.flatMap((header: unknown) => {
    const [name, value] = [textIn(header, 'name'), textIn(header, 'value')]
    if (name === null || value === null) return []
    const isType = isText && name.toLowerCase() === 'content-type'
    return [[name, isType ? `${mediaTypeOf(value) ?? value}; charset=utf-8` : value] as const]
  })
}

function* tellEmpty(count: number, input: string): Generator<Note> {
  if (count === 0) return
  yield warn(
    'har-without-content',
    `${count === 1 ? '1 answer was' : `${count} answers were`} saved without content; save the HAR "with content", after loading the page.`,
    input,
  )
}

/** What stands at the end of the keys, or undefined. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string, unknown>)[key]
  }
  return here
}

export function textIn(value: unknown, ...path: readonly string[]): string | null {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : null
}
