// Footnotes of an article in HTML: references in the body tied to their notes, the notes taken out of the body.
// Shapes seen: links to an id and back, easy-footnotes, bigfoot's attributes, and bare raised digits with a list at the end.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, matches, select, textOf } from '../markup.ts'
import type { Footnote } from '../model.ts'
import { bodyFromHtml, bodyFromNodes } from '../text.ts'

const LABEL = /^[[(]?(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§]{1,3})[\])]?[.:]?$/i
const DIGITS = /^\d{1,3}$/
const BRACKETS = /[[\]().:\s]/g
const BRACKETED = /^[[(]/
const NOTE_PLACE = /#.*(fn|note|ref|cite)/i
const PLACE = /^#.+/
const BACK_LINK = /^(↩|↑|⤴|\^|↵|🔙|back|jump back|zurück)?(\s|\ufe0e|\ufe0f)*(\d{1,3})?$/iu
const BACK_CLASS = /\b(to-top|backlink|back-link|backref)\b/i
const LEADING_LABEL = /^[[(]?(\d{1,3}|[*†‡§])[\])]?[.:)]?\s+/
const NOTE_HEADING = /^(foot|end)?notes?:?$|^(anmerkungen|fußnoten|referenzen|references|notas|quellen)( al pie)?:?$/i
const NOTE_BLOCK = 'li, p, div, dd, td, aside'
const LISTS = 'ol, ul, dl, div, section'
const HEADINGS = 'h1, h2, h3, h4, h5, h6, p, strong'

export interface FoundFootnotes {
  readonly footnotes: readonly Footnote[]
  /** The notes and their list, rule and heading: no part of the body any more. */
  readonly taken: ReadonlySet<Element>
}

interface Note {
  readonly label: string
  readonly element: Element
}

/** Notes in the order of their references. */
export function findFootnotes(body: ParentNode, root: ParentNode, base: URL | null): FoundFootnotes {
  const popovers = popoverNotes(body, base)
  if (popovers.footnotes.length > 0) return popovers
  const notes = linkedNotes(body, root)
  const found = notes.length > 0 ? notes : listedNotes(body)
  const taken = new Set(found.map(({ element }) => element))
  for (const list of new Set(found.map(({ element }) => element.parent))) takeList(list, taken)
  const footnotes = found.map(({ label, element }) => readNote(label, element, base))
  return { footnotes: footnotes.filter((note) => note.text !== ''), taken }
}

/** bigfoot keeps the note's HTML in an attribute of its button. */
function popoverNotes(body: ParentNode, base: URL | null): FoundFootnotes {
  const holders = select('[data-bigfoot-footnote], [data-footnote-content]', body)
  const footnotes = holders.map((holder, i) => {
    const html = attr(holder, 'data-bigfoot-footnote') ?? attr(holder, 'data-footnote-content') ?? ''
    const label = attr(holder, 'data-footnote-number') ?? textOf(holder) ?? String(i + 1)
    return { label: bare(label) || String(i + 1), ...bodyFromHtml(html, base) }
  })
  return { footnotes: footnotes.filter((note) => note.text !== ''), taken: new Set() }
}

/** References that are links to a note further down, whatever the ids are called. */
function linkedNotes(body: ParentNode, root: ParentNode): Note[] {
  const places = placesIn(root)
  const notes = new Map<Element, Note>()
  for (const link of select('a[href*="#"]', body)) {
    const note = isInside(link, notes) ? null : noteOf(link, places)
    if (note !== null && !notes.has(note.element)) notes.set(note.element, note)
  }
  return [...notes.values()]
}

interface Places {
  readonly byId: ReadonlyMap<string, Element>
  /** Place in page order. */
  readonly order: ReadonlyMap<Element, number>
}

function placesIn(root: ParentNode): Places {
  const byId = new Map<string, Element>()
  const order = new Map<Element, number>()
  for (const element of select('*', root)) {
    order.set(element, order.size)
    const id = attr(element, 'id') ?? (element.name === 'a' ? attr(element, 'name') : null)
    if (id !== null && !byId.has(id)) byId.set(id, element)
  }
  return { byId, order }
}

/** Back links point up, and what stands in the target is no reference to it: only a reference points down. */
function noteOf(link: Element, { byId, order }: Places): Note | null {
  const href = attr(link, 'href') ?? ''
  const label = textOf(link) ?? ''
  const place = href.slice(href.indexOf('#'))
  if (!PLACE.test(place) || !LABEL.test(label) || !isReference(link, href, label)) return null
  const target = byId.get(safeDecode(place.slice(1)))
  const element = target === undefined ? null : closest(target, NOTE_BLOCK)
  if (element === null || (order.get(element) ?? 0) < (order.get(link) ?? 0)) return null
  return { label: bare(label), element }
}

function isInside(link: Element, notes: ReadonlyMap<Element, Note>): boolean {
  for (let at: ParentNode | null = link; at !== null; at = at.parent) if (isTag(at) && notes.has(at)) return true
  return false
}

/** Raised, bracketed, or named for what it is: a bare `11` may lead to the comments. */
function isReference(link: Element, href: string, label: string): boolean {
  const isRaised = closest(link, 'sup') !== null || link.children.some((child) => isTag(child) && child.name === 'sup')
  return isRaised || BRACKETED.test(label) || NOTE_PLACE.test(href)
}

/** Bare raised digits 1…n in the body, and n items (or n labelled paragraphs) at its end. */
function listedNotes(body: ParentNode): Note[] {
  const labels = select('sup', body)
    .map((sup) => bare(textOf(sup) ?? ''))
    .filter((label) => DIGITS.test(label))
  const count = labels.length === 0 ? 0 : Math.max(...labels.map(Number))
  if (count === 0 || new Set(labels).size < count) return []
  const list = select('ol', body).at(-1)
  const items = list?.children.filter(isTag).filter((item) => item.name === 'li') ?? []
  if (items.length === count) return items.map((element, i) => ({ label: String(i + 1), element }))
  return labelledParagraphs(body, count)
}

function labelledParagraphs(body: ParentNode, count: number): Note[] {
  const paragraphs = select('p', body)
  const notes = paragraphs.slice(-count).map((element, i) => ({ label: String(i + 1), element }))
  const areNotes = notes.every(({ label, element }) => LEADING_LABEL.exec(`${textOf(element) ?? ''} `)?.[1] === label)
  return notes.length === count && areNotes ? notes : []
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

function readNote(label: string, element: Element, base: URL | null): Footnote {
  const { text, html } = bodyFromNodes(element.children, base, isBackLink)
  return { label, text: text.replace(LEADING_LABEL, (whole, own: string) => (own === label ? '' : whole)), html }
}

function isBackLink(element: Element): boolean {
  const href = attr(element, 'href')
  if (element.name !== 'a' || href === null || !href.includes('#')) return false
  return BACK_LINK.test(textOf(element) ?? '') || BACK_CLASS.test(element.attribs['class'] ?? '')
}

function bare(label: string): string {
  return label.replace(BRACKETS, '')
}

function safeDecode(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id // a stray percent sign: the id is meant as written
  }
}
