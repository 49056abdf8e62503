// Tells what a file is by its first bytes, and by its name where bytes do not say. Knows no more of any format than
// that.

export type ContainerKind =
  | 'zip'
  | 'tar'
  | 'gzip'
  | 'warc'
  | 'har'
  | 'cassette'
  | 'mhtml'
  | 'web-archive'
  | 'answer'
  | 'lines'
  | 'items'

/** Bytes that suffice: a tar's mark stands at 257, a MIME head may be long. */
export const HEAD_BYTES = 4096

const TAR_MARK_AT = 257
/** That of UTF-8, its bytes taken for letters one by one. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/
const HAR_NAME = /\.har$/i
const WEB_ARCHIVE_NAME = /\.webarchive$/i
const WEB_ARCHIVE_KEY = 'WebMainResource'
const HAR_HEAD = /^\s*\{\s*"log"\s*:\s*\{\s*"(?:version|creator|browser|pages|entries|comment)"\s*:/
/** Recorded HTTP: VCR and vcrpy in YAML, php-vcr's list, Betamax in JSON. */
const CASSETTE_HEAD =
  /^(?:\s*\{\s*(?:"version"\s*:\s*\d+\s*,\s*)?"(?:http_)?interactions"\s*:\s*\[|(?:---[ \t]*\r?\n)?(?:version:[^\n]{0,20}\n)?(?:(?:http_)?interactions:[ \t]*\r?\n[ \t]*-|-[ \t]*(?:\r?\n[ \t]+)?request:[ \t]*\r?\n))/
// A line ends in one way only: else a long head of another kind would be tried in all ways.
const MHTML_HEAD = /^(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,30}?Content-Type:\s*multipart\/related\b/i
/** What was sent to somebody is a mail, whatever its parts: browsers write none of these. */
const MAIL_HEAD = /^(?:Received|Return-Path|Delivered-To|To):/im
const END_OF_HEAD = /\r?\n\r?\n/
/** An answer with its head, as `curl -i` and proxies print it. */
const ANSWER_HEAD = /^HTTP\/[\d.]{1,5} \d{3}[^\r\n]{0,200}\r?\n[\w-]{1,100}:/
/** SingleFile's self-extracting page: a ZIP file with a page around it. */
const SELF_EXTRACTING = /^<!doctype html>\s*<html\b[^>]{0,200}\sdata-sfz\b/i
/** A program that unpacks what stands behind it. */
const PROGRAM_HEAD = /^(?:#!|MZ)/
const ZIP_NAME = /\.(?:zip|wacz)$/i
const PAGE_HEAD = /^\uFEFF?\s*(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|\?xml)\b/i
/**
 * What tables of posts call their columns, in small letters without signs: the words, and what tells whose or when.
 * Fewer names than their reader knows (adapters/rows/columns.ts): here a table is taken that nobody named.
 */
const WORDS = /^(?:(?:full|raw|tweet|post|comment|body|rendered|self)?(?:text|content)|tweet|body|caption|comment)$/
const TELLING =
  /^(?:(?:tweet|status|post|comment)?id(?:str)?|(?:tweet|post)?(?:createdat|date|datetime|timestamp|time)|created(?:utc)?|publishedat|url|permalink|author|user|username|handle|screenname)$/
/** A letter to somebody is none. */
const ADDRESSED = /^(?:to|recipients?.*|receivers?.*|folder|ip|direction)$/
const LINE_END = /[\r\n]/
const CELLS = /[,;\t]/
const NOT_LETTERS = /[^a-z]+/g

/** What container begins with these bytes, or null when none does. */
export function containerKind(head: Uint8Array, name: string): ContainerKind | null {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES))
  const start = bytes.toString('latin1').replace(BYTE_ORDER_MARK, '')
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip'
  if (start.startsWith('\x1f\x8b')) return 'gzip'
  if (PROGRAM_HEAD.test(start) && (ZIP_NAME.test(name) || start.includes('PK\x03\x04'))) return 'zip'
  if (start.startsWith('WARC/')) return 'warc'
  if (start.startsWith('bplist') && (WEB_ARCHIVE_NAME.test(name) || start.includes(WEB_ARCHIVE_KEY)))
    return 'web-archive'
  if (start.startsWith('ustar', TAR_MARK_AT)) return 'tar'
  if (HAR_HEAD.test(start) || (HAR_NAME.test(name) && start.trimStart().startsWith('{'))) return 'har'
  if (CASSETTE_HEAD.test(start)) return 'cassette'
  if (SELF_EXTRACTING.test(start)) return 'zip'
  if (ANSWER_HEAD.test(start)) return 'answer'
  return MHTML_HEAD.test(start) && !isMail(start) ? 'mhtml' : null
}

function isMail(start: string): boolean {
  return MAIL_HEAD.test(start.slice(0, END_OF_HEAD.exec(start)?.index))
}

/** Whether a page begins here, whatever the name's ending. */
export function isPageHead(head: Uint8Array): boolean {
  return PAGE_HEAD.test(Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString())
}

/** Whether a table begins here whose headings are those of posts; a table of other things is read when it is named. */
export function isPostTableHead(head: Uint8Array): boolean {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES)).toString()
  const [line = ''] = start.split(LINE_END, 1)
  const names = line.split(CELLS).map((cell) => cell.toLowerCase().replace(NOT_LETTERS, ''))
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  return has(WORDS) && has(TELLING) && !has(ADDRESSED)
}
