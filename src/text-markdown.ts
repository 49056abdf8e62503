// Safe HTML → mdast, for the Markdown export. Its own file because the converter costs 25 ms of a process that may not need it.
import type { Element } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { type State, toMdast } from 'hast-util-to-mdast'
import type { Html, RootContent } from 'mdast'
import { parseHtml } from './markup.ts'
import { toHast } from './text-hast.ts'

/**
 * The blocks of a body as CommonMark nodes. Expects `Post.html`; anything else is cut to the same allowed elements first.
 * Tables and deletions, which CommonMark cannot write, stay as HTML; GitHub, Obsidian and pandoc show them.
 */
export function htmlToMdast(html: string): readonly RootContent[] {
  const handlers = { table: keepHtml, del: keepHtml, s: keepHtml }
  const tree = toMdast(toHast(parseHtml(html).root.children, null), { handlers })
  return tree.type === 'root' ? tree.children : [tree as RootContent]
}

function keepHtml(_: State, node: Element): Html {
  return { type: 'html', value: toHtml(node) }
}
