// MHTML (RFC 2557), a page as browsers save it in one file → captures of its documents. A MIME tree of parts with their own
// URLs; pictures and styles are left alone. Mail libraries drop Content-Location and decode texts, which we need as they are.
import type { Capture } from '../../model.ts'
import { urlOf } from '../../url.ts'
import { type Found, mediaTypeOf } from '../fetcher.ts'
import {
  type Bytes,
  captureMember,
  collect,
  labelOf,
  MAX_MEMBERS,
  type Opening,
  tellSkipped,
  timeOf,
  warn,
} from './container.ts'
import { ContainerError } from './damage.ts'

/** Parts within parts: a page in a mail has three. */
const MAX_DEPTH = 5
const MAX_HEAD_BYTES = 256 * 1024
const WEB_URL = /^https?:\/\//i
const PAGE_TYPE = /^(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml|json))$/
const BOUNDARY = /;\s*boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i
const END_OF_HEAD = /\r?\n\r?\n/
const FOLDED_LINE = /\r?\n[ \t]+/g
const LINE_END = /\r?\n/
const SOFT_BREAK = /=[ \t]*\r?\n/g
const QUOTED_BYTE = /=([0-9a-f]{2})/gi
const CUT = 'It ends in the middle of a part: it is cut. Get a whole copy and add it again.'
const TOO_LONG = 'It is too long; what follows its first 64 MB was left out.'
const CR = 0x0d
const LF = 0x0a
const DASH = 0x2d

interface Part {
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  /** No delimiter follows: the file ends in it. */
  readonly isCut: boolean
}

/** @throws ContainerError when no part can be found. */
export async function* readMhtml(bytes: Bytes, opening: Opening): AsyncGenerator<Found> {
  const { body, truncated } = await collect(bytes, opening.signal)
  const whole = parsePart(Buffer.from(body), false)
  if (boundaryOf(whole) === null) throw new ContainerError('it names no boundary between its parts')
  const saved = whole.headers.get('date')
  let [skipped, count, isCut] = [0, 0, truncated !== null]
  for (const part of partsOf(whole, 0)) {
    opening.signal.throwIfAborted()
    count += 1
    isCut ||= part.isCut
    if (count > MAX_MEMBERS) break
    if (PAGE_TYPE.test(typeOf(part) ?? '')) yield capturePart(part, saved, opening)
    else skipped += 1
  }
  if (count === 0) throw new ContainerError('it has no parts: it is cut or damaged')
  if (isCut) yield warn('cut-container', truncated === null ? CUT : TOO_LONG, opening.input)
  yield* tellSkipped(skipped, 'pictures, styles and the like', opening.input)
}

function capturePart(part: Part, saved: string | undefined, opening: Opening): Capture {
  const location = part.headers.get('content-location') ?? part.headers.get('content-id') ?? ''
  const url = WEB_URL.test(location) && urlOf(location) !== null ? location : null
  const type = part.headers.get('content-type')
  return captureMember({
    input: labelOf(opening.input, location),
    url,
    finalUrl: url,
    ...timeOf(saved, opening, 'declared'),
    headers: type === undefined ? [] : [['content-type', type]],
    mediaType: typeOf(part),
    body: decodePart(part),
    truncated: part.isCut ? 'disconnect' : null,
  })
}

/** The leaves of the tree, in order. */
function* partsOf(part: Part, depth: number): Generator<Part> {
  const boundary = boundaryOf(part)
  if (boundary === null) yield part
  else if (depth < MAX_DEPTH) for (const inner of splitParts(part.body, boundary)) yield* partsOf(inner, depth + 1)
}

function boundaryOf({ headers }: Part): string | null {
  const type = headers.get('content-type') ?? ''
  const found = type.toLowerCase().startsWith('multipart/') ? BOUNDARY.exec(type) : null
  return found?.[1] ?? found?.[2] ?? null
}

/** A part ends at the next delimiter, or, in a cut file, at the end. */
function* splitParts(body: Buffer, boundary: string): Generator<Part> {
  const delimiter = `--${boundary}`
  let start = nextDelimiter(body, delimiter, 0)
  while (start >= 0) {
    const after = start + delimiter.length
    if (body[after] === DASH && body[after + 1] === DASH) return
    const end = nextDelimiter(body, delimiter, after)
    const part = body.subarray(afterLine(body, after), end < 0 ? body.length : end)
    if (part.length > 0) yield parsePart(part, end < 0)
    start = end
  }
}

/** Delimiters stand at the start of a line. */
function nextDelimiter(body: Buffer, delimiter: string, from: number): number {
  for (let at = body.indexOf(delimiter, from); at >= 0; at = body.indexOf(delimiter, at + 1))
    if (at === 0 || body[at - 1] === LF) return at
  return -1
}

function afterLine(body: Buffer, from: number): number {
  const end = body.indexOf(LF, from)
  return end < 0 ? body.length : end + 1
}

function parsePart(bytes: Buffer, isCut: boolean): Part {
  // A part without headers begins with the blank line itself.
  if (bytes[0] === LF || (bytes[0] === CR && bytes[1] === LF))
    return { headers: new Map(), body: bytes.subarray(bytes[0] === LF ? 1 : 2), isCut }
  const start = bytes.subarray(0, MAX_HEAD_BYTES).toString('latin1')
  const end = END_OF_HEAD.exec(start)
  const lines = start.slice(0, end?.index).replace(FOLDED_LINE, ' ').split(LINE_END)
  return {
    headers: new Map(lines.map(parseHeader)),
    body: end === null ? Buffer.alloc(0) : bytes.subarray(end.index + end[0].length),
    isCut,
  }
}

function parseHeader(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()]
}

function typeOf({ headers }: Part): string | null {
  return mediaTypeOf(headers.get('content-type') ?? null)
}

function decodePart({ headers, body }: Part): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return body
  const text = body.toString('latin1').replace(SOFT_BREAK, '')
  return Buffer.from(
    text.replace(QUOTED_BYTE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}
