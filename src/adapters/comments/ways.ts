// Which elements of a page of unknown software are comments: marked up so, named so, or like boxes with a name and a
// date each in the comments' part of the page.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, hasAncestor, matches, select, textOf, walk } from '../../markup/markup.ts'
import { SIDE } from './areas.ts'
import { boxesIn, type CommentBox, nestedBoxes } from './boxes.ts'
import { isHolder } from './comment.ts'
import { findRuns } from './headed-runs.ts'

const DECLARED =
  '[itemprop~="comment"][itemscope], [itemtype$="/comment" i], [itemtype$="/UserComments" i], [itemtype$="/Answer" i], [typeof~="schema:Comment"], [typeof~="sioct:Comment"], .h-cite.p-comment, .h-cite.u-comment, .h-entry.p-comment, .h-entry.u-comment'
/**
 * What somebody wrote elsewhere about this page, by its words and time
 * (https://indieweb.org/comments-presentation).
 */
const CITED = '.h-cite:has(.dt-published):has(.e-content, .p-content)'
/** What the page itself writes about, and quotes. */
const CITED_BY_PAGE =
  '.u-in-reply-to, .u-like-of, .u-repost-of, .u-bookmark-of, .u-quotation-of, .u-read-of, .e-content, .p-content'
const CANDIDATES = 'li, div, article, section, tr, dd, blockquote'
const ITEM_CLASS =
  /(?:^|\s)(?:[\w-]*[\w-])?(?:comment|kommentar|commentaire|comentario|komentarz|reactie|cmt)(?:[-_]{1,2}(?:item|wrapper|box|entry|row|single|main|main-level|thread|container|card|node|root))?(?:\s|$)/i
const ITEM_ID = /^(?:[\w-]*[a-z_-])?(?:comment|kommentar|message|msg|reply)[-_]?(?:id)?[-_]?[\da-f]{2,}$/i
const NO_ITEM =
  /(?:form|respond|reply-?box|count|link|button|teaser|recent|latest|widget|header|footer|policy|rules|disqus|area|list)(?:\s|_|-|$)/i
/** Nodes of one item looked through for its words. */
const MAX_LOOKED = 1_000

/** Of the characters of a comments' part a lone comment has at least this share: forms and remarks have the rest. */
const LONE_SHARE = 0.125

/** Comments behind a heading that has no box: fewer are a part of the article. */
const MIN_HEADED = 2

export interface Way {
  readonly find: (root: Document, areas: readonly Element[]) => CommentBox[]
  readonly p: number
  readonly say: string
  /** Whether only boxes with a name and a date are comments. */
  readonly needsBoth: boolean
  /** Fewer comments found in this way are none. */
  readonly least?: number
}

/** How items were told from the rest of the page, the surest first. */
export const WAYS = [
  { find: declaredItems, p: 0.97, say: 'marked up as a comment', needsBoth: false },
  { find: namedItems, p: 0.9, say: 'named as a comment', needsBoth: false },
  {
    find: structuredItems,
    p: 0.8,
    say: 'told by its structure: one of LIKE boxes with a name and a date among the comments',
    needsBoth: true,
  },
  {
    find: headedItems,
    p: 0.75,
    say: 'told by its structure: one of LIKE boxes with a name and a date behind a heading of comments',
    needsBoth: true,
    least: MIN_HEADED,
  },
] as const satisfies readonly Way[]

function declaredItems(root: Document): CommentBox[] {
  const isComment = (element: Element) => matches(element, DECLARED) || closest(element, CITED_BY_PAGE) === null
  const found = select(`${DECLARED}, ${CITED}`, root)
  return nestedBoxes(found.filter((element) => closest(element, SIDE) === null && isComment(element)))
}

function namedItems(root: Document, areas: readonly Element[]): CommentBox[] {
  if (areas.length === 0) return []
  const found = select(CANDIDATES, root).filter((element) => isItem(element) && closest(element, SIDE) === null)
  return nestedBoxes(raised(withoutHeads(found)))
}

/** Where it is the heads that are named, and what is called the words stands beside each, the boxes around both. */
function raised(items: readonly Element[]): readonly Element[] {
  const boxes = items.flatMap(({ parent }) => (parent !== null && isTag(parent) ? [parent] : []))
  const isOneEach = new Set(boxes).size === items.length
  const areHeads = () => items.every((item, i) => !hasHolder(item, null) && hasHolder(boxes[i] as Element, item))
  return isOneEach && areHeads() ? boxes : items
}

function isItem(element: Element): boolean {
  const [id, name] = [attr(element, 'id') ?? '', attr(element, 'class') ?? '']
  return ITEM_ID.test(id) || (ITEM_CLASS.test(name) && !NO_ITEM.test(name))
}

function structuredItems(_: Document, areas: readonly Element[]): CommentBox[] {
  const boxes: CommentBox[] = []
  for (const area of areas) {
    const first = boxes.length
    const found = boxesIn(area)
    if (isNotice(area, found)) continue
    for (const { roots, parent } of found) boxes.push({ roots, parent: parent === null ? null : parent + first })
  }
  return boxes
}

function headedItems(root: Document, areas: readonly Element[]): CommentBox[] {
  const boxes: CommentBox[] = []
  for (const { rest } of findRuns(root, areas)) {
    const first = boxes.length
    const found = boxesIn(rest)
    if (found.length < MIN_HEADED) continue
    const all: ReadonlySet<unknown> = new Set(rest.children)
    // The last comment is followed to the end of its real box, beyond that of the run.
    const isHere = (element: Element) => all.has(element) || hasAncestor(element, (ancestor) => all.has(ancestor))
    for (const { roots, parent } of found)
      boxes.push({ roots: roots.filter(isHere), parent: parent === null ? null : parent + first })
  }
  return boxes
}

/** One dated box among many more words is a notice in an article, or a post shown in it, whatever heads the part. */
function isNotice(area: Element, boxes: readonly CommentBox[]): boolean {
  const [lone, ...others] = boxes
  if (lone === undefined || others.length > 0) return false
  const own = lone.roots.reduce((sum, root) => sum + (textOf(root)?.length ?? 0), 0)
  return own < LONE_SHARE * (textOf(area)?.length ?? 0)
}

/** Without those that are only the head of the comment around them: what is called its words stands beside. */
function withoutHeads(items: readonly Element[]): Element[] {
  const boxes = nestedBoxes(items)
  const lone = new Map<number | null, number | null>()
  for (const [i, { parent }] of boxes.entries()) lone.set(parent, lone.has(parent) ? null : i)
  return items.filter((item, i) => {
    const around = items[boxes[i]?.parent ?? -1]
    const isHead = around !== undefined && lone.get(boxes[i]?.parent ?? null) === i
    return !isHead || !hasHolder(around, item) || hasHolder(item, null)
  })
}

/** Whether something in the box, but not in `apart`, is called the words of a comment. */
function hasHolder(box: Element, apart: Element | null): boolean {
  let left = MAX_LOOKED
  for (const node of walk(box, (element) => element === apart)) {
    if (isTag(node) && node !== apart && isHolder(node)) return true
    left -= 1
    if (left === 0) return false
  }
  return false
}
