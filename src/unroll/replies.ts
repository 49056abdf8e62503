// Reply edges as pages declare them: one parent a post, loops refused, absent parents kept as ids. It infers nothing.
import type { MergedPost, Note, ReplyEdge } from '../model.ts'
import { NONE } from './bag.ts'
import type { KnownParent, Merged } from './copies.ts'
import { comparePosts } from './identity.ts'

/** Stands for "declared by the platform": log-odds no inference reaches. */
export const DECLARED_WEIGHT = 16
/** Probabilities nearer to 0 or 1 than this are not claimed, except by declaration. */
const LEAST_DOUBT = 1e-6

export interface ReplyForest {
  /** Position of the parent in the list of posts, NONE for a root or when the parent is absent. */
  readonly parent: Int32Array
  /** What the page says of each post's parent, after refusals. */
  readonly known: readonly (KnownParent | null)[]
  readonly edges: readonly ReplyEdge[]
  readonly notes: readonly Note[]
}

/** JWZ's rules: a post has one parent; a link that would close a loop is refused and said; an absent parent is a hole. */
export function growForest(merged: Merged): ReplyForest {
  const { posts, byId } = merged
  const known = [...merged.parents]
  const parent = Int32Array.from(known, (one) => (one === null ? NONE : (byId.get(one.id) ?? NONE)))
  const refused = refuseLoops(parent, posts)
  for (const at of refused) known[at] = null
  return {
    parent,
    known,
    edges: posts.flatMap((post, at) => edgeOf(post, known[at] ?? null)),
    notes: refused.map((at) => loopNote(posts[at] as MergedPost)),
  }
}

function edgeOf(post: MergedPost, known: KnownParent | null): readonly ReplyEdge[] {
  if (known === null) return []
  const { id, basis, p, say } = known
  const weight = logOdds(p)
  return [{ child: post.id, parent: id, basis, p, evidence: [{ kind: `${basis}-parent`, say, weight }] }]
}

/** Natural log-odds, kept finite. */
export function logOdds(p: number): number {
  if (p >= 1) return DECLARED_WEIGHT
  const kept = Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, p))
  return Math.log(kept / (1 - kept))
}

/** Cuts each loop in place at its earliest post, which is the likeliest root; returns the posts that lost their parent. */
function refuseLoops(parent: Int32Array, posts: readonly MergedPost[]): readonly number[] {
  const state = new Uint8Array(parent.length)
  const refused: number[] = []
  for (let start = 0; start < parent.length; start++) {
    if (state[start] !== 0) continue
    const path: number[] = []
    let at = start
    while (at !== NONE && state[at] === 0) {
      state[at] = 1
      path.push(at)
      at = parent[at] ?? NONE
    }
    if (at !== NONE && state[at] === 1) {
      const loop = path.slice(path.indexOf(at))
      const first = loop.reduce((a, b) => (comparePosts(posts[b] as MergedPost, posts[a] as MergedPost) < 0 ? b : a))
      parent[first] = NONE
      refused.push(first)
    }
    for (const node of path) state[node] = 2
  }
  return refused.sort((a, b) => a - b)
}

function loopNote(post: MergedPost): Note {
  return {
    level: 'warning',
    code: 'reply-loop',
    message: `${post.id} says it replies to itself or to its own reply; that link was refused. The post is kept as a root.`,
    input: post.provenance.input,
  }
}
