// Which findings are long enough to be printed, for a person who does not want every single post.
import type { Unrolled } from '../model.ts'

/** Threads and discussions of so many posts or more; articles stay. What has no home is one post. */
export function keepLong(unrolled: Unrolled, minPosts: number): Unrolled {
  if (minPosts < 2) return unrolled
  const { threads, conversations } = unrolled
  return {
    ...unrolled,
    threads: threads.filter(
      ({ posts, branches }) => branches.reduce((sum, branch) => sum + branch.posts.length, posts.length) >= minPosts,
    ),
    conversations: conversations.filter(
      ({ root, replies }) => root?.kind === 'article' || 1 + replies.length >= minPosts,
    ),
    unplaced: [],
  }
}

export function countFindings({ threads, conversations, unplaced }: Unrolled): number {
  return threads.length + conversations.length + unplaced.length
}
