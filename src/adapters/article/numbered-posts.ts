// A thread that was put on a page as paragraphs: `<p>1/ …</p><p>2/ …</p>`, or numbers at the ends. Told by most blocks
// beside each other bearing the next number, and by their being most of the article; a list of things (`1.`, `2)`) is
// an article's own.
import { type ChildNode, type Document, type Element, isTag, type ParentNode } from 'domhandler'
import { select, shortTextOf } from '../../markup/markup.ts'
import type { Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'

const MIN_NUMBERED = 3
/** Share of blocks that bear the next number, and of the article's characters that stand in them. */
const SHARE = 0.5
const BLOCKS = 'p, li, div, section, blockquote'
/** Longer blocks are no posts; their text is not asked for. */
const MAX_BLOCK = 2_000
/** What may belong to a post besides the block with its number. */
const BESIDE = new Set(['p', 'blockquote', 'figure', 'img', 'ul', 'ol', 'pre'])
const AT_START = /^\(?(\d{1,3})\s?\/\s?(?:\d{1,3}|n|x)?\)?(?=[\s.:–—-]|$)/i
const AT_END = /(?:^|\s)\(?(\d{1,3})\/(?:\d{1,3}|n|x)?\)?$/i

/** The posts in order, under the article's name and address; null where the page holds no such thread. */
export function splitNumbered(article: Post, root: Document, base: URL | null): readonly Post[] | null {
  const groups = findGroups(root, AT_START, false) ?? findGroups(root, AT_END, true)
  const posts = (groups ?? []).map((group, index) => ({
    ...article,
    ...bodyFromNodes(group, base),
    key: `post-${index + 1}`,
    ref: null,
    kind: 'post' as const,
    title: index === 0 ? article.title : null,
    quotes: [],
    footnotes: [],
    index,
  }))
  const length = posts.reduce((sum, { text }) => sum + text.length, 0)
  return posts.length > 0 && length >= article.text.length * SHARE ? posts : null
}

/** The blocks of each post, where one element holds enough that are numbered in turn. */
function findGroups(root: Document, pattern: RegExp, isAtEnd: boolean): readonly ChildNode[][] | null {
  const numbered = new Map<ParentNode, Map<ChildNode, number>>()
  for (const element of select(BLOCKS, root)) {
    const number = numberOf(element, pattern)
    if (number === null || element.parent === null) continue
    const beside = numbered.get(element.parent) ?? new Map<ChildNode, number>()
    numbered.set(element.parent, beside.set(element, number))
  }
  for (const [parent, numbers] of numbered) {
    const run = runAround(parent, numbers)
    if (areInTurn([...numbers.values()], run.length)) return grouped(run, numbers, isAtEnd)
  }
  return null
}

function numberOf(element: Element, pattern: RegExp): number | null {
  const digits = pattern.exec(shortTextOf(element, MAX_BLOCK) ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}

function areInTurn(numbers: readonly number[], blocks: number): boolean {
  const first = numbers[0] ?? 0
  const isTurn = numbers.every((number, i) => number === first + i)
  return isTurn && first >= 1 && first <= 2 && numbers.length >= MIN_NUMBERED && numbers.length >= blocks * SHARE
}

/** From the first to the last numbered block, and the paragraphs and pictures right around. */
function runAround(parent: ParentNode, numbers: ReadonlyMap<ChildNode, number>): readonly ChildNode[] {
  const blocks = parent.children.filter((node) => isTag(node) || ('data' in node && node.data.trim() !== ''))
  const isBeside = (node: ChildNode | undefined) => node !== undefined && isTag(node) && BESIDE.has(node.name)
  let start = blocks.findIndex((node) => numbers.has(node))
  let end = blocks.findLastIndex((node) => numbers.has(node)) + 1
  while (isBeside(blocks[start - 1])) start -= 1
  while (isBeside(blocks[end])) end += 1
  return blocks.slice(start, end)
}

function grouped(run: readonly ChildNode[], numbers: ReadonlyMap<ChildNode, number>, isAtEnd: boolean): ChildNode[][] {
  const groups: ChildNode[][] = []
  let isOpen = false
  for (const block of run) {
    const isMarked = numbers.has(block)
    if (isOpen && (isAtEnd || !isMarked)) groups.at(-1)?.push(block)
    else groups.push([block])
    isOpen = !(isAtEnd && isMarked)
  }
  return groups
}
