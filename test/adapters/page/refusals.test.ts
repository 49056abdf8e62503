// What a site says in JSON in place of posts.
import { describe, expect, it } from 'vitest'
import { errorSaid } from '../../../src/adapters/page/refusals.ts'
import { readPosts } from '../../../src/adapters/reading.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

describe('an answer that is an error', () => {
  it.each([
    ['not-found', 'Record not found', { error: 'Record not found' }],
    ['not-found', 'Not Found', { message: 'Not Found', error: 404 }],
    ['not-found', 'Post not found: at://a', { error: 'NotFound', message: 'Post not found: at://a' }],
    ['not-found', 'That is private.', { errors: ['That is private.'], error_type: 'not_found' }],
    ['not-found', 'No status found.', { errors: [{ code: 144, message: 'No status found.' }] }],
    ['not-found', 'No such note.', { error: { code: 'NO_SUCH_NOTE', message: 'No such note.' } }],
    ['not-found', 'Not Found', { errors: { detail: 'Not Found' } }],
    ['not-found', 'Unknown Channel', { message: 'Unknown Channel', code: 10003 }],
    ['not-found', 'couldnt_find_post', { error: 'couldnt_find_post' }],
    ['not-shown', 'Missing Access', { message: 'Missing Access', code: 50001 }],
    ['not-shown', 'Forbidden', { reason: 'private', message: 'Forbidden', error: 403 }],
    ['not-shown', 'Not Found', { reason: 'banned', message: 'Not Found', error: 404 }],
    ['not-shown', 'User has been suspended.', { errors: [{ code: 63, message: 'User has been suspended.' }] }],
    ['not-shown', 'Account was taken down', { error: 'AccountTakedown', message: 'Account was taken down' }],
    [
      'login-wall',
      'This method requires an authenticated user',
      { error: 'This method requires an authenticated user' },
    ],
    ['login-wall', 'Unauthorized', { title: 'Unauthorized', status: 401, detail: 'Unauthorized' }],
    ['blocked', 'Too Many Requests', { message: 'Too Many Requests', error: 429 }],
    ['blocked', 'too many requests from here', { error_id: 502, error_message: 'too many requests from here' }],
    ['site-error', 'Not found in cache', { message: 'Not found in cache', error: 500 }],
    ['site-error', 'The millers are out', { error: 'The millers are out' }],
  ] as const)('is %s: %s', (code, words, value) => {
    expect(errorSaid(value)).toBe(words)
    const page = pageOf(casesOf('mastodon')[0] as Case, JSON.stringify(value))
    const { adapter, extraction } = readPosts(page)
    expect([adapter, extraction.posts]).toEqual([null, []])
    expect(extraction.notes).toMatchObject([{ level: 'error', code, message: expect.stringContaining(words) }])
  })

  it('may be nothing at all', () => {
    const { extraction } = readPosts(pageOf(casesOf('mastodon')[0] as Case, 'null'))
    expect(extraction.notes).toMatchObject([{ code: 'not-found' }])
  })

  it.each([[{ error: null, name: 'x' }], [{ text: 'a' }], [[{ error: 'x' }]], [null], ['error']])(
    '%j is none',
    (value) => {
      expect(errorSaid(value)).toBeNull()
    },
  )
})
