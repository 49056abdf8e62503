// Threads: chains as its pages carry them, whom an answer answers, links behind their counting page, answers inside of
// what they answer.
import { describe, expect, it } from 'vitest'
import { threads } from '../../../src/adapters/meta/threads.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(threads)

const CASES = new Map(casesOf('threads').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => threads.extract(pageOf(CASES.get(name) as Case))

describe('the page of a post', () => {
  const { posts } = read('post-page')

  it('joins chains, and chains to the post of the page where they answer its author', () => {
    expect(
      posts.map(({ key, parent }) => [key.slice(-1), parent?.key?.slice(-1) ?? null, parent?.basis ?? null]),
    ).toEqual([
      ['1', null, null],
      ['2', '1', 'layout'],
      ['3', '1', 'layout'],
      ['4', '3', 'layout'],
      ['5', null, null],
    ])
    expect(unrollTogether([read('post-page')]).threads[0]?.posts.map(({ post }) => post.key.slice(-1))).toEqual([
      '1',
      '2',
    ])
  })

  it('tells where links lead, what is quoted, and what is shown', () => {
    expect(posts[1]).toMatchObject({
      text: 'The second is the one you bring. More: http://lamps.example/smell',
      media: [{ kind: 'image', alt: 'A shelf of wicks', width: 1080 }],
      url: 'https://www.threads.com/@lamp.log/post/C4lampAAAA2',
    })
    expect(posts[1]?.html).toContain('href="http://lamps.example/smell"')
    expect(posts[4]?.quotes).toMatchObject([{ ref: { id: 'C4lampAAAA1' }, author: { handle: 'lamp.log' } }])
  })
})

describe('an answer of 2026', () => {
  it('declares answers where they stand in what they answer, and says that more are elsewhere', () => {
    const { posts, notes } = read('answer-2026')
    expect(
      posts.map(({ key, parent }) => [key.slice(-2), parent?.key?.slice(-2) ?? null, parent?.basis ?? null]),
    ).toEqual([
      ['A7', null, null],
      ['A8', 'A7', 'declared'],
      ['A9', 'A8', 'layout'],
      ['10', 'A7', 'declared'],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['comments-cut'])
  })
})
