// Comments on pages of unknown software: items named as comments that hold a name or a date besides their words. Found so
// that they are kept as comments and never mixed into the article. Where the software is known, its own adapter reads.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, matches, select, textOf, walk } from '../markup.ts'
import type { Author, Parent, Post } from '../model.ts'
import { bodyFromNodes } from '../text.ts'
import { resolve } from '../url.ts'
import { ARTICLE_KEY } from './blog-article.ts'
import { type PrintedTime, readDate } from './dates.ts'
import { makePost, placeInHtml, type Reader } from './discussion.ts'
import type { Page } from './page.ts'

/** Items read of one page. */
const MAX_ITEMS = 5_000
const MAX_NAME = 60
const MAX_DATE = 90
/** Nesting without a number at the item may also be layout. */
const NESTED_P = 0.9
const AREA =
  '[id*="comment" i], [class*="comment" i], [id*="kommentar" i], [class*="kommentar" i], [class*="commentaire" i], [class*="comentario" i], [class*="discussion" i], [class*="reacties" i], [class*="komentarz" i]'
const CANDIDATES = 'li, div, article, section, tr, dd'
const ITEM_CLASS =
  /(?:^|\s)(?:[\w-]*[\w-])?(?:comment|kommentar|commentaire|comentario|komentarz|reactie)(?:[-_]{1,2}(?:item|wrapper|box|entry|row|single|main|main-level|thread|container|card|node|root))?(?:\s|$)/i
const ITEM_ID = /^(?:[\w-]*[a-z_-])?(?:comment|kommentar|message|msg|reply)[-_]?(?:id)?[-_]?[\da-f]{2,}$/i
const NO_ITEM =
  /(?:form|respond|reply-?box|count|link|button|teaser|recent|latest|widget|header|footer|policy|rules|disqus|area|list)(?:\s|_|-|$)/i
const SIDE = 'nav, .widget, .sidebar, #sidebar, [class*="recent"], [class*="latest"], [class*="teaser"]'
const WORDS =
  /(?:comment|kommentar|commentaire|comentario|komentarz|message|post|reply)[-_]{0,2}(?:text|content|body|copy|message|txt|inhalt)|(?:^|\s)(?:[\w-]*__)?(?:content|message|text|body|bodytext)(?:\s|$)/i
const NAMES =
  '.author, .comment-author, .username, .user-name, .user, .name, .nick, .autor, .fn, cite, [itemprop~="author"], [class*="author" i], [class*="username" i], [class*="user-name" i], [class*="autor" i], [class*="nick" i], [class*="name" i], [rel~="author"], h3, h4, h5, b, strong, a[href*="user"], a[href*="profil"], a[href*="member"]'
const TIMES =
  'time, [itemprop~="dateCreated"], [itemprop~="datePublished"], [class*="date" i], [class*="time" i], [class*="datum" i], [class*="meta" i], [class*="info" i], [class*="submitted" i], [class*="permalink" i]'
const CHROME =
  'button, form, input, textarea, footer, header, time, [class*="reply" i], [class*="report" i], [class*="vote" i], [class*="rating" i], [class*="share" i], [class*="avatar" i], [class*="author" i], [class*="username" i], [class*="date" i], [class*="meta" i], [class*="links" i], [class*="actions" i], [class*="signature" i]'
const BLOCKS = 'p, blockquote, pre, ul, ol'
const NAME_EDGES =
  /^(?:by|von|par|por|kommentar von|comment by|geschrieben von|posted by)\s+|\s*(?:says|sagt|schrieb|schreibt|wrote|a écrit|dice|dijo)?\s*[:,|]?\s*$/giu

export interface PageComments {
  readonly posts: readonly Post[]
  readonly times: readonly PrintedTime[]
  /** The items, which are no part of the article. */
  readonly elements: ReadonlySet<Element>
}

/** All comments of the page as answers to the article (key ARTICLE_KEY); `index` counts from 1. */
export function readPageComments(page: Page, reader: Reader, base: URL | null): PageComments {
  const candidates = new Set(itemsIn(page.html().root))
  const read = [...candidates].map((element) => readItem(element, candidates, base)).filter((item) => item !== null)
  const keys = new Map(read.map(({ element }, i) => [element, `comment-${i + 1}`]))
  const posts = read.map(({ element, author, time, body }, i) =>
    makePost({
      key: keys.get(element) ?? '',
      kind: 'comment',
      platform: reader.name,
      author,
      ...body,
      createdAt: time?.iso ?? null,
      parent: parentOf(element, keys),
      index: i + 1,
      provenance: placeInHtml(page, reader, element, null),
    }),
  )
  const times = read.map(({ time }) => time).filter((time) => time !== null)
  return { posts, times, elements: new Set(keys.keys()) }
}

function itemsIn(root: ParentNode): Element[] {
  const areas = new Set(select(AREA, root))
  if (areas.size === 0) return []
  return select(CANDIDATES, root)
    .filter((element) => isItem(element) && closest(element, SIDE) === null)
    .slice(0, MAX_ITEMS)
}

function isItem(element: Element): boolean {
  const [id, name] = [attr(element, 'id') ?? '', attr(element, 'class') ?? '']
  return ITEM_ID.test(id) || (ITEM_CLASS.test(name) && !NO_ITEM.test(name))
}

interface Item {
  readonly element: Element
  readonly author: Author | null
  readonly time: PrintedTime | null
  readonly body: ReturnType<typeof bodyFromNodes>
}

/** Words, and who or when; without these it is a box about comments. */
function readItem(element: Element, items: ReadonlySet<Element>, base: URL | null): Item | null {
  const isForeign = (inside: Element) => items.has(inside)
  const own = [...walk(element, isForeign)].filter(isTag).filter((inside) => !isForeign(inside))
  if (own.some(isField)) return null
  const holder = own.find((inside) => WORDS.test(inside.attribs['class'] ?? '') && textOf(inside) !== null)
  const said = wordsIn(element, holder ?? null, own, isForeign, base)
  const inWords = new Set(said.nodes.flatMap((node) => [node, ...[...walk(node)].filter(isTag)]))
  const around = own.filter((inside) => !inWords.has(inside))
  const chrome = own.filter((inside) => inWords.has(inside) && closestWithin(inside, element, CHROME) !== null)
  const [author, time] = [authorIn([...around, ...chrome], base), timeIn([...around, ...chrome])]
  return said.body.text === '' || (author === null && time === null) ? null : { element, author, time, body: said.body }
}

/** The form in which the reader would write. */
function isField({ name }: Element): boolean {
  return name === 'textarea'
}

interface Words {
  readonly nodes: readonly Element[]
  readonly body: ReturnType<typeof bodyFromNodes>
}

function wordsIn(
  item: Element,
  holder: Element | null,
  own: readonly Element[],
  isForeign: (element: Element) => boolean,
  base: URL | null,
): Words {
  const isOut = (element: Element) => isForeign(element) || matches(element, CHROME)
  if (holder !== null) return { nodes: [holder], body: bodyFromNodes(holder.children, base, isOut) }
  const blocks = own.filter((element) => matches(element, BLOCKS) && closestWithin(element, item, CHROME) === null)
  const all = new Set(blocks)
  const outer = blocks.filter((block) => !hasAncestor(block, item, (ancestor) => all.has(ancestor)))
  return { nodes: outer, body: bodyFromNodes(outer, base, isOut) }
}

/** The element or one around it, below the item, that matches. */
function closestWithin(element: Element, item: Element, selector: string): Element | null {
  for (let at: ParentNode | null = element; at !== null && isTag(at) && at !== item; at = at.parent)
    if (matches(at, selector)) return at
  return null
}

function hasAncestor(element: Element, end: Element, test: (ancestor: Element) => boolean): boolean {
  for (let at = element.parent; at !== null && isTag(at) && at !== end; at = at.parent) if (test(at)) return true
  return false
}

function authorIn(around: readonly Element[], base: URL | null): Author | null {
  for (const selector of NAMES.split(', ')) {
    for (const element of around.filter((inside) => matches(inside, selector))) {
      const name = (textOf(element) ?? '').replace(NAME_EDGES, '')
      if (name === '' || name.length > MAX_NAME || readDate(name) !== null) continue
      const link =
        element.name === 'a'
          ? element
          : (around.find(({ name: tag, parent }) => tag === 'a' && parent === element) ?? null)
      return { id: null, handle: null, name, url: resolve(attr(link, 'href'), base) }
    }
  }
  return null
}

function timeIn(around: readonly Element[]): PrintedTime | null {
  for (const element of [...around.filter((inside) => matches(inside, TIMES)), ...around]) {
    const text = attr(element, 'datetime') ?? attr(element, 'content') ?? textOf(element) ?? ''
    const time = text.length <= MAX_DATE ? readDate(text) : null
    if (time !== null) return time
  }
  return null
}

function parentOf(element: Element, keys: ReadonlyMap<Element, string>): Parent {
  for (let at = element.parent; at !== null && isTag(at); at = at.parent) {
    const key = keys.get(at)
    if (key !== undefined)
      return { ref: null, key, basis: 'layout', p: NESTED_P, say: 'nested in the comment it answers' }
  }
  return { ref: null, key: ARTICLE_KEY, basis: 'layout', p: NESTED_P, say: 'stands at the top of the comments' }
}
