// Conversations: everyone's replies under one root, holes included. A lone author's chain is a thread and not one of
// these.
import { addTo } from '../../grouping.ts'
import type { Conversation, ConversationReply, Extraction, MergedPost } from '../../model.ts'
import { accountOf } from '../../post.ts'
import type { ReplyForest } from '../given/replies.ts'
import type { Told, ToldTree } from '../given/told.ts'
import type { Merged } from '../sightings/copies.ts'
import { NONE } from '../solve/bag.ts'
import { type DeclaredOf, readDeclared } from './declared.ts'
import { createPageReader, isLaterPage, judgeReplies, type PageReader } from './statement.ts'
import { answersAbsent, compareReplies, listTops, listTrees, type Tree } from './trees.ts'

export function listConversations(
  extractions: readonly Extraction[],
  merged: Merged,
  forest: ReplyForest,
  told: Told,
): readonly Conversation[] {
  const trees = listTrees(merged, forest).filter((tree) => isShared(tree, merged) || lacksTold(tree, merged, told))
  // Most of an archive is one author's: nothing more is made for it.
  if (trees.length === 0) return []
  const children = listChildren(merged, forest)
  const declaredOf = readDeclared(trees, extractions, merged)
  const context = { merged, forest, children, declaredOf, reader: createPageReader(extractions), told }
  return trees.map((tree) => makeConversation(tree, context))
}

/** Everything that conversations are made of. */
interface Context {
  readonly declaredOf: DeclaredOf
  readonly merged: Merged
  readonly forest: ReplyForest
  /** Answers of each post, in reading order. */
  readonly children: ReadonlyMap<number, readonly number[]>
  readonly reader: PageReader
  readonly told: Told
}

function listChildren(merged: Merged, forest: ReplyForest): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  forest.parent.forEach((above, child) => {
    if (above !== NONE) addTo(children, above, child)
  })
  for (const list of children.values()) list.sort((a, b) => compareReplies(merged, a, b))
  return children
}

/**
 * Articles always; otherwise replies of more than one author, or a reply to a post we lack and cannot call the author's
 * own.
 */
function isShared({ root, members }: Tree, merged: Merged): boolean {
  const kind = merged.posts[root]?.kind ?? 'post'
  if (kind === 'article') return true
  const first = accountAt(merged, members[0] ?? NONE)
  return members.some((at) => merged.posts[at]?.kind === 'comment' || accountAt(merged, at) !== first)
}

/** A nameless post is a stranger to the nameless of other inputs. */
function accountAt({ posts, places }: Merged, at: number): string {
  return accountOf(posts[at]?.author ?? null) ?? `?${places[at]?.extraction}`
}

function lacksTold(tree: Tree, merged: Merged, told: Told): boolean {
  return (toldOf(tree, merged, told)?.absent.length ?? 0) > 0
}

/** What a source tells of the tree that one of these posts stands in. */
function toldOf({ members }: Tree, { posts }: Merged, told: Told): ToldTree | null {
  for (const at of members) {
    const tree = told.treeOf(posts[at]?.id ?? '')
    if (tree !== null) return tree
  }
  return null
}

function makeConversation(tree: Tree, context: Context): Conversation {
  const { declaredOf, merged, forest, reader, told } = context
  const tops = listTops(tree, merged, forest)
  const replies = walkReplies(tops, context)
  const root = merged.posts[tree.root] ?? null
  const pages = new Set(tree.members.map((at) => merged.places[at]?.extraction ?? NONE))
  const page = declaredOf(tree)
  // Each page of an article counts the comments of all, which stand below the first that is here.
  const isCounted = replies.length > 0 || !isLaterPage(root)
  const declared = isCounted ? (page?.replies ?? toldOf(tree, merged, told)?.replies ?? null) : null
  const absent = countAbsent(tree.id, tops, forest)
  return {
    id: tree.id,
    root,
    site: page?.site ?? null,
    replies,
    declaredReplies: declared,
    ...judgeReplies({ here: replies.length, declared, absent, root, pages }, reader),
  }
}

/** Replies from the top down, each before its answers, without recursion: hostile trees are 100,000 deep. */
function walkReplies(tops: readonly number[], { children, merged, forest }: Context): readonly ConversationReply[] {
  const replies: ConversationReply[] = []
  const stack = tops.toReversed().map((at) => ({ at, parent: null as number | null, depth: 0 }))
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { at, parent, depth } = top
    const index = replies.length
    replies.push({ index, parent, depth, post: merged.posts[at] as MergedPost, link: forest.links[at] ?? null })
    const below = children.get(at) ?? []
    for (const child of below.toReversed()) stack.push({ at: child, parent: index, depth: depth + 1 })
  }
  return replies
}

/** Distinct posts that are replied to and not here, the root aside. */
function countAbsent(id: string, tops: readonly number[], forest: ReplyForest): number {
  return new Set(tops.flatMap((at) => (answersAbsent(at, id, forest) ? (forest.known[at]?.id ?? []) : []))).size
}
