// What a mail says: of several forms of one message the plain one, what is quoted in it as a quotation; and which files
// are attached.
import { leavesOf, type MimePart, parameterOf, typeOf } from '../../mime.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { escapeHtml } from '../extraction/post.ts'
import { textOfPart } from './header.ts'

const QUOTED = /^> ?/
const BLANK = /^\s*$/
const LINE_END = /\r?\n/
/** Deeper answers to answers are kept as they are written. */
const MAX_QUOTES = 10
const HTML = 'text/html'
const PLAIN = 'text/plain'

export function bodyOf(part: MimePart): Body {
  const shown = shownIn(part)
  if (shown.length === 0) return { text: '', html: null }
  const html = shown.map((one) => (kindOf(one) === HTML ? textOfPart(one) : htmlOf(textOfPart(one).split(LINE_END), 0)))
  return bodyFromHtml(html.join('\n'), null)
}

/** Words as they were typed, their quotations told. */
export function bodyOfText(text: string): Body {
  return bodyFromHtml(htmlOf(text.split(LINE_END), 0), null)
}

/** Names of the files that came along, pictures within the words too; of a nameless one its type. */
export function filesOf(part: MimePart): readonly string[] {
  return leavesOf(part).flatMap((leaf) => {
    const name = nameOf(leaf)
    return name !== null ? [name] : isWords(leaf) ? [] : [kindOf(leaf)]
  })
}

function nameOf(part: MimePart): string | null {
  const disposition = part.headers.get('content-disposition') ?? ''
  const type = part.headers.get('content-type') ?? ''
  const isAttached = disposition.trim().toLowerCase().startsWith('attachment')
  return parameterOf(disposition, 'filename') ?? parameterOf(type, 'name') ?? (isAttached ? kindOf(part) : null)
}

/** Where nothing is said, plain text (RFC 2045, 5.2). */
function kindOf(part: MimePart): string {
  return typeOf(part) ?? PLAIN
}

function isWords(part: MimePart): boolean {
  return kindOf(part) === PLAIN || kindOf(part) === HTML
}

function shownIn(part: MimePart): readonly MimePart[] {
  if (part.parts !== null) {
    const shown = part.parts.map(shownIn)
    if (kindOf(part) !== 'multipart/alternative') return shown.flat()
    return shown.find((forms) => forms.some(isPlain)) ?? shown.find((forms) => forms.length > 0) ?? []
  }
  return isWords(part) && nameOf(part) === null && !BLANK.test(textOfPart(part)) ? [part] : []
}

function isPlain(part: MimePart): boolean {
  return kindOf(part) === PLAIN
}

/** Lines stay lines: where a mail program broke them nobody can tell from where its author did. */
function htmlOf(lines: readonly string[], depth: number): string {
  const blocks: string[] = []
  let from = 0
  while (from < lines.length) {
    const kind = lineKind(lines[from], depth)
    let to = from + 1
    while (to < lines.length && lineKind(lines[to], depth) === kind) to += 1
    blocks.push(blockOf(lines.slice(from, to), kind, depth))
    from = to
  }
  return blocks.join('')
}

type LineKind = 'blank' | 'quoted' | 'own'

function lineKind(line = '', depth: number): LineKind {
  if (BLANK.test(line)) return 'blank'
  return depth < MAX_QUOTES && QUOTED.test(line) ? 'quoted' : 'own'
}

function blockOf(lines: readonly string[], kind: LineKind, depth: number): string {
  if (kind === 'blank') return ''
  if (kind === 'own') return `<p>${lines.map(escapeHtml).join('<br>')}</p>`
  return `<blockquote>${htmlOf(
    lines.map((line) => line.replace(QUOTED, '')),
    depth + 1,
  )}</blockquote>`
}
