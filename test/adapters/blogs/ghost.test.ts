import { describe, expect, it } from 'vitest'
import { ghost } from '../../../src/adapters/blogs/ghost.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(ghost)

const fixture = casesOf('ghost').find(({ name }) => name === 'post') as Case
const html = new TextDecoder().decode(fixture.body)

describe('a Ghost post', () => {
  const { posts, notes } = ghost.extract(pageOf(fixture))

  it('is read without cards that sell and posts that follow', () => {
    expect(posts[0]?.text).not.toMatch(/Subscribe|fifth|Powered/)
    expect(posts[0]).toMatchObject({
      title: 'Salt on the stairs',
      author: { name: 'Maren Voss' },
      createdAt: '2024-10-14T06:45:00.000Z',
      editedAt: '2024-10-15T19:00:00.000Z',
      footnotes: [{ label: '1', text: 'Thrice in 1962.' }],
    })
  })

  it('says that its comments are not in the page', () => {
    expect(notes.map(({ code }) => code)).toEqual(['comments-elsewhere'])
  })

  it('says when only members may read on', () => {
    const walled = html.replace(
      '</section>',
      '<aside class="gh-post-upgrade-cta"><p>For members.</p></aside></section>',
    )
    const extraction = ghost.extract(pageOf(fixture, walled))
    expect(extraction.notes.map(({ code }) => code)).toContain('paywall')
    expect(extraction.posts[0]?.text).not.toContain('For members')
  })

  it('is not looked for on a list', () => {
    const list = html.replace(/<main>[\s\S]*<\/main>/, '<main><p>Posts</p></main>')
    expect(ghost.extract(pageOf(fixture, list)).notes.map(({ code }) => code)).toEqual(['no-article'])
  })
})
