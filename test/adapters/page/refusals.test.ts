// What a site says in JSON in place of posts.
import { describe, expect, it } from 'vitest'
import { readPosts } from '../../../src/adapters/index.ts'
import { errorSaid } from '../../../src/adapters/page/refusals.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

describe('an answer that is an error', () => {
  it.each([
    [{ error: 'Record not found' }, 'Record not found'],
    [{ message: 'Not Found', error: 404 }, 'Not Found'],
    [{ error: 'NotFound', message: 'Post not found: at://a' }, 'Post not found: at://a'],
    [{ errors: ['The requested page is private.'], error_type: 'not_found' }, 'The requested page is private.'],
    [{ errors: [{ code: 144, message: 'No status found with that ID.' }] }, 'No status found with that ID.'],
    [{ error: { code: 'NO_SUCH_NOTE', message: 'No such note.' } }, 'No such note.'],
  ])('%j says why', (value, words) => {
    expect(errorSaid(value)).toBe(words)
    const page = pageOf(casesOf('mastodon')[0] as Case, JSON.stringify(value))
    const { adapter, extraction } = readPosts(page)
    expect([adapter, extraction.posts]).toEqual([null, []])
    expect(extraction.notes).toMatchObject([
      { level: 'error', code: 'site-error', message: expect.stringContaining(words) },
    ])
  })

  it.each([[{ error: null, name: 'x' }], [{ text: 'a' }], [[{ error: 'x' }]], [null], ['error']])(
    '%j is none',
    (value) => {
      expect(errorSaid(value)).toBeNull()
    },
  )
})
