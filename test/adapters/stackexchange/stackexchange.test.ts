// Stack Exchange: answers hang below the question, comments below what they are on.
import { describe, expect, it } from 'vitest'
import { stackexchange } from '../../../src/adapters/stackexchange/stackexchange.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(stackexchange)

const [fixture] = casesOf('stackexchange')
const { posts, notes } = stackexchange.extract(pageOf(fixture as Case))

describe('a question', () => {
  it('has answers and comments below what they are on, as declared', () => {
    expect(posts.map(({ key, parent, kind }) => [key, parent?.key ?? null, kind])).toEqual([
      ['q900', null, 'article'],
      ['c76', 'q900', 'comment'],
      ['a901', 'q900', 'comment'],
      ['c77', 'a901', 'comment'],
    ])
    expect(posts.every(({ parent }) => parent === null || parent.basis === 'declared')).toBe(true)
  })

  it('is of who asked it, not of who edited it, and holds no buttons', () => {
    expect(posts.map(({ author }) => author?.handle)).toEqual(['Lena', 'Vi', 'Ro', 'Lena'])
    expect([posts[0]?.createdAt, posts[0]?.editedAt]).toEqual(['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'])
    expect(posts.map(({ text }) => text).join()).not.toMatch(/Improve|Follow|Share|asked|Related/)
  })

  it('is of whom it names once, when the account is gone', () => {
    const body = new TextDecoder().decode((fixture as Case).body)
    const gone = body.replace(/<a href="\/users\/55\/lena">Lena<\/a>(?=<span)/, 'Lena')
    expect(stackexchange.extract(pageOf(fixture as Case, gone)).posts[0]?.author).toMatchObject({
      handle: 'Lena',
      url: null,
    })
  })

  it('says which answer was accepted, and that comments are hidden', () => {
    expect(posts[2]?.provenance.extra).toEqual({ accepted: true, score: '9' })
    expect(notes.map(({ code }) => code)).toEqual(['comments-cut'])
  })
})
