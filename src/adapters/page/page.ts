// One capture, decoded at most once: as text, as JSON, as an HTML tree. Adapters look at pages, never at bytes.
// Limits end in notes, never in a throw.
import { type Decoded, decodeText } from '../../charset.ts'
import { type HtmlTree, parseHtml, parseXml } from '../../markup/markup.ts'
import type { Capture, Note, NoteLevel } from '../../model.ts'
import { type ArchivedCopy, urlOf } from '../../url.ts'
import { copyAt, ownAddress, toldAddress } from './address.ts'
import { hasAmpPictures, withPictures } from './amp.ts'
import { binaryName, EBCDIC } from './binary.ts'
import { closedJson } from './cut-json.ts'
import { type ParsedJson, parseJson } from './json.ts'
import { withoutGuard } from './json-guard.ts'
import { valuesInLines } from './json-values.ts'
import { kindOf, type PageKind, startsWithObjectLine } from './kind.ts'
import { isMirrored, turnedOut } from './mirrored.ts'
import { isPlayedBack, turnedBack } from './wayback.ts'

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

const CHARSET_PARAMETER = /;\s*charset\s*=\s*["']?([^\s;"']+)/i
/** Reads a capture once and for all. Any bytes are accepted. */
export function readPage(capture: Capture): Page {
  const binary = binaryName(capture.body)
  if (binary !== null) return binaryPage(capture, binary)
  const decoded = decodeText(capture.body, declaredCharset(capture))
  const bare = withoutGuard(decoded.text)
  const whole = memoise(() => parseJson(bare))
  const seen = kindOf(bare, capture.mediaType, whole)
  const isOneByOne = (seen === 'json' || seen === 'jsonl') && !startsWithObjectLine(bare)
  const lined = isOneByOne && whole().value === undefined ? valuesInLines(bare) : null
  const kind = lined === null ? seen : 'jsonl'
  const closed = kind === 'json' && whole().value === undefined ? closedJson(bare) : null
  const text = lined ?? closed ?? (kind === 'json' ? bare : decoded.text)
  const json = closed === null ? whole : memoise(() => parseJson(closed))
  const told = toldAddress(capture)
  const copy = copyAt(told, decoded.text)
  const html = memoise(() => htmlOf(decoded.text, { copy, told }))
  const named = urlOf(copy?.original ?? null) ?? told
  return {
    capture,
    kind,
    text,
    charset: decoded.charset,
    // No getter: V8 keeps one in the shape of the object, and with it each page until it collects everything (11.3).
    url: named ?? (kind === 'html' ? ownAddress(html().root) : null),
    copy,
    notes: [
      ...bodyNotes(capture, kind, decoded),
      ...(kind === 'json' ? jsonNotes(capture, json()) : []),
      ...(closed !== null || (kind === 'jsonl' && endsInRow(text)) ? cutNotes(capture) : []),
    ],
    html,
    xml: memoise(() => parseXml(decoded.text)),
    json: () => json().value,
  }
}

interface Told {
  readonly copy: ArchivedCopy | null
  readonly told: URL | null
}

function htmlOf(text: string, { copy, told }: Told): HtmlTree {
  const parsed = parseHtml(text)
  const tree = hasAmpPictures(text) ? withPictures(parsed) : parsed
  if (told !== null && isMirrored(text)) return turnedOut(tree, told)
  return copy !== null || isPlayedBack(text) ? turnedBack(tree) : tree
}

function binaryPage(capture: Capture, name: string): Page {
  const message =
    name === EBCDIC
      ? `This is ${name}, which is not read. Turn it into UTF-8 (iconv -f IBM1047 -t UTF-8) and give it again.`
      : `This is ${name}, which holds no posts. Give a page, text, JSON or JSONL.`
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

/** Of an answer that broke off this is said already. */
function cutNotes(capture: Capture): readonly Note[] {
  const message = 'The file ends early, in the middle of an item, which was left out; what came before it was read.'
  return capture.truncated === null ? [noteOn(capture, 'warning', 'cut', message)] : []
}

/** Whether the last line is the beginning of an object. */
function endsInRow(text: string): boolean {
  const written = text.trimEnd()
  const last = written.slice(Math.max(written.lastIndexOf('\n'), written.lastIndexOf('\r')) + 1)
  return last.startsWith('{') && parseJson(last).value === undefined
}

function noteOn(capture: Capture, level: NoteLevel, code: string, message: string): Note {
  return { level, code, message, input: capture.input }
}

function memoise<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
