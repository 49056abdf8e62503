// Which posts make one conversation: trees of replies, and beside them the replies whose parent is not here but whose
// conversation is named. It judges and prints nothing.
import type { MergedPost } from '../../model.ts'
import type { ReplyForest } from '../given/replies.ts'
import { comparePosts, refId } from '../identity.ts'
import type { KnownParent, Merged, PagePlace } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'

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
  const opened = listOpened(merged.posts, forest)
  const roots = indexRoots(merged.posts, forest, opened)
  const trees = new Map<string, Tree & { readonly members: number[] }>()
  const byTop = new Map<number, number[]>()
  for (let at = 0; at < highest.length; at++) {
    const top = highest[at] ?? NONE
    const known = byTop.get(top)
    if (known !== undefined) {
      known.push(at)
      continue
    }
    const { id, root } = findHome(top, merged.posts, { forest, opened, roots })
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
  const [left, right] = [places[a] as PagePlace, places[b] as PagePlace]
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

/** Ids of first posts after which others name their conversation that do not tell what they answer. */
function listOpened(posts: readonly MergedPost[], { known }: ReplyForest): ReadonlySet<string> {
  const named = new Set<string>()
  const opened = new Set<string>()
  const names = posts.map((post, at) => (known[at] == null ? conversationId(post) : null))
  for (const [at, name] of names.entries()) if (name !== null && name !== posts[at]?.id) named.add(name)
  if (named.size === 0) return opened
  for (const [at, { id }] of posts.entries())
    if (known[at] == null && (names[at] ?? id) === id && named.has(id)) opened.add(id)
  return opened
}

/** Roots by their ids and by the conversations they open. */
function indexRoots(
  posts: readonly MergedPost[],
  forest: ReplyForest,
  opened: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const roots = new Map<string, number>()
  for (let at = 0; at < posts.length; at++) {
    if (!isRoot(posts[at] as MergedPost, forest.known[at], opened)) continue
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

/**
 * What names its conversation is an answer without a parent too: a comment, or a post where the one it names is here.
 * An article answers nothing: it may be a later page of the one it names.
 */
function isRoot(post: MergedPost, known: KnownParent | null | undefined, opened: ReadonlySet<string>): boolean {
  if (known != null) return false
  const conversation = conversationId(post)
  if (conversation === null) return true
  if (post.kind !== 'post') return post.kind === 'article'
  return conversation === post.id || !opened.has(conversation)
}

function conversationId({ platform, conversation }: MergedPost): string | null {
  return conversation === null ? null : refId({ platform, id: conversation })
}

/** Of two roots in one conversation: the post it is named after, then the article, then the earlier. */
function opensRather(post: MergedPost, rival: MergedPost, name: string): boolean {
  const rank = ({ id, kind }: MergedPost): number => (id === name ? 0 : kind === 'article' ? 1 : 2)
  return (rank(post) - rank(rival) || comparePosts(post, rival)) < 0
}

interface Homes {
  readonly forest: ReplyForest
  readonly opened: ReadonlySet<string>
  readonly roots: ReadonlyMap<string, number>
}

/** The tree of a post that has no parent here: its own, the conversation it names, or that of the absent parent. */
function findHome(
  top: number,
  posts: readonly MergedPost[],
  { forest, opened, roots }: Homes,
): { readonly id: string; readonly root: number } {
  const post = posts[top] as MergedPost
  if (isRoot(post, forest.known[top], opened)) return { id: post.id, root: top }
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
