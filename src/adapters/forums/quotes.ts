// Quotes in forum posts: whose words they are. The words stay in their place, inside a blockquote. What quotes tell of
// who answers whom is for parents.ts.
import { type ChildNode, Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { PostRef, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { authorOf } from '../extraction/post.ts'

/** Share of a box's characters that its head and words make up. */
const MOST = 0.9
const NAME_DATA = ['data-quote', 'data-author', 'data-ipsquote-username']
const SPACES = /\s+/g
/** MyBB prints a time before the name, NodeBB a sign. */
const BEFORE_NAME = /^(?:\([^()]{0,40}\)|@)\s*/
/** What stands around a name above a quote, in the languages that the softwares come in. */
const SAID =
  /^(?:quote from|originally posted by|zitat von|citation de|cita de|citaat van|quote|zitat|cita)\s*:?\s*|\s*(?:wrote|said|schrieb|hat geschrieben|sagte|a écrit|a dit|escribió|dijo|ha scritto|schreef|написал(?:\(а\))?|发表于|發表於)\b.*$|\s+(?:on|am|le|el|at)\s+(?:\p{L}+,?\s+)?\d.*$|\s*发表于.*$|\s*[:：↑]\s*$/giu

/** Where a forum's software prints a quote. */
export interface QuoteMarkup {
  readonly quotes: string
  /**
   * Within a quote: who is quoted, and the link to the post. SMF prints both beside the quote, in the element before.
   */
  readonly quoteHead: string
  readonly isHeadBefore: boolean
  /** Within a quote: the words; the quote itself where nothing is called so. */
  readonly quoteWords: string | null
  /** Inside of a body or a quote: what the software or a script put there. */
  readonly furniture: string
  /** The number of the quoted post in an address or attribute. */
  readonly numberInQuote: RegExp
}

type RefOf = (number: string) => PostRef | null

/** The outermost quotes of a body; one inside another is that one's business. */
export function quotesIn(body: Element, markup: QuoteMarkup, base: URL | null, refOf: RefOf): readonly Quote[] {
  const all = select(markup.quotes, body)
  const outer = new Set<ParentNode>(all)
  return all
    .filter((quote) => !hasAncestor(quote, (ancestor) => outer.has(ancestor)))
    .flatMap((quote) => quoteOf(quote, markup, base, refOf))
}

function quoteOf(quote: Element, markup: QuoteMarkup, base: URL | null, refOf: RefOf): Quote[] {
  const head = headOf(quote, markup)
  const words = wordsIn(quote, markup) ?? quote
  const isOut = (element: Element) => element === head || matches(element, markup.furniture)
  const { text } = bodyFromNodes(words.children, base, isOut)
  const links = head === null ? [] : [head, ...select('a[href]', head)].map((link) => attr(link, 'href'))
  const address = links.find((href) => href !== null && markup.numberInQuote.test(href)) ?? null
  const source = attr(quote, 'data-source') ?? attr(quote, 'data-ipsquote-contentcommentid') ?? ''
  const number = groupOf(markup.numberInQuote, address ?? source)
  const name = NAME_DATA.map((data) => attr(quote, data)).find((said) => said !== null) ?? nameIn(head)
  if (text === '') return []
  const ref = number === null ? null : refOf(number)
  return [{ ref, author: authorOf(name, null), text, url: resolve(address, base), createdAt: null }]
}

function wordsIn(quote: Element, { quoteWords }: QuoteMarkup): Element | null {
  return quoteWords === null ? null : selectOne(quoteWords, quote)
}

function headOf(quote: Element, { quoteHead, isHeadBefore }: QuoteMarkup): Element | null {
  if (!isHeadBefore) return selectOne(quoteHead, quote)
  let before = quote.prev
  while (before !== null && !isTag(before) && 'data' in before && before.data.trim() === '') before = before.prev
  const beside = before !== null && isTag(before) && matches(before, quoteHead) ? before : null
  return beside ?? selectOne(quoteHead, quote)
}

function nameIn(head: Element | null): string | null {
  if (head === null) return null
  const marked = textOf(selectOne('strong, b', head))
  const name = (marked ?? textOf(head) ?? '')
    .replace(SPACES, ' ')
    .trim()
    .replace(BEFORE_NAME, '')
    .replace(SAID, '')
    .trim()
  return name === '' ? null : name
}

/** What the first of a pattern's groups that took part says, or null. */
export function groupOf(pattern: RegExp, text: string): string | null {
  const groups = pattern.exec(text)?.slice(1)
  return groups?.find((group) => group !== undefined) ?? null
}

/** The nodes with each quote's words in a blockquote: several softwares print boxes. The tree itself is not changed. */
export function withBlockquotes(nodes: readonly ChildNode[], markup: QuoteMarkup): ChildNode[] {
  return nodes.map((node) => remake(node, markup))
}

/** Recursion is bounded by the parser's depth. */
function remake(node: ChildNode, markup: QuoteMarkup): ChildNode {
  if (!isTag(node)) return node
  if (matches(node, markup.quotes) && node.name !== 'blockquote') {
    const quote = asBlockquote(node, markup)
    if (quote !== null) return quote
  }
  const children = withBlockquotes(node.children, markup)
  // Several softwares print a listing as loose lines.
  if (node.name === 'code' && selectOne('br', node) !== null && closest(node, 'pre') === null)
    return new Element('pre', {}, [node])
  // A line over the words, not their beginning.
  if (node.name === 'cite' && matches(node, markup.quoteHead)) return new Element('p', {}, children)
  return children.every((child, i) => child === node.children[i])
    ? node
    : new Element(node.name, node.attribs, children)
}

/** A box or table as who is quoted and what; null when it has one already, or more to say than these two. */
function asBlockquote(box: Element, markup: QuoteMarkup): Element | null {
  const [head, words] = [selectOne(markup.quoteHead, box), wordsIn(box, markup)]
  if (words === null || words.name === 'blockquote') return null
  const shown = [head, words].reduce((sum, element) => sum + (textOf(element)?.length ?? 0), 0)
  if (shown < (textOf(box)?.length ?? 0) * MOST) return null
  const quote = new Element('blockquote', {}, withBlockquotes(words.children, markup))
  return new Element('div', {}, [...(head === null ? [] : [new Element('p', {}, [...head.children])]), quote])
}
