// The short lines around the title of a page, where names and dates are printed. What they say, others read.
import { type Document, isTag, type ParentNode } from 'domhandler'
import { attr, closest, selectOne } from '../markup.ts'
import { type Block, blocksIn } from './article-blocks.ts'

/** Blocks looked at behind and before the title. */
const AFTER = 14
const BEFORE = 6
/** Characters of a line; a paragraph may begin with place and date, and is cut here. */
const MAX_LINE = 140
const OUTSIDE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, footer, nav, .widget, .sidebar, form, [class*="related"], [class*="teaser"], [class*="recommend"], [class*="kommentar"], [class*="comment-"]'
const HEADING = /^h[1-3]$/
const SIGNS = /[^\p{L}\p{N}]+/gu

/** Nearest first: the lines behind the title, then those before it. Empty when the title is not printed. */
export function linesNear(root: Document, title: string | null): string[] {
  if (title === null) return []
  const blocks = blocksIn(selectOne('body', root) ?? root)
  const at = placeOf(title, blocks)
  if (at < 0) return []
  const after = blocks.slice(at + 1, at + 1 + AFTER)
  const before = blocks.slice(Math.max(at - BEFORE, 0), at).reverse()
  return [...after, ...before].filter(isOwn).map(({ text }) => text.slice(0, MAX_LINE))
}

/** The title as a heading; else as any block. */
function placeOf(title: string, blocks: readonly Block[]): number {
  const wanted = bare(title)
  const isTitle = ({ text }: Block) => bare(text) === wanted
  const heading = blocks.findIndex((block) => isTitle(block) && isHeading(block.element))
  return heading >= 0 ? heading : blocks.findIndex(isTitle)
}

function isHeading(element: ParentNode): boolean {
  for (let at: ParentNode | null = element; at !== null && isTag(at); at = at.parent) {
    if (HEADING.test(at.name)) return true
    if (attr(at, 'role') === 'heading') return true
    if (at.name === 'body' || at.name === 'div') return false
  }
  return false
}

function isOwn({ element }: Block): boolean {
  return closest(element, OUTSIDE) === null
}

function bare(text: string): string {
  return text.replace(SIGNS, ' ').trim().toLowerCase()
}
