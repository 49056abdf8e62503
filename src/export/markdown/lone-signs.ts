// Signs that mark up words only in pairs: one alone in its paragraph marks up nothing, in any reader of Markdown.
import type { Nodes } from 'mdast'

const PAIRED = ['*', '_', '~', '$', '='] as const
/** A highlight's sign is `==`. */
const HIGHLIGHT = /==/g

/**
 * The signs that stand fewer than twice in a paragraph or heading, counting those that its own spans are printed with.
 */
export function findLoneSigns(block: Nodes): ReadonlySet<string> {
  const spans = { emphasis: false, delete: false }
  const words = collectWords(block, spans)
  const isLone = (sign: string): boolean => {
    if (sign === '=') return (words.match(HIGHLIGHT)?.length ?? 0) < 2
    if (sign === '~' ? spans.delete : spans.emphasis && sign !== '$') return false
    return words.indexOf(sign) === words.lastIndexOf(sign)
  }
  return new Set(PAIRED.filter(isLone))
}

/** All that is printed of a block: words, code, addresses and what pictures show. */
function collectWords(node: Nodes, spans: { emphasis: boolean; delete: boolean }): string {
  if (node.type === 'emphasis' || node.type === 'strong') spans.emphasis = true
  if (node.type === 'delete') spans.delete = true
  const own = [
    'value' in node ? node.value : '',
    'url' in node ? node.url : '',
    'alt' in node ? (node.alt ?? '') : '',
    'title' in node ? (node.title ?? '') : '',
  ].join('')
  return 'children' in node ? own + node.children.map((child) => collectWords(child, spans)).join('') : own
}
