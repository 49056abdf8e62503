import { describe, expect, it } from 'vitest'
import { xWeb } from '../../../../src/adapters/x/pages/web.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xWeb)

const status = casesOf('x-web')[0] as Case

describe('x-web', () => {
  it('takes the parent a post names, not the page it stands on', () => {
    const { posts } = xWeb.extract(pageOf(status))
    expect(posts.map(({ parent }) => posts.find(({ key }) => key === parent?.key)?.index ?? null)).toEqual([
      null,
      0,
      1,
      1,
    ])
    expect(posts.slice(1).every(({ parent }) => parent?.basis === 'declared')).toBe(true)
  })

  it('keeps the quoted article inside its post', () => {
    const { posts } = xWeb.extract(pageOf(status))
    expect(posts).toHaveLength(4)
    expect(posts[3]?.quotes[0]).toMatchObject({ author: { handle: 'gullmap', id: '900000003' } })
  })

  it('counts what the site holds back', () => {
    const note = xWeb.extract(pageOf(status)).notes.find(({ code }) => code === 'replies-missing')
    expect(note?.message).toContain('3 direct answers')
  })

  it('names posts and accounts by URL, and no other page of the site', () => {
    const locate = (url: string) => xWeb.locate(new URL(url))
    expect(locate('https://x.com/i/status/20')).toMatchObject({ kind: 'post', id: '20' })
    expect(locate('https://mobile.twitter.com/jane/status/20/photo/1')).toMatchObject({ id: '20' })
    expect(locate('https://x.com/jane/with_replies')).toMatchObject({ kind: 'author', id: 'jane' })
    for (const url of ['https://x.com/', 'https://x.com/search?q=a', 'https://notx.com/jane/status/20'])
      expect(locate(url)).toBeNull()
  })
})
