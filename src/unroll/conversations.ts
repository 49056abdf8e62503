// Conversations: everyone's replies under one root, holes included. A lone author's chain is a thread and not one of these.
import type { Completeness, Conversation, ConversationReply, Extraction, Link, MergedPost } from '../model.ts'
import { NONE } from './bag.ts'
import type { Merged } from './copies.ts'
import { authorKey, comparePosts } from './identity.ts'
import type { ReplyForest } from './replies.ts'
import { logOdds } from './replies.ts'

interface Tree {
  /** Id of the root; it may be absent. */
  readonly id: string
  readonly root: number
  readonly members: readonly number[]
}

export function listConversations(
  extractions: readonly Extraction[],
  merged: Merged,
  forest: ReplyForest,
): readonly Conversation[] {
  const children = listChildren(merged, forest)
  return listTrees(merged, forest)
    .filter((tree) => isShared(tree, merged))
    .map((tree) => makeConversation(tree, children, extractions, merged, forest))
}

/** Children of each post; those under an article or post stand in page order, replies elsewhere in time order. */
function listChildren({ posts, places }: Merged, forest: ReplyForest): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  forest.parent.forEach((above, child) => {
    if (above === NONE) return
    const list = children.get(above)
    if (list === undefined) children.set(above, [child])
    else list.push(child)
  })
  for (const list of children.values()) list.sort((a, b) => compareReplies(posts, places, a, b))
  return children
}

function compareReplies(posts: Merged['posts'], places: Merged['places'], a: number, b: number): number {
  const [x, y] = [posts[a] as MergedPost, posts[b] as MergedPost]
  if (x.kind === 'post' || y.kind === 'post') return comparePosts(x, y)
  return (
    (places[a]?.extraction ?? 0) - (places[b]?.extraction ?? 0) || (places[a]?.index ?? 0) - (places[b]?.index ?? 0)
  )
}

function listTrees({ posts }: Merged, forest: ReplyForest): readonly Tree[] {
  const roots = findRoots(forest.parent)
  const trees = new Map<string, { root: number; members: number[] }>()
  roots.forEach((root, at) => {
    const known = forest.known[root]
    const id = known == null ? (posts[root]?.id ?? '') : known.id
    const tree = trees.get(id) ?? { root: known == null ? root : NONE, members: [] }
    trees.set(id, tree)
    tree.members.push(at)
  })
  return [...trees].map(([id, tree]) => ({ id, ...tree }))
}

/** The topmost post above each post, itself included. */
function findRoots(parent: Int32Array): Int32Array {
  const roots = new Int32Array(parent.length).fill(NONE)
  parent.forEach((_, start) => {
    const path: number[] = []
    let at = start
    while (roots[at] === NONE && (parent[at] ?? NONE) !== NONE) {
      path.push(at)
      at = parent[at] ?? NONE
    }
    const root = roots[at] === NONE ? at : (roots[at] ?? at)
    roots[at] = root
    for (const node of path) roots[node] = root
  })
  return roots
}

/** Articles always; otherwise replies of more than one author, or a reply to a post we lack and cannot call the author's own. */
function isShared({ root, members }: Tree, { posts }: Merged): boolean {
  const kind = posts[root]?.kind ?? 'post'
  if (kind === 'article') return true
  if (members.some((at) => posts[at]?.kind === 'comment')) return true
  const authors = new Set(members.map((at) => authorKey(posts[at]?.author ?? null)))
  return authors.size > 1
}

function makeConversation(
  tree: Tree,
  children: ReadonlyMap<number, readonly number[]>,
  extractions: readonly Extraction[],
  merged: Merged,
  forest: ReplyForest,
): Conversation {
  const replies = walkReplies(tree, children, merged, forest)
  const root = tree.root === NONE ? null : (merged.posts[tree.root] as MergedPost)
  const page = declaredBy(tree, extractions, merged)
  const absent = countAbsent(tree, merged, forest)
  const declared = page?.declared.replies ?? null
  return {
    id: tree.id,
    root,
    site: page?.declared.site ?? null,
    replies,
    declaredReplies: declared,
    ...judgeReplies(replies.length, declared, absent, root !== null),
  }
}

/** Replies from the top down, each before its answers, without recursion: hostile trees are 100,000 deep. */
function walkReplies(
  { root, members }: Tree,
  children: ReadonlyMap<number, readonly number[]>,
  { posts }: Merged,
  forest: ReplyForest,
): readonly ConversationReply[] {
  const tops = root === NONE ? members.filter((at) => forest.parent[at] === NONE) : (children.get(root) ?? [])
  const replies: ConversationReply[] = []
  const stack = tops.toReversed().map((at) => ({ at, parent: null as number | null, depth: 0 }))
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { at, parent, depth } = top
    const index = replies.length
    replies.push({ index, parent, depth, post: posts[at] as MergedPost, link: linkTo(forest, at) })
    const below = children.get(at) ?? []
    for (const child of below.toReversed()) stack.push({ at: child, parent: index, depth: depth + 1 })
  }
  return replies
}

function linkTo(forest: ReplyForest, at: number): Link | null {
  const known = forest.known[at]
  if (known == null) return null
  const { basis, p, say } = known
  return { basis, p, evidence: [{ kind: `${basis}-parent`, say, weight: logOdds(p) }] }
}

/** The page that tells how many replies the root has: one that shows the root, or any of its replies. */
function declaredBy(
  { root, members }: Tree,
  extractions: readonly Extraction[],
  { places }: Merged,
): Extraction | null {
  const at = places[root === NONE ? (members[0] ?? 0) : root]?.extraction
  return at === undefined ? null : (extractions[at] ?? null)
}

/** Distinct parents named by members and not among the posts, the root's own id aside. */
function countAbsent({ id, members }: Tree, { byId }: Merged, forest: ReplyForest): number {
  const absent = new Set<string>()
  for (const at of members) {
    const parent = forest.known[at]?.id
    if (parent !== undefined && parent !== id && !byId.has(parent)) absent.add(parent)
  }
  return absent.size
}

function judgeReplies(
  here: number,
  declared: number | null,
  absent: number,
  hasRoot: boolean,
): { completeness: Completeness; statement: string } {
  const parts: string[] = []
  if (declared === null && here === 0) parts.push('no replies here, and none are spoken of')
  else if (declared === null) parts.push(`${here} ${here === 1 ? 'reply' : 'replies'}; how many there are is not said`)
  else
    parts.push(
      here < declared
        ? `${here} of ${declared} comments; ${declared - here} not on this page`
        : `all ${declared} comments`,
    )
  if (absent > 0) parts.push(`${absent} posts that are replied to are not here`)
  if (!hasRoot) parts.push('the post that opens it is not here')
  const lacks = absent > 0 || !hasRoot || (declared !== null && here < declared)
  return { completeness: lacks ? 'partial' : declared === null ? 'unknown' : 'complete', statement: parts.join('; ') }
}
