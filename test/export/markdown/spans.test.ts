// Emphasis in Markdown: signs stand beside words, whatever the HTML put inside them.
import { describe, expect, it } from 'vitest'
import { cleanBlocks } from '../../../src/export/markdown/rich.ts'
import { printMarkdown } from '../../../src/export/markdown/syntax.ts'
import { htmlToMdast } from '../../../src/text/markdown.ts'

function print(html: string): string {
  const children = cleanBlocks(htmlToMdast(html), { headingsFrom: 2, pictures: true })
  return printMarkdown({ type: 'root', children }).trim()
}

describe('spaces at the edges of emphasis', () => {
  it.each([
    ['<p><b>Length: </b>three hours</p>', '**Length:** three hours'],
    ['<p>by the<b> Harbour Office</b>, 1904</p>', 'by the **Harbour Office**, 1904'],
    ['<p><i>oil&nbsp;</i>and wick</p>', '*oil*\u00a0and wick'],
    ['<p>a <s>lamp </s>light</p>', 'a ~~lamp~~ light'],
    ['<p><b><i>Note: </i></b>it leaks</p>', '**_Note:_** it leaks'],
  ])('stand outside: %s', (html, markdown) => {
    expect(print(html)).toBe(markdown)
  })

  it('are kept, and the signs are not, where there is nothing else', () => {
    expect(print('<p>one<b> </b>two</p>')).toBe('one two')
    expect(print('<p><b>one<br></b>two</p>')).toBe('**one**  \ntwo')
  })
})

describe('an article that is longer than any', () => {
  const MANY = 150_000

  it.each([
    ['headings', '<h2>h</h2>'.repeat(MANY)],
    ['rows of a table', `<table>${'<tr><td>x</td></tr>'.repeat(MANY)}</table>`],
    ['spaces within bold words', `<p><b>a${'\u00a0'.repeat(MANY)}b</b></p>`],
  ])('is printed: %s', (_, html) => {
    expect(print(html).length).toBeGreaterThan(MANY)
  })
})
