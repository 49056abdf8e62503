// Safe HTML → mdast, for the Markdown export. Its own file because the converter costs 25 ms of a process that may not
// need it.
import type { Element, Root } from 'hast'
import { defaultHandlers, type State, toMdast } from 'hast-util-to-mdast'
import type { Code, InlineCode, RootContent, RootContentMap } from 'mdast'
import { parseHtml } from '../markup/markup.ts'
import { toHast } from './hast.ts'
import { raisedText } from './raised.ts'
import { BLOCK_MATH, INLINE_MATH, isMath } from './tags.ts'

const FIRST_NEWLINE = /^\r?\n/

/**
 * The blocks of a body as nodes of CommonMark, GitHub's tables and deletions. Expects `Post.html`; anything else is cut
 * to the same allowed elements first.
 */
export function htmlToMdast(html: string): readonly RootContent[] {
  const tree = toMdast(raisePowers(toHast(parseHtml(html).root.children, null)), {
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

/** A newline right after `<pre>` is no part of the code (HTML Standard, 13.2.6.4.7). */
function readCode(state: State, node: Element): Code | RootContentMap['math'] {
  const { value, ...code } = defaultHandlers.pre(state, node)
  if (node.children.some((child) => isMath(child, BLOCK_MATH))) return { type: 'math', value }
  return { ...code, value: value.replace(FIRST_NEWLINE, '') }
}
