// Plain text → Markdown tree: blank lines part paragraphs, lines break, URLs become links. No HTML library here:
// most posts are plain, and a program that only prints them should start fast.
import type { Link, Paragraph, PhrasingContent } from 'mdast'

/** Control characters no file and no terminal should get (an ESC would act); tabs and line ends stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const SPACES = /\s+/g
const LINE_END = /\r\n?|\u2028|\u2029/g
const PARAGRAPH_END = /\n[^\S\n]*\n\s*/
const URL_IN_TEXT = /(?<![a-z])(?:https?:\/\/|www\.)[^\s<>"`\\^{|}]+/gi

const SCHEME = /^https?:/i

/** Punctuation that ends a sentence rather than a URL (GFM §6.9). */
const URL_TAIL = new Set(".,;:!?'*_~…»”’)]")

/** Text as paragraphs. Empty text gives none. */
export function toParagraphs(text: string): Paragraph[] {
  return cleanText(text)
    .split(PARAGRAPH_END)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({ type: 'paragraph', children: toLines(part) }))
}

/** One line of text with its URLs as links. */
export function toInline(line: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let end = 0
  for (const match of line.matchAll(URL_IN_TEXT)) {
    const url = trimUrl(match[0])
    if (match.index > end) nodes.push({ type: 'text', value: line.slice(end, match.index) })
    nodes.push(SCHEME.test(url) ? toAutolink(url) : { ...toAutolink(url), url: `http://${url}` })
    end = match.index + url.length
  }
  if (end < line.length) nodes.push({ type: 'text', value: line.slice(end) })
  return nodes
}

export function toAutolink(url: string): Link {
  return { type: 'link', url, children: [{ type: 'text', value: url }] }
}

/** Line ends become \n; what no UTF-8 file or terminal should hold becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(LINE_END, '\n').replace(CONTROLS, '\ufffd').toWellFormed()
}

/** The same on one line, as names are: a line break in one would begin a block of its own. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(SPACES, ' ').trim()
}

function toLines(paragraph: string): PhrasingContent[] {
  return paragraph.split('\n').flatMap((line, index): PhrasingContent[] => {
    const inline = toInline(line.trim())
    return index === 0 ? inline : [{ type: 'break' }, ...inline]
  })
}

function trimUrl(url: string): string {
  const spare = { ')': countSpare(url, '(', ')'), ']': countSpare(url, '[', ']') }
  let end = url.length
  while (URL_TAIL.has(url.charAt(end - 1))) {
    const last = url.charAt(end - 1)
    if ((last === ')' || last === ']') && spare[last]-- <= 0) break
    end--
  }
  return url.slice(0, end)
}

/** Closing brackets beyond those opened in the URL, as in `…/Bridge_(dental)`: they belong to the sentence. */
function countSpare(url: string, opening: string, closing: string): number {
  return url.split(closing).length - url.split(opening).length
}
