// Statuses in what collectors put around them: names of their own, one a line, ids as numbers, the same status twice.
import { describe, expect, it } from 'vitest'
import { mastodon } from '../../../src/adapters/mastodon/mastodon.ts'
import { readPosts } from '../../../src/adapters/reading.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const collected = casesOf('mastodon').find(({ name }) => name === 'collected') as Case
const text = new TextDecoder().decode(collected.body)
const statuses = (text.match(/\{ "id": 110[^\n]*?"poll": null \}/g) ?? []) as string[]
const read = (body: string) => readPosts(pageOf({ ...collected, headers: [] }, body))

describe('statuses below names of a collector', () => {
  const { posts, notes } = mastodon.extract(pageOf(collected))

  it('keep ids whole that were written as numbers, and their parents', () => {
    expect(posts.map(({ key, parent }) => [key.slice(-3), parent?.key?.slice(-3) ?? null])).toEqual([
      ['101', null],
      ['103', '101'],
      ['105', '103'],
    ])
    expect(unrollTogether([mastodon.extract(pageOf(collected))]).threads[0]?.posts).toHaveLength(2)
    expect(notes).toEqual([])
  })

  it('are versions of one post where one was edited between two rounds', () => {
    expect(posts[0]).toMatchObject({
      text: 'Peat is slow memory. 1/2',
      editedAt: '2025-05-01T07:00:00.000Z',
      provenance: {
        path: '/data/second_round/items/0/status',
        extra: { olderVersions: [{ text: 'Peat is slow memry. 1/2', createdAt: '2025-05-01T06:00:00.000Z' }] },
      },
    })
  })
})

describe('statuses whose ids a program has written as fractions', () => {
  it('stay posts of their own, without ids', () => {
    const one = (words: string) =>
      `{"id": 1.1000000000000101e+17, "content": "<p>${words}</p>", "spoiler_text": "", "account": {"acct": "peat"}}`
    const page = pageOf(collected, `[${one('Peat is slow memory.')}, ${one('So is a bog.')}]`)
    const { posts } = mastodon.extract(page)
    expect(posts.map(({ text, ref }) => [text, ref])).toEqual([
      ['Peat is slow memory.', null],
      ['So is a bog.', null],
    ])
  })
})

describe('statuses one a line', () => {
  it('are read by their lines, alone or in a wrapper', () => {
    const lines = [statuses[0], `{"at":"2025-05-02","toot":${statuses[1]}}`, '{"error":"rate limit"}', '']
    const { adapter, extraction } = read(lines.join('\n'))
    expect(adapter?.name).toBe('mastodon')
    expect(extraction.posts.map(({ provenance: { line, path } }) => [line, path])).toEqual([
      [1, null],
      [2, '/toot'],
    ])
  })

  it('may be lists, one a line', () => {
    const { extraction } = read(`{"page":[${statuses[0]}]}\n{"page":[${statuses[1]},${statuses[3]}]}\n`)
    expect(extraction.posts.map(({ parent }) => parent?.key?.slice(-3) ?? null)).toEqual([null, '101', '103'])
  })
})

it('leaves a file of mostly other posts to those who read them all', () => {
  const other = Array.from({ length: 5 }, (_, i) => ({ id: `p${i}00000000`, text: `Row ${i} of five`, author: 'ann' }))
  const { adapter } = read(`{"rows":${JSON.stringify(other)},"toot":${statuses[0]}}`)
  expect(adapter?.name).not.toBe('mastodon')
})
