// Footnotes without links: raised digits 1…n in the body, and n notes that are only counted: the last list, lists that
// say where they go on, labelled paragraphs at the end, or all that follows the last rule.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, select, textOf } from '../../markup/markup.ts'
import type { FoundNote } from './found.ts'
import { bareLabel, DIGITS } from './labels.ts'

const LEADING_LABEL = /^[[(]?(\d{1,3}|[*†‡§])[\])]?[.:)]?\s+/

/** As many notes as the highest digit, or none. */
export function looseNotes(body: ParentNode, root: ParentNode): FoundNote[] {
  const labels = select('sup', body)
    .map((sup) => bareLabel(textOf(sup) ?? ''))
    .filter((label) => DIGITS.test(label))
  const count = labels.reduce((most, label) => Math.max(most, Number(label)), 0)
  if (count === 0 || new Set(labels).size < count) return []
  const ways = [lastList, startedLists, labelledParagraphs, behindRule]
  for (const way of ways) {
    const notes = way(body, count, root)
    if (notes.length === count) return notes
  }
  return []
}

function lastList(body: ParentNode, count: number): FoundNote[] {
  const items = select('ol', body).at(-1)?.children.filter(isTag).filter(isItem) ?? []
  return items.length === count ? items.map((element, i) => ({ label: String(i + 1), elements: [element] })) : []
}

/** `<ol start="2">` beside the paragraph its number stands in. */
function startedLists(body: ParentNode, count: number, root: ParentNode): FoundNote[] {
  const lists = select('ol[start]', body)
  const found = (lists.length > 0 ? lists : select('aside ol[start]', root)).flatMap((list) => {
    const first = Number(attr(list, 'start'))
    return list.children
      .filter(isTag)
      .filter(isItem)
      .map((element, i) => ({ label: String(first + i), elements: [element] }))
  })
  const isAll = found.length === count && found.every(({ label }, i) => label === String(i + 1))
  return isAll ? found : []
}

function isItem({ name }: Element): boolean {
  return name === 'li'
}

function labelledParagraphs(body: ParentNode, count: number): FoundNote[] {
  const notes = select('p', body)
    .slice(-count)
    .map((element, i) => ({ label: String(i + 1), elements: [element] }))
  return notes.every(({ label, elements }) => leadingLabel(elements[0]) === label) ? notes : []
}

/** Each note begins with its number and goes on to the next. */
function behindRule(body: ParentNode, count: number): FoundNote[] {
  const rule = select('hr', body).at(-1)
  const notes: { label: string; elements: Element[] }[] = []
  for (let at = rule?.next ?? null; at !== null; at = at.next) {
    if (!isTag(at)) continue
    const next = String(notes.length + 1)
    if (notes.length < count && leadingLabel(at) === next) notes.push({ label: next, elements: [at] })
    else notes.at(-1)?.elements.push(at)
  }
  return notes
}

function leadingLabel(element: Element | undefined): string | null {
  return element === undefined ? null : (LEADING_LABEL.exec(`${textOf(element) ?? ''} `)?.[1] ?? null)
}
