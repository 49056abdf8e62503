// GitHub's issues and discussions: pages of both generations, answers of its APIs.
import { describe, expect, it } from 'vitest'
import { github } from '../../../src/adapters/github/github.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(github)

const cases = new Map(casesOf('github').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => github.extract(pageOf(cases.get(name) as Case, body)).posts
const SITE = 'https://github.com/hawser/winch/issues/12'
const ISSUE = {
  html_url: SITE,
  title: 'Winch',
  body: null,
  user: { login: 'birte' },
  created_at: '2024-03-03T08:12:00Z',
}
const COMMENT = { html_url: `${SITE}#issuecomment-7`, body: 'Four.\r\nOr five.', user: { login: 'nils' } }

describe('github', () => {
  it.each([
    ['page', 'hawser/winch#12'],
    ['carried', 'hawser/winch#21'],
  ])('gives pages of both generations ids alike: %s', (name, issue) => {
    expect(read(name).map(({ ref, parent }) => [ref?.id, parent?.ref?.id])).toEqual([
      [issue, undefined],
      ['issuecomment-2000000001', issue],
      ['issuecomment-2000000002', issue],
    ])
  })

  it('hangs an answer below its comment, also without an address', () => {
    expect(read('api').map(({ ref, parent }) => [ref?.id ?? null, parent?.ref?.id ?? null])).toEqual([
      ['hawser/winch#3', null],
      ['discussioncomment-71', 'hawser/winch#3'],
      [null, 'discussioncomment-71'],
    ])
  })

  it('joins an issue and its comments, which the API answers apart', () => {
    const pages = [ISSUE, [COMMENT]].map((value) =>
      github.extract(pageOf(cases.get('api') as Case, JSON.stringify(value))),
    )
    const { conversations } = unrollTogether(pages)
    expect(conversations.map(({ root, replies }) => [root?.title, replies[0]?.post.text])).toEqual([
      ['Winch', 'Four.\nOr five.'],
    ])
  })

  it('leaves other JSON with its addresses alone', () => {
    const repository = { html_url: 'https://github.com/hawser/winch', body: 'x', user: { login: 'nils' } }
    expect(github.recognises(pageOf(cases.get('api') as Case, JSON.stringify([repository])))).toBe(false)
  })
})
