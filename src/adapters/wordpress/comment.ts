// One comment of a WordPress page: who, when, what. Themes name the parts differently; the list of names is the census
// of 58 captured pages. The item's nested replies are never looked at.
import { type ChildNode, type Element, isTag, isText } from 'domhandler'
import { attr, closest, hasAncestor, hasClass, matches, shortTextOf, textOf, walk } from '../../markup/markup.ts'
import type { Author } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { isCommentChrome, isInChrome } from '../article/furniture/furniture.ts'
import { answeredPlaces } from '../comments/answers.ts'
import { readBox } from '../comments/comment.ts'
import { SAYS_WORDS } from '../comments/says.ts'
import { splitPostAuthor } from '../scrape/furniture.ts'
import { type PrintedTime, readDate, type SlashOrder } from '../values/dates.ts'
import { isPing } from './tree.ts'

const NAMES = [
  '.comment-author .fn',
  '.fn',
  '.comment-author-name',
  '.wp-block-comment-author-name',
  '.wpd-comment-author',
  '.wc-comment-author',
  '.comment_author',
  '.comment-author a.url',
  '.comment-author',
  '.author',
  'cite',
  '[itemprop="author"]',
  '.commenter',
  '.comment-name',
  '.comment-meta a.url',
  'header a',
  '.comment-meta a',
  '.vcard',
]
const TIMES = [
  'time[datetime]',
  '[itemprop="datePublished"]',
  '.comment-time',
  '.comment_time',
  '.comment-date',
  '.wpd-comment-date',
  '.wc-comment-date',
  '.commentmetadata',
  '.comment-meta',
  '.comment-metadata',
  '.date',
  'header',
  'small',
  'cite',
  'abbr[title]',
]
const BODIES = [
  '.comment-text',
  '.commenttext',
  '.comment_text',
  '.contenttext',
  '.comment-content',
  '.wp-block-comment-content',
  '.wpd-comment-text',
  '.wc-comment-text',
  '.comment_content',
  '.comment-entry',
  '.comment-txt',
  '[itemprop="text"]',
  '.comment-body-text',
]
const BLOCKS = 'p, blockquote, ul, ol, pre, table, h1, h2, h3, h4, h5, h6'
/** wpDiscuz and some themes mark the comment's box instead of its item. */
const POST_AUTHOR = '.wpd-blog-post_author, .bypostauthor'
/** Characters of a box of name, date and buttons. */
const MAX_HEAD = 200
/** The words a theme puts behind a name, in the languages met so far. */
const SAYS = new RegExp(`(?<!\\s)\\s*(?:,|:|\\b(?:${SAYS_WORDS}|der|den|on)(?:\\s*:)?)\\s*$`, 'iu')
const BEFORE_NAME =
  /^(?:(?:comment|kommentar|comentario|comentário|commentaire|commento|reactie|komentarz|pingback|trackback)\s(?:by|von|por|par|di|door|od|av|af)\s|von|by|posted by|pingback(?: by)?:|trackback:)\s*/i
/** `Ann — 17.07, 2011 @ 13:04`: the first themes of WordPress set name and date in one line. */
const DATED = /\s+[—–]\s[^—–]*\d[^—–]*$/u
const PERMALINK = /#(?:li-|div-)?comment-\d+$/
const PING_WORD = /^(?:pingback|trackback|ping)s?:?\s*/i

export interface ReadComment extends Body {
  readonly author: Author | null
  readonly isPostAuthor: boolean
  readonly time: PrintedTime | null
  readonly url: string | null
  /** The places on the page that it says it answers. */
  readonly answers: readonly string[]
}

/** The page that a comment stands on, as far as its reading goes. */
export interface CommentPage {
  /** The elements of all items. */
  readonly items: ReadonlySet<Element>
  readonly base: URL | null
  /** How its dates are written. */
  readonly order: SlashOrder
}

/** Reads one item of the page. */
export function readComment(item: Element, page: CommentPage): ReadComment {
  const { items, base, order } = page
  const own = ownElements(item, items)
  const name = isPing(item) ? sourceOf(own) : innerName(firstMatch(own, NAMES), order)
  const { name: words, isPostAuthor } = splitPostAuthor(nameIn(name, page))
  const read = {
    author: authorOf(words, name, base),
    isPostAuthor:
      isPostAuthor || own.some((element) => matches(element, POST_AUTHOR)) || hasClass(item, 'bypostauthor'),
    time: timeIn(own, order),
    url: permalinkIn(own, base),
    answers: answeredPlaces(own),
  }
  const loose = read.author === null && !isPing(item) ? readLoosely(item, page) : null
  return {
    ...read,
    ...(loose ?? bodyOf(item, { own, name }, page)),
    ...(read.time === null ? {} : { time: read.time }),
  }
}

/** A theme that calls the parts by names of its own is read as a page of unknown software. */
function readLoosely(
  item: Element,
  { items, base, order }: CommentPage,
): Pick<ReadComment, 'author' | 'time' | 'text' | 'html'> | null {
  const box = readBox(roots(item), (element) => element !== item && items.has(element), { base, order })
  return box === null || box.author === null ? null : { author: box.author, time: box.time, ...box.body }
}

/** The item's own elements in page order. A definition list keeps a comment's words in the `dd` behind its `dt`. */
function ownElements(item: Element, nested: ReadonlySet<Element>): Element[] {
  const isForeign = (element: Element) => nested.has(element) || hasClass(element, 'children')
  const inside = (node: Element) => [...walk(node, isForeign)].filter(isTag).filter((element) => !isForeign(element))
  return roots(item).flatMap((root) => (root === item ? inside(root) : [root, ...inside(root)]))
}

function roots(item: Element): Element[] {
  const found = [item]
  if (item.name !== 'dt') return found
  for (let at = item.next; at !== null && !(isTag(at) && at.name === 'dt'); at = at.next) if (isTag(at)) found.push(at)
  return found
}

function firstMatch(own: readonly Element[], selectors: readonly string[]): Element | null {
  for (const selector of selectors) {
    const found = own.find((element) => matches(element, selector) && textOf(element) !== null)
    if (found !== undefined) return found
  }
  return null
}

/** Where a ping comes from: its own address in the page is no source. */
function sourceOf(own: readonly Element[]): Element | null {
  const links = own.filter((element) => matches(element, 'a[href^="http"]') && textOf(element) !== null)
  return links.find((link) => !PERMALINK.test(attr(link, 'href') ?? '')) ?? null
}

/** Of a box with the date in it, too, what holds its first words. */
function innerName(element: Element | null, order: SlashOrder): Element | null {
  if (element === null || shortTextOf(element, MAX_HEAD) === null) return element
  const [first, ...others] = [...walk(element)].filter(isText).filter(({ data }) => data.trim() !== '')
  const isHead = others.some(({ data }) => readDate(data, order) !== null)
  return isHead && isTag(first?.parent ?? element) ? (first?.parent as Element) : element
}

function nameIn(element: Element | null, { items: nested, order }: CommentPage): string {
  if (element === null) return ''
  const { text } = bodyFromNodes(
    element.children,
    null,
    (child) => nested.has(child) || hasClass(child, 'says') || child.name === 'time',
  )
  const line = text.split('\n').find((words) => words.trim() !== '') ?? ''
  return undated(line.replace(BEFORE_NAME, ''), order).replace(SAYS, '').trim()
}

function undated(line: string, order: SlashOrder): string {
  const at = line.search(DATED)
  return at > 0 && readDate(line.slice(at), order) !== null ? line.slice(0, at) : line
}

function authorOf(name: string, element: Element | null, base: URL | null): Author | null {
  if (name === '' || element === null) return null
  const link =
    element.name === 'a' ? element : ([...walk(element)].find((node) => isTag(node) && node.name === 'a') ?? null)
  const around = closest(element, 'a')
  const href = attr((link as Element | null) ?? around, 'href')
  const url = href === null || PERMALINK.test(href) ? null : resolve(href, base)
  return { id: null, handle: null, name, url: url?.startsWith('http') ? url : null }
}

function timeIn(own: readonly Element[], order: SlashOrder): PrintedTime | null {
  for (const selector of TIMES) {
    const element = own.find((candidate) => matches(candidate, selector))
    const said = ['datetime', 'content', 'title'].map((name) => attr(element ?? null, name))
    const times = [...said, textOf(element ?? null)].map((text) => readDate(text, order))
    const time = times.find((read) => read !== null) ?? null
    if (time !== null) return time
  }
  return ownDate(own, order)
}

/** Some themes print the date as loose words beside the name. */
function ownDate(own: readonly Element[], order: SlashOrder): PrintedTime | null {
  for (const element of own) {
    if (matches(element, BLOCKS)) return null
    const words = element.children.map((child) => ('data' in child ? child.data : ' ')).join(' ')
    const time = readDate(words, order)
    if (time !== null) return time
  }
  return null
}

function permalinkIn(own: readonly Element[], base: URL | null): string | null {
  const link = own.find(
    (element) => element.name === 'a' && PERMALINK.test(attr(element, 'href') ?? '') && !isReply(element),
  )
  return resolve(attr(link ?? null, 'href'), base)
}

/** The way to an answer, or to what is answered. */
function isReply({ attribs, parent }: Element): boolean {
  const around = parent !== null && isTag(parent) ? (parent.attribs['class'] ?? '') : ''
  return `${attribs['class'] ?? ''} ${around}`.includes('reply')
}

/** The theme's body element; without one, the blocks that are neither name nor chrome (WordPress writes paragraphs). */
function bodyOf(
  item: Element,
  { own, name }: { readonly own: readonly Element[]; readonly name: Element | null },
  { items: nested, base }: CommentPage,
): Body {
  const isOut = (element: Element) => nested.has(element) || hasClass(element, 'children') || isCommentChrome(element)
  const body = bodyIn(own, name)
  if (body !== null && body !== name)
    return bodyFromNodes(body.children, base, (element) => isOut(element) || isByline(element, name))
  const blocks = own.filter((element) => matches(element, BLOCKS) && !isOut(element) && !isInChrome(element, item))
  const words = outermost(blocks).filter((block) => !isByline(block, name))
  if (words.length > 0) return bodyFromNodes(words, base, isOut)
  // One theme of 2019 puts the words inside the name's box.
  const boxed = outermost(own.filter((element) => matches(element, BLOCKS))).filter((block) => !isByline(block, name))
  if (boxed.length > 0) return bodyFromNodes(boxed, base, (element) => nested.has(element))
  return withoutPingWord(
    bodyFromNodes(
      item.children as ChildNode[],
      base,
      (element) => isOut(element) || (element === name && !isPing(item)),
    ),
  )
}

/** Some themes call so what holds name and date, too: then the words are what is called so inside. */
function bodyIn(own: readonly Element[], name: Element | null): Element | null {
  const body = firstMatch(own, BODIES)
  if (body === null || !isByline(body, name)) return body
  const inner = own.filter((element) => element !== body && hasAncestor(element, (around) => around === body))
  return (
    firstMatch(
      inner.filter((element) => !isByline(element, name)),
      BODIES,
    ) ?? body
  )
}

/** A block that holds the name holds no words of the comment, in whatever order the theme prints them. */
function isByline(block: Element, name: Element | null): boolean {
  for (let at: Element['parent'] = name; at !== null; at = at.parent) if (at === block) return true
  return false
}

function outermost(elements: readonly Element[]): Element[] {
  const all = new Set<unknown>(elements)
  return elements.filter((element) => {
    for (let at = element.parent; at !== null; at = at.parent) if (all.has(at)) return false
    return true
  })
}

function withoutPingWord(body: Body): Body {
  return { text: body.text.replace(PING_WORD, ''), html: body.html }
}
