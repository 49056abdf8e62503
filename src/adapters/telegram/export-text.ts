// The words of a message in Telegram's JSON: a text, or a list of plain and marked-up pieces. Knows no messages.
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { escapeHtml } from '../extraction/post.ts'
import { asObject, textAt } from '../values/json-fields.ts'

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}
const LINE_END = /\n/g

/** Words that nothing marks up need no HTML. */
export function bodyOfEntities(text: unknown): Body {
  const pieces = Array.isArray(text) ? (text as readonly unknown[]) : [text]
  if (!pieces.some(isMarkedUp)) return { text: pieces.map(wordsOf).join(''), html: null }
  return bodyFromHtml(pieces.map(htmlOf).join(''), null)
}

/** A list's `text` may be blank and counts all the same. */
function wordsOf(piece: unknown): string {
  const words = typeof piece === 'string' ? piece : asObject(piece)?.['text']
  return typeof words === 'string' ? words : ''
}

function isMarkedUp(piece: unknown): boolean {
  const type = textAt(piece, 'type') ?? ''
  return type === 'text_link' || Object.hasOwn(TAGS, type)
}

function htmlOf(piece: unknown): string {
  const type = textAt(piece, 'type') ?? ''
  const words = escapeHtml(wordsOf(piece))
  const shown = type === 'pre' ? words : words.replace(LINE_END, '<br>')
  if (type === 'text_link') return `<a href="${escapeHtml(textAt(piece, 'href') ?? '')}">${shown}</a>`
  if (type === 'link') return `<a href="${words}">${shown}</a>`
  const tag = Object.hasOwn(TAGS, type) ? TAGS[type] : undefined
  return tag === undefined ? shown : `<${tag}>${shown}</${tag}>`
}
