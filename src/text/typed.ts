// Words that their author typed as Markdown, of which the source gives no HTML → a body. By CommonMark alone: what a
// site adds to it (spoilers, tables) stays as typed.
import { createRequire } from 'node:module'
import { type Body, bodyFromHtml } from './body.ts'

/** What is looked for before the parser is loaded: most comments are plain. */
const SIGNS = /[*_`[\]<&\\~]|^ {0,3}(?:#|>|[-+]\s|\d{1,9}[.)]\s|[-=]{2,}\s*$)|^(?: {4}|\t)|\S {2,}\n/m
/** The parser's time grows with the square of these; nobody writes so many. */
const MAX_LENGTH = 100_000
const MAX_MARKS = 300
const TOO_DEEP = /^(?:[ \t]*(?:[-+*>]|\d{1,9}[.)])){10}/m
/** What it defines a reader does not see unless something refers to it. */
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:/m
const MARKS = /[*_]+/g
const PARAGRAPH = /\n[ \t]*\n/

type Parser = { readonly micromark: (markdown: string) => string }

/**
 * HTML typed among the words is words. What would keep the parser busy, or lose words, stays as it was typed, without
 * HTML.
 */
export function bodyFromMarkdown(typed: string, base: URL | null): Body {
  const isReadable = typed.length <= MAX_LENGTH && !TOO_DEEP.test(typed) && !DEFINITION.test(typed)
  const isMarked = SIGNS.test(typed)
  const isQuick = typed.split(PARAGRAPH).every((part) => (part.match(MARKS)?.length ?? 0) <= MAX_MARKS)
  if (!isMarked || !isReadable || !isQuick) return { text: typed, html: null }
  const { micromark } = createRequire(import.meta.url)('micromark') as Parser
  return bodyFromHtml(micromark(typed), base)
}
