// Reply edges as pages declare them: one parent a post, loops refused, absent parents kept as ids. It infers nothing.
import type { Link, MergedPost, Note, ReplyEdge } from '../../model.ts'
import { comparePosts } from '../identity.ts'
import type { KnownParent, Merged } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import type { Told } from './told.ts'

/** Stands for "declared by the platform": log-odds no inference reaches. */
const DECLARED_WEIGHT = 16
/** Probabilities nearer to 0 or 1 than this are not claimed, except by declaration. */
const LEAST_DOUBT = 1e-6

export interface ReplyForest {
  /** Position of the parent in the list of posts, NONE for a root or when the parent is absent. */
  readonly parent: Int32Array
  /** What the page says of each post's parent, after refusals. */
  readonly known: readonly (KnownParent | null)[]
  /** The same as a link from the parent. Links that say the same are one object: most of an archive's do. */
  readonly links: readonly (Link | null)[]
  readonly edges: readonly ReplyEdge[]
  readonly notes: readonly Note[]
}

/**
 * JWZ's rules: a post has one parent; a link that would close a loop is refused and said; an absent parent is a hole.
 */
export function growForest(merged: Merged, told: Told): ReplyForest {
  const { posts, byId } = merged
  const known: (KnownParent | null)[] = []
  const parent = new Int32Array(posts.length).fill(NONE)
  for (let at = 0; at < posts.length; at++) {
    const one = merged.parents[at] ?? told.parentOf((posts[at] as MergedPost).id)
    if (one !== null) parent[at] = byId.get(one.id) ?? NONE
    known.push(one)
  }
  const refused = refuseLoops(parent, posts)
  for (const [first] of refused) known[first] = null
  const links = listLinks(known)
  return {
    parent,
    known,
    links,
    edges: listEdges(posts, known, links),
    notes: refused.map((loop) => loopNote(loop.map((at) => posts[at] as MergedPost))),
  }
}

function listLinks(known: readonly (KnownParent | null)[]): readonly (Link | null)[] {
  const pool = new Map<string, Link>()
  let [last, link]: [KnownParent | null, Link | null] = [null, null]
  const links: (Link | null)[] = []
  for (const one of known) {
    // Most often a link says what the one before it said.
    if (one !== null && (last === null || !saysSame(one, last))) {
      link = pooled(pool, one)
      last = one
    }
    links.push(one === null ? null : link)
  }
  return links
}

function saysSame(a: KnownParent, b: KnownParent): boolean {
  return a.basis === b.basis && a.p === b.p && a.say === b.say
}

function pooled(pool: Map<string, Link>, { basis, p, say }: KnownParent): Link {
  const key = `${basis} ${p} ${say}`
  const link = pool.get(key) ?? { basis, p, evidence: [{ kind: `${basis}-parent`, say, weight: logOdds(p) }] }
  pool.set(key, link)
  return link
}

function listEdges(
  posts: readonly MergedPost[],
  known: readonly (KnownParent | null)[],
  links: readonly (Link | null)[],
): readonly ReplyEdge[] {
  const edges: ReplyEdge[] = []
  for (let at = 0; at < posts.length; at++) {
    const above = known[at]
    const link = links[at]
    if (above == null || link == null) continue
    const child = (posts[at] as MergedPost).id
    edges.push({ child, parent: above.id, basis: link.basis, p: link.p, evidence: link.evidence })
  }
  return edges
}

/** Natural log-odds, kept finite. */
export function logOdds(p: number): number {
  if (p >= 1) return DECLARED_WEIGHT
  const kept = Math.min(1 - LEAST_DOUBT, Math.max(LEAST_DOUBT, p))
  return Math.log(kept / (1 - kept))
}

type Loop = readonly [first: number, ...others: number[]]

/** Cuts each loop in place at its earliest post, which is the likeliest root; returns them, that post first. */
function refuseLoops(parent: Int32Array, posts: readonly MergedPost[]): readonly Loop[] {
  const state = new Uint8Array(parent.length)
  const refused: Loop[] = []
  for (let start = 0; start < parent.length; start++) {
    if (state[start] !== 0) continue
    let at = start
    while (at !== NONE && state[at] === 0) {
      state[at] = 1
      at = parent[at] ?? NONE
    }
    const loop = at !== NONE && state[at] === 1 ? listLoop(parent, at) : []
    for (let node = start; node !== NONE && state[node] === 1; node = parent[node] ?? NONE) state[node] = 2
    if (loop.length === 0) continue
    const first = loop.reduce((a, b) => (comparePosts(posts[b] as MergedPost, posts[a] as MergedPost) < 0 ? b : a))
    parent[first] = NONE
    refused.push([first, ...loop.filter((at) => at !== first)])
  }
  return refused.sort(([a], [b]) => a - b)
}

function listLoop(parent: Int32Array, entry: number): readonly number[] {
  const loop = [entry]
  for (let at = parent[entry] ?? NONE; at !== entry; at = parent[at] ?? NONE) loop.push(at)
  return loop
}

function loopNote(loop: readonly MergedPost[]): Note {
  const post = loop[0] as MergedPost
  return {
    level: 'warning',
    code: 'reply-loop',
    message: `${post.id} says it replies to itself or to its own reply; that link was refused. The post is kept as a root.`,
    input: post.provenance.input,
    about: loop.map(({ id }) => id),
  }
}
