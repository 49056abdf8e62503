// What nobody sees of a body: the headings and paragraphs of one no-break space that editors leave behind, the spaces
// that a marker stood in. A picture is seen, and code.
import type { BlockContent, Nodes, PhrasingContent } from 'mdast'

/** White space, and signs of no width. */
const UNSEEN = /^[\s\u200b-\u200d\u2060\ufeff]*$/

/** Whether there is nothing to see of a node. */
export function isBlank(node: Nodes): boolean {
  if (node.type === 'text') return UNSEEN.test(node.value)
  return node.type === 'break' || ('children' in node && node.children.every(isBlank))
}

/** A paragraph without the spaces and line breaks at its ends; any other block as it is. */
export function trimEdges(block: BlockContent): BlockContent {
  if (block.type !== 'paragraph') return block
  const isSeen = (child: PhrasingContent): boolean => !isBlank(child)
  const children = block.children.slice(block.children.findIndex(isSeen), block.children.findLastIndex(isSeen) + 1)
  return {
    ...block,
    children: children.map((child, index) => trimText(child, index === 0, index === children.length - 1)),
  }
}

function trimText(node: PhrasingContent, isFirst: boolean, isLast: boolean): PhrasingContent {
  if (node.type !== 'text') return node
  const start = isFirst ? node.value.trimStart() : node.value
  return { ...node, value: isLast ? start.trimEnd() : start }
}
