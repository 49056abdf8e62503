import { describe, expect, it } from 'vitest'
import { xApiV2 } from '../../../../src/adapters/x/answers/api-v2.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xApiV2)

const CASES = casesOf('x-api-v2')
const search = CASES.find(({ name }) => name === 'search') as Case
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

  it('reads posts that stand alone, with what they refer to inside of them', () => {
    const { posts } = xApiV2.extract(pageOf(CASES.find(({ name }) => name === 'one-a-line') as Case))
    expect(posts.map(({ author, parent }) => [author?.handle, parent?.key === posts[2]?.key])).toEqual([
      ['mortarboard', true],
      ['plumbline', true],
      ['plumbline', false],
    ])
    expect(posts[1]?.media).toMatchObject([{ alt: 'A corner of dressed stone' }])
    expect(posts[2]?.provenance.extra).toMatchObject({ poll: { choices: [{ label: 'Corners', votes: 4 }, {}] } })
  })

  it('leaves comments of others alone that have an author and an id', () => {
    const rows = [{ id: '7', text: 'Tar.', author_id: '1', public_metrics: {} }]
    expect(xApiV2.recognises(pageOf(search, JSON.stringify(rows)))).toBe(false)
  })

  it('leaves posts alone that a program wrote down under names of its own, for their parents stand there', () => {
    const said = { kind: 'tweet', text: 'The sill is dry.', conversation_id: '1700000000000000001' }
    const author = { username: 'plumbline' }
    const rows = [
      { ...said, id: '1700000000000000003', author, reply_to: '1700000000000000001' },
      { ...said, id: '1700000000000000001', author },
    ]
    expect(xApiV2.recognises(pageOf(search, JSON.stringify({ data: rows })))).toBe(false)
    const few = rows.map(({ id, text, conversation_id }) => ({ id, text, conversation_id, lang: 'en' }))
    expect(xApiV2.recognises(pageOf(search, JSON.stringify({ data: few })))).toBe(true)
  })

  it('reads several answers in one file', () => {
    const several = answer.data.map((data: unknown) => ({ data, includes: answer.includes }))
    expect(xApiV2.extract(pageOf(search, JSON.stringify(several))).posts).toHaveLength(answer.data.length)
  })
})
