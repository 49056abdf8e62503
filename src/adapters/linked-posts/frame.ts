// What software prints around the words of every post: name and account, the day, `View on X`, counts, buttons. Told by
// standing before or behind the words in most boxes: the same words, or a count or a time in the same kind of element.
import { type ChildNode, Element, isTag, isText, type ParentNode, type Text } from 'domhandler'
import { attr, walk } from '../../markup/markup.ts'
import { kindOf } from './boxes.ts'
import { saysTime } from './permalinks.ts'

/** Share of the boxes in which a piece of text stands that is no post's own. */
const MOST = 0.6
const MIN_BOXES = 2
const MAX_PIECE = 120
/** `12`, `1.2K likes`; `3/17` is a post's own. */
const COUNT =
  /^[\d.,]+\s?[kKmM]?(?:\s?(?:likes?|replies|reply|retweets?|reposts?|quotes?|views?|bookmarks?|shares?|comments?))?$/
const SPACES = /\s+/g
const HASHTAG = /^[#＃]/
const DROPPED = new Set(['button', 'script', 'style', 'svg', 'form', 'input', 'noscript'])

export interface Frame {
  readonly pieces: ReadonlySet<string>
  /** Addresses of pictures that stand in most boxes: of the account. */
  readonly pictures: ReadonlySet<string>
}

export function frameOf(boxes: readonly Element[]): Frame {
  return { pieces: inMost(boxes.map(piecesIn)), pictures: inMost(boxes.map(picturesIn)) }
}

/** The pieces before the words of a box, first to last: who wrote it, usually. */
export function headOf(box: Element, frame: Frame): readonly string[] {
  const nodes = textNodesIn(box)
  const end = nodes.findIndex((node) => !frame.pieces.has(pieceOf(node)))
  return nodes.slice(0, end < 0 ? nodes.length : end).map(wordsIn)
}

/** A copy of the box without its frame, and without what `isOut` names. */
export function wordsOf(box: Element, frame: Frame, isOut: (element: Element) => boolean): readonly ChildNode[] {
  const isElsewhere = (element: Element) => isOut(element) || isMachinery(element, frame)
  const nodes = textNodesIn(box, isElsewhere)
  const isWord = (node: Text) => !frame.pieces.has(pieceOf(node))
  const [start, end] = [nodes.findIndex(isWord), nodes.findLastIndex(isWord)]
  const around = new Set<ChildNode>([...nodes.slice(0, start < 0 ? nodes.length : start), ...nodes.slice(end + 1)])
  return copy(box, (node) => around.has(node) || (isTag(node) && isElsewhere(node)))
}

/** Nodes of a box that say something, in page order. */
function textNodesIn(box: Element, isOut: (element: Element) => boolean = isSilent): readonly Text[] {
  const found: Text[] = []
  for (const node of walk(box, isOut)) if (isText(node) && wordsIn(node) !== '') found.push(node)
  return found
}

export function textsIn(box: Element): readonly string[] {
  return textNodesIn(box).map(wordsIn)
}

function copy({ children }: ParentNode, isOut: (node: ChildNode) => boolean): ChildNode[] {
  return children.flatMap((node): ChildNode[] => {
    if (isOut(node)) return []
    return isTag(node) ? [new Element(node.name, node.attribs, copy(node, isOut))] : [node]
  })
}

function isMachinery(element: Element, { pictures }: Frame): boolean {
  return isSilent(element) || (element.name === 'img' && pictures.has(attr(element, 'src') ?? ''))
}

function isSilent({ name }: Element): boolean {
  return DROPPED.has(name)
}

function piecesIn(box: Element): Iterable<string> {
  const nodes = textNodesIn(box).filter(({ data }) => data.length <= MAX_PIECE)
  return nodes.map(pieceOf).filter((piece) => !HASHTAG.test(piece))
}

/** What is compared: the words; of a count or a time, which change from post to post, where it stands. */
function pieceOf(node: Text): string {
  const text = wordsIn(node)
  const around = node.parent !== null && isTag(node.parent) ? kindOf(node.parent) : ''
  if (COUNT.test(text)) return `count in ${around}`
  return saysTime(text) ? `time in ${around}` : text
}

function wordsIn({ data }: Text): string {
  return data.replace(SPACES, ' ').trim()
}

function picturesIn(box: Element): Iterable<string> {
  return [...walk(box)].flatMap((node) => (isTag(node) && node.name === 'img' ? (attr(node, 'src') ?? []) : []))
}

function inMost(boxes: readonly Iterable<string>[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const pieces of boxes) for (const piece of new Set(pieces)) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  const least = Math.max(MIN_BOXES, boxes.length * MOST)
  return new Set([...counts].flatMap(([piece, count]) => (count >= least ? [piece] : [])))
}
