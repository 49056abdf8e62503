import { describe, expect, it } from 'vitest'
import { xDom } from '../../../src/adapters/x/dom.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(xDom)

const status = casesOf('x-dom')[0] as Case
const html = new TextDecoder().decode(status.body)

describe('x-dom', () => {
  it('is less sure of answers below than of posts above', () => {
    const { posts } = xDom.extract(pageOf(status))
    expect(posts.map(({ parent }) => parent?.basis ?? null)).toEqual([null, ...Array(4).fill('layout'), null])
    const [above, , , answer] = posts.slice(1).map(({ parent }) => parent?.p ?? 0)
    expect(above).toBeGreaterThan(answer ?? 1)
  })

  it('ties no recommendation to the page’s post, and on other pages nothing at all', () => {
    expect(xDom.extract(pageOf(status)).posts.at(-1)?.parent).toBeNull()
    const profile = html.replace(/<link rel="canonical"[^>]*>/, '')
    const { posts } = xDom.extract(pageOf({ ...status, url: 'http://x-dom.example/harbourlamp' }, profile))
    expect(posts.every(({ parent }) => parent === null)).toBe(true)
  })

  it('joins the hidden parts of a shortened link and reads emoji pictures', () => {
    const [first, second] = xDom.extract(pageOf(status)).posts
    expect(first?.text).toMatch(/matters\. 🗼$/)
    expect(second?.html).toContain('href="https://lamplog.example/books/1931?view=page"')
  })

  it('keeps the quoted post’s words and pictures out of the post', () => {
    const quoting = xDom.extract(pageOf(status)).posts.find(({ quotes }) => quotes.length > 0)
    expect(quoting?.text).toBe('@harbourlamp Our map shows that pier too.')
    expect(quoting?.media).toEqual([])
    expect(quoting?.quotes[0]?.createdAt).toBe('2023-11-11T08:00:00.000Z')
  })

  it('reads rows without a post', () => {
    const codes = xDom.extract(pageOf(status)).notes.map(({ code }) => code)
    expect(codes).toEqual(['tombstone', 'more', 'replies-missing'])
  })
})
