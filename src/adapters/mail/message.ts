// A message's MIME tree (RFC 2045 to 2047): headers unfolded, words in other charsets decoded, parts cut at their boundaries. Bytes stand here as
// characters up to U+00FF until somebody knows their charset. No knowledge of posts.
import { decodeText } from '../../charset.ts'

export interface Part {
  /** By lower-case name, the first of each; still encoded. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  /** Parts of a multipart, in order. */
  readonly parts: readonly Part[]
}

const MAX_DEPTH = 8
const MAX_PARTS = 1000
const END_OF_HEAD = /\r?\n(?:\r?\n|$)/
const FOLD = /\r?\n[ \t]+/g
const LINE_END = /\r?\n/
const HEADER = /^([\w-]{1,100}):[ \t]*(.*)$/
const ENCODED_WORD = /=\?([\w.:-]{2,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi
/** Blanks between two encoded words are no part of the text. */
const BETWEEN_WORDS = /(\?=)\s+(?==\?)/g
const SOFT_BREAK = /=[ \t]*\r?\n/g
const QUOTED_BYTE = /=([0-9a-f]{2})/gi
const NO_BASE64 = /[^\w+/=]+/g
const NON_ASCII = /[^\0-\x7F]/

/** @param raw one character a byte */
export function readPart(raw: string, depth = 0): Part {
  const start = LINE_END.exec(raw)?.index === 0 ? 0 : END_OF_HEAD.exec(raw)?.index
  const head = start === undefined ? raw : raw.slice(0, start)
  const body = start === undefined ? '' : raw.slice(start).replace(END_OF_HEAD, '')
  const headers = new Map<string, string>()
  for (const line of head.replace(FOLD, ' ').split(LINE_END)) {
    const [, name, value] = HEADER.exec(line) ?? []
    const key = name?.toLowerCase() ?? ''
    if (key !== '' && !headers.has(key)) headers.set(key, value ?? '')
  }
  const boundary = headers.get('content-type')?.toLowerCase().startsWith('multipart/')
    ? parameterOf(headers.get('content-type') ?? '', 'boundary')
    : null
  const parts = boundary === null || depth >= MAX_DEPTH ? [] : split(body, boundary)
  return { headers, body, parts: parts.map((part) => readPart(part, depth + 1)) }
}

/** Between a boundary and the next; in a cut mail the last part ends where the mail does. */
function split(body: string, boundary: string): readonly string[] {
  const parts: string[][] = []
  let isOpen = false
  for (const line of body.split('\n')) {
    const isDelimiter = line.startsWith(`--${boundary}`)
    if (!isDelimiter && isOpen) parts.at(-1)?.push(line)
    if (!isDelimiter) continue
    isOpen = !line.startsWith(`--${boundary}--`) && parts.length < MAX_PARTS
    if (isOpen) parts.push([])
  }
  return parts.map((lines) => lines.join('\n'))
}

/** A header's words; null when it is not there or empty. */
export function readHeader({ headers }: Part, name: string): string | null {
  const raw = headers.get(name)?.trim() ?? ''
  if (raw === '') return null
  const plain = NON_ASCII.test(raw) ? decodeText(Buffer.from(raw, 'latin1'), null).text : raw
  return plain.replace(BETWEEN_WORDS, '$1').replace(ENCODED_WORD, (_, charset: string, form: string, words: string) => {
    const bytes = form.toLowerCase() === 'b' ? fromBase64(words) : fromQuoted(words.replaceAll('_', ' '))
    return decodeText(bytes, charset).text
  })
}

/** `text/plain` where nothing else is said (RFC 2045, 5.2). */
export function typeOf({ headers }: Part): string {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase() || 'text/plain'
}

/** A parameter of a header, quoted or not. */
export function parameterOf(header: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,500})"|([^\\s;"]{1,500}))`, 'i').exec(header)
  return found?.[1] ?? found?.[2] ?? null
}

/** The words of a part, by its encoding and charset. */
export function textOfPart({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.trim().toLowerCase()
  const bytes =
    encoding === 'base64'
      ? fromBase64(body)
      : encoding === 'quoted-printable'
        ? fromQuoted(body)
        : Buffer.from(body, 'latin1')
  return decodeText(bytes, parameterOf(headers.get('content-type') ?? '', 'charset')).text
}

function fromBase64(text: string): Uint8Array {
  return Buffer.from(text.replace(NO_BASE64, ''), 'base64')
}

function fromQuoted(text: string): Uint8Array {
  const whole = text.replace(SOFT_BREAK, '')
  const bytes = whole.replace(QUOTED_BYTE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}
