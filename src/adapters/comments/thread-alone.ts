// A page of one thread among an entry's comments, without the entry (`?thread=812` at LiveJournal and Dreamwidth): its
// posts are comments on what is not here.
import type { Post, PostRef } from '../../model.ts'
import { ARTICLE_KEY } from '../article/blog-article.ts'

const THREAD = 'thread'
const NUMBER = /^\d+$/

/** The entry whose thread an address names, or null. */
export function entryOf(url: URL | null): URL | null {
  if (url === null || !NUMBER.test(url.searchParams.get(THREAD) ?? '')) return null
  const entry = new URL(url.pathname, url)
  return entry.pathname === '/' ? null : entry
}

/** The comments without the entry: what answered it names it by its address, or nothing where nobody knows that. */
export function withoutEntry(comments: readonly Post[], entry: PostRef | null): readonly Post[] {
  return comments.map((post, index) => {
    const { parent } = post
    if (parent?.key !== ARTICLE_KEY) return { ...post, index }
    return { ...post, index, parent: entry === null ? null : { ...parent, ref: entry, key: null } }
  })
}
