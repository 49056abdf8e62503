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
const PULL = 'https://github.com/hawser/winch/pull/14'
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

  it('keeps what people wrote whose accounts are gone', () => {
    const told = [
      { ...COMMENT, user: null },
      { url: `${SITE}#issuecomment-8`, bodyHTML: '<p>Five.</p>', author: null },
    ]
    expect(read('api', JSON.stringify([ISSUE, ...told])).map(({ text, author }) => [text, author?.handle])).toEqual([
      ['', 'birte'],
      ['Four.\nOr five.', undefined],
      ['Five.', undefined],
    ])
  })

  it('hangs an answer to a line of a change below the one it names', () => {
    const line = (id: number, more: object) => ({ ...COMMENT, html_url: `${PULL}#discussion_r${id}`, id, ...more })
    const answers = [line(90, {}), line(91, { in_reply_to_id: 90 })]
    expect(read('api', JSON.stringify(answers)).map(({ parent }) => parent?.ref?.id)).toEqual([
      'hawser/winch#14',
      'discussion_r90',
    ])
  })

  it('reads lists of any length', () => {
    const many = Array.from({ length: 6_000 }, (_, i) => ({ ...COMMENT, html_url: `${SITE}#issuecomment-${i + 1}` }))
    expect(read('api', JSON.stringify(many))).toHaveLength(6_000)
  })

  it.each([
    ['one box', '<div class="timeline-comment">'],
    ['boxes in boxes', '<div class="timeline-comment">'.repeat(400)],
  ])('asks for the comment around a body once: %s', (_, start) => {
    const head = `<link rel="canonical" href="${SITE}">`
    const page = pageOf(cases.get('page') as Case, head + start + '<p class="js-comment-body">x</p>'.repeat(50_000))
    page.html()
    const begun = performance.now()
    expect(github.recognises(page) && github.extract(page).posts).toHaveLength(1)
    expect(performance.now() - begun).toBeLessThan(1_500)
  })

  it('leaves other JSON with its addresses alone', () => {
    const repository = { html_url: 'https://github.com/hawser/winch', body: 'x', user: { login: 'nils' } }
    expect(github.recognises(pageOf(cases.get('api') as Case, JSON.stringify([repository])))).toBe(false)
  })
})
