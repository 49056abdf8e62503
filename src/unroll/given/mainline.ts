// Self-replies as trees: the main line is the deepest child, ties to the earliest; other children are branches.
import type { MergedPost } from '../../model.ts'
import { comparePosts } from '../identity.ts'
import { NONE } from '../solve/bag.ts'

interface SelfTrees {
  /** The child that carries the main line on, NONE for none. */
  readonly next: Int32Array
  /** Heads of branches by the post they leave from. */
  readonly branches: ReadonlyMap<number, readonly number[]>
}

/**
 * @param parent self-reply parent of each post, NONE for none; loops must be gone
 */
export function findMainLines(parent: Int32Array, posts: readonly MergedPost[]): SelfTrees {
  const depth = measureDepths(parent)
  const next = new Int32Array(parent.length).fill(NONE)
  const branches = new Map<number, number[]>()
  for (let child = 0; child < parent.length; child++) {
    const above = parent[child] ?? NONE
    if (above === NONE) continue
    const rival = next[above] ?? NONE
    if (rival === NONE) {
      next[above] = child
      continue
    }
    const wins = isBetterLine(child, rival, depth, posts)
    if (wins) next[above] = child
    const list = branches.get(above) ?? []
    branches.set(above, list)
    list.push(wins ? rival : child)
  }
  for (const list of branches.values())
    list.sort((a, b) => comparePosts(posts[a] as MergedPost, posts[b] as MergedPost))
  return { next, branches }
}

function isBetterLine(a: number, b: number, depth: Int32Array, posts: readonly MergedPost[]): boolean {
  const deeper = (depth[a] ?? 0) - (depth[b] ?? 0)
  return deeper !== 0 ? deeper > 0 : comparePosts(posts[a] as MergedPost, posts[b] as MergedPost) < 0
}

/** Posts on the longest way down from each post, itself included; leaves first, without recursion. */
function measureDepths(parent: Int32Array): Int32Array {
  const depth = new Int32Array(parent.length).fill(1)
  const waiting = new Int32Array(parent.length)
  for (const above of parent) if (above !== NONE) waiting[above] = (waiting[above] ?? 0) + 1
  const ready: number[] = []
  for (let at = 0; at < waiting.length; at++) if (waiting[at] === 0) ready.push(at)
  for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
    const above = parent[at] ?? NONE
    if (above === NONE) continue
    depth[above] = Math.max(depth[above] ?? 1, (depth[at] ?? 1) + 1)
    waiting[above] = (waiting[above] ?? 1) - 1
    if (waiting[above] === 0) ready.push(above)
  }
  return depth
}
