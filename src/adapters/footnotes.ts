// Footnotes of an article in HTML: references in the body tied to their notes, the notes taken out of the body.
// Shapes seen: links to an id and back, easy-footnotes, bigfoot's attributes, and bare raised digits with a list at the end.
import { type ChildNode, type Element, isTag, type ParentNode } from 'domhandler'
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
  for (const { element } of found) takeAround(element, taken)
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
  const targets = new Map<string, Element>()
  for (const element of select('[id], a[name]', root)) {
    const id = attr(element, 'id') ?? attr(element, 'name')
    if (id !== null && !targets.has(id)) targets.set(id, element)
  }
  const notes = new Map<Element, Note>()
  for (const link of select('a[href*="#"]', body)) {
    const note = noteOf(link, targets)
    if (note !== null && !notes.has(note.element) && !holdsReferences(note.element, notes, link))
      notes.set(note.element, note)
  }
  return [...notes.values()]
}

function noteOf(link: Element, targets: ReadonlyMap<string, Element>): Note | null {
  const href = attr(link, 'href') ?? ''
  const label = textOf(link) ?? ''
  if (!PLACE.test(href.slice(href.indexOf('#'))) || !LABEL.test(label) || !isReference(link, href, label)) return null
  const target = targets.get(safeDecode(href.slice(href.indexOf('#') + 1)))
  const element = target === undefined ? null : closest(target, NOTE_BLOCK)
  if (element === null || isAround(element, link)) return null
  return comesAfter(element, link) ? { label: bare(label), element } : null
}

/** Raised, bracketed, or named for what it is: a bare `11` may lead to the comments. */
function isReference(link: Element, href: string, label: string): boolean {
  const isRaised = closest(link, 'sup') !== null || link.children.some((child) => isTag(child) && child.name === 'sup')
  return isRaised || BRACKETED.test(label) || NOTE_PLACE.test(href)
}

/** Back links point up; only a note's own reference points down. */
function comesAfter(element: Element, link: Element): boolean {
  const [first, second] = [pathParts(link), pathParts(element)]
  const at = first.findIndex((node, i) => node !== second[i])
  const [a, b] = [first[at], second[at]]
  if (a === undefined || b === undefined) return second.length > first.length
  const siblings = a.parent?.children ?? []
  return siblings.indexOf(a) < siblings.indexOf(b)
}

function pathParts(element: Element): ChildNode[] {
  const parts: ChildNode[] = []
  for (let at: Element['parent'] = element; at !== null && isTag(at); at = at.parent) parts.unshift(at)
  return parts
}

function isAround(element: Element, link: Element): boolean {
  for (let at: Element['parent'] = link; at !== null; at = at.parent) if (at === element) return true
  return false
}

function holdsReferences(element: Element, notes: ReadonlyMap<Element, Note>, link: Element): boolean {
  return [...notes.keys()].some((note) => isAround(note, link)) || isAround(element, link)
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

/** The list, when all its items are notes; then the heading and rule before it. */
function takeAround(note: Element, taken: Set<Element>): void {
  const list = note.parent
  if (list === null || !isTag(list) || taken.has(list) || !matches(list, 'ol, ul, dl, div, section')) return
  const inside = list.children.filter(isTag)
  const isAllNotes = inside.every((child) => taken.has(child) || isNoteHead(child))
  if (isAllNotes) taken.add(list)
  const first = isAllNotes ? list : note
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
