// What pages say of a conversation: how many replies there are, and of which site it is. Of looks at one page over time
// the newest tells how many; counts grow, and shrink, between two looks.
import type { Declared, Extraction } from '../../model.ts'
import type { Merged } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import type { Tree } from './trees.ts'

/** Gives, for a tree, what the page says that shows its root, or else the first of its replies. */
export type DeclaredOf = (tree: Tree) => Pick<Declared, 'site' | 'replies'> | null

export function readDeclared(
  trees: readonly Tree[],
  extractions: readonly Extraction[],
  { places, positions }: Merged,
): DeclaredOf {
  const heads = new Set(trees.map(headOf))
  const newest = new Map<number, number>()
  for (const [page, extraction] of extractions.entries()) {
    if (extraction.declared.replies === null) continue
    for (const at of positions[page] ?? []) {
      if (!heads.has(at)) continue
      const known = newest.get(at) ?? places[at]?.extraction
      if (known === undefined || isNewer(extraction, extractions[known])) newest.set(at, page)
    }
  }
  return (tree) => {
    const head = headOf(tree)
    const first = extractions[places[head]?.extraction ?? NONE]?.declared ?? null
    const last = extractions[newest.get(head) ?? NONE]?.declared ?? null
    return first === null ? last : { site: first.site ?? last?.site ?? null, replies: last?.replies ?? first.replies }
  }
}

function headOf({ root, members }: Tree): number {
  return root === NONE ? (members[0] ?? 0) : root
}

/** Pages of one moment are one look: the one met first tells. */
function isNewer(a: Extraction, b: Extraction | undefined): boolean {
  return b === undefined || b.declared.replies === null || timeOf(a) > timeOf(b)
}

/** When the page was captured; text order is time order. */
function timeOf({ posts }: Extraction): string {
  return posts[0]?.provenance.capturedAt ?? ''
}
