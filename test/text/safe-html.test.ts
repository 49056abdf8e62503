// The quick way to safe HTML gives what the guard gives.

import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../src/markup/markup.ts'
import { toHast } from '../../src/text/hast.ts'
import { plainText } from '../../src/text/plain.ts'
import { guard, makeSafe } from '../../src/text/safe-html.ts'
import { allCases } from '../adapters/cases.ts'
import fc from '../laws.ts'

const BASE = new URL('http://mill.example/notes/flour')
const PIECES = [
  ...['word', ' ', '\n', '&lt;b&gt;', '&amp;amp;', '"`\'', '&nbsp;', '\u00ad', '🍞', '\ud83c', '<!-- x -->', '&#0;'],
  ...['<p>', '</p>', '<br>', '<br><br>', '<span class="x">', '</span>', '<div>', '</div>', '<blockquote>', '<ul><li>'],
  ...[
    '<b>',
    '</b>',
    '<sup>',
    '</sup>',
    '<h2>',
    '</h2>',
    '<pre>',
    '</pre>',
    '<ol start="3"><li>',
    '</li>',
    '<td>',
    '<table>',
  ],
  ...[
    '<a href="/rye?a=1&amp;b=&quot;2\'`">',
    '<a href="#fn1">',
    '<a href="mailto:m@mill.example">',
    '<a href="javascript:x()">',
  ],
  ...[
    '</a>',
    '<img src="/loaf.jpg" alt="&quot;">',
    '<img class="emoji" alt="🍞" src="/e.png">',
    '<hr>',
    '<script>x()</script>',
  ],
]

const treeOf = (html: string) => toHast(parseHtml(html).root.children, BASE)

function expectBothWays(html: string): boolean {
  const tree = treeOf(html)
  const [quick, whole] = [makeSafe(tree), guard(tree)]
  expect(quick.html).toBe(whole.html)
  expect(plainText(quick.tree)).toBe(plainText(whole.tree))
  return quick.tree === tree
}

describe('makeSafe', () => {
  it('gives what the guard gives, letter for letter, of anything', () => {
    let plain = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }), (pieces) => {
        plain += Number(expectBothWays(pieces.join('')))
      }),
      { numRuns: 2000 },
    )
    expect(plain).toBeGreaterThan(100)
  })

  it('gives what the guard gives of every element of every fixture', () => {
    let plain = 0
    for (const { kind, body } of allCases())
      if (kind === 'html') plain += Number(expectBothWays(Buffer.from(body).toString()))
    for (const { kind, body } of allCases())
      if (kind === 'html')
        for (const piece of Buffer.from(body)
          .toString()
          .split(/(?=<(?:div|article|li|p)\b)/))
          plain += Number(expectBothWays(piece))
    expect(plain).toBeGreaterThan(100)
  })

  it.each(['<table><tr><td>x', '<img src="/loaf.jpg">', '<ol start="2"><li>x'])('leaves %s to the guard', (html) => {
    expect(expectBothWays(html)).toBe(false)
  })

  it('writes a post of words, breaks and links itself', () => {
    expect(expectBothWays('one<br>two <a href="/rye">rye</a> <b>&lt;3</b><br><br>three')).toBe(true)
  })
})
