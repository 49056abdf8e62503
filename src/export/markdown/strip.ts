// Takes the author's numbering out of a Markdown tree, where the engine's strips speak of plain text.
// Both come from the same HTML, so their visible characters run alike; where they do not, the answer is "cannot".
import type { Nodes, RootContent } from 'mdast'

const SPACES = /\s+/g

/**
 * Removes from `blocks` (changed in place) the characters that `strips` name in `text`.
 * False, with nothing changed, when they cannot be found again with certainty.
 */
export function stripNodes(
  blocks: readonly RootContent[],
  text: string,
  strips: readonly (readonly [start: number, end: number])[],
): boolean {
  const leaves = blocks.flatMap(findLeaves)
  const ranges = locate(text, leaves.map(({ value }) => value.replace(SPACES, '')).join(''), strips)
  if (ranges === null) return false
  let passed = 0
  for (const leaf of leaves) passed = removeFrom(leaf, ranges, passed)
  return true
}

interface Leaf {
  readonly type: string
  value: string
}

function findLeaves(node: Nodes): Leaf[] {
  if ('value' in node) return node.type === 'html' ? [] : [node]
  return 'children' in node ? node.children.flatMap(findLeaves) : []
}

/** Ranges among visible characters: those the two texts share from the start, or from the end. */
function locate(
  text: string,
  shown: string,
  strips: readonly (readonly [number, number])[],
): [number, number][] | null {
  const visible = text.replace(SPACES, '')
  const head = countShared(visible, shown, (index) => index)
  const tail = countShared(visible, shown, (index, length) => length - 1 - index)
  const ranges: [number, number][] = []
  for (const [start, end] of strips) {
    const from = text.slice(0, start).replace(SPACES, '').length
    const to = from + text.slice(start, end).replace(SPACES, '').length
    if (to <= head) ranges.push([from, to])
    else if (from >= visible.length - tail)
      ranges.push([from + shown.length - visible.length, to + shown.length - visible.length])
    else return null
  }
  return ranges
}

function countShared(left: string, right: string, at: (index: number, length: number) => number): number {
  let count = 0
  const most = Math.min(left.length, right.length)
  while (count < most && left.charCodeAt(at(count, left.length)) === right.charCodeAt(at(count, right.length))) count++
  return count
}

/** Cuts one leaf and tells how many visible characters have been passed. */
function removeFrom(leaf: Leaf, ranges: readonly (readonly [number, number])[], passed: number): number {
  let position = passed
  let kept = ''
  for (const character of leaf.value.split('')) {
    const isSpace = character.trim() === ''
    if (isSpace || !ranges.some(([from, to]) => position >= from && position < to)) kept += character
    if (!isSpace) position++
  }
  leaf.value = kept
  return position
}
