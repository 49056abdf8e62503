// Bytes to text. The order of belief is byte order mark, declared header, declaration inside the bytes, then sniffing
// (WHATWG Encoding, HTML §13.2.3). Never throws; says when characters had to be replaced. Not a binary detector.

export interface Decoded {
  readonly text: string
  /** Canonical lower-case name of the charset that was used. */
  readonly charset: string
  readonly basis: 'bom' | 'header' | 'meta' | 'sniffed'
  /** True when bytes had no meaning in that charset, NULs were dropped, or the text passed the size limit. */
  readonly lossy: boolean
}

/** Longest body that is decoded, in bytes: below V8's longest string (2^29 - 24 characters). */
const MAX_TEXT_BYTES = 500_000_000
/**
 * How far a declaration inside the bytes is looked for, in bytes (the HTML standard says 1024; real pages need more).
 */
const META_BYTES = 2048
/** How much is looked at to tell UTF-16 without a mark, in bytes. */
const SNIFF_BYTES = 4096
/** In text the high byte of UTF-16 is 0 at every Latin letter, and at spaces and line ends in any script. */
const UTF16_NUL_SHARE = 0.08
const UTF16_STRAY_SHARE = 0.01
const UTF16_MIN_NULS = 3
/** A charset is believed while at most one in this many non-ASCII characters fails. */
const BROKEN_ONE_IN = 10

/** Characters outside of ASCII that must all be whole in UTF-8 to outweigh another declaration. */
const MIN_EVIDENCE = 4

const META_CHARSET = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i
const XML_ENCODING = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})/i
const REPLACEMENT = /\uFFFD/g
const NON_ASCII = /[\u0080-\uFFFF]/g
const NULS = /\0/g
/** What a disk or a tape filled up is longer than any character, in bytes; and no character takes more than four. */
const PADDING_BYTES = 16
const WIDEST_BYTES = 4
/** Of UTF-32 in four bytes: where the value of a Latin letter stands. */
const UTF32_MIN_BYTES = 64
const UTF32_SHARE = 0.95
const CODE_POINTS_AT_ONCE = 8192
const REPLACED = 0xfffd

/**
 * The text of a body. `declared` is the charset of the Content-Type header, if any.
 * A declaration that the bytes contradict outright is passed over, because servers often declare a default.
 */
export function decodeText(body: Uint8Array, declared: string | null): Decoded {
  const bytes = withoutPadding(body.subarray(0, MAX_TEXT_BYTES))
  const cut = body.length > bytes.length
  const said = fromMark(bytes) ?? fromNuls(bytes) ?? fromDeclarations(bytes, declared) ?? fromSniffing(bytes)
  return cut ? { ...said, lossy: true } : said
}

/** Zeros behind the end say nothing; those that belong to the last character stay. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return bytes.length - end < PADDING_BYTES ? bytes : bytes.subarray(0, Math.ceil(end / WIDEST_BYTES) * WIDEST_BYTES)
}

function fromMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return decodeUtf32(bytes.subarray(4), true, 'bom')
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return decodeUtf32(bytes.subarray(4), false, 'bom')
  if (a === 0xef && b === 0xbb && c === 0xbf) return decodeAs(bytes, 'utf-8', 'bom')
  if (a === 0xff && b === 0xfe) return decodeAs(bytes, 'utf-16le', 'bom')
  if (a === 0xfe && b === 0xff) return decodeAs(bytes, 'utf-16be', 'bom')
  return null
}

/** No browser reads it, but files of text are kept in it. */
function decodeUtf32(bytes: Uint8Array, isLittle: boolean, basis: Decoded['basis']): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = Math.floor(bytes.length / WIDEST_BYTES)
  const parts: string[] = []
  let lossy = bytes.length % WIDEST_BYTES !== 0
  for (let from = 0; from < count; from += CODE_POINTS_AT_ONCE) {
    const points = Array.from({ length: Math.min(CODE_POINTS_AT_ONCE, count - from) }, (_, n) => {
      const point = view.getUint32((from + n) * WIDEST_BYTES, isLittle)
      const isWhole = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
      lossy ||= !isWhole && point > 0
      return isWhole ? point : point === 0 ? 0 : REPLACED
    })
    parts.push(String.fromCodePoint(...points))
  }
  const text = parts.join('').replace(NULS, '')
  return { text, charset: isLittle ? 'utf-32le' : 'utf-32be', basis, lossy }
}

/** Whether nearly every four bytes hold one character of the basic plane, by where its zeros stand. */
function isUtf32(bytes: Uint8Array, isLittle: boolean): boolean {
  const quads = Math.floor(bytes.length / WIDEST_BYTES)
  let whole = 0
  for (let at = 0; at < quads * WIDEST_BYTES; at += WIDEST_BYTES) {
    const [high, low] = isLittle ? [at + 2, at] : [at, at + 2]
    if (bytes[high] === 0 && bytes[high + 1] === 0 && (bytes[low] !== 0 || bytes[low + 1] !== 0)) whole += 1
  }
  return bytes.length >= UTF32_MIN_BYTES && whole >= quads * UTF32_SHARE
}

function fromNuls(bytes: Uint8Array): Decoded | null {
  const start = bytes.subarray(0, SNIFF_BYTES)
  for (const isLittle of [true, false]) if (isUtf32(start, isLittle)) return decodeUtf32(bytes, isLittle, 'sniffed')
  const pairs = Math.floor(start.length / 2)
  let even = 0
  let odd = 0
  for (let i = 0; i < pairs * 2; i += 2) {
    if (start[i] === 0) even += 1
    if (start[i + 1] === 0) odd += 1
  }
  if (odd >= UTF16_MIN_NULS && odd >= pairs * UTF16_NUL_SHARE && even <= pairs * UTF16_STRAY_SHARE)
    return decodeAs(bytes, 'utf-16le', 'sniffed')
  if (even >= UTF16_MIN_NULS && even >= pairs * UTF16_NUL_SHARE && odd <= pairs * UTF16_STRAY_SHARE)
    return decodeAs(bytes, 'utf-16be', 'sniffed')
  return null
}

function fromDeclarations(bytes: Uint8Array, header: string | null): Decoded | null {
  const fromHeader = header === null ? null : knownCharset(header)
  const inside = metaCharset(bytes)
  const tried = [
    ...(fromHeader === null ? [] : [decodeAs(bytes, fromHeader, 'header')]),
    ...(inside === null || inside === fromHeader ? [] : [decodeAs(bytes, inside, 'meta')]),
  ]
  const said = tried.find((one) => !one.lossy) ?? tried.find(isBelievable) ?? null
  return said === null || said.charset === 'utf-8' ? said : (fromEvidence(bytes) ?? said)
}

/**
 * Savers write pages anew as UTF-8 and leave the old declaration in them; text of no other charset happens to be UTF-8
 * for long.
 */
function fromEvidence(bytes: Uint8Array): Decoded | null {
  const text = decodeStrictly(bytes, 'utf-8')
  if (text === null || (text.match(NON_ASCII)?.length ?? 0) < MIN_EVIDENCE) return null
  return decodeAs(bytes, 'utf-8', 'sniffed')
}

function fromSniffing(bytes: Uint8Array): Decoded {
  const utf8 = decodeAs(bytes, 'utf-8', 'sniffed')
  return isBelievable(utf8) ? utf8 : decodeAs(bytes, 'windows-1252', 'sniffed')
}

function metaCharset(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, META_BYTES))
  const label = (META_CHARSET.exec(start) ?? XML_ENCODING.exec(start))?.[1]
  const charset = label === undefined ? null : knownCharset(label)
  // The declaration was readable as ASCII, so it cannot be UTF-16 (HTML §13.2.3.2 step 10).
  return charset?.startsWith('utf-16') ? 'utf-8' : charset
}

function knownCharset(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding
  } catch {
    return null // an unknown label is no declaration
  }
}

function decodeAs(bytes: Uint8Array, charset: string, basis: Decoded['basis']): Decoded {
  const strict = decodeStrictly(bytes, charset)
  const text = strict ?? new TextDecoder(charset).decode(bytes)
  const clean = text.includes('\0') ? text.replace(NULS, '') : text
  return { text: clean, charset, basis, lossy: strict === null || clean.length < text.length }
}

function decodeStrictly(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null // not valid in this charset; the caller decodes with replacement
  }
}

// A body cut off inside a character ends in one replacement: that says nothing against its charset.
function isBelievable(decoded: Decoded): boolean {
  if (!decoded.lossy) return true
  const text = decoded.text.endsWith('\uFFFD') ? decoded.text.slice(0, -1) : decoded.text
  const broken = count(text, REPLACEMENT)
  return broken * BROKEN_ONE_IN <= count(text, NON_ASCII)
}

function count(text: string, pattern: RegExp): number {
  let found = 0
  for (const _ of text.matchAll(pattern)) found += 1
  return found
}
