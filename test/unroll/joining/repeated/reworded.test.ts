// A thread that a page shows twice, the second time mended, is one thread: nothing of it is missing.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const KEEPER = [
  'The lighthouse keeper wrote every strom into a small blue ledger',
  'Nobody read it until the winter of the great flood',
  'Its first pages list ships by colour, not by name',
  'Then the handwriting changes, and so does the ink',
]
const count = (texts: readonly string[]): string[] => texts.map((text, k) => `${k + 1}/${texts.length} ${text}`)
const unrollTexts = (texts: readonly string[]) =>
  unroll([makePage(texts.map((text) => makePost({ text, author: 'ada', createdAt: null })))], {
    order: 'page',
    digest: sha256,
  })

describe('a thread shown again with its words mended', () => {
  const mended = KEEPER.with(0, KEEPER[0]?.replace('strom', 'storm') ?? '').with(
    2,
    'Its first pages list the ships by colour, not by name',
  )

  it('is one thread in which what was mended stands twice', () => {
    const { threads, unplaced } = unrollTexts([...count(KEEPER), ...count(mended)])
    expect(threads.map(({ posts }) => posts.map(({ number }) => number))).toEqual([[1, 1, 2, 3, 3, 4]])
    expect(threads[0]?.gaps).toEqual([])
    expect(threads[0]?.statement).toMatch(/^posts 1–4 of 4; .*stands twice/)
    expect(unplaced).toEqual([])
    for (const k of [1, 4]) expect(threads[0]?.posts[k]?.link?.p).toBe(0.9)
  })

  it('takes no post that says something else under the same number', () => {
    const other = ['1/4 Rye bread needs an old sour', '3/4 A wet dough forgives you much']
    const { threads } = unrollTexts([...count(KEEPER), ...other])
    expect(threads.map(({ posts }) => posts.length)).toContain(4)
    for (const { posts } of threads) expect(new Set(posts.map(({ number }) => number)).size).toBe(posts.length)
  })

  it('goes on behind a post that was mended at once', () => {
    const texts = count(KEEPER)
    const { threads } = unrollTexts(texts.toSpliced(3, 0, `3/4 ${mended[2]}`))
    expect(threads.map(({ posts }) => posts.map(({ number }) => number))).toEqual([[1, 2, 3, 3, 4]])
    expect(threads[0]?.gaps).toEqual([])
  })
})
