// Ids a thread has where less of it is known: a page that lacks its beginning opens it with a later post, and a scrape
// names posts by their words. Whoever saw only that page knows the thread by that id, so it stays valid.
import type { MergedPost, ThreadPost } from '../../model.ts'

/**
 * Sorted; empty where every source shows the first post under its own id.
 * @param posts of the thread, in reading order
 * @param former by id, what sightings of a post are called where nothing else is known
 */
export function listAliases(
  posts: readonly ThreadPost[],
  former: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const first = posts[0]?.post
  if (first === undefined || (former.size === 0 && isFromOneSource(posts))) return []
  const aliases = new Set<string>()
  const opened = new Set<string>()
  for (const { post } of posts) {
    if (post.sources.every((source) => opened.has(nameOf(source)))) continue
    for (const source of post.sources) opened.add(nameOf(source))
    for (const id of [post.id, ...(former.get(post.id) ?? [])]) if (id !== first.id) aliases.add(id)
  }
  return [...aliases].sort()
}

function isFromOneSource(posts: readonly ThreadPost[]): boolean {
  const source = posts[0]?.post.sources[0]
  if (source === undefined) return false
  return posts.every(
    ({ post: { sources } }) => sources.length === 1 && sources[0] !== undefined && isSame(sources[0], source),
  )
}

type Source = MergedPost['sources'][number]

function isSame(a: Source, b: Source): boolean {
  return a.capture === b.capture && (a.capture !== null || a.input === b.input)
}

function nameOf({ capture, input }: Source): string {
  return capture ?? input
}
