import { describe, expect, it } from 'vitest'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case

function codesWith(box: string): readonly string[] {
  const words = 'A long enough paragraph about a harbour wall and what it holds back when the wind turns. '.repeat(8)
  const html = `<!doctype html><title>Wall</title><article><h1>Wall</h1><p>${words}</p><p>${words}</p></article>${box}`
  return extractPage(pageOf(fixture, html)).notes.map(({ code }) => code)
}

describe('comments that another service keeps', () => {
  it.each([
    '<div id="disqus_thread"></div>',
    '<div class="fb-comments" data-href="http://a.example/"></div>',
    '<script src="https://giscus.app/client.js"></script>',
    '<div id="idc-container"></div>',
  ])('are told from there being none: %s', (box) => {
    expect(codesWith(box)).toContain('comments-elsewhere')
  })

  it('are not spoken of on a page without their box', () => {
    expect(codesWith('<p>disqus_thread</p>')).not.toContain('comments-elsewhere')
  })
})
