// Comments told by their structure alone: inside the comments' part of a page, like boxes with one date each. The date
// that most of them print in the same place is followed up the tree to the largest element that holds no other.
import { type Element, isTag, isText, type ParentNode } from 'domhandler'
import { attr, shortTextOf, textOf, walk } from '../../markup/markup.ts'
import { lengthOf } from '../article/length.ts'
import { readDate, readStamp } from '../values/dates.ts'

/** Characters of a piece of text that says when, and perhaps who. */
const MAX_DATED = 90
/** Characters beside the date itself: more is a sentence with a date in it. */
const MAX_BESIDE = 60
/** Characters beside the date that are more than a name. */
const MIN_WORDS = 24
/** Characters beside the date in the head of a comment: name, score, buttons. */
const MAX_HEAD = 60
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
/** A list inside these, or called this, holds answers; else it may be the rest of the comments. */
const ITEMS = new Set(['li', 'dd'])
const LISTS = new Set(['ul', 'ol', 'dl'])
const ANSWERS =
  /child|repl|nest|answer|antwort|respuesta|réponse|reponse|risposte|sub-?comment|respon|indent|level|depth|thread/i

/** Called this, a box behind a comment holds answers to it. */
const BESIDE =
  /(?:^|[\s_-])(?:indented|children|child-?comments|replies|nested|sub-?comments|answers|antworten)(?:[\s_-]|$)/i
/** Nodes looked back over for that comment. */
const MAX_BEFORE = 6

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
  const isFlat = tops.filter((top, i) => hasWords(top, leaves[i] as Element)).length * 2 < tops.length
  const rows = isFlat ? rowsOf(tops) : tops.map((top, i) => [top, ...wordsBehind(top, leaves[i] as Element, tops)])
  return rows.map((roots, i) => ({ roots, parent: parents[i] ?? null }))
}

/** The innermost elements that are dates, or hold one as loose text. */
function datesIn(area: Element): Element[] {
  const found = new Set<Element>()
  for (const node of walk(area)) {
    if (isTag(node) && isDated(node)) for (const inner of innermost(node)) found.add(inner)
    else if (isText(node) && isTag(node.parent ?? node) && saysWhen(node.data.trim())) found.add(node.parent as Element)
  }
  return [...found].filter((element) => ![...walk(element)].some((node) => isTag(node) && found.has(node)))
}

function isDated(element: Element): boolean {
  if (element.name === 'time' || attr(element, 'datetime') !== null) return true
  return isUnprinted(element) || saysWhen(shortTextOf(element, MAX_DATED) ?? '')
}

/** Where a script is to print a date: review widgets send their times in attributes of empty elements. */
function isUnprinted(element: Element): boolean {
  return element.children.length === 0 && readStamp(element.attribs) !== null
}

function innermost(element: Element): Element[] {
  const inside = element.children.filter(isTag).filter(isDated)
  return inside.length === 0 ? [element] : inside.flatMap(innermost)
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
  const [first = ''] = (attribs['class'] ?? '').trim().split(SPACES)
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
    if (isList(at)) break
    top = at
  }
  return top
}

/** A list of one answer holds one date too, and is not the answer. */
function isList({ name, attribs }: Element): boolean {
  return LISTS.has(name) || ANSWERS.test(attribs['class'] ?? '')
}

/** A lone comment ends where words begin to surround its date. */
function around(leaf: Element, area: Element): Element {
  let at = leaf
  for (let i = 0; i < MAX_UP && !hasWords(at, leaf); i += 1) {
    if (at.parent === null || !isTag(at.parent) || at.parent === area) break
    at = at.parent
  }
  return at
}

function hasWords(box: Element, leaf: Element, most = MIN_WORDS): boolean {
  return lengthOf(textOf(box) ?? '') - lengthOf(textOf(leaf) ?? '') >= most
}

/** Where words and answers stand together behind the head of a comment, the comment is its head and these words. */
function wordsBehind(top: Element, leaf: Element, tops: readonly Element[]): Element[] {
  if (hasWords(top, leaf, MAX_HEAD)) return []
  const all = new Set(tops)
  const isTop = (element: Element) => all.has(element)
  return behind(top, all).filter((element) => saysBeside(element, isTop))
}

/** Whether an element says something outside the others. */
function saysBeside(element: Element, isOther: (element: Element) => boolean): boolean {
  for (const node of walk(element, isOther)) if (isText(node) && node.data.trim() !== '') return true
  return false
}

/**
 * Names and words that lie beside each other: a row goes up to the next date, or begins behind the last where dates end
 * it.
 */
function rowsOf(tops: readonly Element[]): Element[][] {
  const all = new Set(tops)
  const isLast = tops.length > 1 && behind(tops.at(-1) as Element, all).length === 0
  return tops.map((top) => (isLast ? [...before(top, all), top] : [top, ...behind(top, all)]))
}

function behind(top: Element, tops: ReadonlySet<Element>): Element[] {
  const row: Element[] = []
  for (let at = top.next; at !== null && !(isTag(at) && tops.has(at)); at = at.next) if (isTag(at)) row.push(at)
  return row.filter((element) => textOf(element) !== null)
}

function before(top: Element, tops: ReadonlySet<Element>): Element[] {
  const row: Element[] = []
  for (let at = top.prev; at !== null && !(isTag(at) && tops.has(at)); at = at.prev) if (isTag(at)) row.unshift(at)
  return row.filter((element) => textOf(element) !== null)
}

/** A box hangs below the one that alone shares an element with the list it stands in, or that the list follows. */
export function parentsOf(tops: readonly Element[]): (number | null)[] {
  const places = new Map<unknown, number>(tops.map((top, i) => [top, i]))
  const holders = holdersOf(tops)
  const lonely = new Map<ParentNode, number | null>()
  for (const [i, { parent }] of tops.entries()) if (parent !== null) lonely.set(parent, lonely.has(parent) ? null : i)
  return tops.map((top, i) => {
    let mayAnswer = false
    for (let at = top.parent; at !== null && isTag(at); at = at.parent) {
      const above = at === top.parent ? null : (lonely.get(at) ?? null)
      if (above !== null && above < i && (mayAnswer || ITEMS.has(at.name))) return above
      const beside = BESIDE.test(at.attribs['class'] ?? '') ? holders.get(elementBefore(at)) : undefined
      if (beside !== undefined && beside !== null && beside < i && !places.has(at)) return beside
      mayAnswer ||= ANSWERS.test(at.attribs['class'] ?? '')
    }
    return null
  })
}

/** Each box, and the elements around it that hold no other; null for those that do. */
function holdersOf(tops: readonly Element[]): ReadonlyMap<unknown, number | null> {
  const holders = new Map<unknown, number | null>()
  for (const [i, top] of tops.entries())
    for (let at: ParentNode | null = top, up = 0; at !== null && up <= MAX_UP; at = at.parent, up += 1)
      holders.set(at, holders.has(at) ? null : i)
  return new Map([...holders, ...tops.map((top, i) => [top, i] as const)])
}

/** The nearest element before it that says something, behind other lists of answers. */
function elementBefore(list: Element): Element | null {
  let at = list.prev
  for (let i = 0; i < MAX_BEFORE && at !== null; i += 1, at = at.prev)
    if (isTag(at) && textOf(at) !== null && !BESIDE.test(at.attribs['class'] ?? '')) return at
  return null
}
