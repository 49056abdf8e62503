import { describe, expect, it } from 'vitest'
import { xMobile } from '../../../../src/adapters/x/pages/mobile.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xMobile)

const [conversation, timeline] = casesOf('x-mobile') as [Case, Case]

describe('x-mobile', () => {
  it('reads parents off the boxes above and below the post', () => {
    const { posts } = xMobile.extract(pageOf(conversation))
    const at = posts.map(({ parent }) => posts.find(({ key }) => key === parent?.key)?.index ?? null)
    expect(at).toEqual([null, 0, 1, 1])
  })

  it('takes the time from the id, the link’s target and the picture; the picture’s own link is no word', () => {
    const [, post] = xMobile.extract(pageOf(conversation)).posts
    expect(post).toMatchObject({ author: { handle: 'pieroftides', name: 'Pier of Tides' }, media: [{ kind: 'image' }] })
    expect(post?.createdAt).toMatch(/^2015-02-18T21:05/)
    expect(post?.text).toBe('@quaywarden I have: two metres and a hand.\nThe log is at http://tidelog.example/north')
    expect(post?.html).toContain('href="http://tidelog.example/north"')
  })

  it('tells the post’s own line ends from indented markup, and says that a timeline goes on', () => {
    const { posts, notes } = xMobile.extract(pageOf(timeline))
    expect(posts.map(({ text }) => text)).toEqual([
      'Painted the board white again, so that the #gauge can be read from the bridge.\n\nThanks to @brushandtin',
      'The weir hums at four feet.',
    ])
    expect(notes.map(({ code }) => code)).toEqual(['more', 'reposts'])
    expect(posts.every(({ parent }) => parent === null)).toBe(true)
  })
})
