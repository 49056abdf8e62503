// In a large bag many posts bear each number, and few of them are looked at: what is not looked at is a rival too.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { listPlaces, makeLines } from '../../../bench/made-posts.ts'
import { extractionOf, postOf } from '../../../fit/tangle.ts'

const POSTS = 3000

describe('a bag of thousands of posts with numbers and words alone', () => {
  const lines = makeLines('numbers', 'author', POSTS, 0).map(
    (line) => JSON.parse(line) as { text: string; author: string },
  )
  const posts = lines.map((line, at) => postOf(line, at, 'made'))
  const { threads } = unroll([extractionOf(posts)], { order: 'none', digest: sha256 })
  const places = listPlaces(POSTS)

  it('says of no more links that they are right than are', () => {
    let [said, right] = [0, 0]
    for (const thread of threads)
      for (const [k, { post, link }] of thread.posts.entries()) {
        const [before, own] = [places[thread.posts[k - 1]?.post.index ?? -1], places[post.index]]
        said += link?.p ?? 0
        if (before !== undefined && before.thread === own?.thread && before.n + 1 === own.n) right += 1
      }
    expect(right).toBeGreaterThan(0)
    expect(said).toBeLessThanOrEqual(right)
  })
})
