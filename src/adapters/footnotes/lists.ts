// What goes with footnotes that are taken out of a body: the list they stood in, its heading, the rule above it.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { matches, textOf } from '../../markup/markup.ts'

const NOTE_HEADING = /^(foot|end)?notes?:?$|^(anmerkungen|fußnoten|referenzen|references|notas|quellen)( al pie)?:?$/i
const LISTS = 'ol, ul, dl, div, section'
const HEADINGS = 'h1, h2, h3, h4, h5, h6, p, strong'

/** The notes, and what held nothing but them. */
export function withLists(notes: Iterable<Element>): ReadonlySet<Element> {
  const taken = new Set(notes)
  for (const list of new Set([...taken].map(({ parent }) => parent))) takeList(list, taken)
  return taken
}

/** The list, when all its items are notes; then the heading and rule before it, or before its first note. */
function takeList(list: ParentNode | null, taken: Set<Element>): void {
  const inside = (list?.children ?? []).filter(isTag)
  const isAllNotes = inside.every((child) => taken.has(child) || isNoteHead(child))
  const first =
    isAllNotes && list !== null && isTag(list) && matches(list, LISTS) ? list : inside.find((child) => taken.has(child))
  if (first === undefined) return
  taken.add(first)
  for (let at = previousElement(first); at !== null && isNoteHead(at); at = previousElement(at)) taken.add(at)
}

function isNoteHead(element: Element): boolean {
  return element.name === 'hr' || (matches(element, HEADINGS) && NOTE_HEADING.test(textOf(element) ?? ''))
}

export function previousElement(element: Element): Element | null {
  for (let at = element.prev; at !== null; at = at.prev) if (isTag(at)) return at
  return null
}
