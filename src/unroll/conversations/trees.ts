// Which posts make one conversation: trees of replies, and beside them the replies whose parent is not here but whose
// conversation is named. It judges and prints nothing.
import type { MergedPost } from '../../model.ts'
import { comparePosts, refId } from '../identity.ts'
import type { Merged, Place } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import type { ReplyForest } from '../threads/replies.ts'

export interface Tree {
  /** Id of the root; it may be absent. */
  readonly id: string
  /** Position of the root, NONE when it is not here. */
  readonly root: number
  /** All posts of the tree, the root included. */
  readonly members: readonly number[]
}

/** Every post stands in exactly one tree. */
export function listTrees(merged: Merged, forest: ReplyForest): readonly Tree[] {
  const highest = findHighest(forest.parent)
  const roots = indexRoots(merged.posts, forest)
  const trees = new Map<string, Tree & { readonly members: number[] }>()
  const byTop = new Map<number, number[]>()
  for (let at = 0; at < highest.length; at++) {
    const top = highest[at] ?? NONE
    const known = byTop.get(top)
    if (known !== undefined) {
      known.push(at)
      continue
    }
    const { id, root } = findHome(top, merged.posts, forest, roots)
    const tree = trees.get(id) ?? { id, root, members: [] }
    trees.set(id, tree)
    byTop.set(top, tree.members)
    tree.members.push(at)
  }
  return [...trees.values()]
}

/** By time under a post, by place under an article: comment pages have an order of their own. */
export function compareReplies({ posts, places }: Merged, a: number, b: number): number {
  const [x, y] = [posts[a] as MergedPost, posts[b] as MergedPost]
  if (x.kind === 'post' || y.kind === 'post') return comparePosts(x, y)
  const [left, right] = [places[a] as Place, places[b] as Place]
  return left.extraction - right.extraction || left.index - right.index
}

/** Whether the post is named as an answer to one that is not here, the absent root of its own tree aside. */
export function answersAbsent(at: number, id: string, { parent, known }: ReplyForest): boolean {
  const above = known[at]
  return above != null && parent[at] === NONE && above.id !== id
}

/** The topmost post above each post, itself included. */
function findHighest(parent: Int32Array): Int32Array {
  const highest = new Int32Array(parent.length).fill(NONE)
  for (let start = 0; start < parent.length; start++) {
    let at = start
    while (highest[at] === NONE && (parent[at] ?? NONE) !== NONE) at = parent[at] ?? NONE
    const top = highest[at] === NONE ? at : (highest[at] ?? at)
    highest[at] = top
    for (let node = start; node !== at; node = parent[node] ?? NONE) highest[node] = top
  }
  return highest
}

/** Roots by their ids and by the conversations they open. */
function indexRoots(posts: readonly MergedPost[], forest: ReplyForest): ReadonlyMap<string, number> {
  const roots = new Map<string, number>()
  for (let at = 0; at < posts.length; at++) {
    if (!isRoot(at, posts, forest)) continue
    const post = posts[at] as MergedPost
    const conversation = conversationId(post) ?? post.id
    open(roots, post.id, at, posts)
    if (conversation !== post.id) open(roots, conversation, at, posts)
  }
  return roots
}

function open(roots: Map<string, number>, name: string, at: number, posts: readonly MergedPost[]): void {
  const rival = roots.get(name)
  if (rival === undefined || opensRather(posts[at] as MergedPost, posts[rival] as MergedPost, name)) roots.set(name, at)
}

/** A comment without a parent is an answer all the same when it names its conversation. */
function isRoot(at: number, posts: readonly MergedPost[], { known }: ReplyForest): boolean {
  const post = posts[at] as MergedPost
  return known[at] == null && (post.kind !== 'comment' || post.conversation === null)
}

function conversationId({ platform, conversation }: MergedPost): string | null {
  return conversation === null ? null : refId({ platform, id: conversation })
}

/** Of two roots in one conversation: the post it is named after, then the article, then the earlier. */
function opensRather(post: MergedPost, rival: MergedPost, name: string): boolean {
  const rank = ({ id, kind }: MergedPost): number => (id === name ? 0 : kind === 'article' ? 1 : 2)
  return (rank(post) - rank(rival) || comparePosts(post, rival)) < 0
}

/** The tree of a post that has no parent here: its own, the conversation it names, or that of the absent parent. */
function findHome(
  top: number,
  posts: readonly MergedPost[],
  forest: ReplyForest,
  roots: ReadonlyMap<string, number>,
): { readonly id: string; readonly root: number } {
  const post = posts[top] as MergedPost
  if (isRoot(top, posts, forest)) return { id: post.id, root: top }
  const named = conversationId(post) ?? forest.known[top]?.id ?? post.id
  const root = roots.get(named) ?? NONE
  return { id: posts[root]?.id ?? named, root }
}

/**
 * Posts under the root or under a hole, in reading order; answers to one absent post stay together, where the first
 * stands.
 */
export function listTops({ id, root, members }: Tree, merged: Merged, forest: ReplyForest): readonly number[] {
  const tops = members.filter((at) => {
    const above = forest.parent[at] ?? NONE
    return at !== root && (above === NONE || above === root)
  })
  const groups = new Map<string | number, number[]>()
  for (const at of tops.sort((a, b) => compareReplies(merged, a, b))) {
    const hole = answersAbsent(at, id, forest) ? (forest.known[at]?.id ?? at) : at
    const group = groups.get(hole) ?? []
    groups.set(hole, group)
    group.push(at)
  }
  return [...groups.values()].flat()
}
