// Bodies of posts → plain text as a reader sees it, safe HTML, and blocks for Markdown.

import { describe, expect, it } from 'vitest'
import { UNKNOWN_POST } from '../../src/post.ts'
import { bodyFromHtml } from '../../src/text/body.ts'
import { htmlToMdast } from '../../src/text/markdown.ts'
import { expectHarmless } from '../adapters/hostile.ts'
import fc from '../laws.ts'

const BASE = new URL('http://mill.example/notes/flour')
const textOf = (html: string) => bodyFromHtml(html, BASE).text
const htmlOf = (html: string) => bodyFromHtml(html, BASE).html

describe('plain text', () => {
  it('keeps lines and paragraphs, however they are written', () => {
    expect(textOf('one<br>two<br><br>three')).toBe('one\ntwo\n\nthree')
    expect(textOf('<p>one<br />two</p>\n<p>three</p>')).toBe('one\ntwo\n\nthree')
    expect(textOf('<div>one</div><div>two</div>three')).toBe('one\n\ntwo\n\nthree')
    expect(textOf('  one \n  <b>two</b>\t three ')).toBe('one two three')
  })

  it('prints lists with their marks, nested and with their own start', () => {
    expect(textOf('<ul><li>rye<ul><li>dark</li></ul></li><li>oats</li></ul>')).toBe('- rye\n  - dark\n- oats')
    expect(textOf('<ol start="4"><li>knead</li><li>wait</li></ol>')).toBe('4. knead\n5. wait')
  })

  it('leaves out soft hyphens, which no reader sees', () => {
    expect(bodyFromHtml('<p>Dampf\u00adschiff&shy;fahrt</p>', null).text).toBe('Dampfschifffahrt')
  })

  it('keeps code as it stands and cells apart', () => {
    expect(textOf('<pre>a\n  b</pre>')).toBe('a\n  b')
    expect(textOf('<table><tr><th>flour</th><td>500 g</td></tr></table>')).toBe('flour\t500 g')
  })

  it('reads emoji out of pictures and leaves other pictures to the media', () => {
    expect(
      textOf(
        'good <img class="emoji" alt="🍞" src="/1f35e.png"> <img class="emojione custom-emoji" alt=":rye:" src="/r.png"><img src="/loaf.jpg" alt="A loaf">',
      ),
    ).toBe('good 🍞 :rye:')
  })

  it('joins addresses that a server cut into spans, and expands shortened ones', () => {
    const cut =
      '<a href="https://mill.example/a/very/long/way"><span class="invisible">https://</span><span class="ellipsis">mill.example/a/very</span><span class="invisible">/long/way</span></a>'
    expect(textOf(cut)).toBe('https://mill.example/a/very/long/way')
    expect(textOf('<a href="https://mill.example/reports/2026">mill.example/rep…</a>')).toBe(
      'https://mill.example/reports/2026',
    )
    expect(textOf('<a href="https://mill.example/reports">our reports...</a>')).toBe('our reports...')
    expect(textOf('<a href="https://evil.example/">mill.example/rep…</a>')).toBe('mill.example/rep…')
  })

  it('loses no word of any nesting', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom('p', 'div', 'b', 'li', 'td', 'blockquote', 'h2', 'span', 'x-y'),
            fc.stringMatching(/^[a-z]{3,8}$/),
          ),
          { maxLength: 12 },
        ),
        (parts) => {
          const html = parts.map(([tag, word]) => `<${tag}>${word} `).join('')
          const words = textOf(html).match(/[a-z]{3,8}/g) ?? []
          expect(words).toEqual(parts.map(([, word]) => word))
        },
      ),
    )
  })
})

describe('safe HTML', () => {
  it('keeps structure, drops looks', () => {
    expect(htmlOf('<div class="x"><p style="color:red" onclick="x()">a <span>b</span></p></div>')).toBe('<p>a b</p>')
    expect(htmlOf('<h2 id="top">T</h2><p>a<sup><a href="#fn1">1</a></sup></p>')).toBe(
      '<h2>T</h2><p>a<sup><a href="#fn1">1</a></sup></p>',
    )
  })

  it('makes addresses absolute and drops those that are none', () => {
    expect(htmlOf('<a href="../rye">x</a>')).toBe('<a href="http://mill.example/rye">x</a>')
    expect(bodyFromHtml('<a href="../rye">x</a>', null).html).toBe('x')
    expect(htmlOf('<img data-src="/big.jpg" src="data:image/gif;base64,AA" alt="a" width="40">')).toBe(
      '<img src="http://mill.example/big.jpg" alt="a" width="40">',
    )
  })

  it.each([
    '<script>x()</script>',
    '<a href="javascript:x()">x</a>',
    '<a href=" java\nscript:x()">x</a>',
    '<a href="&#106;avascript:x()">x</a>',
    '<a href="vbscript:x">x</a>',
    '<img src=x onerror=x()>',
    '<svg onload=x()><script>x()</script></svg>',
    '<math><mtext><img src=1 onerror=x()></mtext></math>',
    '<iframe src="javascript:x()"></iframe>',
    '<form action="javascript:x()"><input onfocus=x() autofocus></form>',
    '<p style="background:url(javascript:x())">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=x()>"></noscript>',
    '<base href="javascript:x()//">',
    '<template><script>x()</script></template>',
    '<<script>script>x()<</script>/script>',
    '"><img src=x onerror=x()>',
    '<a href="data:text/html,<script>x()</script>">x</a>',
    '<td onmouseover=x()>x',
    '<plaintext><script>x()',
    '<title><img src=x onerror=x()></title>',
  ])('lets nothing run: %s', (hostile) => {
    const { html, text } = bodyFromHtml(hostile, BASE)
    expectHarmless({ posts: [{ ...UNKNOWN_POST, html, text }] } as never)
  })

  it('puts items beside each other that an unclosed paragraph kept apart from their list', () => {
    expect(bodyFromHtml('<ul><li><p>one<li>two<p>more<li>three</ul>', BASE).text).toBe(
      '- one\n\n- two\n\n  more\n\n- three',
    )
  })

  it('is its own safe HTML: cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<p>',
            '</p>',
            '<b>',
            '</b>',
            '<br>',
            '<ul>',
            '<li>',
            '</ul>',
            '<div>',
            '</div>',
            '<a href="http://a.example/">',
            '</a>',
            'word',
            ' ',
            '&lt;',
          ),
          { maxLength: 20 },
        ),
        (parts) => {
          const once = bodyFromHtml(parts.join(''), BASE)
          const twice = bodyFromHtml(once.html ?? '', BASE)
          expect(twice.text).toBe(once.text)
        },
      ),
    )
  })
})

describe('limits', () => {
  it.each([
    ['quotes', '<blockquote>'],
    ['lists', '<ul><li>'],
    ['bold', '<b>'],
    ['links', '<a href="http://a.example/">'],
    ['tables', '<table><tr><td>'],
  ])('keeps the words behind 100,000 nested %s, as text and as Markdown', (_, tag) => {
    const body = bodyFromHtml(`${tag.repeat(100_000)}found`, BASE)
    expect(body.text).toContain('found')
    expect(() => htmlToMdast(body.html ?? '')).not.toThrow()
  })

  it('reads a 10 MB paragraph and 200,000 siblings', () => {
    expect(textOf('ten bytes '.repeat(1_000_000)).length).toBe(9_999_999)
    expect(textOf('<b>x</b> '.repeat(200_000)).length).toBe(399_999)
  })
})

describe('htmlToMdast', () => {
  it('gives blocks that Markdown can write, tables and deletions among them', () => {
    const nodes = htmlToMdast(
      '<p>a<br><s>b</s></p><blockquote>c</blockquote><table><tr><td>d</td></tr></table><pre>e</pre>',
    )
    expect(nodes.map(({ type }) => type)).toEqual(['paragraph', 'blockquote', 'table', 'code'])
    expect(nodes[0]).toMatchObject({ children: [{ value: 'a' }, { type: 'break' }, { type: 'delete' }] })
  })

  it('takes a newline right after <pre> for no line of the code, and keeps the next one', () => {
    const codeOf = (html: string) => htmlToMdast(html).map((node) => (node.type === 'code' ? node.value : null))
    expect(codeOf('<pre>\na\n  b</pre>')).toEqual(['a\n  b'])
    expect(codeOf('<pre><code>\n\na</code></pre>')).toEqual(['\na'])
  })
})
