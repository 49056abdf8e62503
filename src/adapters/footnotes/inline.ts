// Footnotes that stand beside their reference: in an attribute of its button (bigfoot), hidden inside it, or as a side
// note that a stylesheet moves into the margin (Tufte CSS, Modern Footnotes, Footnotes by MCI).
import type { ParentNode } from 'domhandler'
import { type Element, isText } from 'domhandler'
import { attr, closest, hasAncestor, select, textOf } from '../../markup/markup.ts'
import type { Footnote } from '../../model.ts'
import { bodyFromHtml, bodyFromNodes } from '../../text/body.ts'
import type { FoundFootnotes } from './found.ts'
import { bareLabel, DIGITS, LABEL } from './labels.ts'
import { previousElement, withLists } from './lists.ts'

const POPOVERS = '[data-bigfoot-footnote], [data-footnote-content]'
const BESIDE =
  /(?:^|[\s_-])(?:side-?notes?|margin-?notes?|footnote-?content|footnote__(?:content|note|body|text)|footnote_tooltip|footnote-tooltip|inline-?note-?content|footnote-popover|littlefoot-content)(?:\s|$)/i
const NUMBERS = ['data-mfn', 'data-footnote-number', 'data-number', 'data-fn']
const INLINE = new Set(['span', 'small', 'aside', 'div', 'cite', 'em', 'i', 'label', 'mark', 'dfn'])
/** Characters behind which a side note is a box of its own. */
const MAX_NOTE = 2_000
/** Nodes of a reference that a note is hidden in: an element of more is a text. */
const MAX_BESIDE = 200

/** Notes in page order, numbered as printed or as they come. */
export function inlineNotes(body: ParentNode, base: URL | null): FoundFootnotes {
  const popovers = popoverNotes(body, base)
  if (popovers.length > 0) return { footnotes: popovers, taken: withLists(listedNotes(body)) }
  const notes = select('[class]', body).filter(isBeside)
  const all = new Set<ParentNode>(notes)
  const outer = notes.filter((note) => !hasAncestor(note, (ancestor) => all.has(ancestor)))
  const footnotes = outer.map((note, i) => ({
    label: labelOf(note) ?? String(i + 1),
    ...bodyFromNodes(note.children, base),
  }))
  return { footnotes: footnotes.filter(({ text }) => text !== ''), taken: new Set(outer) }
}

function popoverNotes(body: ParentNode, base: URL | null): Footnote[] {
  const footnotes = select(POPOVERS, body).map((holder, i) => {
    const html = attr(holder, 'data-bigfoot-footnote') ?? attr(holder, 'data-footnote-content') ?? ''
    const label = attr(holder, 'data-footnote-number') ?? textOf(holder) ?? String(i + 1)
    return { label: bareLabel(label) || String(i + 1), ...bodyFromHtml(html, base) }
  })
  return footnotes.filter((note) => note.text !== '')
}

/** Once more as a list at the end, each leading back to its button. */
function listedNotes(body: ParentNode): readonly Element[] {
  const buttons = new Set(select(POPOVERS, body).map((holder) => `#${attr(holder, 'id')}`))
  const links = select('a[href^="#"]', body).filter((link) => buttons.has(attr(link, 'href') ?? ''))
  return links.flatMap((link) => closest(link, 'li') ?? [])
}

/** Called a side note and standing in running text. */
function isBeside(element: Element): boolean {
  if (!INLINE.has(element.name) || !BESIDE.test(element.attribs['class'] ?? '')) return false
  const length = textOf(element)?.length ?? 0
  return length > 0 && length <= MAX_NOTE && closest(element, 'p, li, td, dd, blockquote, div, section') !== null
}

/** The number written at the note, beside it, or around it in the reference it is hidden in. */
function labelOf(note: Element): string | null {
  const said = NUMBERS.map((name) => attr(note, name)).find((value) => value !== null && DIGITS.test(value))
  if (said !== undefined && said !== null) return said
  const beside = note.parent?.children ?? []
  const own = beside
    .slice(0, MAX_BESIDE)
    .filter(isText)
    .map(({ data }) => data.trim())
  const inside = own.find((text) => text !== '' && LABEL.test(text))
  if (inside !== undefined) return bareLabel(inside)
  const label = textOf(previousElement(note)) ?? ''
  return LABEL.test(label) ? bareLabel(label) : null
}
