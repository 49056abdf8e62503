// Content blocks of Tumblr (Neue Post Format, 2018 to now) → HTML, media and what was asked. Formats are spans of code
// points; blocks of no known kind are left, and told.
import type { Media, Quote } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { escapeHtml } from '../extraction/post.ts'
import { asObject, countAt, type Json, listAt, objectAt, objectsAt, textAt } from '../values/json-fields.ts'

/** Spans looked at in one block. */
const MAX_SPANS = 500
const TAGS: ReadonlyMap<string, string> = new Map([
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strikethrough', 's'],
  ['small', 'small'],
])
const BLOCKS: ReadonlyMap<string, readonly [open: string, close: string]> = new Map([
  ['heading1', ['<h2>', '</h2>']],
  ['heading2', ['<h3>', '</h3>']],
  ['quote', ['<blockquote><p>', '</p></blockquote>']],
  ['indented', ['<blockquote><p>', '</p></blockquote>']],
  ['ordered-list-item', ['<ol><li>', '</li></ol>']],
  ['unordered-list-item', ['<ul><li>', '</li></ul>']],
])
/** Items of a list stand one by one. */
const BETWEEN_ITEMS = /<\/(ol|ul)><\1>/g

export interface Content extends Body {
  readonly media: readonly Media[]
  readonly quotes: readonly Quote[]
}

/** The content of a post, or of one step of its trail. What somebody asked is a quote: it is not the blog's own. */
export function readContent(holder: Json): Content {
  const blocks = objectsAt(holder, 'content')
  const ask = objectsAt(holder, 'layout').find((layout) => textAt(layout, 'type') === 'ask')
  const asked = new Set(ask === undefined ? [] : listAt(ask, 'blocks'))
  const own = blocks.filter((_, i) => !asked.has(i))
  return {
    ...bodyFromHtml(htmlOf(own), null),
    media: own.flatMap(mediumOf),
    quotes:
      asked.size === 0
        ? []
        : [
            questionOf(
              blocks.filter((_, i) => asked.has(i)),
              ask,
            ),
          ],
  }
}

function questionOf(blocks: readonly Json[], ask: Json | undefined): Quote {
  const blog = objectAt(ask, 'attribution', 'blog')
  const handle = textAt(blog, 'name')
  const author =
    handle === null ? null : { id: null, handle, name: null, url: parseUrl(textAt(blog, 'url'))?.href ?? null }
  return { ref: null, author, text: bodyFromHtml(htmlOf(blocks), null).text, url: null, createdAt: null }
}

function htmlOf(blocks: readonly Json[]): string {
  return blocks.map(blockHtml).join('').replace(BETWEEN_ITEMS, '')
}

function blockHtml(block: Json): string {
  const type = textAt(block, 'type')
  if (type === 'text') return textHtml(block)
  if (type === 'link') return linkHtml(block)
  return type === 'poll' ? pollHtml(block) : ''
}

function textHtml(block: Json): string {
  const [open, close] = BLOCKS.get(textAt(block, 'subtype') ?? '') ?? ['<p>', '</p>']
  const text = textAt(block, 'text')
  return text === null ? '' : `${open}${formatted(text, objectsAt(block, 'formatting').slice(0, MAX_SPANS))}${close}`
}

interface Span {
  readonly start: number
  readonly end: number
  readonly open: string
  readonly close: string
}

/** Spans may overlap in any way: each piece between two of their ends has tags of its own. */
function formatted(text: string, formats: readonly Json[]): string {
  const points = [...text]
  const spans = formats.flatMap((format) => spanOf(format, points.length))
  const cuts = [...new Set([0, points.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  )
  const pieces = cuts.slice(1).map((end, i) => {
    const start = cuts[i] ?? 0
    const over = spans.filter((span) => span.start <= start && span.end >= end)
    const words = escapeHtml(points.slice(start, end).join('')).replaceAll('\n', '<br>')
    return over.reduce((inner, { open, close }) => `${open}${inner}${close}`, words)
  })
  return pieces.join('')
}

function spanOf(format: Json, length: number): readonly Span[] {
  const [start, end] = [countAt(format, 'start'), countAt(format, 'end')]
  const tag = TAGS.get(textAt(format, 'type') ?? '')
  const url = parseUrl(textAt(format, 'url') ?? textAt(format, 'blog', 'url'))
  if (start === null || end === null || start >= end || start >= length) return []
  const place = { start, end: Math.min(end, length) }
  if (tag !== undefined) return [{ ...place, open: `<${tag}>`, close: `</${tag}>` }]
  return url === null ? [] : [{ ...place, open: `<a href="${escapeHtml(url.href)}">`, close: '</a>' }]
}

function linkHtml(block: Json): string {
  const url = parseUrl(textAt(block, 'url'))
  if (url === null) return ''
  const [title, about] = [textAt(block, 'title') ?? url.href, textAt(block, 'description')]
  const below = about === null ? '' : `<p>${escapeHtml(about)}</p>`
  return `<p><a href="${escapeHtml(url.href)}">${escapeHtml(title)}</a></p>${below}`
}

function pollHtml(block: Json): string {
  const answers = objectsAt(block, 'answers').map((answer) => {
    return `<li>${escapeHtml(textAt(answer, 'answer_text') ?? textAt(answer, 'answerText') ?? '')}</li>`
  })
  return `<p>${escapeHtml(textAt(block, 'question') ?? '')}</p><ul>${answers.join('')}</ul>`
}

/** Pictures come in several sizes, the largest first; films as a file or an address. */
function mediumOf(block: Json): readonly Media[] {
  const type = textAt(block, 'type')
  if (type !== 'image' && type !== 'video' && type !== 'audio') return []
  const media = objectsAt(block, 'media')[0] ?? asObject(block['media'])
  const url = parseUrl(textAt(media, 'url') ?? textAt(block, 'url'))
  if (url === null) return []
  const kind = type === 'image' && textAt(media, 'type') === 'image/gif' ? 'gif' : type
  const poster = kind === 'video' ? (parseUrl(textAt(objectsAt(block, 'poster')[0], 'url'))?.href ?? null) : null
  const alt = textAt(block, 'alt_text') ?? textAt(block, 'title')
  return [{ kind, url: url.href, alt, width: countAt(media, 'width'), height: countAt(media, 'height'), poster }]
}
