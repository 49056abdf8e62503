// What a page is: its bytes say it first and its media type second. Nothing is read here but what tells the kind.
import { type ParsedJson, parseJson } from './json.ts'

export type PageKind = 'html' | 'xml' | 'json' | 'jsonl' | 'text' | 'binary' | 'empty'

/** How much is looked at to tell what a page is, in bytes or characters. */
const SNIFF_LENGTH = 65_536
/** Lines looked at for one JSON object a line. */
const SNIFF_LINES = 100
/** A page without a document head is markup when it has at least this many tags, one in so many characters. */
const TAGS_OF_MARKUP = 4
const CHARACTERS_A_TAG = 300

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
