// An article's body as a list of blocks in page order: paragraphs, headings, items, and whole groups of links as one
// block each. What is furniture among them, trim.ts decides.
import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler'

/** Share of a block's characters that stand in links, above which it is nothing but links. */
const LINK_SHARE = 0.8
const BLOCKS = new Set(
  'p li h1 h2 h3 h4 h5 h6 figcaption blockquote pre td th dt dd div section article header footer aside main ul ol dl table tbody tr figure address details summary center'.split(
    ' ',
  ),
)
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'select', 'textarea', 'button'])
const ENTRIES = new Set(['li', 'td', 'th', 'tr', 'dt', 'dd'])
const HEADING = /^h[1-6]$/
/** White space that is not one plain blank already. */
const SPACES = / \s+|[^\S ]\s*/g
const NOT_BLANK = /\S/
/** Soft hyphens and breaks without width. */
const UNSEEN = /[\u200b\u00ad]/g

export interface BodyBlock {
  readonly element: Element
  /** White space run together, never empty. */
  readonly text: string
  /** 0 to 1: how much of the text stands in links. */
  readonly linkShare: number
  readonly kind: 'heading' | 'links' | 'listed' | 'caption' | 'text'
}

interface Measure {
  readonly length: number
  readonly linked: number
  readonly hasBlocks: boolean
  /** Whether a block in it has words and no link: the label over a list is no part of the list. */
  readonly hasPlain: boolean
}

const NOTHING: Measure = { length: 0, linked: 0, hasBlocks: false, hasPlain: false }

type Measures = Map<Element, Measure>

/** On the body itself: a WeakMap would keep the page until V8 collects everything. */
const KNOWN = Symbol('blocks')

/**
 * The innermost blocks with words. Words beside blocks in one element belong to none. Several readers ask of one body.
 */
export function blocksIn(body: ParentNode & { [KNOWN]?: readonly BodyBlock[] }): readonly BodyBlock[] {
  body[KNOWN] ??= findBlocks(body)
  return body[KNOWN]
}

function findBlocks(body: ParentNode): BodyBlock[] {
  const measures: Measures = new Map()
  const blocks: BodyBlock[] = []
  for (const child of body.children) measure(child, false, measures)
  for (const child of body.children) collect(child, measures, blocks)
  return blocks
}

/** Characters of a node, and how many of them stand in links. Depth is limited by the parser. */
function measure(node: ChildNode, inLink: boolean, measures: Measures): Measure {
  if (isText(node)) {
    const length = NOT_BLANK.test(node.data) ? node.data.replace(SPACES, ' ').trim().length : 0
    return length === 0 ? NOTHING : { length, linked: inLink ? length : 0, hasBlocks: false, hasPlain: false }
  }
  if (!isTag(node) || SILENT.has(node.name)) return NOTHING
  let [length, linked, hasBlocks, hasPlain] = [0, 0, false, false]
  for (const child of node.children) {
    const inside = measure(child, inLink || node.name === 'a', measures)
    length += inside.length
    linked += inside.linked
    hasPlain ||= inside.hasPlain || (isTag(child) && BLOCKS.has(child.name) && inside.length > 0 && inside.linked === 0)
    hasBlocks ||= inside.length > 0 && (inside.hasBlocks || (isTag(child) && BLOCKS.has(child.name)))
  }
  const whole = { length, linked, hasBlocks, hasPlain }
  measures.set(node, whole)
  return whole
}

function collect(node: ChildNode, measures: Measures, blocks: BodyBlock[]): void {
  const size = isTag(node) ? measures.get(node) : undefined
  if (!isTag(node) || size === undefined || size.length === 0) return
  const isLinks = size.linked >= size.length * LINK_SHARE && !size.hasPlain && !isInSentence(node)
  if (isLinks || (!size.hasBlocks && BLOCKS.has(node.name))) {
    const text = wordsOf(node).replace(UNSEEN, '').replace(SPACES, ' ').trim()
    blocks.push({ element: node, text, linkShare: size.linked / size.length, kind: kindOf(node, isLinks) })
  } else if (size.hasBlocks) for (const child of node.children) collect(child, measures, blocks)
}

/** A link among words belongs to them, whatever else its parent holds. */
function isInSentence({ name, parent }: Element): boolean {
  return !BLOCKS.has(name) && (parent?.children ?? []).some((child) => isText(child) && child.data.trim() !== '')
}

function wordsOf(node: ChildNode): string {
  if (isText(node)) return node.data
  if (!isTag(node) || SILENT.has(node.name)) return ''
  const words = node.children.map(wordsOf).join('')
  return BLOCKS.has(node.name) || node.name === 'br' ? ` ${words} ` : words
}

function kindOf({ name, parent }: Element, isLinks: boolean): BodyBlock['kind'] {
  if (name === 'figcaption') return 'caption'
  // One linked item among others that are not, or a linked cell, is no group of links.
  if (isLinks && !ENTRIES.has(name)) return 'links'
  if (HEADING.test(name)) return 'heading'
  const isListed = name !== 'p' && name !== 'div' && name !== 'section'
  return isListed || (parent !== null && isTag(parent) && parent.name === 'li') ? 'listed' : 'text'
}
