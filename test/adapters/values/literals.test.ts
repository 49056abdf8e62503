// Cells that hold a value: JSON, and what Python prints; anything else is words.
import { describe, expect, it } from 'vitest'
import { literalOf } from '../../../src/adapters/values/literals.ts'

describe('literalOf', () => {
  it.each([
    [
      `{'id': 1600000000000000003, 'said': "Keeper's log", 'is': False, 'no': None}`,
      { id: '1600000000000000003', said: "Keeper's log", is: false, no: null },
    ],
    ['{"a":[1,true,null]}', { a: [1, true, null] }],
    [`[Photo(fullUrl='https://a.example/b.jpg', alt=None)]`, [{ fullUrl: 'https://a.example/b.jpg', alt: null }]],
    [`{'at': datetime.datetime(2010, 1, 2), 'n': nan}`, { at: null, n: null }],
    [`('it\\'s \\u2014\\n', 1.5, -2)`, undefined],
    [`['it\\'s \\u2014\\n', (1.5, -2)]`, ['it’s —\n'.replace('’', "'"), [1.5, -2]]],
    ['[]', []],
  ])('reads %s', (cell, value) => {
    expect(literalOf(cell)).toEqual(value)
  })

  it.each(['plain words', '(so they say)', "['cut", '[a list] of things', '{', '[1 2]', ''])(
    'takes %j for words',
    (cell) => {
      expect(literalOf(cell)).toBeUndefined()
    },
  )

  it('gives up on what is nested beyond measure', () => {
    expect(literalOf('['.repeat(100_000))).toBeUndefined()
    expect(literalOf(`${'{1:'.repeat(50_000)}`)).toBeUndefined()
  })
})
