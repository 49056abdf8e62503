// Threads in feeds that say of a post whom it answers, and not which post (Nitter): what an account says to itself
// stands below what it said last, to itself or to nobody.
import type { Parent, Post } from '../../model.ts'
import type { Status } from './item.ts'

/** An account may also come back to something older. */
const P = 0.85
const SAY = 'the feed says that the account answers itself; its last post before this one that answers nobody else'

interface Said {
  readonly post: Post
  readonly status: Status | null
}

export function withSelfAnswers(said: readonly Said[]): readonly Post[] {
  const parents = new Map<Post, Parent>()
  const last = new Map<string, Post>()
  for (const { post, status } of [...said].sort(byTime)) {
    const handle = post.author?.handle?.toLowerCase()
    const answers = status?.answers?.toLowerCase()
    if (status === null || handle === undefined || (answers !== undefined && answers !== handle)) continue
    const before = last.get(handle)
    if (answers !== undefined && before !== undefined && post.parent === null) parents.set(post, parentAt(before))
    last.set(handle, post)
  }
  return said.map(({ post }) => (parents.has(post) ? { ...post, parent: parents.get(post) ?? null } : post))
}

function parentAt({ ref, key }: Post): Parent {
  return { ref, key, basis: 'layout', p: P, say: SAY }
}

function byTime({ post: one }: Said, { post: other }: Said): number {
  const [a, b] = [one.createdAt ?? '', other.createdAt ?? '']
  return a < b ? -1 : a > b ? 1 : 0
}
