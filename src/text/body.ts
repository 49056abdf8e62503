// A post's body → safe HTML and plain text, the same way for every platform. No styling, no media lists, no reading of
// pages.
import { type ChildNode, Text } from 'domhandler'
import { parseHtml } from '../markup/markup.ts'
import { type Instead, type IsFurniture, toHast } from './hast.ts'
import { plainText } from './plain.ts'
import { makeSafe } from './safe-html.ts'

/** A body in the two forms a Post carries. `html` is null when nothing is left of it. */
export interface Body {
  /** Lines by \n, paragraphs by a blank line. */
  readonly text: string
  readonly html: string | null
}

const TAG = /<[^<>]*>/g

/**
 * The body written in `html`; past the parser's gates its words are kept without their tags.
 * Links and pictures become absolute by `base`; without one, relative links lose their target.
 */
export function bodyFromHtml(html: string, base: URL | null): Body {
  const { root, truncatedAt } = parseHtml(html)
  const rest = truncatedAt === null ? [] : [new Text(html.slice(truncatedAt).replace(TAG, ' '))]
  return bodyFromNodes([...root.children, ...rest], base)
}

/**
 * The body that the nodes hold, in their order, without what `isFurniture` names, and with what is to be read `instead`
 * of some elements. The nodes are not changed.
 */
export function bodyFromNodes(
  nodes: readonly ChildNode[],
  base: URL | null,
  isFurniture?: IsFurniture,
  instead?: Instead,
): Body {
  const { tree, html } = makeSafe(toHast(nodes, base, isFurniture, instead))
  const trimmed = html.trim()
  return { text: plainText(tree), html: trimmed === '' ? null : trimmed }
}
