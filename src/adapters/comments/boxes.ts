// Comments told by their structure alone: inside the comments' part of a page, like boxes with one date each. The date
// that most of them print in the same place is followed up the tree to the largest element that holds no other.
import { type Element, isTag, isText, type ParentNode } from 'domhandler'
import { attr, shortTextOf, walk } from '../../markup/markup.ts'
import { readDate, readStamp } from '../values/dates.ts'
import { hasLikeAround, isList, parentsOf } from './nesting.ts'
import { hasWords, rowsOf, saysMore } from './rows.ts'

/** Characters of a piece of text that says when, and perhaps who. */
const MAX_DATED = 90
/** Characters beside the date itself: more is a sentence with a date in it. */
const MAX_BESIDE = 60
/** Boxes looked at in one area. */
const MAX_BOXES = 5_000
/** Levels looked at around a lone date. */
const MAX_UP = 6
/** `3 days ago`: says that somebody wrote then, not when. */
const AGO =
  /\b(?:\d+|an?|einem?r?|un[ae]?|uno)\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|minut[ie]|or[ae]|giorn[oi]|jours?|heures?|semaines?|mois|ans?)\b\s*(?:ago|her)?|\b(?:yesterday|gestern|hier|ayer|ieri)\b/iu
const AGO_FRAME = /\b(?:ago|vor|il y a|hace|fa|há|yesterday|gestern|geleden|temu|siden|sedan)\b/iu
const DIGITS = /\d+/g
const SPACES = /\s+/
/** What colours rows in turn makes them no other kind. */
const TURNS = /(?<!\S)(?:[a-z]+[-_])?(?:odd|even|alt|alternate|first|last)(?!\S)/gi

export interface CommentBox {
  /** Usually one; a flat list of names and words has several elements to a comment. */
  readonly roots: readonly Element[]
  /** Index of the box around it, or null. */
  readonly parent: number | null
}

/** The boxes of one area in page order; none when it holds no dates. */
export function boxesIn(area: Element): CommentBox[] {
  const leaves = commonest(datesIn(area)).slice(0, MAX_BOXES)
  const counts = countUp(leaves, area)
  const tops = leaves.map((leaf) => (leaves.length === 1 ? around(leaf, area) : climb(leaf, area, counts)))
  const parents = parentsOf(tops)
  const rows = tops[0] === area ? [[area]] : rowsOf(tops, leaves)
  return rows.map((roots, i) => ({ roots, parent: parents[i] ?? null }))
}

/** The innermost elements that are dates, or hold one as loose text. */
function datesIn(area: Element): Element[] {
  const found = new Set<Element>()
  const reached = new Set<Element>()
  for (const node of walk(area)) {
    if (isTag(node) && !reached.has(node) && isDated(node))
      for (const inner of innermost(node, reached)) found.add(inner)
    else if (isText(node) && isTag(node.parent ?? node) && saysWhen(node.data.trim())) found.add(node.parent as Element)
  }
  return [...found].filter((element) => !holdsAny(element, found))
}

function holdsAny(element: Element, others: ReadonlySet<Element>): boolean {
  for (const node of walk(element)) if (isTag(node) && others.has(node)) return true
  return false
}

function isDated(element: Element): boolean {
  if (element.name === 'time' || attr(element, 'datetime') !== null) return true
  return isUnprinted(element) || saysWhen(shortTextOf(element, MAX_DATED) ?? '')
}

/** Where a script is to print a date: review widgets send their times in attributes of empty elements. */
function isUnprinted(element: Element): boolean {
  return element.children.length === 0 && readStamp(element.attribs) !== null
}

/** @param reached takes those inside that are dates, too: who comes to them later need not go on from there */
function innermost(element: Element, reached: Set<Element>): Element[] {
  const inside = element.children.filter(isTag).filter(isDated)
  for (const one of inside) reached.add(one)
  return inside.length === 0 ? [element] : inside.flatMap((one) => innermost(one, reached))
}

/** Whether a piece of text is a date or an age, with a name and a word or two at most. */
export function saysWhen(text: string): boolean {
  if (text === '' || text.length > MAX_DATED) return false
  const beside = text.replace(DIGITS, '').length
  return beside <= MAX_BESIDE && (isDate(text) || (AGO.test(text) && AGO_FRAME.test(text)))
}

/** `3/4/2019` is a date, though nobody knows which. */
function isDate(text: string): boolean {
  return readDate(text) !== null || readDate(text, 'day') !== null
}

/** Those of the kind that occurs most often: dates inside people's words are of other kinds. */
function commonest(leaves: readonly Element[]): Element[] {
  const kinds = new Map<string, Element[]>()
  for (const leaf of leaves) {
    const kind = `${leaf.parent !== null && isTag(leaf.parent) ? leaf.parent.name : ''} ${kindOf(leaf)}`
    const alike = kinds.get(kind)
    if (alike === undefined) kinds.set(kind, [leaf])
    else alike.push(leaf)
  }
  return [...kinds.values()].reduce((best, next) => (next.length > best.length ? next : best), [])
}

function kindOf({ name, attribs }: Element): string {
  const [first = ''] = (attribs['class'] ?? '').replace(TURNS, ' ').trim().split(SPACES)
  return `${name}.${first.replace(DIGITS, '')}`
}

/** How many of the dates each element of the area holds. */
function countUp(leaves: readonly Element[], area: Element): ReadonlyMap<ParentNode, number> {
  const counts = new Map<ParentNode, number>()
  for (const leaf of leaves)
    for (let at: ParentNode | null = leaf; at !== null && at !== area; at = at.parent)
      counts.set(at, (counts.get(at) ?? 0) + 1)
  return counts
}

function climb(leaf: Element, area: Element, counts: ReadonlyMap<ParentNode, number>): Element {
  let top = leaf
  for (let at = leaf.parent; at !== null && isTag(at) && at !== area && counts.get(at) === 1; at = at.parent) {
    // A lone date is no comment, whatever is around it; a box with its like around it is one.
    if ((isList(at) && saysMore(top, leaf)) || hasLikeAround(top)) break
    top = at
  }
  return top
}

/** A lone comment ends where words begin to surround its date. */
function around(leaf: Element, area: Element): Element {
  let at = leaf
  for (let i = 0; i < MAX_UP && !hasWords(at, leaf); i += 1) {
    if (at.parent === null || !isTag(at.parent)) break
    at = at.parent
    if (at === area) break
  }
  return at
}

/** Elements in page order, each below the nearest one around it. */
export function nestedBoxes(elements: readonly Element[]): CommentBox[] {
  const places = new Map(elements.map((element, i) => [element, i]))
  return elements.map((element) => {
    for (let at = element.parent; at !== null && isTag(at); at = at.parent)
      if (places.has(at)) return { roots: [element], parent: places.get(at) ?? null }
    return { roots: [element], parent: null }
  })
}
