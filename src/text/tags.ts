// The elements that words we keep may hold, and how formulas stand among them.
import type { Nodes } from 'hast'

const BLOCK_TAGS = new Set(
  'p blockquote pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr table thead tbody tfoot tr th td caption figure figcaption'.split(
    ' ',
  ),
)
const INLINE_TAGS = 'a em strong b i u s del ins code kbd q cite mark small sub sup br img'.split(' ')

/** How the unified tools mark formulas (mdast-util-math): TeX as code of this language. */
export const MATH = 'language-math'
export const INLINE_MATH = 'math-inline'
export const BLOCK_MATH = 'math-display'

export const ALLOWED_TAGS: ReadonlySet<string> = new Set([...BLOCK_TAGS, ...INLINE_TAGS])
type AllowedAttribute = string | [name: string, ...values: string[]]

export const ALLOWED_ATTRIBUTES: readonly (readonly [tag: string, names: AllowedAttribute[]])[] = [
  ['a', ['href']],
  ['code', [['className', MATH, INLINE_MATH, BLOCK_MATH]]],
  ['img', ['src', 'alt', 'width', 'height']],
  ['ol', ['start']],
  ['td', ['colSpan', 'rowSpan']],
  ['th', ['colSpan', 'rowSpan']],
]

export function isBlock(node: { readonly type: string; readonly tagName?: string }): boolean {
  return node.type === 'element' && BLOCK_TAGS.has(node.tagName ?? '')
}

/** Whether an element of the output is a formula, within a line or on its own. */
export function isMath(node: Nodes, kind: typeof INLINE_MATH | typeof BLOCK_MATH): boolean {
  if (node.type !== 'element' || node.tagName !== 'code') return false
  const names = node.properties['className']
  return Array.isArray(names) && names.includes(kind)
}
