// What may stand in what, as Markdown has it. Pages put blocks into spans and cells into anything; what is printed out
// of its place is printed without its escapes, and comes alive.
import type { BlockContent, List, ListItem, Nodes, PhrasingContent, Table, TableCell, TableRow } from 'mdast'
import { toCode } from './code.ts'

const PHRASING = new Set<string>(
  'text link image emphasis strong delete inlineCode inlineMath break footnoteReference'.split(' '),
)
const FLOW = new Set<string>('paragraph heading blockquote list table code math thematicBreak'.split(' '))
const APART: PhrasingContent = { type: 'text', value: ' ' }

/** What may stand on a page, in a quotation or an item: loose running text becomes paragraphs of its own. */
export function toFlow(nodes: readonly Nodes[]): BlockContent[] {
  const blocks: BlockContent[] = []
  let run: Nodes[] = []
  for (const node of [...nodes, null]) {
    if (node !== null && !FLOW.has(node.type)) run.push(node)
    else {
      const children = toPhrasing(run)
      if (children.length > 0) blocks.push({ type: 'paragraph', children })
      if (node !== null) blocks.push(node as BlockContent)
      run = []
    }
  }
  return blocks
}

/** What may stand in a line: of blocks their words, with a space between them. */
export function toPhrasing(nodes: readonly Nodes[]): PhrasingContent[] {
  const line: PhrasingContent[] = []
  let isApart = false
  for (const node of nodes) {
    const isBlock = !PHRASING.has(node.type)
    const words = isBlock ? wordsOf(node) : [node as PhrasingContent]
    if ((isApart || isBlock) && line.length > 0 && words.length > 0) line.push(APART)
    for (const word of words) line.push(word)
    isApart = isBlock || (isApart && words.length === 0)
  }
  return line
}

function wordsOf(block: Nodes): PhrasingContent[] {
  if (block.type === 'code') return toCode(block.value)
  if (block.type === 'math') return [{ type: 'inlineMath', value: block.value }]
  return 'children' in block ? toPhrasing(block.children) : []
}

export function toItems(nodes: readonly Nodes[]): List['children'] {
  return nodes.map(
    (node): ListItem => (node.type === 'listItem' ? node : { type: 'listItem', children: toFlow([node]) }),
  )
}

export function toRows(nodes: readonly Nodes[]): Table['children'] {
  return nodes.map(
    (node): TableRow => (node.type === 'tableRow' ? node : { type: 'tableRow', children: toCells([node]) }),
  )
}

export function toCells(nodes: readonly Nodes[]): TableCell[] {
  return nodes.map(
    (node): TableCell => (node.type === 'tableCell' ? node : { type: 'tableCell', children: toPhrasing([node]) }),
  )
}
