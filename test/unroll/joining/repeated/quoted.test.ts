// Threads that go on through a quote of their own last post.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Post, Unrolled } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { declared, makePage, makePost } from '../../arbitrary.ts'

const unrollPosts = (posts: readonly Post[]): Unrolled => unroll([makePage(posts)], { order: 'none', digest: sha256 })
const linesOf = ({ threads }: Unrolled): readonly string[] =>
  threads.map(({ posts }) => posts.map(({ post }) => post.ref?.id).join(' ')).sort()
const at = (minutes: number): string => new Date(1_600_000_000_000 + minutes * 60_000).toISOString()

const WORDS = [
  'The kiln is cold again.',
  'We stacked it with ash and oak.',
  'It burned for two nights.',
  'Then somebody opened the vent.',
  'So all the bowls are green now.',
]

function post(id: string, minutes: number, parent: string | null, text = WORDS[Number(id) % WORDS.length] ?? ''): Post {
  return makePost({ id, text, createdAt: at(minutes), parent: parent === null ? null : declared(parent) })
}

function quoting(quoted: string, one: Post): Post {
  const ref = { platform: 'x', id: quoted }
  return { ...one, quotes: [{ ref, author: one.author, text: null, url: null, createdAt: null }] }
}

describe('a quote of the last post of its own thread', () => {
  const thread = [post('1', 0, null), post('2', 1, '1'), post('3', 2, '2')]
  const more = [quoting('3', post('4', 20, null)), post('5', 21, '4')]

  it('carries the thread on, with a reason and a probability', () => {
    const answer = unrollPosts([...thread, ...more])
    expect(linesOf(answer)).toEqual(['1 2 3 4 5'])
    const link = answer.threads[0]?.posts[3]?.link
    expect(link).toMatchObject({ basis: 'inferred', evidence: [{ kind: 'quotes-last' }] })
    expect(link?.evidence[0]?.say).toContain('18 min later')
    expect(link?.p).toBeCloseTo(0.85, 2)
  })

  it('does so again and again, in any order of the posts', () => {
    const again = [quoting('5', post('6', 40, null)), post('7', 41, '6')]
    expect(linesOf(unrollPosts([...again, ...more, ...thread]))).toEqual(['1 2 3 4 5 6 7'])
  })

  it('does not when it comes another day, unless it bears the next number of the count', () => {
    expect(linesOf(unrollPosts([...thread, quoting('3', post('4', 2000, null))]))).toEqual(['1 2 3', '4'])
    const counted = thread.map((one, n) => ({ ...one, text: `${n + 1}/ ${one.text}` }))
    const next = quoting('3', post('4', 2000, null, '4/ The kiln, once more.'))
    expect(linesOf(unrollPosts([...counted, next]))).toEqual(['1 2 3 4'])
    const anew = quoting('3', post('4', 20, null, '1/ Another kiln.'))
    expect(linesOf(unrollPosts([...counted, anew]))).toEqual(['1 2 3', '4'])
  })

  it.each([
    ['quotes a post inside the thread', quoting('2', post('4', 20, null))],
    ['answers somebody', { ...quoting('3', post('4', 20, '99')) }],
    [
      'is by another account',
      { ...quoting('3', post('4', 20, null)), author: { ...thread[0]!.author!, handle: 'bo' } },
    ],
    ['is older than what it quotes', quoting('3', post('4', -20, null))],
  ])('is none when it %s', (_, one) => {
    expect(linesOf(unrollPosts([...thread, one]))).toContain('1 2 3')
  })

  it('is none for a lone post, and for a thread that quotes itself', () => {
    const others = [post('6', -50, null), post('7', -49, '6')]
    const lone = unrollPosts([...others, post('1', 0, null), quoting('1', post('2', 5, null))])
    expect(linesOf(lone)).toEqual(['1', '2', '6 7'])
    const loop = [quoting('3', post('1', 0, null)), ...thread.slice(1)]
    expect(linesOf(unrollPosts(loop))).toEqual(['1 2 3'])
    const twice = [...thread, quoting('3', post('4', 20, null)), quoting('3', post('5', 21, null))]
    expect(linesOf(unrollPosts(twice))).toEqual(['1 2 3 4', '5'])
  })
})
