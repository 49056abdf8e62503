// Footnotes of an article in HTML: references in the body tied to their notes, the notes taken out of the body. Where notes
// stand: linked to (linked.ts), beside their reference (inline.ts), or only counted (loose.ts).
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, matches, textOf } from '../../markup/markup.ts'
import type { Footnote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { inlineNotes } from './inline.ts'
import { linkedNotes } from './linked.ts'
import { looseNotes } from './loose.ts'

const BACK_LINK = /^(↩|↑|⤴|\^|↵|🔙|back|jump back|zurück|return)?(\s|\ufe0e|\ufe0f)*[[(]?(\d{1,3})?[\])]?$/iu
const BACK_CLASS = /\b(to-top|backlink|back-link|backref|reversefootnote|footnote-back(?:ref)?)\b/i
const LEADING_LABEL = /^[[(]?(\d{1,3}|[*†‡§])[\])]?[.:)]?\s+/
const NOTE_HEADING = /^(foot|end)?notes?:?$|^(anmerkungen|fußnoten|referenzen|references|notas|quellen)( al pie)?:?$/i
const LISTS = 'ol, ul, dl, div, section'
const HEADINGS = 'h1, h2, h3, h4, h5, h6, p, strong'

export interface FoundFootnotes {
  readonly footnotes: readonly Footnote[]
  /** The notes and their list, rule and heading: no part of the body any more. */
  readonly taken: ReadonlySet<Element>
}

/** One note as it stands: usually one element, or an opening one and those that carry it on. */
export interface Note {
  readonly label: string
  readonly elements: readonly Element[]
}

/** Notes in the order of their references. `root` is the page the body was cut out of, or the body itself. */
export function findFootnotes(body: ParentNode, root: ParentNode, base: URL | null): FoundFootnotes {
  const inline = inlineNotes(body, base)
  const linked = linkedNotes(body, root)
  if (linked.length === 0 && inline.footnotes.length > 0) return inline
  const found = linked.length > 0 ? linked : looseNotes(body, root)
  const taken = new Set(found.flatMap(({ elements }) => elements))
  for (const list of new Set(found.map(({ elements }) => elements[0]?.parent ?? null))) takeList(list, taken)
  const footnotes = found.map((note) => readNote(note, base)).filter((note) => note.text !== '')
  return { footnotes, taken: new Set([...taken, ...inline.taken]) }
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

function previousElement(element: Element): Element | null {
  for (let at = element.prev; at !== null; at = at.prev) if (isTag(at)) return at
  return null
}

function readNote({ label, elements }: Note, base: URL | null): Footnote {
  const [first] = elements
  const nodes = elements.length === 1 && first !== undefined ? first.children : elements
  const { text, html } = bodyFromNodes(nodes, base, isBackLink)
  return { label, text: text.replace(LEADING_LABEL, (whole, own: string) => (own === label ? '' : whole)), html }
}

function isBackLink(element: Element): boolean {
  const href = attr(element, 'href')
  if (element.name !== 'a' || href === null || !href.includes('#')) return false
  return BACK_LINK.test(textOf(element) ?? '') || BACK_CLASS.test(element.attribs['class'] ?? '')
}
