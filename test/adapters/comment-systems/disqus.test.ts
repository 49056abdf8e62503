import { describe, expect, it } from 'vitest'
import { disqus } from '../../../src/adapters/comment-systems/disqus.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(disqus)

describe('an export that was imported twice', () => {
  const { posts, notes } = disqus.extract(
    pageOf(casesOf('disqus').find(({ name }) => name === 'imported-twice') as Case),
  )

  it('lays copies together and hangs their answers below the one kept', () => {
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id, parent?.basis])).toEqual([
      ['thread-8801', undefined, undefined],
      ['301', 'thread-8801', 'declared'],
      ['302', '301', 'declared'],
      ['303', '302', 'declared'],
      ['404', '302', 'declared'],
      ['407', '406', 'declared'],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['comments-withheld', 'merged'])
  })

  it('names the page a thread stands for, and leaves out threads nobody wrote in', () => {
    expect(posts[0]).toMatchObject({
      title: 'A rope walk & what is left of it',
      url: 'http://leeside.example/2016/04/a-rope-walk.html',
      provenance: { extra: { standsFor: 'the article at its link' } },
    })
    expect(posts.map(({ title }) => title)).not.toContain('Nobody came')
  })
})
