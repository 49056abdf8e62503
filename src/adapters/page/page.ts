// One capture, decoded at most once: as text, as JSON, as an HTML tree. Adapters look at pages, never at bytes.
// What a page is, its bytes say first and its media type second. Limits end in notes, never in a throw.
import { type Decoded, decodeText } from '../../charset.ts'
import { type HtmlTree, parseHtml, parseXml } from '../../markup/markup.ts'
import type { Capture, Note, NoteLevel } from '../../model.ts'
import { type ArchivedCopy, urlOf } from '../../url.ts'
import { copyAt, ownAddress, toldAddress } from './address.ts'
import { hasAmpPictures, withPictures } from './amp.ts'
import { isPlayedBack, turnedBack } from './wayback.ts'

type PageKind = 'html' | 'xml' | 'json' | 'jsonl' | 'text' | 'binary' | 'empty'

export interface Page {
  readonly capture: Capture
  readonly kind: PageKind
  /** The body as text; empty for binary. Line ends as sent, BOM and NULs removed. */
  readonly text: string
  /** Which charset was used. */
  readonly charset: string
  /**
   * The page's own URL: of a web archive's copy the original's, else the final one, the one asked, the one it names
   * itself.
   */
  readonly url: URL | null
  /** Set where the page was asked of a web archive by its address there. */
  readonly copy: ArchivedCopy | null
  /** Remarks of the reading itself: charset trouble, cut bodies, broken or too deep JSON. */
  readonly notes: readonly Note[]
  /** Parsed on first use, then kept. Depth and size are limited; `truncatedAt` on the tree says where it was cut. */
  readonly html: () => HtmlTree
  /** The same for an XML document: exports and feeds. */
  readonly xml: () => HtmlTree
  /** The parsed value, or undefined when it is not JSON. Nesting is limited. */
  readonly json: () => unknown
}

/** Deepest nesting of JSON that is read: walkers recurse, and no platform nests a tenth as deep. */
export const MAX_JSON_DEPTH = 10_000
/** How much is looked at to tell what a page is, in bytes or characters. */
const SNIFF_LENGTH = 65_536
/** Lines looked at for one JSON object a line. */
const SNIFF_LINES = 100
/** Text holds next to no control characters: above this share it is binary. */
const CONTROL_SHARE = 0.05
/** A page without a document head is markup when it has at least this many tags, one in so many characters. */
const TAGS_OF_MARKUP = 4
const CHARACTERS_A_TAG = 300

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

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

const CHARSET_PARAMETER = /;\s*charset\s*=\s*["']?([^\s;"']+)/i
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
const LINE_END = /\r\n|\r|\n/
const NOT_BLANK = /\S/

/** Reads a capture once and for all. Any bytes are accepted. */
export function readPage(capture: Capture): Page {
  const binary = binaryName(capture.body)
  if (binary !== null) return binaryPage(capture, binary)
  const decoded = decodeText(capture.body, declaredCharset(capture))
  const json = memoise(() => parseJson(decoded.text))
  const kind = kindOf(decoded.text, capture.mediaType, json)
  const told = toldAddress(capture)
  const copy = copyAt(told, decoded.text)
  const html = memoise(() => htmlOf(copy, decoded.text))
  const url = memoise(() => urlOf(copy?.original ?? null) ?? told ?? (kind === 'html' ? ownAddress(html().root) : null))
  return {
    capture,
    kind,
    text: decoded.text,
    charset: decoded.charset,
    get url() {
      return url()
    },
    copy,
    notes: [...bodyNotes(capture, kind, decoded), ...(kind === 'json' ? jsonNotes(capture, json()) : [])],
    html,
    xml: memoise(() => parseXml(decoded.text)),
    json: () => json().value,
  }
}

function htmlOf(copy: ArchivedCopy | null, text: string): HtmlTree {
  const parsed = parseHtml(text)
  const tree = hasAmpPictures(text) ? withPictures(parsed) : parsed
  return copy !== null || isPlayedBack(text) ? turnedBack(tree) : tree
}

interface ParsedJson {
  readonly value: unknown
  /** Why there is no value, or null. */
  readonly problem: string | null
}

/** The value, or why there is none. Nesting past MAX_JSON_DEPTH is refused before parsing. Never throws. */
export function parseJson(text: string): ParsedJson {
  if (nestsDeeperThan(text, MAX_JSON_DEPTH)) {
    return { value: undefined, problem: `nested deeper than ${MAX_JSON_DEPTH} levels` }
  }
  try {
    return { value: JSON.parse(text) as unknown, problem: null }
  } catch (error) {
    return { value: undefined, problem: error instanceof Error ? error.message : String(error) }
  }
}

function kindOf(text: string, mediaType: string | null, json: () => ParsedJson): PageKind {
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
function startsWithObjectLine(text: string): boolean {
  const start = text.search(NOT_BLANK)
  const end = text.indexOf('\n', start)
  return end !== -1 && isObjectLine(text.slice(start, end)) && NOT_BLANK.test(text.slice(end, end + SNIFF_LENGTH))
}

function hasObjectLine(start: string): boolean {
  return start.split(LINE_END, SNIFF_LINES).some(isObjectLine)
}

function isObjectLine(line: string): boolean {
  return line.startsWith('{') && line.trimEnd().endsWith('}') && parseJson(line).value !== undefined
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

function binaryName(body: Uint8Array): string | null {
  const start = String.fromCharCode(...body.subarray(0, 16))
  const magic = MAGIC.find(([, bytes]) => start.startsWith(bytes))
  if (magic !== undefined) return magic[0]
  const sample = body.subarray(0, SNIFF_LENGTH)
  if (!hasControls(sample)) return null
  const { text, charset } = decodeText(sample, null)
  const nuls = charset.startsWith('utf-16') ? 0 : countNuls(sample)
  const controls = text.match(CONTROLS)?.length ?? 0
  return nuls + controls > text.length * CONTROL_SHARE ? 'binary data' : null
}

/** Whether the bytes hold any control but white space and ESC, in any charset. Text seldom does. */
function hasControls(bytes: Uint8Array): boolean {
  return CONTROL_BYTE.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
}

function countNuls(bytes: Uint8Array): number {
  let nuls = 0
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) nuls += 1
  return nuls
}

function binaryPage(capture: Capture, name: string): Page {
  const message = `This is ${name}, which holds no posts. Give a page, text, JSON or JSONL.`
  return {
    capture,
    kind: 'binary',
    text: '',
    charset: 'binary',
    url: toldAddress(capture),
    copy: null,
    notes: [noteOn(capture, 'error', 'binary', message)],
    html: memoise(() => parseHtml('')),
    xml: memoise(() => parseXml('')),
    json: () => undefined,
  }
}

function declaredCharset(capture: Capture): string | null {
  const header = capture.headers.find(([name]) => name.toLowerCase() === 'content-type')
  return CHARSET_PARAMETER.exec(header?.[1] ?? '')?.[1] ?? null
}

function bodyNotes(capture: Capture, kind: PageKind, decoded: Decoded): readonly Note[] {
  const lossy = `Some bytes are not ${decoded.charset}; they were replaced or dropped. Give the file in UTF-8 if you can.`
  const cut = `The body ends early (${capture.truncated}); what came was read.`
  return [
    ...(kind === 'empty' ? [noteOn(capture, 'error', 'empty', 'There is nothing in this input.')] : []),
    ...(decoded.lossy ? [noteOn(capture, 'warning', 'charset', lossy)] : []),
    ...(capture.truncated === null ? [] : [noteOn(capture, 'warning', 'cut', cut)]),
  ]
}

function jsonNotes(capture: Capture, parsed: ParsedJson): readonly Note[] {
  if (parsed.problem === null) return []
  return [noteOn(capture, 'error', 'json-broken', `This JSON cannot be read: ${parsed.problem}.`)]
}

function noteOn(capture: Capture, level: NoteLevel, code: string, message: string): Note {
  return { level, code, message, input: capture.input }
}

// Counts brackets outside of strings. Texts shorter than the limit cannot nest deeper and cost nothing.
function nestsDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === OPEN_ARRAY || code === OPEN_OBJECT) depth += 1
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth -= 1
    if (depth > limit) return true
  }
  return false
}

/**
 * Where the JSON string that starts here ends. indexOf leaps over long ones; a quote after an odd number of backslashes
 * is part of it.
 */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
  return (at - before) % 2 === 1
}

function memoise<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
