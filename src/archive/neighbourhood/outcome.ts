// What an unrolling gave, looked at as posts, and which part of it may stand in the findings. It stores nothing.
import type { MergedPost, Unrolled } from '../../model.ts'
import { linesOf } from '../findings/threads.ts'

/** Every post by its id: each is in a thread, in a conversation, or unplaced. */
export function listPosts({ threads, conversations, unplaced }: Unrolled): ReadonlyMap<string, MergedPost> {
  const posts = new Map<string, MergedPost>()
  const add = (post: MergedPost): void => void posts.set(post.id, post)
  for (const thread of threads) for (const line of linesOf(thread)) for (const { post } of line) add(post)
  for (const { root, replies } of conversations) {
    if (root !== null) add(root)
    for (const { post } of replies) add(post)
  }
  for (const { post } of unplaced) add(post)
  return posts
}

/** Ids of posts of which an unrolling of a part knows as much as one of everything. */
interface Competence {
  /** All posts of their authors were unrolled together. */
  readonly own: { has(id: string): boolean }
  /** Their whole reply trees were. */
  readonly whole: { has(id: string): boolean }
}

/** Threads of authors who were there with all their posts, whole conversations, and remarks about these. */
export function keepCompetent(unrolled: Unrolled, { own, whole }: Competence): Unrolled {
  const threads = unrolled.threads.filter(({ id }) => own.has(id))
  const conversations = unrolled.conversations.filter(({ root, replies }) => {
    const one = root ?? replies[0]?.post
    return one === undefined || whole.has(one.id)
  })
  const unplaced = unrolled.unplaced.filter(({ post }) => own.has(post.id))
  const handovers = unrolled.handovers.filter((pair) => pair.every((id) => own.has(id)))
  const kept = { ...unrolled, threads, conversations, unplaced, handovers }
  const posts = listPosts(kept)
  const all = listPosts(unrolled)
  // Of others only a part may be here; and who is told of and nowhere here, nobody else would speak of.
  const isKnown = (id: string): boolean => own.has(id) || !all.has(id)
  const notes = unrolled.notes.filter(({ about = [] }) => about.length === 0 || about.some(isKnown))
  return { ...kept, notes, edges: unrolled.edges.filter(({ child }) => posts.has(child)) }
}
