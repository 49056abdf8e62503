// What posts are about, and what a page's layout tells: two signals that stand for no word and no number by themselves.
import { describe, expect, it } from 'vitest'
import { readLayout } from '../../../../src/unroll/evidence/page-layout.ts'
import { compareMeanings } from '../../../../src/unroll/evidence/words/meaning.ts'
import { readWords } from '../../../../src/unroll/evidence/words/words.ts'

const compare = (...texts: readonly string[]) =>
  compareMeanings(
    texts,
    texts.map((text) => readWords(text)),
  )

describe('meanings', () => {
  it('bring texts of one topic together that share no word', () => {
    const alike = compare(
      'The surgeon was worried about an infection in the wound.',
      'Her physician prescribed antibiotics and a stay in hospital.',
      'The goalkeeper saved two penalties before the final whistle.',
      'Their striker scored in the last minute of the match.',
    )
    expect(alike(0, 1)).toBeGreaterThan(alike(0, 2))
    expect(alike(2, 3)).toBeGreaterThan(alike(1, 3))
  })

  it('say nothing of other languages, of no words, and of very many posts', () => {
    expect(compare('Der Hund und die Katze sind im Garten', 'Die Katze ist nicht im Haus')(0, 1)).toBe(0)
    expect(compare('', 'The cat is in the house')(0, 1)).toBe(0)
    expect(compare(...Array<string>(500).fill('The cat is in the house'))(0, 1)).toBe(0)
  })

  it('are the same both ways and never more than one', () => {
    const alike = compare('a long walk by the river', 'rain over the hills', 'a bridge of stone')
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2]) {
        expect(alike(i, j)).toBeCloseTo(alike(j, i), 6)
        expect(Math.abs(alike(i, j))).toBeLessThan(1.000001)
      }
  })
})

/** Posts on a page in the order given; `[number, total]`, or null where a post bears no number. One family a total. */
function layout(...posts: readonly (readonly [number, number] | null)[]) {
  const family = Int32Array.from(posts, (post) => post?.[1] ?? -1)
  const number = Int32Array.from(posts, (post) => post?.[0] ?? -1)
  const find = (name: number, value: number) =>
    posts.flatMap((_, at) => (family[at] === name && number[at] === value ? [at] : []))
  return readLayout({ number, total: family, family, page: Int32Array.from(posts.keys()), numbers: { find } })
}

const run = (from: number, to: number, total: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => [from + k, total] as const)

describe('a page that cuts its threads', () => {
  it('is known by runs of one length beside a longer one', () => {
    const { cut } = layout(...run(1, 9, 9), ...run(1, 3, 12), ...run(1, 3, 7))
    expect(cut?.length).toBe(3)
    expect([...(cut?.whole ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('counts a first post without a number', () => {
    expect(layout(...run(1, 9, 9), null, ...run(2, 3, 12)).cut?.length).toBe(3)
  })

  it('is not seen where the runs are long, or where threads are mixed', () => {
    expect(layout(...run(1, 9, 9), ...run(1, 8, 8)).cut).toBeNull()
    expect(layout([1, 3], [1, 4], [2, 3], [2, 4], [3, 3], [3, 4]).cut).toBeNull()
  })
})
