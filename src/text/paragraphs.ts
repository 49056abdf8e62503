// Loose words among blocks as paragraphs of their own.
import type { Element, ElementContent } from 'hast'
import { isBlock } from './tags.ts'

const NOT_SPACE = /\S/

/** In a body that has blocks or empty lines, loose words are paragraphs too; a body of one run stays as it is. */
export function asBlocks(children: ElementContent[]): ElementContent[] {
  if (children.some(isBlock)) return asParagraphs(children)
  const runs = splitAtEmptyLines(children)
  return runs.length > 1 ? runs.map(paragraphOf) : children
}

export function asParagraphs(children: readonly ElementContent[]): ElementContent[] {
  const blocks: ElementContent[] = []
  let run: ElementContent[] = []
  const endRun = () => {
    for (const lines of splitAtEmptyLines(run)) blocks.push(paragraphOf(lines))
    run = []
  }
  for (const child of children) {
    if (!isBlock(child)) run.push(child)
    else {
      endRun()
      blocks.push(child)
    }
  }
  endRun()
  return blocks
}

export function paragraphOf(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children }
}

/** Two breaks in a row are how pages without paragraphs write them. Runs without anything to see are left out. */
export function splitAtEmptyLines(run: readonly ElementContent[]): ElementContent[][] {
  const runs: ElementContent[][] = [[]]
  let breaks: ElementContent[] = []
  for (const node of run) {
    if (isBreak(node)) breaks.push(node)
    else if (breaks.length === 0 || isVisible(node)) {
      const atStart = runs.at(-1)?.length === 0
      if (breaks.length > 1) runs.push([node])
      else runs.at(-1)?.push(...(atStart ? [] : breaks), node)
      breaks = []
    }
  }
  return runs.filter((nodes) => nodes.some(isVisible))
}

function isBreak(node: ElementContent): boolean {
  return node.type === 'element' && node.tagName === 'br'
}

function isVisible(node: ElementContent): boolean {
  if (node.type === 'text') return NOT_SPACE.test(node.value)
  return node.type === 'element' && (node.tagName === 'img' || node.children.some(isVisible))
}
