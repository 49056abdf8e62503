import { describe, expect, it } from 'vitest'
import { xApiV2 } from '../../../../src/adapters/x/answers/api-v2.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xApiV2)

const search = casesOf('x-api-v2')[0] as Case
const answer = JSON.parse(new TextDecoder().decode(search.body))

describe('x-api-v2', () => {
  it('joins authors, media and quotes from what is included', () => {
    const { posts } = xApiV2.extract(pageOf(search))
    expect(posts[0]).toMatchObject({ author: { handle: 'harbourlamp' }, media: [{ width: 1600 }], parent: null })
    expect(posts.at(-1)?.quotes[0]).toMatchObject({
      author: { handle: 'gullmap' },
      text: expect.stringContaining('map'),
    })
  })

  it('names what was not found, and that there are more pages', () => {
    const codes = xApiV2.extract(pageOf(search)).notes.map(({ code }) => code)
    expect(codes).toEqual(expect.arrayContaining(['tombstone', 'more']))
  })

  it('gives an included parent as a post of its own', () => {
    const [first, second] = answer.data
    const one = { data: second, includes: { tweets: [first] } }
    const { posts } = xApiV2.extract(pageOf(search, JSON.stringify(one)))
    expect(posts.map(({ provenance }) => provenance.path)).toEqual(['/data', '/includes/tweets/0'])
    expect(posts[0]?.parent?.key).toBe(posts[1]?.key)
  })

  it('reads several answers in one file', () => {
    const several = answer.data.map((data: unknown) => ({ data, includes: answer.includes }))
    expect(xApiV2.extract(pageOf(search, JSON.stringify(several))).posts).toHaveLength(answer.data.length)
  })
})
