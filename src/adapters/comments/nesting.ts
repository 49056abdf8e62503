// Which of the boxes on a page of unknown software stands below which: by lists inside a box, and by lists behind one.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { textOf } from '../../markup/markup.ts'

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
/** Levels looked at around a box. */
const MAX_UP = 6

/** A box hangs below the one that alone shares an element with the list it stands in, or that the list follows. */
export function parentsOf(tops: readonly Element[]): (number | null)[] {
  const places = new Map<unknown, number>(tops.map((top, i) => [top, i]))
  const holders = holdersOf(tops)
  const likes = parentsInLikes(tops)
  const lonely = new Map<ParentNode, number | null>()
  for (const [i, { parent }] of tops.entries()) if (parent !== null) lonely.set(parent, lonely.has(parent) ? null : i)
  return tops.map((top, i) => {
    let mayAnswer = false
    for (let at = top.parent; at !== null && isTag(at); at = at.parent) {
      const above = at === top.parent ? null : (lonely.get(at) ?? null)
      if (above !== null && above < i && (mayAnswer || ITEMS.has(at.name))) return above
      const beside = holdsAnswers(at) ? holders.get(elementBefore(at)) : undefined
      if (beside !== undefined && beside !== null && beside < i && !places.has(at)) return beside
      mayAnswer ||= ANSWERS.test(at.attribs['class'] ?? '')
    }
    return likes[i] ?? null
  })
}

/** Where boxes of one name stand in each other, each comment hangs below the first of the box around its own. */
function parentsInLikes(tops: readonly Element[]): (number | null)[] {
  const firsts = new Map<Element, number>()
  for (const [i, top] of tops.entries()) for (const box of boxesAround(top)) if (!firsts.has(box)) firsts.set(box, i)
  return tops.map((top, i) => {
    const boxes = boxesAround(top)
    const own = boxes.findIndex(
      (box, k) => firsts.get(box) === i && boxes.slice(k + 1).some((outer) => isLike(box, outer)),
    )
    const around = own === -1 ? undefined : boxes.slice(own + 1).find((outer) => isLike(boxes[own] as Element, outer))
    const parent = around === undefined ? undefined : firsts.get(around)
    return parent === undefined || parent === i ? null : parent
  })
}

/** Whether a box of the same name is around it. */
export function hasLikeAround(element: Element): boolean {
  return boxesAround(element).some((outer) => outer !== element && isLike(element, outer))
}

/** The element and those around it. */
function boxesAround(element: Element): Element[] {
  const boxes: Element[] = []
  for (let at: ParentNode | null = element; at !== null && isTag(at) && boxes.length <= MAX_UP; at = at.parent)
    boxes.push(at)
  return boxes
}

/** Two boxes of one name. */
function isLike(a: Element, b: Element): boolean {
  const name = a.attribs['class'] ?? ''
  return name !== '' && a.name === b.name && name === b.attribs['class']
}

/** A list of one answer holds one date too, and is not the answer. */
export function isList(element: Element): boolean {
  return LISTS.has(element.name) || ANSWERS.test(element.attribs['class'] ?? '') || isInItsLike(element)
}

function holdsAnswers(element: Element): boolean {
  return BESIDE.test(element.attribs['class'] ?? '') || isInItsLike(element)
}

/** A list in a list of the same name. */
function isInItsLike({ name, attribs, parent }: Element): boolean {
  const called = attribs['class'] ?? ''
  if (parent === null || !isTag(parent) || (called === '' && !LISTS.has(name))) return false
  return parent.name === name && (parent.attribs['class'] ?? '') === called
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
    if (isTag(at) && textOf(at) !== null && !holdsAnswers(at)) return at
  return null
}
