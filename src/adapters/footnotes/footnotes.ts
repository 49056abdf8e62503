// Footnotes of an article in HTML: references in the body tied to their notes, the notes taken out of the body. Where
// notes stand: linked to (linked.ts), linking back (back-linked.ts), beside their reference (inline.ts), or only
// counted (loose.ts).
import type { Element, ParentNode } from 'domhandler'
import { attr, textOf } from '../../markup/markup.ts'
import type { Footnote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { backLinkedNotes } from './back-linked.ts'
import type { FoundFootnotes, FoundNote } from './found.ts'
import { inlineNotes } from './inline.ts'
import { linkedNotes } from './linked.ts'
import { withLists } from './lists.ts'
import { looseNotes } from './loose.ts'

const BACK_LINK = /^(↩|↑|⤴|\^|↵|🔙|back|jump back|zurück|return)?(\s|\ufe0e|\ufe0f)*[[(]?(\d{1,3})?[\])]?$/iu
const BACK_CLASS = /\b(to-top|backlink|back-link|backref|reversefootnote|footnote-back(?:ref)?)\b/i
const LEADING_LABEL = /^[[(]?(\d{1,3}|[*†‡§])[\])]?[.:)]?\s+/

/** Notes in the order of their references. `root` is the page the body was cut out of, or the body itself. */
export function findFootnotes(body: ParentNode, root: ParentNode, base: URL | null): FoundFootnotes {
  const inline = inlineNotes(body, base)
  const linked = linkedNotes(body, root)
  if (linked.length === 0 && inline.footnotes.length > 0) return inline
  const found = linked.length > 0 ? linked : unlinkedNotes(body, root)
  const taken = withLists(found.flatMap(({ elements }) => elements))
  const footnotes = found.map((note) => readNote(note, base)).filter((note) => note.text !== '')
  return { footnotes, taken: new Set([...taken, ...inline.taken]) }
}

function unlinkedNotes(body: ParentNode, root: ParentNode): readonly FoundNote[] {
  const found = backLinkedNotes(body)
  return found.length > 0 ? found : looseNotes(body, root)
}

function readNote({ label, elements }: FoundNote, base: URL | null): Footnote {
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
