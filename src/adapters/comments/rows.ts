// What belongs to a comment beside the box of its date, on pages of unknown software: names and words that lie next to
// each other in a list, words behind a head, words before a signature.
import { type Element, isTag, isText, type ParentNode } from 'domhandler'
import { selectOne, shortTextOf, textOf, walk } from '../../markup/markup.ts'
import { lengthOf } from '../article/length.ts'
import { commentCount } from '../scrape/furniture.ts'

/** Characters beside the date that are more than a name. */
const MIN_WORDS = 24
/** Characters beside the date that may be a name; fewer are a button's. */
const MIN_NAME = 8
/** Characters of what stands over the comments. */
const MAX_HEADING = 60
/** Characters beside the date in the head of a comment: name, score, buttons. */
const MAX_HEAD = 60
/** Beside a date and a name, no words of a comment. */
const SIGNS = /\b(?:posted|written|submitted|comment(?:ed)?) by\b|\bsa(?:ys|id)\b|[^\p{L}\p{N}\s]/giu
/** What follows comments: the way to write one. */
const HEADS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const FIELDS = 'textarea, input[type="submit"]'

/** The boxes of one date each, and how they lie. */
interface Tops {
  readonly all: ReadonlySet<Element>
  /** Those that are little but a date, each alone in a box that has its like. */
  readonly lone: ReadonlySet<Element>
  /** Whether their words stand before them. */
  readonly areLast: boolean
}

/** The elements of each comment; `leaves` are the dates of the boxes. */
export function rowsOf(tops: readonly Element[], leaves: readonly Element[]): Element[][] {
  const [first = [], ...others] = rows(tops, leaves)
  const begun = first.findIndex((element) => !isHeading(element))
  return tops.length === 0 ? [] : [first.slice(Math.max(begun, 0)), ...others]
}

/** `Comments:`, in whatever element: what stands over the first of them. */
function isHeading(element: Element): boolean {
  return commentCount(shortTextOf(element, MAX_HEADING) ?? '') !== null
}

function rows(tops: readonly Element[], leaves: readonly Element[]): Element[][] {
  const all = new Set(tops)
  const areTogether = tops.every(({ parent }) => parent === tops[0]?.parent)
  const placed: Tops = { all, lone: loneDates(tops, leaves), areLast: areTogether && endTheirs(tops, all) }
  const isFlat = tops.filter((top, i) => hasWords(top, leaves[i] as Element)).length * 2 < tops.length
  return tops.map((top, i) => {
    if (isFlat) return rowOf(top, placed)
    return hasWords(top, leaves[i] as Element, MAX_HEAD) ? [top] : rowOf(top, placed).filter(speaks(top, all))
  })
}

/** Whether a box holds more than its date and a name. */
export function hasWords(box: Element, leaf: Element, most = MIN_WORDS): boolean {
  const words = (textOf(box) ?? '').replace(SIGNS, '')
  return lengthOf(words) - lengthOf(textOf(leaf) ?? '') >= most
}

/** Whether a box says anything beside its date. */
export function saysMore(box: Element, leaf: Element): boolean {
  return (textOf(box)?.length ?? 0) > (textOf(leaf)?.length ?? 0)
}

function loneDates(tops: readonly Element[], leaves: readonly Element[]): ReadonlySet<Element> {
  const homes = new Map<ParentNode | null, number>()
  for (const { parent } of tops) homes.set(parent, (homes.get(parent) ?? 0) + 1)
  const kinds = new Map<string, number>()
  for (const home of homes.keys()) kinds.set(kindOf(home), (kinds.get(kindOf(home)) ?? 0) + 1)
  const isLone = (top: Element, i: number) =>
    !hasWords(top, leaves[i] as Element, MIN_NAME) && homes.get(top.parent) === 1 && kinds.get(kindOf(top.parent)) !== 1
  return new Set(tops.filter(isLone))
}

function kindOf(node: ParentNode | null): string {
  return node !== null && isTag(node) ? `${node.name} ${node.attribs['class'] ?? ''}` : ''
}

/** Keeps the box itself, and what says something outside of the other boxes: answers may stand there, too. */
function speaks(top: Element, all: ReadonlySet<Element>): (element: Element) => boolean {
  return (element) => element === top || saysBeside(element, (other) => all.has(other))
}

function saysBeside(element: Element, isOther: (element: Element) => boolean): boolean {
  for (const node of walk(element, isOther)) if (isText(node) && node.data.trim() !== '') return true
  return false
}

/**
 * A row goes up to the next date, or begins behind the last where dates end it. All that stands beside a date alone is
 * its own.
 */
function rowOf(top: Element, { all, lone, areLast }: Tops): Element[] {
  if (lone.has(top)) return [...before(top, all), top, ...behind(top, all)]
  return areLast ? [...before(top, all), top] : [top, ...behind(top, all)]
}

/** Whether dates end their comments: words stand before the first, and behind the last no more than a form. */
function endTheirs(tops: readonly Element[], all: ReadonlySet<Element>): boolean {
  const [first, last] = [tops[0], tops.at(-1)]
  if (first === undefined || last === undefined || first === last) return false
  const rest = behind(last, all)
  const end = rest.findIndex((element) => HEADS.has(element.name) || selectOne(FIELDS, element) !== null)
  const words = end === -1 ? rest : rest.slice(0, end)
  return words.length === 0 && before(first, all).some(({ name }) => !HEADS.has(name))
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
