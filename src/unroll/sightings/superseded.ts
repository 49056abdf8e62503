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
  const latest = new Map([...pages].map(([key, texts]) => [key, sortByTime(texts)]))
  const isSuperseded = (post: Post): boolean => {
    const key = pageKey(post)
    const seen = pages.get(key)?.get(post.text) ?? ''
    const rival = latest.get(key)?.find(({ text, time }) => time <= seen || !isBeginning(text, post.text))
    return rival !== undefined && rival.time > seen
  }
  return new Set(posts.filter(isSuperseded))
}

/** What one page said of a post, the latest first: of thousands of readings a post is compared with few. */
function sortByTime(texts: ReadonlyMap<string, string>): readonly { readonly text: string; readonly time: string }[] {
  return [...texts]
    .map(([text, time]) => ({ text, time }))
    .sort((a, b) => Number(a.time < b.time) - Number(a.time > b.time))
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
