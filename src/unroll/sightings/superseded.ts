// Which sightings of a post show it as it was before a change: the same page, read again later, has other words. A page
// is the same in whatever file it comes, and a post's own page is, though it moved. Where a platform says when it was
// edited, that is compared elsewhere (copies.ts); nothing is dropped here, only named.
import type { Post } from '../../model.ts'

/** Between the name of a file and the address of a capture in it (`2019.warc.gz!/https://…`). */
const WEB_INSIDE = /!\/(?=https?:)/i
const ELLIPSES = ['…', '...']

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
  const ellipsis = ELLIPSES.find((one) => text.endsWith(one)) ?? ''
  const said = text.slice(0, text.length - ellipsis.length).trimEnd()
  return said.length < whole.length && whole.startsWith(said)
}

/** An empty address stands for the post's own page. */
function pageKey({ provenance: { adapter, input }, url }: Post): string {
  const at = input.search(WEB_INSIDE)
  const address = at < 0 ? input : input.slice(at + 2)
  const isOwn = url !== null && (url === address || url.startsWith(`${address}#`))
  return `${adapter}\u0000${isOwn ? '' : address}`
}

function timeOf({ provenance }: Post): string {
  return provenance.capturedAt ?? ''
}
