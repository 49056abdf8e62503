// What a mail says: of several forms of one message the plain one, what is quoted in it as a quotation; and which files are attached.
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { escapeHtml } from '../extraction/post.ts'
import { type Part, parameterOf, textOfPart, typeOf } from './message.ts'

const QUOTED = /^> ?/
const BLANK = /^\s*$/
const LINE_END = /\r?\n/
/** Deeper answers to answers are kept as they are written. */
const MAX_QUOTES = 10
const HTML = 'text/html'
const PLAIN = 'text/plain'

export function bodyOf(part: Part): Body {
  const shown = shownIn(part)
  if (shown.length === 0) return { text: '', html: null }
  const html = shown.map((one) => (typeOf(one) === HTML ? textOfPart(one) : htmlOf(textOfPart(one).split(LINE_END), 0)))
  return bodyFromHtml(html.join('\n'), null)
}

/** Names of the files that came along, pictures within the words too. */
export function filesOf(part: Part): readonly string[] {
  const name = nameOf(part)
  if (part.parts.length > 0) return part.parts.flatMap(filesOf)
  const isShown = typeOf(part) === PLAIN || typeOf(part) === HTML
  return name !== null ? [name] : isShown ? [] : [typeOf(part)]
}

function nameOf({ headers }: Part): string | null {
  const [disposition, type] = [headers.get('content-disposition') ?? '', headers.get('content-type') ?? '']
  const name = parameterOf(disposition, 'filename') ?? parameterOf(type, 'name')
  return (
    name ??
    (disposition.trim().toLowerCase().startsWith('attachment') ? typeOf({ headers, body: '', parts: [] }) : null)
  )
}

function shownIn(part: Part): readonly Part[] {
  if (part.parts.length > 0) {
    const shown = part.parts.map(shownIn)
    if (typeOf(part) !== 'multipart/alternative') return shown.flat()
    return shown.find((forms) => forms.some(isPlain)) ?? shown.find((forms) => forms.length > 0) ?? []
  }
  const isWords = typeOf(part) === PLAIN || typeOf(part) === HTML
  return isWords && nameOf(part) === null && !BLANK.test(textOfPart(part)) ? [part] : []
}

function isPlain(part: Part): boolean {
  return typeOf(part) === PLAIN
}

/** Lines stay lines: where a mail program broke them nobody can tell from where its author did. */
function htmlOf(lines: readonly string[], depth: number): string {
  const blocks: string[] = []
  let from = 0
  while (from < lines.length) {
    const kind = kindOf(lines[from], depth)
    let to = from + 1
    while (to < lines.length && kindOf(lines[to], depth) === kind) to += 1
    blocks.push(blockOf(lines.slice(from, to), kind, depth))
    from = to
  }
  return blocks.join('')
}

type LineKind = 'blank' | 'quoted' | 'own'

function kindOf(line = '', depth: number): LineKind {
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
