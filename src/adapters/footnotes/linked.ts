// Footnotes that their references lead to, by link or by the note's id in an attribute, whatever the ids are called.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, select, textOf } from '../../markup/markup.ts'
import { percentDecoded } from '../../url.ts'
import type { FoundNote } from './found.ts'
import { bareLabel, LABEL } from './labels.ts'

const REFERENCES =
  'a[href*="#"], [data-definition], [data-footnote-id], [data-footnote-target], [data-fn-id], [data-note-id]'
const BY_ATTRIBUTE = ['data-definition', 'data-footnote-id', 'data-footnote-target', 'data-fn-id', 'data-note-id']
const BRACKETED = /^[[(]/
const NOTE_PLACE = /fn|note|ref|cite/i
const NOTE_BLOCK = 'li, p, div, dd, td, aside, h4, h5, h6'
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'])
const TITLES = new Set(['h4', 'h5', 'h6'])

/** Each note once, in the order of the references. */
export function linkedNotes(body: ParentNode, root: PlacedRoot): FoundNote[] {
  const places = isWithin(body, root) ? placesOnPage(root) : placesIn([...select('*', body), ...select('*', root)])
  const notes = new Map<Element, FoundNote>()
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

/**
 * On the root itself: a page of many articles is asked of each, and a WeakMap would keep it until V8 collects
 * everything.
 */
const PLACES = Symbol('places')
type PlacedRoot = ParentNode & { [PLACES]?: Places }

function placesOnPage(root: PlacedRoot): Places {
  root[PLACES] ??= placesIn(select('*', root))
  return root[PLACES]
}

/**
 * A body that a library cut out of the page is a copy: its own elements come first, the page's only for what it lost.
 */
function placesIn(elements: readonly Element[]): Places {
  const byId = new Map<string, Element>()
  const order = new Map<Element, number>()
  for (const element of elements) {
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
function noteOf(reference: Element, { byId, order }: Places): FoundNote | null {
  const label = textOf(reference) ?? ''
  const id = LABEL.test(label) ? targetOf(reference, label) : null
  const target = id === null ? undefined : byId.get(percentDecoded(id))
  const element = target === undefined ? null : closest(target, NOTE_BLOCK)
  if (element === null || (order.get(element) ?? 0) < (order.get(reference) ?? 0)) return null
  return { label: bareLabel(label), elements: [element, ...underHeading(element), ...besideLabel(element)] }
}

/** A block of the number alone stands before its words: in a table's next cell, or as a paragraph of its own. */
function besideLabel(element: Element): Element[] {
  if (TITLES.has(element.name) || !LABEL.test(textOf(element) ?? '')) return []
  let next = element.next
  while (next !== null && !isTag(next)) next = next.next
  return next === null || LABEL.test(textOf(next) ?? '') ? [] : [next]
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
  if (!TITLES.has(element.name)) return rest
  for (let at = element.next; at !== null; at = at.next) {
    if (!isTag(at)) continue
    if (HEADINGS.has(at.name)) break
    rest.push(at)
  }
  return rest
}

function isInNote(reference: Element, notes: ReadonlyMap<ParentNode, FoundNote>): boolean {
  return notes.has(reference) || hasAncestor(reference, (ancestor) => notes.has(ancestor))
}

/** Raised, bracketed, or named for what it is: a bare `11` may lead to the comments. */
function isReference(link: Element, href: string, label: string): boolean {
  const isRaised = closest(link, 'sup') !== null || link.children.some((child) => isTag(child) && child.name === 'sup')
  return isRaised || BRACKETED.test(label) || NOTE_PLACE.test(href.slice(href.indexOf('#')))
}
