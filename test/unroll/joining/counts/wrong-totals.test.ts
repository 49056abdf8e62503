// A total written wrong in one post: it takes the only place there is for its number, and no place where there are two.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Thread } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const WORDS = [
  'kept a blue ledger',
  'listed ships by colour',
  'counted only birds',
  'left a page blank',
  'hung up a kite',
  'never signed',
  'wrote at night',
  'took leave',
]

/** Posts of one count, with another total at one number. */
const countUp = (of: string, slip: number | null, wrong = 21): string[] =>
  WORDS.map((words, k) => `${k + 1}/${k + 1 === slip ? wrong : WORDS.length} The ${of} ${words}`)

/** Threads of a bag without order, the longest first. */
function threadsOf(texts: readonly string[]): readonly Thread[] {
  const posts = [...texts]
    .sort((a, b) => sha256(a).localeCompare(sha256(b)))
    .map((text) => makePost({ text, author: 'ada' }))
  return unroll([makePage(posts)], { order: 'none', digest: sha256 }).threads.toSorted(
    (a, b) => b.posts.length - a.posts.length,
  )
}

const numbersOf = (thread: Thread | undefined) => thread?.posts.map(({ number }) => number)

describe('a total written wrong in one post of a shuffled thread', () => {
  it.each([2, 5, 7])('is a slip where the thread lacks just its number: %i', (slip) => {
    const [thread, ...others] = threadsOf(countUp('keeper', slip))
    expect(numbersOf(thread)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(others).toEqual([])
    expect(thread).toMatchObject({
      completeness: 'complete',
      statement: expect.stringContaining('the total changed from 8 to 21, then 8'),
    })
    expect(thread?.posts[slip - 1]?.link?.p).toBeLessThan(0.95)
  })

  it('is none where another post bears the number, or the other total', () => {
    const texts = countUp('keeper', null)
    expect(threadsOf([...texts, '5/21 A loaf needs an old sour']).map(({ posts }) => posts.length)).toEqual([8, 1])
    const lacking = texts.filter((_, k) => k !== 4)
    const two = ['5/21 A loaf needs an old sour', '9/21 A loaf stands a day']
    expect(
      threadsOf([...lacking, ...two]).every(
        ({ posts }) => new Set(posts.map(({ post }) => post.text.includes('/21'))).size === 1,
      ),
    ).toBe(true)
  })
})
