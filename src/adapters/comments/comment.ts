// One comment of unknown software: who, when, what, where. Its box and what is foreign in it are given; found by
// boxes.ts or by the name of the item.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, hasAncestor, matches, select, shortTextOf, textOf, walk } from '../../markup/markup.ts'
import type { Author } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { isLabel } from '../article/furniture/phrases.ts'
import { NO_BODY } from '../extraction/post.ts'
import type { PrintedTime, SlashOrder } from '../values/dates.ts'
import { answeredPlaces } from './answers.ts'
import { isChrome, isInCard, isInChrome, isInField, isInside } from './chrome.ts'
import { isBadge } from './post-author.ts'
import { withoutSays } from './says.ts'
import { authorIn, isPressed, isWhen, permalinkIn, signedLine, timeIn } from './signature.ts'

const WORDS =
  /(?:comments?(?:[-_]{1,2}(?:item|entry|box))?|kommentar|commentaire|comentario|komentarz|message|post|reply|msg|leaf)[-_]{0,2}(?:text|texte|texto|content|body|copy|message|msg|txt|inhalt|article)|(?:^|\s)(?:txt|text|desc|cont|content|body)[-_](?:comment|reply|cmt|message|msg)(?:\s|$)|(?:^|\s)(?:[\w-]*__|[a-z]{1,3}-|v)?(?:content|message|text|body|bodytext|texte|texto)(?:\s|$)/i
const DECLARED_WORDS =
  '[itemprop~="text"], [itemprop~="commentText"], [itemprop~="description"], [property~="content:encoded"], .e-content, .p-content'
/** What a commenter may head the words with. */
const HEADINGS =
  'h2, h3, h4, h5, h6, [class*="title" i], [class*="subject" i], [class*="betreff" i], [class*="titel" i]'
/** Characters beside name and date that are no words yet: `says`, `#12`, `am`. */
const MAX_BESIDE = 14
/** What journals print where a commenter gave no heading. */
const NO_SUBJECT = /^(?:\((?:no subject|без темы|no title)\)|無題|无题|無標題|タイトルなし)$/iu
/** Characters of first words that are repeated as a heading, and what ends them. */
const MAX_REPEATED = 120
const CUT = /\s*(?:…|\.{3})$/
const FOLDED = /(?:^|[\s_-])(?:collapsed|partial|folded)(?:\s|$)/i
const OPENS = /^[^\p{L}\p{N}]*(?:expand|развернуть|ausklappen|déplier|expandir)[^\p{L}\p{N}]*$/iu
const MAX_OPENS = 20
const BLOCKS = 'p, blockquote, pre, ul, ol'
/** A row of buttons may print numbers alone; of a comment they are its words: `+1`. */
const LETTER = /\p{L}/u
/** The site tells readers how to comment; in characters no more than this. */
const MAX_NOTICE = 200
const NOTICE =
  /^\W*(?:in order to|you (?:must|need|have) to|please|(?:sie müssen|bitte)|vous devez|debes|inicia) .{0,60}(?:comment|log ?in|sign ?in|regist|kommentar|kommentieren|anmelden|einloggen|connect|comentar|sesión)/iu
/** Words that are all of a comment only when its blocks hold most of what it has, as a share of characters. */
const MOST = 0.6

export interface ReadBox {
  readonly author: Author | null
  readonly time: PrintedTime | null
  readonly url: string | null
  readonly body: Body
  /**
   * What the box prints as its time, perhaps only `3 days ago`; empty where a script is to print it, null without any.
   */
  readonly when: string | null
  /** Whether the page shows who and when, and the words only to those who press for them. */
  readonly isCollapsed: boolean
  /** Whether the words are nothing but a link, as where a site lists its latest comments. */
  readonly isLink: boolean
  /** Whether something in the box, outside the words, may say that the article's author wrote it. */
  readonly hasBadge: boolean
  /** The places on the page that it says it answers. */
  readonly answers: readonly string[]
}

/** What a page says for all its boxes. */
export interface BoxPage {
  readonly base: URL | null
  /** How its dates are written. */
  readonly order: SlashOrder
}

/** What a box says. Null for one without words or without who or when: a form, a remark of the site. */
export function readBox(roots: readonly Element[], isForeign: IsForeign, page: BoxPage): ReadBox | null {
  const own = elementsOf(roots, isForeign).filter((element) => !isInField(element, roots) && !isInCard(element, roots))
  const box = { roots, own, isForeign, ...page }
  const isFree = (element: Element) => !isInChrome(element.parent, roots)
  const free = readAround(holderIn(own, roots, isFree), box) ?? readAround(null, box)
  // Where all of a comment is called a reply, its words are, too.
  const called = free === null ? holderIn(own, roots, () => true) : null
  return called === null ? free : readAround(called, box)
}

interface Box extends BoxPage {
  readonly roots: readonly Element[]
  /** Everything in it but fields and what is foreign. */
  readonly own: readonly Element[]
  readonly isForeign: IsForeign
}

/** Reads with the words known to stand in `holder`; when that holds name and date too, they are looked for anywhere. */
function readAround(holder: Element | null, box: Box): ReadBox | null {
  const { roots, own, base, order } = box
  const around = holder === null ? own : own.filter((element) => element !== holder && !isInside(element, holder))
  const time = timeIn(around, order) ?? timeIn(own.filter(isWhen), order)
  const when = time?.element ?? around.find(isInnerWhen) ?? own.find(isInnerWhen) ?? null
  // The box itself may be called after its author: then it holds a name, and is none.
  const author = authorIn(
    around.filter((element) => !isWhole(element, roots)),
    when,
    base,
  )
  const isLoose = when === null ? author === null : isWhole(when, roots)
  const signed = holder === null && isLoose ? readSigned(box) : null
  if (signed !== null || (author === null && when === null)) return signed
  const parts = partsOf(author?.element ?? null, when, roots)
  const nodes = wordNodes(holder, around, parts, box)
  const isCollapsed = holder === null && author !== null && when !== null && isFolded(box)
  const body = isCollapsed
    ? NO_BODY
    : bodyFromNodes(nodes, base, chromeBeside(nodes, parts, box), withoutSays(author?.element ?? null, roots))
  if (
    isCollapsed
      ? permalinkIn(around, roots, base) === null
      : body.text === '' || (LETTER.test(body.text) && isLabel(body.text)) || isNotice(body.text)
  )
    return null
  return {
    author: author?.value ?? null,
    time: time?.value ?? null,
    url: permalinkIn(around, roots, base),
    body,
    when: when && (textOf(when) ?? ''),
    isCollapsed,
    isLink: !isCollapsed && linkedShare(nodes) > MOST,
    hasBadge: around.some(isBadge),
    answers: answeredPlaces(around),
  }
}

/** Words with who and when in a line of their own, in no element of its own: `…<br>Posted by Ann at 3 May 2011`. */
function readSigned({ roots, own, isForeign, base, order }: Box): ReadBox | null {
  const line = signedLine(own, order)
  if (line === null) return null
  const { element, node, name, time } = line
  const rest = new Map([[element, element.children.filter((child) => child !== node)]])
  const body = bodyFromNodes(roots, base, (inside) => isForeign(inside) || isChrome(inside) || isPressed(inside), rest)
  const author = { id: null, handle: null, name, url: null }
  const said = { url: permalinkIn(own, roots, base), when: node.data.trim(), isCollapsed: false, isLink: false }
  return body.text === '' ? null : { author, time, body, ...said, hasBadge: false, answers: [] }
}

/** A box that is called so and has something to press that opens it (LiveJournal, Dreamwidth). */
function isFolded({ own, roots }: Box): boolean {
  const around = roots.flatMap(({ parent }) => (parent !== null && isTag(parent) ? [parent] : []))
  return [...around, ...own].some(({ attribs }) => FOLDED.test(attribs['class'] ?? '')) && own.some(opens)
}

function opens(element: Element): boolean {
  return OPENS.test(shortTextOf(element, MAX_OPENS) ?? '')
}

/** A date, and not what is around one. */
function isInnerWhen(element: Element): boolean {
  return isWhen(element) && !element.children.some((child) => isTag(child) && isWhen(child))
}

/** The elements that hold the words, and the heading a commenter gave them. */
function wordNodes(
  holder: Element | null,
  around: readonly Element[],
  parts: ReadonlySet<Element>,
  { own, roots }: Box,
): readonly Element[] {
  const words = holder === null ? wordBlocks(own, roots, parts) : paragraphsFrom(holder, parts)
  if (words.length === 0) return roots.filter((root) => !parts.has(root))
  const heading = around.find(
    (element) =>
      isHeading(element, roots) && !words.includes(element) && !holds(element, parts) && !isPartOf(element, parts),
  )
  return heading === undefined || isBeginning(heading, words) ? words : [heading, ...words]
}

/** A paragraph that is called the words may end before they do: no paragraph can hold another (HTML, 13.2.6.4.7). */
function paragraphsFrom(holder: Element, parts: ReadonlySet<Element>): Element[] {
  const words = [holder]
  if (holder.name !== 'p') return words
  for (let at = holder.next; at !== null && !(isTag(at) && (at.name !== 'p' || isSaid(at, parts))); at = at.next)
    if (isTag(at)) words.push(at)
  return words
}

/** Whether a paragraph says who, when, or is called anything at all. */
function isSaid(element: Element, parts: ReadonlySet<Element>): boolean {
  return attr(element, 'class') !== null || holds(element, parts) || isWhen(element)
}

/** Where no heading was given, some software repeats the first words. */
function isBeginning(heading: Element, words: readonly Element[]): boolean {
  const text = shortTextOf(heading, MAX_REPEATED)?.replace(CUT, '') ?? null
  return (
    text !== null &&
    words
      .map((element) => textOf(element) ?? '')
      .join(' ')
      .startsWith(text)
  )
}

function chromeBeside(nodes: readonly Element[], parts: ReadonlySet<Element>, { isForeign }: Box): IsForeign {
  const kept = new Set(nodes)
  return (element) =>
    !kept.has(element) && (isForeign(element) || isChrome(element) || isPressed(element) || parts.has(element))
}

type IsForeign = (element: Element) => boolean

function elementsOf(roots: readonly Element[], isForeign: IsForeign): Element[] {
  const inside = roots.flatMap((root) => [root, ...[...walk(root, isForeign)].filter(isTag)])
  return inside.filter((element) => !isForeign(element))
}

/** The innermost element that is called the words. */
function holderIn(
  own: readonly Element[],
  roots: readonly Element[],
  isFree: (element: Element) => boolean,
): Element | null {
  const holders = own.filter((element) => !isWhole(element, roots) && isHolder(element) && isFree(element))
  return holders.find((element) => !holders.some((other) => other !== element && isInside(other, element))) ?? null
}

/** Whether the element is all there is of the box. */
function isWhole(element: Element, roots: readonly Element[]): boolean {
  return roots.length === 1 && roots[0] === element
}

/** The outermost blocks, when they are most of the box. */
function wordBlocks(own: readonly Element[], roots: readonly Element[], parts: ReadonlySet<Element>): Element[] {
  const free = own.filter((element) => !isInChrome(element, roots) && !parts.has(element))
  const blocks = free.filter((element) => matches(element, BLOCKS) && !roots.includes(element))
  const all = new Set<ParentNode>(blocks)
  const outer = blocks.filter((block) => !hasAncestor(block, (ancestor) => all.has(ancestor)))
  return lengthOf(outer) >= MOST * looseLength(free) ? outer : []
}

/** Name and date, and what is around them with no more than a word or two beside. */
function partsOf(author: Element | null, when: Element | null, roots: readonly Element[]): ReadonlySet<Element> {
  const parts = new Set([author, when].filter((element) => element !== null))
  const most = lengthOf([...parts]) + MAX_BESIDE
  for (const part of [...parts])
    for (
      let at = part.parent;
      at !== null && isTag(at) && !isWhole(at, roots) && shortTextOf(at, most) !== null;
      at = at.parent
    )
      if (when !== null && (at === when || isInside(when, at))) parts.add(at)
  return parts
}

function isNotice(text: string): boolean {
  return text.length <= MAX_NOTICE && NOTICE.test(text)
}

/** Whether an element is called the words of a comment. */
export function isHolder(element: Element): boolean {
  const isNamed = matches(element, DECLARED_WORDS) || WORDS.test(element.attribs['class'] ?? '')
  return isNamed && textOf(element) !== null
}

/** Characters of the box outside names, dates and buttons. */
function looseLength(free: readonly Element[]): number {
  const texts = free.flatMap((element) =>
    element.children.map((child) => ('data' in child ? child.data.trim().length : 0)),
  )
  return texts.reduce((sum, length) => sum + length, 0)
}

function lengthOf(elements: readonly Element[]): number {
  return elements.reduce((sum, element) => sum + (textOf(element)?.length ?? 0), 0)
}

function isHeading(element: Element, roots: readonly Element[]): boolean {
  if (!matches(element, HEADINGS) || roots.includes(element) || isInChrome(element, roots)) return false
  const text = textOf(element)
  return text !== null && !isWhen(element) && !isLabel(text) && !isPressed(element) && !NO_SUBJECT.test(text)
}

function holds(element: Element, parts: ReadonlySet<Element>): boolean {
  return parts.has(element) || [...walk(element)].some((node) => isTag(node) && parts.has(node))
}

function isPartOf(element: Element, parts: ReadonlySet<Element>): boolean {
  return [...parts].some((part) => isInside(element, part))
}

function linkedShare(nodes: readonly Element[]): number {
  const links = nodes.flatMap((node) => (node.name === 'a' ? [node] : select('a', node)))
  return lengthOf(links) / Math.max(lengthOf(nodes), 1)
}
