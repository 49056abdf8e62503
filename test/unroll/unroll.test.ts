// What unrolling makes of pages whose answer a person knows.

import { describe, expect, it } from 'vitest'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, PageOrder, Post, Unrolled } from '../../src/model.ts'
import { unroll } from '../../src/unroll/unroll.ts'
import fc from '../laws.ts'
import { declared, makePage, makePost, postsOf } from './arbitrary.ts'

const unrollPages = (pages: readonly Extraction[], order: PageOrder = 'page'): Unrolled =>
  unroll(pages, { order, digest: sha256 })
const idsOf = (answer: Unrolled): string[][] => answer.threads.map((thread) => thread.posts.map((post) => post.post.id))
const reply = (id: string, parent: string, author = 'ada', text = `post ${id}`): Post =>
  makePost({ id, author, text, parent: declared(parent) })
const root = (id: string, text = `post ${id}`): Post => makePost({ id, text })

describe('declared replies', () => {
  it('take the deepest child as the main line and name the other as a branch', () => {
    const { threads } = unrollPages([makePage([root('1'), reply('2', '1'), reply('3', '1'), reply('4', '3')])])
    expect(threads.map((thread) => thread.posts.map((post) => post.post.id))).toEqual([['x:1', 'x:3', 'x:4']])
    expect(threads[0]?.branches).toMatchObject([{ from: 'x:1', posts: [{ post: { id: 'x:2' } }] }])
  })

  it('settle ties by the earlier id, compared by length before text', () => {
    expect(idsOf(unrollPages([makePage([root('8'), reply('10', '8'), reply('9', '8')])]))).toEqual([['x:8', 'x:9']])
  })

  it('refuse a loop and say so', () => {
    const { threads, notes, edges } = unrollPages([makePage([reply('1', '2'), reply('2', '1')])])
    expect(threads[0]?.posts.length).toBe(2)
    expect(edges).toMatchObject([{ child: 'x:2', parent: 'x:1' }])
    expect(notes).toMatchObject([{ code: 'reply-loop' }])
  })

  it('leave a known hole where the parent is absent', () => {
    const { threads } = unrollPages([makePage([reply('5', '4'), reply('6', '5')])])
    expect(threads[0]).toMatchObject({ completeness: 'partial', gaps: [{ class: 'head', after: null, before: 1 }] })
  })

  it("keep an author's answers to others out of the thread", () => {
    const posts = [root('1'), reply('2', '1'), reply('3', '2', 'zoe'), reply('4', '3')]
    const { threads, conversations } = unrollPages([makePage(posts)])
    expect(threads.map((thread) => thread.posts.map((post) => post.post.id))).toEqual([['x:1', 'x:2']])
    expect(conversations[0]?.replies.map((one) => [one.post.id, one.depth])).toEqual([
      ['x:2', 0],
      ['x:3', 1],
      ['x:4', 2],
    ])
  })
})

describe("an author's answer to somebody else", () => {
  it('is followed by no post that nothing but its number places', () => {
    const posts = [root('1'), reply('2', '1', 'zoe'), reply('3', '2', 'ada', '1/ Quite so.'), reply('4', '3')]
    const stray = makePost({ text: '2/ Quite so, and the lantern was seen again', author: 'ada' })
    const { threads } = unrollPages([makePage(posts), makePage([stray])])
    const joined = threads.filter(
      (thread) => thread.posts.length > 1 && thread.posts.some(({ post }) => post.ref === null),
    )
    expect(joined).toEqual([])
  })
})

describe('copies and mirrors', () => {
  it('lay one post of two pages together and keep both sources', () => {
    const again = { ...root('1', 'The same words'), provenance: { ...root('1').provenance, input: 'mirror' } }
    const { threads } = unrollPages([makePage([root('1', 'The same words')]), makePage([again])])
    expect(threads[0]?.posts[0]?.post.sources.map((source) => source.input).sort()).toEqual(['mirror', 'page'])
  })

  it('let a text without an id join the post that has one', () => {
    const scrape = makePost({ text: 'The same "words"' })
    const other = { ...scrape, provenance: { ...scrape.provenance, input: 'scrape' } }
    const { threads } = unrollPages([makePage([root('1', 'The same “words”')]), makePage([other])])
    expect(threads[0]?.posts[0]?.post).toMatchObject({ id: 'x:1', sources: [{}, {}] })
  })

  it('keep two equal comments two', () => {
    const comment = makePost({
      text: '+1',
      author: 'zoe',
      kind: 'comment',
      parent: { ref: null, key: '0', basis: 'layout', p: 1, say: 'below' },
    })
    const article = makePost({ text: 'An article', kind: 'article' })
    const page = makePage([article, comment, comment], { declared: { title: null, site: null, replies: 3 } })
    expect(unrollPages([page]).conversations).toMatchObject([
      {
        completeness: 'partial',
        statement: '2 of 3 comments; 1 not on this page',
        replies: [{ index: 0 }, { index: 1 }],
      },
    ])
  })
})

describe('gaps and statements', () => {
  const lines = (numbers: readonly number[], total: number): Post[] =>
    numbers.map((n) => makePost({ text: `The lantern of part ${n} was seen again ${n}/${total}` }))

  it('name what is here, what is missing and how the end is known', () => {
    const { threads } = unrollPages([makePage(lines([1, 2, 3, 5, 6], 6))])
    expect(threads).toMatchObject([
      { completeness: 'partial', statement: 'posts 1–3, 5–6 of 6; 4 missing; the promised total is reached' },
    ])
  })

  it('call a thread complete only on evidence', () => {
    expect(unrollPages([makePage(lines([1, 2, 3], 3))]).threads[0]?.completeness).toBe('complete')
    const open = [1, 2, 3].map((n) => makePost({ text: `${n}/ The lantern of part ${n} was seen again` }))
    expect(unrollPages([makePage(open)]).threads[0]).toMatchObject({ completeness: 'unknown' })
  })

  it('count what a card says it does not show', () => {
    const posts = ['one harbour', 'two harbours'].map((text) => makePost({ text, block: 'card' }))
    const card = { key: 'card', kind: 'card', title: null, url: null, author: null, declaredTotal: 4 } as const
    const { threads } = unrollPages([makePage(posts, { blocks: [card] })])
    expect(threads[0]).toMatchObject({ declaredTotal: 4, completeness: 'partial', gaps: [{ class: 'tail', count: 2 }] })
  })
})

describe('preview cards that run together', () => {
  it('make no thread longer than a card, cut where it holds least', () => {
    const posts = [1, 2, 3, 1, 2, 3, 4].map((n, at) =>
      makePost({
        text: `${n}/ ${at < 3 ? 'The harbour froze' : 'My violin broke'} on day ${'abcdefg'[at]}`,
        block: 'more',
      }),
    )
    const card = { key: 'more', kind: 'card', title: null, url: null, author: null, declaredTotal: null } as const
    const sizes = unrollPages([makePage(posts, { blocks: [card] })]).threads.map((thread) => thread.posts.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(7)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3)
    expect(sizes.length).toBe(3)
  })
})

describe('words alone', () => {
  it('place nothing they cannot place, and say where it might belong', () => {
    const words = [
      'The harbour was empty this morning',
      'Copper prices rose once more',
      'My neighbour plays the violin badly',
    ]
    const { threads, unplaced } = unrollPages([makePage(words.map((text) => makePost({ text })))], 'none')
    expect(threads).toEqual([])
    expect(unplaced.length).toBe(3)
    for (const { homes } of unplaced) expect(homes.length).toBeLessThanOrEqual(2)
  })

  it('link nothing they leave in doubt where few posts bear numbers, be it to one that does', () => {
    const thread = { author: 'ada', form: 0, hasIds: false, hasTimes: false, declares: false }
    const topics = fc.array(fc.nat(11), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(topics, (picked) => {
        const posts = picked.flatMap((topic, at) =>
          postsOf({ ...thread, topic, numbered: at === 0, length: at === 0 ? 2 : 3 }, at),
        )
        const { threads } = unrollPages([makePage(posts)], 'none')
        const unsure = threads.flatMap(({ posts: found }) =>
          found.filter(
            ({ number, link }, k) => (number === null || found[k - 1]?.number === null) && (link?.p ?? 1) < 0.9,
          ),
        )
        expect(unsure).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})

describe('hostile input', () => {
  it('unrolls a chain of 20,000 replies and a loop of as many without running out of stack', () => {
    const chain = Array.from({ length: 20_000 }, (_, k) =>
      k === 0 ? root('100000') : reply(String(100_000 + k), String(99_999 + k)),
    )
    expect(unrollPages([makePage(chain)]).threads[0]?.posts.length).toBe(20_000)
    const loop = [reply('100000', '119999'), ...chain.slice(1)]
    expect(unrollPages([makePage(loop)]).threads[0]?.posts.length).toBe(20_000)
  })

  it('takes empty pages and empty texts', () => {
    expect(unrollPages([])).toMatchObject({ threads: [], conversations: [], unplaced: [] })
    expect(unrollPages([makePage([makePost({ text: '' })])]).threads.length).toBe(1)
  })
})
