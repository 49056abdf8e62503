// What sources tell of who answers whom beside the posts themselves: the parents of posts that name none, and posts
// that are told of and nowhere here. It makes no edges and no conversations.
import type { Extraction, Note } from '../../model.ts'
import { compareIds } from '../../post.ts'
import { refId } from '../identity.ts'
import type { KnownParent, Merged } from '../sightings/copies.ts'

/** Missing posts named in one note; a tree may lack thousands. */
const MOST_NAMED = 100
const SAY_TOLD = 'the reply tree beside the posts names the one it answers'

export interface Told {
  /** The parent a tree gives this post, or null. */
  parentOf(id: string): KnownParent | null
  /** The told tree this post stands in, or null. */
  treeOf(id: string): ToldTree | null
  /** One for each tree that lacks posts. */
  readonly notes: readonly Note[]
}

export interface ToldTree {
  readonly root: string
  /** Posts below the root, here or not. */
  readonly replies: number
  /** Ids of posts of the tree, its root included, that are not here. */
  readonly absent: readonly string[]
  /** Id of the first post of it that is here, or null. */
  readonly present: string | null
}

const NOTHING: Told = { parentOf: () => null, treeOf: () => null, notes: [] }

export function listTold(extractions: readonly Extraction[], { byId }: Merged): Told {
  if (extractions.every(({ declared }) => declared.tree === undefined)) return NOTHING
  const parents = collectParents(extractions)
  const roots = findRoots(parents)
  const trees = new Map<string, { root: string; replies: number; absent: string[]; present: string | null }>()
  for (const [id, root] of roots) {
    const tree = trees.get(root) ?? { root, replies: 0, absent: [], present: null }
    trees.set(root, tree)
    if (id !== root) tree.replies++
    if (!byId.has(id)) tree.absent.push(id)
    else if (tree.present === null || id < tree.present) tree.present = id
  }
  return {
    parentOf: (id) => toKnown(parents.get(id) ?? null),
    treeOf: (id) => trees.get(roots.get(id) ?? '') ?? null,
    notes: [...trees.values()].filter(({ absent }) => absent.length > 0).map(absentNote),
  }
}

function toKnown(id: string | null): KnownParent | null {
  return id === null ? null : { id, basis: 'declared', p: 1, say: SAY_TOLD }
}

/** Of two trees that disagree, the smaller id counts, whatever the order of the inputs. */
function collectParents(extractions: readonly Extraction[]): ReadonlyMap<string, string | null> {
  const parents = new Map<string, string | null>()
  for (const { declared } of extractions)
    for (const { post, parent } of declared.tree ?? []) {
      const [id, above] = [refId(post), parent === null ? null : refId(parent)]
      const known = parents.get(id) ?? null
      if (known === null || (above !== null && above < known)) parents.set(id, above)
    }
  return parents
}

/** The topmost post above each; a loop, which only a hostile tree has, ends where it closes. */
function findRoots(parents: ReadonlyMap<string, string | null>): ReadonlyMap<string, string> {
  const roots = new Map<string, string>()
  for (const start of parents.keys()) {
    const path = new Set<string>()
    let at = start
    for (
      let up = parents.get(at) ?? null;
      up !== null && !path.has(at) && !roots.has(at);
      up = parents.get(at) ?? null
    ) {
      path.add(at)
      at = up
    }
    const root = roots.get(at) ?? at
    for (const id of path) roots.set(id, root)
    roots.set(at, root)
  }
  return roots
}

function absentNote({ root, replies, absent, present }: ToldTree): Note {
  const rest = absent.length - MOST_NAMED
  const named = absent.toSorted(compareIds).slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  const message = `Of the conversation ${root}, told of with ${replies} replies, ${absent.length} posts are not here: ${named}.`
  // A tree is unrolled whole: whatever of it comes later, even another root, finds the remark again.
  const about = present === null ? absent : [...absent, present]
  return { level: 'warning', code: 'told-and-absent', message, input: null, about }
}
