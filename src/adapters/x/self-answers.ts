// Threads in files that name a post's conversation and not what it answers (twint, many tables): the posts by which the
// author of the first carries it on, each below the one before.
import type { Parent, Post } from '../../model.ts'
import { compareIds } from '../../post.ts'
import { PLATFORM } from './names.ts'

/** In 980 reply trees of public exports 1,652 of 1,782 posts that address nobody answer their author's one before. */
const P = 0.93
const SAY = 'the author’s next post of the conversation it names; whom it answers is not told'
/** A post that begins so answers somebody. */
const ADDRESSED = /^\s*@\w/

/** The posts, those without a parent that carry on their author's own conversation below the one before. */
export function withSelfAnswers(posts: readonly Post[]): readonly Post[] {
  const runs = runsOf(posts)
  if (runs.size === 0) return posts
  const parents = new Map<Post, Parent>()
  for (const run of runs.values())
    for (const [at, post] of run.entries()) if (at > 0 && post.parent === null) parents.set(post, parentAt(run[at - 1]))
  return posts.map((post) => (parents.has(post) ? { ...post, parent: parents.get(post) ?? null } : post))
}

/** Of each conversation that opens here what its author says to nobody else, in order. */
function runsOf(posts: readonly Post[]): ReadonlyMap<string, readonly Post[]> {
  const runs = new Map<string, Post[]>()
  if (!posts.some(isFollowing)) return runs
  for (const post of posts) if (post.platform === PLATFORM && isOpening(post)) runs.set(post.conversation ?? '', [post])
  for (const post of posts) {
    const run = isFollowing(post) ? runs.get(post.conversation ?? '') : undefined
    if (run !== undefined && isOfOne(post, run[0]) && !ADDRESSED.test(post.text)) run.push(post)
  }
  for (const run of runs.values()) run.sort((a, b) => compareIds(a.ref?.id ?? '', b.ref?.id ?? ''))
  return runs
}

function isOpening({ ref, conversation }: Post): boolean {
  return ref !== null && ref.id === conversation
}

function isFollowing({ platform, ref, conversation }: Post): boolean {
  return platform === PLATFORM && ref !== null && conversation !== null && ref.id !== conversation
}

function isOfOne({ author }: Post, first: Post | undefined): boolean {
  const handle = author?.handle?.toLowerCase() ?? null
  if (handle !== null) return handle === first?.author?.handle?.toLowerCase()
  return author?.id != null && author.id === first?.author?.id
}

function parentAt(before: Post | undefined): Parent {
  return { ref: before?.ref ?? null, key: before?.key ?? null, basis: 'layout', p: P, say: SAY }
}
