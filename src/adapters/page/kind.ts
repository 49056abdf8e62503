// What a page is: its bytes say it first and its media type second. Nothing is read here but what tells the kind.
import { decodeText } from '../../charset.ts'
import { type ParsedJson, parseJson } from './json.ts'

export type PageKind = 'html' | 'xml' | 'json' | 'jsonl' | 'text' | 'binary' | 'empty'

/** How much is looked at to tell what a page is, in bytes or characters. */
const SNIFF_LENGTH = 65_536
/** Lines looked at for one JSON object a line. */
const SNIFF_LINES = 100
/** Text holds next to no control characters: above this share it is binary. */
const CONTROL_SHARE = 0.05
/** A disk that lost a sector gives zeros in its place: so many in a row are no sign of anything, in bytes. */
const HOLE = /\0{64,}/g
/** In EBCDIC the space is 0x40 and letters stand above 0x80; so is no text of any other charset. */
const EBCDIC_SPACE = 0x40
const EBCDIC_SPACE_SHARE = 0.05
const EBCDIC_HIGH_SHARE = 0.5
const EBCDIC_MIN_BYTES = 32
const EBCDIC_LENGTH = 4096
/** A page without a document head is markup when it has at least this many tags, one in so many characters. */
const TAGS_OF_MARKUP = 4
const CHARACTERS_A_TAG = 300

// Only marks no text starts with; other media are known by their control characters.
const MAGIC: readonly (readonly [name: string, bytes: string])[] = [
  ['a PDF file', '%PDF-'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xFF\xD8\xFF'],
  ['a GIF image', 'GIF87a'],
  ['a GIF image', 'GIF89a'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['a gzip file', '\x1F\x8B'],
  ['an xz file', '\xFD7zXZ'],
  ['a zstd file', '\x28\xB5\x2F\xFD'],
  ['a 7-Zip archive', '7z\xBC\xAF'],
  ['a CAR file', ':\xA2eroots'],
  ['a SQLite database', 'SQLite format 3\0'],
  ['a program', '\x7FELF'],
]

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text
const CONTROL_BYTE = /[\x00-\x08\x0E-\x1A\x1C-\x1F]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROLS = /[\x01-\x08\x0E-\x1A\x1C-\x1F]/g
// Each alternative starts in its own way and ends at its first end, so that no prolog can be read in two ways: with
// comments that may end anywhere, 150 of them took a minute.
const DOCUMENT_START = /^\s*(?:<!--(?:(?!-->)[\s\S]){0,4000}-->\s*){0,5}<(?:!doctype|html|head|body|\?xml)\b/i
const XML_PROLOG =
  /^\s*(?:(?:<\?[^>]{0,1000}>|<!--(?:(?!-->)[\s\S]){0,4000}-->|<!doctype[^<>[]{0,1000}[>[]|<!(?:entity|element|attlist|notation)\b[^<>]{0,1000}>|\]\s*>)\s*){0,200}<([a-z][\w:.-]*)/i
const XML_DECLARED = /^\s*<\?xml\b/i
/** Roots of documents that often come without an XML declaration. */
const XML_ROOTS = new Set(['rss', 'feed', 'rdf:rdf', 'urlset', 'sitemapindex', 'disqus', 'opml'])
const BLOCK_TAG =
  /<\/?(?:a|article|aside|blockquote|div|figure|footer|h[1-6]|header|img|li|main|ol|p|section|span|table|td|tr|ul)\b[^<>]{0,2000}>/gi
const VOID_TAG = /^<img\b|\/>$/i
const LINE_BREAK = /<br\b/i
const LETTERS = /\p{L}+/gu
/** Above this share of letters outside of blocks a text is no page. */
const BARE_SHARE = 0.5
const JSON_START = /^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:["{[\]\d-]|true\b|false\b|null\b|$))/
const JSON_SURELY = /^\s*(?:\[\s*)*\{\s*"(?:[^"\\]|\\.){0,200}"\s*:/
const LIST_LINE = /^\[\s*["{]/
const LINE_END = /\r\n|\r|\n/
const NOT_BLANK = /\S/

/** Of a text. `json` parses it, and is asked only where nothing cheaper tells. */
export function kindOf(text: string, mediaType: string | null, json: () => ParsedJson): PageKind {
  const start = text.slice(0, SNIFF_LENGTH)
  if (!NOT_BLANK.test(start) && !NOT_BLANK.test(text)) return 'empty'
  if (isXml(start)) return 'xml'
  if (DOCUMENT_START.test(start)) return 'html'
  if (JSON_START.test(start)) return jsonKindOf(text, start, mediaType, json)
  if (isMarkup(start, mediaType)) return 'html'
  if (hasObjectLine(start)) return 'jsonl'
  return mediaType?.endsWith('json') && json().value !== undefined ? 'json' : 'text'
}

/** XHTML is a page; any other root makes it a document of its own kind. */
function isXml(start: string): boolean {
  const root = XML_PROLOG.exec(start)?.[1]?.toLowerCase() ?? ''
  return XML_ROOTS.has(root) || (XML_DECLARED.test(start) && root !== '' && root !== 'html')
}

// One object a line is asked first, so that a large JSONL file is never parsed whole only to fail.
function jsonKindOf(text: string, start: string, mediaType: string | null, json: () => ParsedJson): PageKind {
  if (startsWithObjectLine(text)) return 'jsonl'
  if (json().value !== undefined) return 'json'
  if (start.trim().includes('\n') && hasObjectLine(start)) return 'jsonl'
  // A text may begin with "[1/9]"; broken JSON shows a key.
  return JSON_SURELY.test(start) || mediaType?.endsWith('json') ? 'json' : 'text'
}

/** Asked of the whole text: a thread a line makes lines longer than what is sniffed at. */
export function startsWithObjectLine(text: string): boolean {
  const start = text.search(NOT_BLANK)
  const end = text.indexOf('\n', start)
  return end !== -1 && isObjectLine(text.slice(start, end)) && NOT_BLANK.test(text.slice(end, end + SNIFF_LENGTH))
}

function hasObjectLine(start: string): boolean {
  return start.split(LINE_END, SNIFF_LINES).some(isObjectLine)
}

/** An object, a list of them, or one behind its name, as relays of Nostr send events: `["EVENT", "a", {…}]`. */
function isObjectLine(line: string): boolean {
  const end = line.startsWith('{') ? '}' : LIST_LINE.test(line) ? '}]' : null
  return end !== null && line.trimEnd().endsWith(end) && parseJson(line).value !== undefined
}

function isMarkup(start: string, mediaType: string | null): boolean {
  const tags = start.match(BLOCK_TAG)?.length ?? 0
  const said = mediaType === 'text/html' || mediaType === 'application/xhtml+xml'
  if (said) return tags > 0
  return tags >= TAGS_OF_MARKUP && tags * CHARACTERS_A_TAG >= start.length && !isMostlyBare(start)
}

/** Markdown with a few blocks of HTML in it (quotes, pictures) has most of its words outside of every block. */
function isMostlyBare(start: string): boolean {
  let [bare, depth, from] = [0, 0, 0]
  for (const { 0: tag, index } of [...start.matchAll(BLOCK_TAG), { 0: '', index: start.length }]) {
    const between = depth === 0 ? start.slice(from, index) : ''
    if (LINE_BREAK.test(between)) return false
    bare += lettersIn(between)
    from = index + tag.length
    if (tag.startsWith('</')) depth = Math.max(0, depth - 1)
    else if (!VOID_TAG.test(tag)) depth += 1
  }
  return bare > lettersIn(start.replace(BLOCK_TAG, '')) * BARE_SHARE
}

function lettersIn(text: string): number {
  return text.match(LETTERS)?.join('').length ?? 0
}

/** What the bytes are where they are no text that is read, for people (`a PNG image`); else null. */
export function binaryName(body: Uint8Array): string | null {
  const start = String.fromCharCode(...body.subarray(0, 16))
  const magic = MAGIC.find(([, bytes]) => start.startsWith(bytes))
  if (magic !== undefined) return magic[0]
  const sample = body.subarray(0, SNIFF_LENGTH)
  if (isEbcdic(sample.subarray(0, EBCDIC_LENGTH))) return EBCDIC
  if (!hasControls(sample)) return null
  const { text, charset } = decodeText(sample, null)
  const nuls = charset.startsWith('utf-16') || charset.startsWith('utf-32') ? 0 : countNuls(sample)
  const controls = text.match(CONTROLS)?.length ?? 0
  return nuls + controls > text.length * CONTROL_SHARE ? 'binary data' : null
}

/** The name of what is text, and yet not read. */
export const EBCDIC = 'text in EBCDIC'

function isEbcdic(bytes: Uint8Array): boolean {
  let [spaces, high, blanks] = [0, 0, 0]
  for (const byte of bytes) {
    if (byte === EBCDIC_SPACE) spaces += 1
    else if (byte >= 0x80) high += 1
    else if (byte === 0x20 || byte === 0x0a) blanks += 1
  }
  const isSpaced = spaces >= bytes.length * EBCDIC_SPACE_SHARE && blanks < spaces * CONTROL_SHARE
  return bytes.length >= EBCDIC_MIN_BYTES && isSpaced && high >= bytes.length * EBCDIC_HIGH_SHARE
}

/** Whether the bytes hold any control but white space and ESC, in any charset. Text seldom does. */
function hasControls(bytes: Uint8Array): boolean {
  return CONTROL_BYTE.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
}

/** Of those in holes none. */
function countNuls(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replace(HOLE, '')
  let nuls = 0
  for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0', at + 1)) nuls += 1
  return nuls
}
