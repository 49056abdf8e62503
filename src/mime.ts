// A MIME tree (RFC 2045): headers unfolded, parts cut at their boundaries, bodies decoded. What charset a text is in,
// and what a part is for, is its reader's matter. Mail libraries drop Content-Location, decode texts, or answer later
// only.

export interface MimePart {
  /** By lower-case name, the first of each; unfolded, still encoded. */
  readonly headers: ReadonlyMap<string, string>
  /** As it stands there, still encoded; of a multipart all of it. */
  readonly body: Buffer
  /** Parts of a multipart, in order; null for any other. */
  readonly parts: readonly MimePart[] | null
  /** No delimiter follows: what it stands in is cut. */
  readonly isCut: boolean
}

/** Parts within parts: a page in a mail has three. Deeper ones stay closed. */
const MAX_DEPTH = 8
/** Of one multipart; what follows is left out, and the last is said to be cut. */
const MAX_PARTS = 100_000
const MAX_HEAD_BYTES = 256 * 1024
const END_OF_HEAD = /\r?\n\r?\n/
const FOLD = /\r?\n[ \t]+/g
const LINE_END = /\r?\n/
const SOFT_BREAK = /=[ \t]*\r?\n/g
const QUOTED_BYTE = /=([0-9a-f]{2})/gi
const NO_BASE64 = /[^\w+/=]+/g
const CR = 0x0d
const LF = 0x0a
const DASH = 0x2d

/** The tree of a whole message. Never throws; bytes without headers are one part with a body. */
export function parseMime(bytes: Uint8Array): MimePart {
  return parsePart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), false, 0)
}

/** The parts that hold no others, in order; a message of one part is its own. */
export function leavesOf(part: MimePart): readonly MimePart[] {
  return part.parts?.flatMap(leavesOf) ?? [part]
}

/** Lower-case, without parameters; null where none is said. */
export function typeOf({ headers }: MimePart): string | null {
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1)
  return type.trim().toLowerCase() || null
}

/** A parameter of a header, quoted or not. */
export function parameterOf(header: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,500})"|([^\\s;"]{1,500}))`, 'i').exec(header)
  return found?.[1] ?? found?.[2] ?? null
}

/** The body without its transfer encoding. */
export function decodeBody({ headers, body }: MimePart): Buffer {
  const encoding = headers.get('content-transfer-encoding')?.trim().toLowerCase()
  if (encoding === 'base64') return decodeBase64(body.toString('latin1'))
  return encoding === 'quoted-printable' ? decodeQuoted(body.toString('latin1')) : body
}

export function decodeBase64(text: string): Buffer {
  return Buffer.from(text.replace(NO_BASE64, ''), 'base64')
}

/** @param text one character a byte */
export function decodeQuoted(text: string): Buffer {
  const whole = text.replace(SOFT_BREAK, '')
  const bytes = whole.replace(QUOTED_BYTE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}

function parsePart(bytes: Buffer, isCut: boolean, depth: number): MimePart {
  const { head, body } = cutHead(bytes)
  const headers = new Map<string, string>()
  for (const line of head.replace(FOLD, ' ').split(LINE_END)) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name !== '' && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim())
  }
  const boundary = boundaryOf(headers.get('content-type') ?? '')
  const isOpen = boundary !== null && depth < MAX_DEPTH
  const parts = boundary === null ? null : isOpen ? splitParts(body, boundary, depth + 1) : []
  return { headers, body, parts, isCut }
}

/** A part without headers begins with the blank line itself. */
function cutHead(bytes: Buffer): { readonly head: string; readonly body: Buffer } {
  if (bytes[0] === LF || (bytes[0] === CR && bytes[1] === LF))
    return { head: '', body: bytes.subarray(bytes[0] === LF ? 1 : 2) }
  const start = bytes.subarray(0, MAX_HEAD_BYTES).toString('latin1')
  const end = END_OF_HEAD.exec(start)
  const body = end === null ? Buffer.alloc(0) : bytes.subarray(end.index + end[0].length)
  return { head: start.slice(0, end?.index), body }
}

function boundaryOf(type: string): string | null {
  return type.toLowerCase().startsWith('multipart/') ? parameterOf(type, 'boundary') : null
}

/** A part ends at the next delimiter, to which the line end before it belongs, or, in a cut file, at the end. */
function splitParts(body: Buffer, boundary: string, depth: number): readonly MimePart[] {
  const delimiter = `--${boundary}`
  const parts: MimePart[] = []
  let start = nextDelimiter(body, delimiter, 0)
  while (start >= 0 && parts.length < MAX_PARTS) {
    const after = start + delimiter.length
    if (body[after] === DASH && body[after + 1] === DASH) break
    const end = nextDelimiter(body, delimiter, after)
    const part = body.subarray(afterLine(body, after), end < 0 ? body.length : beforeLineEnd(body, end))
    const isLast = end < 0 || parts.length + 1 === MAX_PARTS
    if (part.length > 0) parts.push(parsePart(part, isLast, depth))
    start = end
  }
  return parts
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

function beforeLineEnd(body: Buffer, at: number): number {
  const line = body[at - 1] === LF ? at - 1 : at
  return body[line - 1] === CR ? line - 1 : line
}
