// Makes posts for cost measurements: threads of one author cut, numbered and interleaved, without any real words.
import type { Extraction, Post } from '../../src/model.ts'
import { extractionOf, postOf } from '../fit/tangle.ts'

const WORDS =
  'harbour signal meadow copper ladder window orchard lantern gravel violin market feather bridge cellar ribbon'.split(
    ' ',
  )

/** Threads of 4 to 19 posts by one author, numbered `n/`, interleaved two by two. */
export function makeNumbered(author: string, count: number): Post[] {
  const posts: Post[] = []
  for (let thread = 0; posts.length < count; thread++) {
    const length = 4 + (thread % 16)
    for (let n = 1; n <= length && posts.length < count; n++) {
      const topic = `${WORDS[thread % 15]}${thread} ${WORDS[(thread * 7) % 15]}${n}`
      const text = `${n}/ About the ${topic} and what ${WORDS[(n * 3 + thread) % 15]} says of it, as far as we can tell today.`
      posts.push(postOf({ author, text }, posts.length, 'made'))
    }
  }
  return posts
}

/** The same with ids, times and declared parents. */
export function makeDeclared(author: string, count: number, first: number): Post[] {
  const plain = makeNumbered(author, count)
  return plain.map((post, at): Post => {
    const id = String(1_000_000_000_000 + first + at)
    const head = post.text.startsWith('1/')
    const parent = head || at === 0 ? null : String(1_000_000_000_000 + first + at - 1)
    return {
      ...post,
      ref: { platform: 'x', id },
      createdAt: new Date(1_600_000_000_000 + (first + at) * 60_000).toISOString(),
      parent:
        parent === null
          ? null
          : { ref: { platform: 'x', id: parent }, key: null, basis: 'declared', p: 1, say: 'in reply to' },
    }
  })
}

export function gather(make: (author: string, at: number) => Post[], total: number, perAuthor: number): Extraction {
  const posts: Post[] = []
  for (let at = 0; at < total; at += perAuthor)
    for (const post of make(`author${at}`, at)) posts.push({ ...post, key: String(posts.length), index: posts.length })
  return extractionOf(posts)
}
