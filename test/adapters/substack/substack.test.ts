import { describe, expect, it } from 'vitest'
import { substack } from '../../../src/adapters/substack/substack.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(substack)

const CASES = new Map(casesOf('substack').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => substack.extract(pageOf(CASES.get(name) as Case))

describe('a post page', () => {
  const { posts, declared, next, notes } = read('preview')

  it('reads the stored body without its widgets, and ties its footnotes', () => {
    expect(posts[0]).toMatchObject({ kind: 'article', title: 'The long gate', author: { handle: 'lenakiel' } })
    expect(posts[0]?.text).not.toMatch(/Subscribe|Share/)
    expect(posts[0]?.footnotes.map(({ label, text }) => `${label} ${text}`)).toEqual([
      '1 Gates were moved more often than canals.',
      '2 Forty-one metres.',
    ])
  })

  it('says that two comments of five are a preview, and where all are', () => {
    expect(declared).toEqual({ title: 'The long gate', site: 'Lock Keeper', replies: 5 })
    expect(posts.filter(({ kind }) => kind === 'comment')).toHaveLength(2)
    expect(notes.map(({ code }) => code)).toEqual(['comments-preview'])
    expect(next).toEqual(['http://lockkeeper.example/api/v1/post/5511/comments?all_comments=true&sort=oldest_first'])
  })

  it('points to the elements that show what was read, and to the data behind it', () => {
    expect(posts.map(({ provenance }) => provenance.path)).toEqual(['/post', '/comments/0', '/comments/1'])
    expect(posts.every(({ provenance }) => provenance.selector !== null)).toBe(true)
  })
})

describe('comments of the API', () => {
  const { posts } = read('comments')

  it('hang where ancestor_path says', () => {
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id, parent?.basis])).toEqual([
      ['comment-9001', 'post-5511', 'declared'],
      ['comment-9003', 'comment-9001', 'declared'],
      ['comment-9004', 'comment-9003', 'declared'],
      ['comment-9006', 'comment-9001', 'declared'],
      ['comment-9007', 'comment-9006', 'declared'],
      ['comment-9002', 'post-5511', 'declared'],
    ])
  })

  it('keep their edits, and a deleted one its place', () => {
    expect(posts[2]?.editedAt).toBe('2025-03-02T09:31:00.000Z')
    expect(posts[3]).toMatchObject({ text: '', author: null, provenance: { extra: { withheld: 'deleted' } } })
  })

  it('have the names that the page gives them', () => {
    const shown = read('preview').posts.map(({ ref }) => ref?.id)
    expect(shown).toEqual(['post-5511', 'comment-9001', 'comment-9002'])
  })
})

describe('what is missing', () => {
  it('is told: words behind a paywall', () => {
    const { posts, notes } = read('paywall')
    expect(notes.map(({ code, message }) => [code, /610 words/.test(message)])).toEqual([['paywall', true]])
    expect(posts[0]?.text).toContain('it takes long to open')
    expect(posts[0]?.text).not.toContain('Continue reading')
  })

  it('is left unknown: times and numbers of a page without its data', () => {
    const { posts, declared } = read('no-data')
    expect(posts.map(({ ref, createdAt }) => [ref?.id, createdAt])).toEqual([
      ['lockkeeper.example/p/the-long-gate', '2025-03-01T07:00:00.000Z'],
      ['comment-9001', null],
      ['comment-9002', null],
      ['comment-9003', null],
    ])
    expect(declared.replies).toBeNull()
    expect(posts[1]?.text).toBe('How long is the long gate, then?\n\nYou never say.')
  })
})

describe('a note', () => {
  it('is told from the notes around it', () => {
    const { posts } = read('note')
    expect(posts).toHaveLength(1)
    expect(posts[0]).toMatchObject({
      kind: 'post',
      ref: { platform: 'substack', id: 'comment-77001' },
      author: { handle: 'lenakiel', name: 'Lena Kiel' },
      text: 'The gate opened by itself this morning.\n\nI was not there; the heron was, and says nothing.',
      media: [{ url: 'http://substackcdn.example/heron.jpg', alt: 'A heron on the gate' }],
    })
  })

  it('is told of a page saved without its data: by its byline, its date and its count', () => {
    const { posts, declared, notes, next } = read('saved')
    expect(posts[0]).toMatchObject({
      title: 'The short gate',
      author: { name: 'Lena Kiel', handle: 'lenakiel' },
      createdAt: '2025-03-08T00:00:00.000Z',
    })
    expect(posts[1]).toMatchObject({ kind: 'comment', author: { id: '31', name: 'Uma Brandt' } })
    expect(declared.replies).toBe(7)
    expect(notes.map(({ code }) => code)).toContain('comments-preview')
    expect(next).toEqual(['http://lockkeeper.example/api/v1/posts/the-short-gate'])
  })
})
