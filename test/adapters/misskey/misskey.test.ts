// The Misskey API: the names its notes share with ActivityPub, answers and renotes, polls, quotes, warnings, exports.
import { describe, expect, it } from 'vitest'
import { misskey } from '../../../src/adapters/misskey/misskey.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(misskey)

const CASES = new Map(casesOf('misskey').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => misskey.extract(pageOf(CASES.get(name) as Case, body))

describe('notes of a server', () => {
  const { posts, notes } = read('children')
  const byKey = new Map(posts.map((post) => [post.key, post]))

  it('have the names that other servers know them by', () => {
    expect(posts.map(({ ref }) => ref?.id)).toEqual([
      'https://kelp.example/notes/9qxk2aaaaa',
      'https://kelp.example/notes/9qxk3aaaab',
      'https://coral.example/users/reef/statuses/112020000000000001',
      'https://kelp.example/notes/9qxk5aaaad',
      'https://kelp.example/notes/9qxk0aaaaf',
    ])
    expect(byKey.get('9qxk4aaaac')?.author).toMatchObject({ handle: 'reef@coral.example', name: 'Reef' })
  })

  it('answer what they name, also what stands inside of them', () => {
    expect(byKey.get('9qxk3aaaab')?.parent).toMatchObject({ key: '9qxk2aaaaa', basis: 'declared' })
    expect(byKey.get('9qxk4aaaac')?.parent?.ref?.id).toBe('https://kelp.example/notes/9qxk3aaaab')
    expect(unrollTogether([read('children')]).threads.map(({ posts: { length } }) => length)).toContain(2)
  })

  it('carry files with their words, polls with their votes, quotes and warnings', () => {
    expect(byKey.get('9qxk3aaaab')?.media).toMatchObject([{ alt: 'An urchin on its way out', width: 640, height: 480 }])
    expect(byKey.get('9qxk5aaaad')?.text).toBe('Settle it:\n\n- stay (3)\n- leave (12)')
    expect(byKey.get('9qxk5aaaad')?.quotes).toMatchObject([{ text: '@kelp@kelp.example ours hold meetings' }])
    expect(byKey.get('9qxk4aaaac')?.provenance.extra).toEqual({
      visibility: 'unlisted',
      contentWarning: 'urchin politics',
    })
  })

  it('leave a renote to the one who wrote it', () => {
    expect(byKey.get('9qxk0aaaaf')?.author?.handle).toBe('tide@kelp.example')
    expect(notes.map(({ code }) => code)).toEqual(['reblogs'])
  })
})

describe('an export of notes', () => {
  it('is a thread by its ids, of an account that it does not name', () => {
    const { posts, notes } = read('export')
    expect(posts.map(({ ref, parent }) => [ref, parent?.key ?? null])).toEqual([
      [null, null],
      [null, '8aaaaaaaa1'],
      [null, null],
    ])
    expect(posts[2]?.provenance.extra).toEqual({ visibility: 'private' })
    expect(notes.map(({ code }) => code)).toEqual(['owner-unknown'])
  })

  it('is nobody’s when its items name nothing they answer', () => {
    const page = pageOf(CASES.get('export') as Case, '[{"id":"1","text":"a","createdAt":"2024-01-01T00:00:00Z"}]')
    expect(misskey.recognises(page)).toBe(false)
  })
})
