// A body as Medium keeps it: paragraphs of a type, each with its words and, by places in them, what marks them up.
// Types are numbers in answers of its first years, and names since.
import { escapeHtml } from '../extraction/post.ts'
import { countAt, type Json, textAt, valueAt } from '../values/json-fields.ts'
import { type Answer, fieldOf, objectIn, objectsIn } from './answer.ts'

const TYPES: Readonly<Record<number, string>> = {
  1: 'P',
  2: 'H2',
  3: 'H3',
  4: 'IMG',
  6: 'BQ',
  7: 'PQ',
  8: 'PRE',
  9: 'ULI',
  10: 'OLI',
  11: 'IFRAME',
  13: 'H4',
  14: 'MIXTAPE_EMBED',
}
const TAGS: Readonly<Record<string, string>> = {
  H2: 'h2',
  H3: 'h3',
  H4: 'h4',
  BQ: 'blockquote',
  PQ: 'blockquote',
  PRE: 'pre',
}
const LISTS: Readonly<Record<string, string>> = { ULI: 'ul', OLI: 'ol' }
const MARKS: Readonly<Record<string, string>> = {
  1: 'strong',
  STRONG: 'strong',
  2: 'em',
  EM: 'em',
  10: 'code',
  CODE: 'code',
}
const LINKS: readonly unknown[] = [3, 'A']
const PICTURES = 'https://miro.medium.com/v2/'
const ACCOUNTS = 'https://medium.com/u/'
const LINE_END = /\n/g

/** As HTML; of a story its title, which stands among the paragraphs as well, is left out. */
export function htmlOf(answer: Answer, paragraphs: readonly Json[], title: string | null): string {
  const parts: string[] = []
  let list: string | null = null
  for (const [i, paragraph] of paragraphs.entries()) {
    const type = typeOf(paragraph)
    const next = LISTS[type] ?? null
    if (list !== null && next !== list) parts.push(`</${list}>`)
    if (next !== null && next !== list) parts.push(`<${next}>`)
    list = next
    if (i > 1 || title === null || textAt(paragraph, 'text') !== title)
      parts.push(paragraphHtml(answer, paragraph, type))
  }
  return parts.join('') + (list === null ? '' : `</${list}>`)
}

function typeOf(paragraph: Json): string {
  const type = valueAt(paragraph, 'type')
  return typeof type === 'number' ? (TYPES[type] ?? 'P') : (textAt(paragraph, 'type') ?? 'P')
}

function paragraphHtml(answer: Answer, paragraph: Json, type: string): string {
  const words = markedUp(answer, paragraph)
  if (type === 'IMG') return pictureHtml(answer, paragraph, words)
  if (type === 'IFRAME') return `<p>${linkTo(textAt(sourceOf(answer, paragraph), 'href'), words)}</p>`
  if (type === 'MIXTAPE_EMBED') return `<p>${linkTo(mixtapeOf(answer, paragraph), words)}</p>`
  const tag = LISTS[type] === undefined ? (TAGS[type] ?? 'p') : 'li'
  return `<${tag}>${type === 'PRE' ? words : words.replace(LINE_END, '<br>')}</${tag}>`
}

function pictureHtml(answer: Answer, paragraph: Json, caption: string): string {
  const metadata = objectIn(answer, paragraph, 'metadata')
  const id = textAt(metadata, 'id')
  if (id === null) return `<p>${caption}</p>`
  const alt = escapeHtml(textAt(metadata, 'alt') ?? '')
  const below = caption === '' ? '' : `<figcaption>${caption}</figcaption>`
  return `<figure><img src="${escapeHtml(PICTURES + encodeURIComponent(id))}" alt="${alt}">${below}</figure>`
}

/** What a frame shows; Medium's own frame around it has no address that lasts. */
function sourceOf(answer: Answer, paragraph: Json): Json | null {
  return objectIn(answer, objectIn(answer, paragraph, 'iframe'), 'mediaResource')
}

function mixtapeOf(answer: Answer, paragraph: Json): string | null {
  return textAt(objectIn(answer, paragraph, 'mixtapeMetadata'), 'href')
}

function linkTo(href: string | null, words: string): string {
  if (href === null) return words
  const to = escapeHtml(href)
  return words === '' ? `<a href="${to}">${to}</a>` : words.includes('<a ') ? words : `<a href="${to}">${words}</a>`
}

interface Mark {
  readonly start: number
  readonly end: number
  readonly open: string
  readonly close: string
}

/** Marks may overlap: the words are cut where any of them begins or ends, and each piece is marked for itself. */
function markedUp(answer: Answer, paragraph: Json): string {
  const text = textAt(paragraph, 'text') ?? ''
  const marks = objectsIn(answer, paragraph, 'markups').flatMap(markOf)
  if (marks.length === 0) return escapeHtml(text)
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((a, b) => a - b)
  return cuts
    .slice(1)
    .map((end, i) => {
      const start = cuts[i] ?? 0
      const over = marks.filter((mark) => mark.start <= start && mark.end >= end)
      return over.reduce((inner, { open, close }) => open + inner + close, escapeHtml(text.slice(start, end)))
    })
    .join('')
}

function markOf(markup: Json): readonly Mark[] {
  const [start, end, type] = [countAt(markup, 'start'), countAt(markup, 'end'), fieldOf(markup, 'type')]
  if (start === null || end === null || end <= start) return []
  const tag = MARKS[String(type)]
  if (tag !== undefined) return [{ start, end, open: `<${tag}>`, close: `</${tag}>` }]
  const account = textAt(markup, 'userId')
  const href = textAt(markup, 'href') ?? (account === null ? null : ACCOUNTS + account)
  if (!LINKS.includes(type) || href === null) return []
  return [{ start, end, open: `<a href="${escapeHtml(href)}">`, close: '</a>' }]
}
