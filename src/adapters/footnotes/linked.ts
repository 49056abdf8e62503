// Footnotes that their references lead to, by link or by the note's id in an attribute, whatever the ids are called.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, select, textOf } from '../../markup/markup.ts'
import type { Note } from './footnotes.ts'
import { bareLabel, LABEL } from './labels.ts'

const REFERENCES =
  'a[href*="#"], [data-definition], [data-footnote-id], [data-footnote-target], [data-fn-id], [data-note-id]'
const BY_ATTRIBUTE = ['data-definition', 'data-footnote-id', 'data-footnote-target', 'data-fn-id', 'data-note-id']
const BRACKETED = /^[[(]/
const NOTE_PLACE = /fn|note|ref|cite/i
const NOTE_BLOCK = 'li, p, div, dd, td, aside, h4, h5, h6'
const HEADINGS = 'h1, h2, h3, h4, h5, h6, hr'
const TITLES = 'h4, h5, h6'

/** Each note once, in the order of the references. */
export function linkedNotes(body: ParentNode, root: ParentNode): Note[] {
  const places = placesIn(body, root)
  const notes = new Map<Element, Note>()
  for (const reference of select(REFERENCES, body)) {
    const note = isInNote(reference, notes) ? null : noteOf(reference, places)
    const [first] = note?.elements ?? []
    if (note !== null && first !== undefined && !notes.has(first)) notes.set(first, note)
  }
  return [...notes.values()]
}

interface Places {
  readonly byId: ReadonlyMap<string, Element>
  /** Place in page order; what stands outside the body comes behind it. */
  readonly order: ReadonlyMap<Element, number>
}

/** A body that a library cut out of the page is a copy: its own elements come first, the page's only for what it lost. */
function placesIn(body: ParentNode, root: ParentNode): Places {
  const byId = new Map<string, Element>()
  const order = new Map<Element, number>()
  for (const element of [...select('*', isWithin(body, root) ? root : body), ...select('*', root)]) {
    if (order.has(element)) continue
    order.set(element, order.size)
    const id = attr(element, 'id') ?? (element.name === 'a' ? attr(element, 'name') : null)
    if (id !== null && !byId.has(id)) byId.set(id, element)
  }
  return { byId, order }
}

function isWithin(body: ParentNode, root: ParentNode): boolean {
  return body === root || hasAncestor(body, (ancestor) => ancestor === root)
}

/** Back links point up, and what stands in the target is no reference to it: only a reference points down. */
function noteOf(reference: Element, { byId, order }: Places): Note | null {
  const label = textOf(reference) ?? ''
  const id = LABEL.test(label) ? targetOf(reference, label) : null
  const target = id === null ? undefined : byId.get(safeDecode(id))
  const element = target === undefined ? null : closest(target, NOTE_BLOCK)
  if (element === null || (order.get(element) ?? 0) < (order.get(reference) ?? 0)) return null
  return { label: bareLabel(label), elements: [element, ...underHeading(element)] }
}

function targetOf(reference: Element, label: string): string | null {
  for (const name of BY_ATTRIBUTE) {
    const id = attr(reference, name)
    if (id !== null) return id
  }
  const href = attr(reference, 'href') ?? ''
  const id = href.slice(href.indexOf('#') + 1)
  return id !== '' && href.includes('#') && isReference(reference, href, label) ? id : null
}

/** A note headed by its own number goes on to the next heading (Texinfo). */
function underHeading(element: Element): Element[] {
  const rest: Element[] = []
  if (!TITLES.split(', ').includes(element.name)) return rest
  for (let at = element.next; at !== null; at = at.next) {
    if (!isTag(at)) continue
    if (HEADINGS.split(', ').includes(at.name)) break
    rest.push(at)
  }
  return rest
}

function isInNote(reference: Element, notes: ReadonlyMap<ParentNode, Note>): boolean {
  return notes.has(reference) || hasAncestor(reference, (ancestor) => notes.has(ancestor))
}

/** Raised, bracketed, or named for what it is: a bare `11` may lead to the comments. */
function isReference(link: Element, href: string, label: string): boolean {
  const isRaised = closest(link, 'sup') !== null || link.children.some((child) => isTag(child) && child.name === 'sup')
  return isRaised || BRACKETED.test(label) || NOTE_PLACE.test(href.slice(href.indexOf('#')))
}

function safeDecode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id // a stray percent sign: the id is meant as written
  }
}
