// Safe HTML → mdast, for the Markdown export. Its own file because the converter costs 25 ms of a process that may not
// need it.
import type { Element, Root } from 'hast'
import { defaultHandlers, type State, toMdast } from 'hast-util-to-mdast'
import type { Code, InlineCode, RootContent, RootContentMap } from 'mdast'
import { parseHtml } from '../markup/markup.ts'
import { toHast } from './hast.ts'
import { raisedText } from './raised.ts'
import { boundTables, liftCaptions } from './tables.ts'
import { BLOCK_MATH, INLINE_MATH, isBlock, isMath } from './tags.ts'

/** They say something without words. */
const WORDLESS = new Set(['br', 'img'])
const SPACE_ONLY = /^\s*$/

const FIRST_NEWLINE = /^\r?\n/

/**
 * The blocks of a body as nodes of CommonMark, GitHub's tables and deletions. Expects `Post.html`; anything else is cut
 * to the same allowed elements first.
 */
export function htmlToMdast(html: string): readonly RootContent[] {
  const words = joinBlanks(partLinks(raisePowers(toHast(parseHtml(html).root.children, null))))
  const tree = toMdast(boundTables(liftCaptions(words)), {
    handlers: { code: readInlineCode, pre: readCode },
  })
  return tree.type === 'root' ? tree.children : [tree as RootContent]
}

function readInlineCode(state: State, node: Element): InlineCode | RootContentMap['inlineMath'] {
  const code = defaultHandlers.code(state, node)
  return isMath(node, INLINE_MATH) ? { type: 'inlineMath', value: code.value } : code
}

/** Markdown has no raised words; powers have signs of their own. The tree is at most as deep as toHast lets it be. */
function raisePowers<Tree extends Root | Element>(tree: Tree): Tree {
  tree.children.forEach((child, at, siblings) => {
    const value = raisedText(child, siblings[at - 1])
    if (value !== null) siblings[at] = { type: 'text', value }
    else if (child.type === 'element') raisePowers(child)
  })
  return tree
}

/** A link in a link is one that the writer forgot to end: the inner one counts. */
function partLinks<Tree extends Root | Element>(tree: Tree): Tree {
  openLinks(tree)
  return tree
}

/** Whether it holds a link. */
function openLinks(tree: Root | Element): boolean {
  const children: Element['children'] = []
  let isHolding = false
  for (const child of tree.children as Element['children']) {
    const isLink = child.type === 'element' && child.tagName === 'a'
    const holdsLink = child.type === 'element' && openLinks(child)
    if (isLink && holdsLink) for (const one of child.children) children.push(one)
    else children.push(child)
    isHolding ||= isLink || holdsLink
  }
  tree.children = children
  return isHolding
}

/**
 * Elements without words become the white space in them. The converter looks ahead from each piece of white space to
 * the next word: with a thousand empty elements in a row, a thousand times past all of them.
 */
function joinBlanks<Tree extends Root | Element>(tree: Tree): Tree {
  const kept: Tree['children'][number][] = []
  for (const child of tree.children) {
    const blank = child.type === 'element' ? blankOf(joinBlanks(child)) : child.type === 'text' ? child.value : null
    const last = kept.at(-1)
    if (blank === null) kept.push(child)
    else if (last?.type === 'text') last.value += blank
    else if (blank !== '') kept.push({ type: 'text', value: blank })
  }
  tree.children = kept as Tree['children']
  return tree
}

/** The white space that is all there is in an element; null where it holds more, or stands for more. */
function blankOf(element: Element): string | null {
  const [only, ...others] = element.children
  if (isBlock(element) || WORDLESS.has(element.tagName) || others.length > 0) return null
  if (only === undefined) return ''
  return only.type === 'text' && SPACE_ONLY.test(only.value) ? only.value : null
}

/** A newline right after `<pre>` is no part of the code (HTML Standard, 13.2.6.4.7). */
function readCode(state: State, node: Element): Code | RootContentMap['math'] {
  const { value, ...code } = defaultHandlers.pre(state, node)
  if (node.children.some((child) => isMath(child, BLOCK_MATH))) return { type: 'math', value }
  return { ...code, value: value.replace(FIRST_NEWLINE, '') }
}
