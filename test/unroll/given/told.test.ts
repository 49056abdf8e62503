// Reply trees told beside the posts: parents they give, and the posts they name that nobody has.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import type { Extraction, PostRef, Unrolled } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { makePage, makePost } from '../arbitrary.ts'

const unrollPages = (...pages: readonly Extraction[]): Unrolled => unroll(pages, { order: 'page', digest: sha256 })
const ref = (id: string): PostRef => ({ platform: 'x', id })

/** `child^parent`, a root without the second half. */
function treeOf(...edges: readonly string[]): Extraction {
  const tree = edges.map((edge) => {
    const [id = '', above] = edge.split('^')
    return { post: ref(id), parent: above === undefined ? null : ref(above) }
  })
  return makePage([], { declared: { title: null, site: null, replies: null, tree } })
}

describe('a told reply tree', () => {
  const posts = makePage([
    makePost({ id: '1', text: 'On kites.' }),
    makePost({ id: '2', text: 'Mine sank.', author: 'bo' }),
  ])

  it('gives a parent to a post that names none', () => {
    const { edges } = unrollPages(posts, treeOf('1', '2^1'))
    expect(edges).toMatchObject([{ child: 'x:2', parent: 'x:1', basis: 'declared' }])
  })

  it('makes each post that is nowhere a stated hole', () => {
    const { conversations, notes } = unrollPages(posts, treeOf('1', '2^1', '3^2', '4^1'))
    expect(conversations).toMatchObject([{ completeness: 'partial', declaredReplies: 3 }])
    expect(notes).toMatchObject([{ code: 'told-and-absent', message: expect.stringContaining('not here: x:3, x:4.') }])
  })

  it('is complete when all of it is here', () => {
    const { conversations, notes } = unrollPages(posts, treeOf('1', '2^1'))
    expect(conversations).toMatchObject([{ completeness: 'complete', statement: 'its only comment' }])
    expect(notes).toEqual([])
  })

  it('tells of holes under a post that stands alone, and of a conversation that is wholly lost', () => {
    const { conversations, notes } = unrollPages(makePage(posts.posts.slice(0, 1)), treeOf('1', '2^1', '8', '9^8'))
    expect(conversations).toMatchObject([{ id: 'x:1', completeness: 'partial' }])
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining('1 posts are not here: x:2.'),
      expect.stringContaining('2 posts are not here: x:8, x:9.'),
    ])
  })

  it('may run in a circle, or contradict another', () => {
    const circle = unrollPages(posts, treeOf('1^2', '2^1'))
    expect(circle.edges.length).toBe(1)
    expect(circle.notes).toMatchObject([{ code: 'reply-loop' }])
    const [a, b] = [treeOf('1', '7', '2^1'), treeOf('2^7')]
    expect(unrollPages(posts, a, b).edges).toEqual(unrollPages(posts, b, a).edges)
  })
})
