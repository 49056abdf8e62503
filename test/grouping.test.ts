// Things by a key: in the order in which they came.
import { expect, it } from 'vitest'
import { addTo, groupBy } from '../src/grouping.ts'

it('keeps keys and what stands under each in the order in which they came', () => {
  const groups = groupBy(['ship', 'boat', 'sail', 'bow'], (word) => word[0])
  expect([...groups]).toEqual([
    ['s', ['ship', 'sail']],
    ['b', ['boat', 'bow']],
  ])
})

it('puts one more behind those of its key, also of a key that is null', () => {
  const groups = new Map<string | null, number[]>()
  addTo(groups, null, 1)
  addTo(groups, null, 2)
  expect([...groups]).toEqual([[null, [1, 2]]])
})
