// What in the box of a comment is the site's and not the commenter's: buttons, fields, cards about who is pointed at.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { closest, hasAncestor, matches, selectOne } from '../../markup/markup.ts'

const CHROME =
  'button, input, textarea, select, footer, header, time, [class*="reply" i], [class*="report" i], [class*="vote" i], [class*="rating" i], [class*="score" i], [class*="share" i], [class*="avatar" i], [class*="author" i], [class*="username" i], [class*="date" i], [class*="meta" i], [class*="links" i], [class*="actions" i], [class*="controls" i], [class*="toolbar" i], [class*="signature" i], [class*="privado" i]'
const CARDS = '[class*="preview-card" i], [class*="hover-card" i]'

export function isChrome(element: Element): boolean {
  return matches(element, CHROME) || isField(element)
}

/** Whether the element or one around it, inside the box, is chrome. */
export function isInChrome(element: ParentNode | null, roots: readonly Element[]): boolean {
  for (let at: ParentNode | null = element; at !== null && isTag(at) && !roots.includes(at); at = at.parent)
    if (isChrome(at)) return true
  return false
}

/** Where a reader would write an answer; pages that are one form as a whole do not count. */
export function isInField(element: Element, roots: readonly Element[]): boolean {
  for (let at: ParentNode | null = element; at !== null && isTag(at) && !roots.includes(at); at = at.parent)
    if (isField(at)) return true
  return false
}

/** What a site shows of a commenter who is pointed at: when they joined is not when they wrote. */
export function isInCard(element: Element, roots: readonly Element[]): boolean {
  const card = closest(element, CARDS)
  return card !== null && !roots.includes(card) && roots.some((root) => isInside(card, root))
}

function isField(element: Element): boolean {
  return element.name === 'textarea' || (element.name === 'form' && selectOne('textarea', element) !== null)
}

/** Whether the element stands anywhere below the box. */
export function isInside(element: Element, box: Element): boolean {
  return hasAncestor(element, (ancestor) => ancestor === box)
}
