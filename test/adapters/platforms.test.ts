// Each adapter says what it reads, and has a fixture to show for it.
import { expect, it } from 'vitest'
import { ADAPTERS } from '../../src/adapters/index.ts'
import { TABLE } from '../../src/adapters/platforms.ts'
import { casesOf } from './cases.ts'

it('has a row for each adapter and an adapter for each row', () => {
  expect(Object.keys(TABLE).sort()).toEqual(ADAPTERS.map(({ name }) => name).sort())
})

it('has a fixture for each adapter', () => {
  expect(ADAPTERS.filter(({ name }) => casesOf(name).length === 0).map(({ name }) => name)).toEqual([])
})
