// Footnotes whose ids a sanitiser took, as servers of ActivityPub do: the references lead nowhere, but each note still
// ends in its link back. Taken only where as many notes lead back as references lead down.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, select, textOf } from '../../markup/markup.ts'
import type { FoundNote } from './found.ts'
import { bareLabel, DIGITS } from './labels.ts'

const LINKS = 'a[href^="#"]'
const ARROW = /^[↩↑⤴↵]\ufe0e?\ufe0f?$/u
const NOTE_BLOCK = 'li, p, dd'

/** Notes in page order, the first for the reference labelled 1. */
export function backLinkedNotes(body: ParentNode): FoundNote[] {
  const links = select(LINKS, body)
  const labels = new Set(links.map((link) => bareLabel(textOf(link) ?? '')).filter((label) => DIGITS.test(label)))
  if (labels.size === 0) return []
  const ids = new Set(select('[id]', body).map((element) => attr(element, 'id')))
  const leadsDown = links.some((link) => ids.has((attr(link, 'href') ?? '').slice(1)))
  const notes = leadsDown ? [] : [...new Set(links.filter(isBackLink).map(blockOf))].filter((block) => block !== null)
  const isCounted = notes.length === labels.size && notes.every((_, i) => labels.has(String(i + 1)))
  return isCounted ? notes.map((element, i) => ({ label: String(i + 1), elements: [element] })) : []
}

function isBackLink(link: Element): boolean {
  return ARROW.test((textOf(link) ?? '').trim())
}

/** The whole item, also where the link stands in a paragraph of it. */
function blockOf(link: Element): Element | null {
  const block = closest(link, NOTE_BLOCK)
  const around = block?.parent ?? null
  return around !== null && isTag(around) && around.name === 'li' ? around : block
}
