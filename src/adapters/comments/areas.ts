// Where a page of unknown software keeps its readers' comments: boxes that are called so, and what stands under a
// heading that says so. Never a box around the article itself, never a side bar with the latest comments of the site.
import { type Document, type Element, isTag, type ParentNode } from 'domhandler'
import {
  attr,
  closest,
  hasAncestor,
  matches,
  select,
  selectOne,
  shortTextOf,
  textOf,
  walk,
} from '../../markup/markup.ts'
import { isAsLong } from '../article/length.ts'

/** Names in class or id, in the languages met so far. */
const AREA =
  /comment|kommentar|commentaire|comentario|coment[aá]r|commenti|komentar|reactie|reacties|yorum|leserbrief|talkback|guestbook|g[aä]stebuch|opiniones|discussion|diskussion|댓글|(?:^|[\s_-])cmts?(?:[\s_-]|box|list|area|$)|waline|twikoo|artalk|valine|(?:^|[\s_-])(?:replies|responses|feedback|reviews|messages|posts-?replies|conversation|webmentions)(?:[\s_-]|$)/i
const NO_AREA =
  /(?:recent|latest|teaser|popular|most|top-?|widget|sidebar)[-_]?comment|comment[-_]?(?:count|link|button|icon|form|respond|reply|num|teaser|policy|rules|toggle|login)|(?:open|no|has|closed|with|single)[-_]comments?|comments?-(?:open|closed|off|enabled)/i
export const SIDE =
  'nav, .widget:not(.Blog), .sidebar:not(body), #sidebar, [class*="recent" i]:not(body), [class*="latest" i]:not(body), [class*="teaser" i]:not(body), [class*="popular" i]:not(body), [class*="most" i]:not(body)'
const TAGS = new Set(['div', 'section', 'ul', 'ol', 'dl', 'table', 'article', 'aside', 'td', 'form', 'footer'])
const HEADINGS = 'h1, h2, h3, h4, h5, h6, strong, b, legend, th, caption, dt, [role="heading"]'
const HEADING =
  /^\W*(?:\(?\d[\d.,]*\)?\W*)?(?:(?:reader|leser|user|visitor|your|all|alle|previous|bisherige)['’]?s?[\s-]*)?(?:comments?|kommentare?|leserkommentare|commentaires?|comentarios?|comentários?|commenti|reacties?|komentarze|diskussion|discussion|responses?|replies|antworten|yorumlar|комментарии|отзывы|댓글|コメント|评论|評論|留言|نظرات|دیدگاه‌ها|תגובות|تعليقات|meinungen|opiniones|feedback|leserbriefe|talkback)(?:\W.{0,70})?$/iu
/** What an article's own box holds; no comments' box does. */
const ARTICLE =
  'h1, [itemprop~="articleBody"], .entry-content, .post-content, .article-body, .article-content, .story-body, [property~="content:encoded"]'
/** Levels from a heading up to the box it heads. */
const UP = 3
/** Boxes looked into on one page. */
const MAX_AREAS = 1_000
/** Characters of a heading that says nothing else. */
const MAX_HEADING = 200
/** Characters of a box below which nobody has said anything. */
const MIN_AREA = 40

/** The outermost such boxes, in page order. */
export function findAreas(root: Document): Element[] {
  const lengthOf = remembering((element) => textOf(element)?.length ?? 0)
  const boxes: Boxes = { lengthOf, isApart: remembering((element) => isApart(element, lengthOf)) }
  const areas = new Set([...namedAreas(root, boxes), ...headedAreas(root, boxes)])
  const found = new Set(joined([...areas], boxes).slice(0, MAX_AREAS))
  const all: ReadonlySet<ParentNode> = found
  const isOutermost = (element: Element) => !hasAncestor(element, (ancestor) => all.has(ancestor))
  return [...found].filter((element) => isOutermost(element) && closest(element, SIDE) === null)
}

/** What is asked of a box. */
interface Boxes {
  readonly lengthOf: (element: Element) => number
  readonly isApart: (element: Element) => boolean
}

/** Asks once of each element: thousands of headings may stand in one box. */
function remembering<T>(ask: (element: Element) => T): (element: Element) => T {
  const known = new Map<Element, T>()
  return (element) => {
    if (!known.has(element)) known.set(element, ask(element))
    return known.get(element) as T
  }
}

/** Boxes beside each other that are called comments are one comment each: their home is the area. */
function joined(areas: readonly Element[], boxes: Boxes): Element[] {
  const counts = new Map<ParentNode, number>()
  for (const { parent } of areas) if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + 1)
  const homes = [...counts].filter(([, count]) => count > 1).map(([home]) => home)
  return [...areas, ...homes.filter(isTag).filter((home) => home.name !== 'body' && boxes.isApart(home))]
}

function namedAreas(root: Document, boxes: Boxes): Element[] {
  return [...walk(root)].filter(isTag).filter((element) => isNamed(element) && boxes.isApart(element))
}

/** Whether an element is called the comments' part. */
export function isNamed({ name, attribs }: Element): boolean {
  const said = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''} ${name === 'form' ? (attribs['action'] ?? '') : ''}`
  return said.trim() !== '' && TAGS.has(name) && AREA.test(said) && !NO_AREA.test(said)
}

function headedAreas(root: Document, boxes: Boxes): Element[] {
  return commentHeadings(root).flatMap((heading) => areaUnder(heading, boxes))
}

/** Whatever stands out and says that comments follow. */
export function commentHeadings(root: Document): Element[] {
  return select(HEADINGS, root).filter((heading) => HEADING.test(shortTextOf(heading, MAX_HEADING) ?? ''))
}

/** The nearest box around the heading with more in it. */
function areaUnder(heading: Element, { lengthOf, isApart }: Boxes): Element[] {
  const length = lengthOf(heading)
  let at: ParentNode | null = heading.parent
  for (let i = 0; i < UP && at !== null && isTag(at) && at.name !== 'body'; i += 1, at = at.parent)
    if (lengthOf(at) >= length + MIN_AREA) return isApart(at) ? [at] : []
  return []
}

function isApart(element: Element, lengthOf: Boxes['lengthOf']): boolean {
  return (
    (lengthOf(element) >= MIN_AREA || isAsLong(textOf(element), MIN_AREA)) &&
    selectOne(ARTICLE, element) === null &&
    !matches(element, ARTICLE) &&
    attr(element, 'role') !== 'main'
  )
}
