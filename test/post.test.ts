// Whose a post is: one rule, which the engine and the archive have both.
import { expect, it } from 'vitest'
import type { Author } from '../src/model.ts'
import { accountOf } from '../src/post.ts'

const NOBODY: Author = { id: null, handle: null, name: null, url: null }

it('knows an account by its handle, in any case, whatever else a source shows of it', () => {
  const shown = accountOf({ ...NOBODY, handle: 'Ada' })
  expect(accountOf({ id: '7', handle: 'ada', name: 'Ada L.', url: 'https://example.org/ada' })).toBe(shown)
})

it('takes the next best where there is no handle: the id, the name, the address', () => {
  const [id, name, url] = ['7', 'Ada', 'https://example.org/ada']
  expect(accountOf({ id, handle: null, name, url })).toBe(accountOf({ ...NOBODY, id }))
  expect(accountOf({ ...NOBODY, name, url })).toBe(accountOf({ ...NOBODY, name }))
  expect(accountOf({ ...NOBODY, url })).toBe(url)
})

it('takes no name for an id or a handle', () => {
  const texts = [{ id: 'ada' }, { handle: 'ada' }, { name: 'ada' }].map((one) => accountOf({ ...NOBODY, ...one }))
  expect(new Set(texts).size).toBe(3)
})

it('names nobody where nobody is named', () => {
  expect([accountOf(null), accountOf(NOBODY)]).toEqual([null, null])
})
