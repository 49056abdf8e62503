// Emphasis and links as Markdown can print them: a sign beside a space opens and closes nothing, so spaces and line
// breaks at the edges of a span stand outside it. Editors put them inside all the time: `<b>Length: </b>3 h`.
import type { Delete, Emphasis, Link, PhrasingContent, Strong } from 'mdast'

type Span = Emphasis | Strong | Delete | Link

const LEADING = /^\s*/
/** Begins where the spaces do: tried from each of them, a long run would take the square of its length. */
const TRAILING = /(?<!\s)\s*$/

/** The span between the spaces that stood at its edges; these alone when there is nothing else in it. */
export function tidySpan(span: Span): PhrasingContent[] {
  const [before, opened] = takeEdge(span.children, LEADING)
  const [after, children] = takeEdge(opened.toReversed(), TRAILING)
  const inner: PhrasingContent[] = children.length === 0 ? [] : [{ ...span, children: children.toReversed() }]
  return [...before, ...inner, ...after.toReversed()]
}

/** What is space at the beginning of a list, and the rest of it. */
function takeEdge(
  nodes: readonly PhrasingContent[],
  edge: RegExp,
): [space: PhrasingContent[], rest: PhrasingContent[]] {
  const space: PhrasingContent[] = []
  for (const [at, node] of nodes.entries()) {
    if (node.type === 'text') {
      const blank = edge.exec(node.value)?.[0] ?? ''
      const value = node.value.replace(edge, '')
      if (blank !== '') space.push({ type: 'text', value: blank })
      if (value !== '') return [space, [{ type: 'text', value }, ...nodes.slice(at + 1)]]
    } else if (node.type === 'break') space.push(node)
    else return [space, nodes.slice(at)]
  }
  return [space, []]
}
