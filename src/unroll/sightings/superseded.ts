// Which sightings of a post show it as it was before a change: the same page, read again later, has other words. Where
// a platform says when it was edited, that is compared elsewhere (copies.ts); nothing is dropped here, only named.
import type { Post } from '../../model.ts'

/** A later reading that only has the beginning was cut or walled, and takes no one's place. */
export function findSuperseded(posts: readonly Post[]): ReadonlySet<Post> {
  const pages = new Map<string, Map<string, string>>()
  for (const post of posts) {
    const texts = pages.get(pageKey(post)) ?? new Map<string, string>()
    const known = texts.get(post.text) ?? ''
    texts.set(post.text, known > timeOf(post) ? known : timeOf(post))
    pages.set(pageKey(post), texts)
  }
  return new Set(posts.filter((post) => isSuperseded(post.text, pages.get(pageKey(post)) ?? new Map())))
}

/** `texts`: what one page said of the post, each with the time it was last seen. */
function isSuperseded(text: string, texts: ReadonlyMap<string, string>): boolean {
  const seen = texts.get(text) ?? ''
  return [...texts].some(([other, time]) => time > seen && !isBeginning(other, text))
}

function isBeginning(text: string, whole: string): boolean {
  return text.length < whole.length && whole.startsWith(text)
}

function pageKey({ provenance }: Post): string {
  return `${provenance.adapter}\u0000${provenance.input}`
}

function timeOf({ provenance }: Post): string {
  return provenance.capturedAt ?? ''
}
