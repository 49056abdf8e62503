// A thread of which one source tells ids and answers, and another nothing but words.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { declared, makePage, makePost } from '../arbitrary.ts'

const LINES = ['The mill stands on a dam.', 'Twice a day the pond fills.', 'The wheel turns.', 'Flour runs.', 'Bread.']
const textOf = (k: number): string => `${k}/5 ${LINES[k - 1]}`

/** Posts as an API tells them: ids, and of each but the first what it answers. */
const told = (...numbers: readonly number[]) =>
  numbers.map((k) => makePost({ text: textOf(k), id: `${700 + k}`, parent: k === 1 ? null : declared(`${699 + k}`) }))
const pasted = (...numbers: readonly number[]) => numbers.map((k) => makePost({ text: textOf(k) }))

function numbersOf(pages: readonly Extraction[]): readonly (readonly (number | null)[])[] {
  const { threads } = unroll(pages, { order: 'none', digest: (text) => text })
  return threads.map(({ posts }) => posts.map(({ number }) => number))
}

const WHOLE = [[1, 2, 3, 4, 5]]

describe('a thread known by ids and by words', () => {
  it('joins what only the words tell by its numbers', () => {
    expect(numbersOf([makePage(told(1, 2, 3)), makePage(pasted(2, 3, 4, 5))])).toEqual(WHOLE)
  })

  it('takes a post without a name for the one that is answered and not here', () => {
    expect(numbersOf([makePage(told(1, 2, 5)), makePage(pasted(2, 3, 4))])).toEqual(WHOLE)
  })

  it('joins scrapes without a name that show each other’s posts', () => {
    const nameless = (...numbers: readonly number[]) => pasted(...numbers).map((post) => ({ ...post, author: null }))
    expect(numbersOf([nameless(1, 2, 3), nameless(2, 3, 4), nameless(4, 5)].map((posts) => makePage(posts)))).toEqual(
      WHOLE,
    )
    expect(numbersOf([nameless(1, 2, 3), nameless(4, 5)].map((posts) => makePage(posts))).length).toBe(2)
  })

  it('takes none with another name for it', () => {
    expect(numbersOf([makePage(told(1, 2, 5)), makePage(pasted(2))]).length).toBe(2)
  })
})
