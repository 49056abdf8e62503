// Quotes in forum posts: whose words they are, and what they tell of who answers whom. Forums declare no parents; a
// quote is the only sign, so what follows from it is always inferred. The words stay in their place, inside a
// blockquote.
import { type ChildNode, Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Parent, Post, PostRef, Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { authorOf } from '../extraction/post.ts'

/** A quote names its post by number: nearly always what is answered. */
const NUMBERED_P = 0.9
/** A quote names its writer, and an earlier post of theirs has the words. */
const WORDED_P = 0.8
/** Characters of a quote that are looked for in earlier posts. */
const BEGINNING = 60
/**
 * Quotes of a post that are followed, paragraphs of a quote, and posts of its writer, the latest, in which they are
 * looked for.
 */
const MAX_QUOTES = 20
const MAX_PARAGRAPHS = 10
const MAX_BACK = 500
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
  const number = numberIn(markup.numberInQuote, address ?? source)
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

function numberIn(pattern: RegExp, text: string): string | null {
  return (
    pattern
      .exec(text)
      ?.slice(1)
      .find((group) => group !== undefined) ?? null
  )
}

/** The posts above one, as quotes name them. */
export interface Earlier {
  readonly keys: Map<string, string>
  /** By handle, in page order, with white space run together. */
  readonly spoken: Map<string, Spoken[]>
}

interface Spoken {
  readonly post: Post
  readonly words: string
}

export function noPosts(): Earlier {
  return { keys: new Map(), spoken: new Map() }
}

export function addPost({ keys, spoken }: Earlier, post: Post): void {
  if (post.ref !== null && !keys.has(post.ref.id)) keys.set(post.ref.id, post.key)
  const handle = post.author?.handle ?? null
  if (handle === null) return
  const said = { post, words: post.text.replace(SPACES, ' ') }
  const all = spoken.get(handle)
  if (all === undefined) spoken.set(handle, [said])
  else all.push(said)
}

/** The post that the first telling quote is of. On a topic's first page all that it can answer stands before it. */
export function answeredBy(post: Post, earlier: Earlier, isFirstPage: boolean): Parent | null {
  for (const quote of post.quotes.slice(0, MAX_QUOTES)) {
    const parent = byNumber(quote, earlier, isFirstPage) ?? byWords(quote, earlier)
    if (parent !== null) return parent
  }
  return null
}

function byNumber({ ref }: Quote, { keys }: Earlier, isFirstPage: boolean): Parent | null {
  if (ref === null) return null
  const key = keys.get(ref.id) ?? null
  // Words of another topic are quoted to this one.
  if (key === null && isFirstPage) return null
  return { ref, key, basis: 'inferred', p: NUMBERED_P, say: 'quotes this post by its number' }
}

/** Of several posts with one of its paragraphs, the latest; a quote in the quote is a paragraph of somebody else. */
function byWords({ author, text }: Quote, { spoken }: Earlier): Parent | null {
  if (author?.handle == null || text === null) return null
  const wanted = text.split('\n\n', MAX_PARAGRAPHS).map((words) => words.replace(SPACES, ' ').slice(0, BEGINNING))
  const before = (spoken.get(author.handle) ?? []).slice(-MAX_BACK)
  const quoted = before.findLast(({ words }) => wanted.some((beginning) => words.includes(beginning)))?.post
  if (quoted === undefined) return null
  const say = 'quotes words of this post under the name of who wrote it'
  return { ref: quoted.ref, key: quoted.key, basis: 'inferred', p: WORDED_P, say }
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
