// Comments that lie beside the article in one box with it, under a heading that says no more than what they are: no
// element is theirs alone, so that what follows the heading is taken for one.
import { type ChildNode, type Document, Element, isTag, isText, type ParentNode } from 'domhandler'
import { closest, hasAncestor, shortTextOf, textOf } from '../../markup/markup.ts'
import { commentCount, isCommentForm } from '../scrape/furniture.ts'
import { westernDigits } from '../values/digits.ts'
import { commentHeadings, SIDE } from './areas.ts'
import { saysWhen } from './boxes.ts'

/** Runs looked at on one page. */
const MAX_RUNS = 20
/** Siblings of a heading that are looked at. */
const MAX_SIBLINGS = 10_000
/** Characters of a heading that ends the comments. */
const MAX_HEADING = 200
/** Parts of an article are called so, too. */
const OF_ARTICLE = /^\W*(?:discussion|diskussion|feedback|opiniones|meinungen)\W*$/i
/** Words of a heading that is no more than one: `Reader comments`. */
const MAX_WORDS = 2
const WORD = /\p{L}+/gu
const RANKS = new Map(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name, i) => [name, i]))
/** A heading that is none by its tag ends at any that is. */
const LOWEST = 6
const ENDS = new Set(['footer', 'nav', 'aside'])

export interface HeadedRun {
  /** What says that comments follow: the heading, with all that holds nothing else. */
  readonly heading: Element
  /** Stands for what follows it; no element of the page, though its children are, and know their own parents. */
  readonly rest: Element
}

/** What follows the headings that stand in none of these areas. */
export function findRuns(root: Document, areas: readonly Element[]): HeadedRun[] {
  const known: ReadonlySet<ParentNode> = new Set(areas)
  const isFree = (heading: Element) =>
    closest(heading, SIDE) === null && !hasAncestor(heading, (ancestor) => known.has(ancestor))
  return commentHeadings(root)
    .filter((heading) => isBare(shortTextOf(heading, MAX_HEADING) ?? '') && isFree(heading))
    .slice(0, MAX_RUNS)
    .flatMap((inner) => {
      const heading = wholeOf(inner)
      const siblings = following(heading, RANKS.get(inner.name) ?? LOWEST)
      if (!siblings.some(isTag)) return []
      const rest = new Element('section', {}, siblings)
      rest.parent = heading.parent
      return [{ heading, rest }]
    })
}

/** `Comments on the law` heads a part of an article. */
function isBare(text: string): boolean {
  if (OF_ARTICLE.test(text)) return false
  return (text.match(WORD)?.length ?? 0) <= MAX_WORDS || commentCount(westernDigits(text)) !== null
}

/** The outermost element that says nothing beside the heading. */
function wholeOf(heading: Element): Element {
  const text = textOf(heading)
  let whole = heading
  for (let at = heading.parent; at !== null && isTag(at) && at.name !== 'body'; at = at.parent) {
    if (shortTextOf(at, MAX_HEADING) !== text) break
    whole = at
  }
  return whole
}

/** Up to the next part of the page. */
function following(heading: Element, rank: number): ChildNode[] {
  const siblings: ChildNode[] = []
  for (let at = heading.next; at !== null && siblings.length < MAX_SIBLINGS; at = at.next) {
    if (isTag(at) && isEnd(at, rank)) break
    if (isTag(at) || isText(at)) siblings.push(at)
  }
  return siblings
}

/** Comments may have headings of the same rank, each with its date. */
function isEnd(element: Element, rank: number): boolean {
  const own = RANKS.get(element.name)
  if (own === undefined) return ENDS.has(element.name)
  const text = shortTextOf(element, MAX_HEADING) ?? ''
  return isCommentForm(text) || (own <= rank && !saysWhen(text))
}
