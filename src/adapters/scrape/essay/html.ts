// Paragraphs of a plain-text article → safe HTML: everything is escaped, and only p, br, blockquote and sup are made.
import { escapeHtml } from '../../extraction/post.ts'
import { findCalls, type NoteCall } from './footnotes.ts'
import type { QuoteRun } from './quotes.ts'

/** Share of lines that end inside a sentence from which all line ends are taken for wrapping. */
const WRAPPED_SHARE = 0.6
const SENTENCE_END = /[.!?:;…"”’)\]]\d{0,3}$/u

/**
 * The HTML of an article's paragraphs. Calls of footnotes become `<sup>label</sup>`, quotations blockquotes, and lines
 * that were broken inside a sentence are joined.
 */
export function articleHtml(
  paragraphs: readonly string[],
  labels: readonly string[],
  quotes: readonly QuoteRun[],
): string {
  const calls = callsByParagraph(findCalls(paragraphs, labels))
  const wrapped = isWrapped(paragraphs)
  const html = paragraphs.map((text, at) => paragraphHtml(text, calls.get(at) ?? [], wrapped))
  const starts = new Set(quotes.map((run) => run.start))
  const ends = new Set(quotes.map((run) => run.end - 1))
  return html
    .map((one, at) => `${starts.has(at) ? '<blockquote>' : ''}${one}${ends.has(at) ? '</blockquote>' : ''}`)
    .join('\n')
}

function callsByParagraph(calls: readonly NoteCall[]): ReadonlyMap<number, readonly NoteCall[]> {
  const found = new Map<number, NoteCall[]>()
  for (const call of calls) {
    const beside = found.get(call.paragraph)
    if (beside === undefined) found.set(call.paragraph, [call])
    else beside.push(call)
  }
  return found
}

function paragraphHtml(text: string, calls: readonly NoteCall[], wrapped: boolean): string {
  const parts: string[] = []
  let from = 0
  for (const call of calls) {
    parts.push(escapeHtml(text.slice(from, call.start)), `<sup>${escapeHtml(call.label)}</sup>`)
    from = call.end
  }
  const marked = [...parts, escapeHtml(text.slice(from))].join('')
  return `<p>${joinLines(marked.split('\n'), wrapped)}</p>`
}

function joinLines(lines: readonly string[], wrapped: boolean): string {
  const joined = lines.flatMap((line, at) => {
    const before = lines[at - 1]
    if (before === undefined) return [line]
    return [wrapped || !SENTENCE_END.test(before) ? ' ' : '<br>\n', line]
  })
  return joined.join('')
}

function isWrapped(paragraphs: readonly string[]): boolean {
  const inner = paragraphs.flatMap((text) => text.split('\n').slice(0, -1))
  return inner.filter((line) => !SENTENCE_END.test(line)).length > inner.length * WRAPPED_SHARE
}
