import { describe, expect, it } from 'vitest'
import { wxr } from '../../../src/adapters/wordpress/wxr.ts'
import { storedToHtml } from '../../../src/adapters/wordpress/wxr-text.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(wxr)

const deep = casesOf('wxr').find(({ name }) => name === 'deep-thread') as Case

describe('an export', () => {
  const { posts, notes, declared: said } = wxr.extract(pageOf(deep))
  const parents = new Map(posts.map(({ key, parent }) => [key, parent]))

  it('keeps true parents to any depth', () => {
    const depth = (key: string): number => {
      const above = parents.get(key)?.key ?? null
      return above === null ? 0 : 1 + depth(above)
    }
    expect(depth('comment-513')).toBe(14)
    const declared = [...parents.values()].filter((parent) => parent !== null)
    expect(declared.every(({ basis, p }) => basis === 'declared' && p === 1)).toBe(true)
  })

  it('counts what was never shown and reads none of it', () => {
    expect(notes.map(({ code }) => code)).toEqual(['not-posts', 'comments-withheld', 'pingbacks'])
    expect(posts.map(({ text }) => text).join()).not.toMatch(/Buy pumps|Waiting here|Not sent yet/)
  })

  it('leaves an answer to spam its parent name, and a comment on a picture its picture', () => {
    expect(parents.get('comment-523')).toMatchObject({ key: null, ref: { id: 'weir.example/comment-521' } })
    expect(parents.get('comment-530')).toMatchObject({ key: null, ref: { id: 'weir.example/post-34' } })
  })

  it('marks pages, passwords and pingbacks', () => {
    const extras = posts.flatMap(({ key, provenance }) => (provenance.extra === null ? [] : [[key, provenance.extra]]))
    expect(extras).toEqual([
      ['comment-524', { type: 'pingback' }],
      ['post-32', { type: 'page' }],
      ['post-35', { password: 'asked for by the site' }],
    ])
  })

  it('knows the author by account, and the site by name', () => {
    expect(posts.find(({ key }) => key === 'comment-520')?.isPostAuthor).toBe(true)
    expect(posts[0]?.author).toMatchObject({ handle: 'ruth', name: 'Ruth Amsel' })
    expect(said.site).toBe('The Weir Diary')
  })

  it('does not expand entities of its own making', () => {
    const page = pageOf(
      deep,
      '<!DOCTYPE rss [<!ENTITY a "boom">]><rss><channel><wp:wxr_version>1</wp:wxr_version><item><wp:post_id>1</wp:post_id><title>&a;</title></item></channel></rss>',
    )
    expect(wxr.extract(page).posts[0]?.title).toBe('&a;')
  })
})

describe('stored text', () => {
  it('gets its paragraphs and lines, outside of pre', () => {
    expect(storedToHtml('a\nb\n\nc')).toBe('<p>a<br>b</p>\n<p>c</p>')
    expect(storedToHtml('a\n\n<pre>x\n\ny</pre>\n\nb')).toBe('<p>a</p><pre>x\n\ny</pre><p>b</p>')
    expect(storedToHtml('<p>a\nb</p>')).toBe('<p>a\nb</p>')
    expect(storedToHtml('<pre>open')).toBe('<pre>open')
  })
})
