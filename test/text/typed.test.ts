// Words typed as Markdown: read as their site shows them, nothing lost, nothing run.
import { describe, expect, it } from 'vitest'
import { bodyFromMarkdown } from '../../src/text/typed.ts'

const read = (typed: string) => bodyFromMarkdown(typed, null)

describe('bodyFromMarkdown', () => {
  it('gives what marks mean, and words without them', () => {
    const { text, html } = read('It **held**.\n\n> two canes\n\n1. cut\n2. [sew](https://kites.example/sew)')
    expect(text).toBe('It held.\n\ntwo canes\n\n1. cut\n2. sew')
    expect(html).toContain('<strong>held</strong>')
    expect(html).toContain('<blockquote>')
    expect(html).toContain('<a href="https://kites.example/sew">sew</a>')
  })

  it('leaves plain words as they are', () => {
    expect(read('It held.\nTwice!')).toEqual({ text: 'It held.\nTwice!', html: null })
    expect(read('')).toEqual({ text: '', html: null })
  })

  it('takes typed HTML for words, and follows no dangerous link', () => {
    const { text, html } = read('See <script>x()</script> *a* [b](javascript:x())')
    expect(text).toBe('See <script>x()</script> a b')
    expect(html).not.toMatch(/<script|javascript:/)
  })

  it.each([
    ['definitions, which a reader would not see', '*a*\n\n[1]: https://kites.example/source'],
    ['more marks than anybody writes', '_a*'.repeat(5000)],
    ['lists in lists in lists', `${'- '.repeat(500)}a`],
    ['a book', '*a* '.repeat(30_000)],
  ])('keeps %s as typed', (_, typed) => {
    expect(read(typed)).toEqual({ text: typed, html: null })
  })
})
