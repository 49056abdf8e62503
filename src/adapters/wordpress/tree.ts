// Where the comments of a WordPress page stand, whatever the theme: the items and which hangs below which. What an item
// says is comment.ts's business. WordPress nests replies in `.children` and writes `depth-K` on each item; in 53
// captured pages of 40 themes both always agreed, but 14 of 324 replies stood in a flat list with only the class.
import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, hasClass, select } from '../../markup/markup.ts'

const CANDIDATES = '.comment, .pingback, .trackback, li[id^="comment-"], li[id^="li-comment-"], dt[id^="comment-"]'
/** wpDiscuz names the item by its own number and its parent's. */
const ITEM_ID = /^(?:(?:li-|div-)?comment-(\d+)|w(?:pd|c)-comm-(\d+)_\d+)$/
const DEPTH = /(?:^|\s)depth-(\d{1,3})(?:\s|$)/
const ITEM_TAGS = new Set(['li', 'div', 'article', 'dt', 'section'])
/** Themes call the whole body after its side bar, too. */
const SIDE =
  '.widget, .sidebar:not(body), #sidebar, [class*="recentcomments"]:not(body), [class*="recent-comments"]:not(body)'
const LIST = '.commentlist, .comment-list, #commentlist, .comments-list, #comments, .comments-area'

export interface CommentItem {
  readonly element: Element
  /** The site's number of the comment, or null. */
  readonly id: string | null
  /** Index of the parent item; null for an answer to the article. */
  readonly parent: number | null
  /** 0 for an answer to the article. */
  readonly depth: number
  /** `nesting`: inside its parent's list. `class`: a flat list, told by `depth-K` only. */
  readonly by: 'nesting' | 'class'
  readonly isPing: boolean
}

/** All items in page order. */
export function findComments(root: Document): CommentItem[] {
  const items: CommentItem[] = []
  const indexes = new Map<Element, number>()
  const open: number[] = []
  for (const element of select(CANDIDATES, root).filter(isItem)) {
    const outer = outerItem(element, indexes)
    const id = idOf(element)
    if (outer !== null && isWrapped(element, id, items[outer] as CommentItem)) continue
    const place = placeOf(element, outer, items, open)
    open.length = place.depth
    open[place.depth] = items.length
    indexes.set(element, items.length)
    items.push({ element, id, isPing: isPing(element), ...place })
  }
  return items
}

/** A side bar may list the site's latest comments in the very same markup. */
function isItem(element: Element): boolean {
  if (closest(element, SIDE) !== null) return false
  if (!ITEM_TAGS.has(element.name)) return false
  const id = attr(element, 'id') ?? ''
  return (
    DEPTH.test(element.attribs['class'] ?? '') ||
    ITEM_ID.test(id) ||
    (isPing(element) && closest(element, LIST) !== null)
  )
}

/** A pingback is signed by the title of the page that links here. */
export function isPing(item: Element): boolean {
  return hasClass(item, 'pingback') || hasClass(item, 'trackback')
}

function idOf(element: Element): string | null {
  const [, number, plugins] = ITEM_ID.exec(attr(element, 'id') ?? '') ?? []
  return number ?? plugins ?? null
}

function outerItem(element: Element, indexes: ReadonlyMap<Element, number>): number | null {
  for (let at: ParentNode | null = element.parent; at !== null; at = at.parent) {
    const index = isTag(at) ? indexes.get(at) : undefined
    if (index !== undefined) return index
  }
  return null
}

/**
 * Themes wrap one comment twice, `li#li-comment-7 > article#comment-7`; a reply stands in a list of its own, or has a
 * number of its own. Some call only the inner wrap by its depth.
 */
function isWrapped(element: Element, id: string | null, outer: CommentItem): boolean {
  if (id !== null && outer.id !== null) return id === outer.id
  for (let at = element.parent; at !== null && at !== outer.element; at = at.parent)
    if (isTag(at) && (at.name === 'ul' || at.name === 'ol' || at.name === 'dl' || hasClass(at, 'children')))
      return false
  return !DEPTH.test(element.attribs['class'] ?? '') || !DEPTH.test(outer.element.attribs['class'] ?? '')
}

type Place = Pick<CommentItem, 'parent' | 'depth' | 'by'>

function placeOf(
  element: Element,
  outer: number | null,
  items: readonly CommentItem[],
  open: readonly number[],
): Place {
  if (outer !== null) return { parent: outer, depth: (items[outer]?.depth ?? 0) + 1, by: 'nesting' }
  const written = Number(DEPTH.exec(element.attribs['class'] ?? '')?.[1] ?? 1)
  const depth = Math.min(Math.max(written - 1, 0), open.length)
  return { parent: depth === 0 ? null : (open[depth - 1] ?? null), depth, by: depth === 0 ? 'nesting' : 'class' }
}
