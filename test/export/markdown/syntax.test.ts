// Markdown syntax: post text never acts as markup, and plain prose stays as it was typed.
import type { BlockContent } from 'mdast'
import { expect, test } from 'vitest'
import { toParagraphs } from '../../../src/export/markdown/prose.ts'
import { cleanBlocks } from '../../../src/export/markdown/rich.ts'
import { printMarkdown } from '../../../src/export/markdown/syntax.ts'
import { htmlToMdast } from '../../../src/text/markdown.ts'

function print(text: string): string {
  return printMarkdown({ type: 'root', children: toParagraphs(text) }).trimEnd()
}

function printHtml(html: string): string {
  return printBlocks(cleanBlocks(htmlToMdast(html), { headingsFrom: 2, pictures: true }))
}

function printBlocks(children: BlockContent[]): string {
  return printMarkdown({ type: 'root', children }).trimEnd()
}

test.each([
  'AT&T and R&D; 5 * 3 = 15, 5 < 6 > 4, I <3 you',
  '#hashtag at the start and #another',
  'snake_case_name, @some_one_ and a trailing_ one',
  '(@some_one_), @lamp__ and lamp_.',
  'he said [sic], twice [1, 2]',
  '$5 and $10, $AAPL, US$5',
  '100% sure ~5 people, 2^10, a == b, x = y',
  'C:/path {braces} "quotes" \'single\' – dash — dash…',
  'yes/no, and/or, 3.5 (a) 1) 2, e.g. this; that: those!',
  'a | b, well-known - dash',
  'about ~200ms at 800*600 for $BTC; a ==b',
])('leaves plain prose alone: %s', (text) => {
  expect(print(text)).toBe(text)
})

test.each([
  ['*really* **so**', '\\*really\\* \\*\\*so\\*\\*'],
  ['_so_ it is', '\\_so_ it is'],
  ['# no heading', '\\# no heading'],
  ['> no quote', '\\> no quote'],
  ['- no list', '\\- no list'],
  ['12. no list', '12\\. no list'],
  ['---', '\\---'],
  ['| a |\n|---|', '\\| a |  \n\\|---|'],
  ['[[wiki]] ![[embed]]', '\\[\\[wiki]] !\\[\\[embed]]'],
  ['[^1] and [!note]', '\\[^1] and \\[!note]'],
  ['[x] task', '\\[x] task'],
  ['[foo]: /url', '[foo]\\: /url'],
  ['a [link](javascript:x)', 'a [link]\\(javascript:x)'],
  ['<script>x</script>', '\\<script>x\\</script>'],
  ['&lt;b&gt; &#60;', '\\&lt;b\\&gt; \\&#60;'],
  ['%%hidden%% <% run %>', '\\%\\%hidden\\%\\% <\\% run %>'],
  ['==marked== ~~gone~~', '\\==marked== \\~\\~gone\\~\\~'],
  ['$x$ $$y$$', '$x\\$ \\$\\$y\\$\\$'],
  ['`= this.file`', '\\`= this.file\\`'],
  ['\\foo C:\\new', '\\\\foo C:\\\\new'],
  ['<#@me> <b@c.example>', '\\<#@me> \\<b@c.example>'],
  ['a line ^block-id', 'a line \\^block-id'],
  ['a note^[within]', 'a note\\^[within]'],
  ['ftp://x.example<script>', 'ftp\\://x.example\\<script>'],
])('makes %j inert', (text, printed) => {
  expect(print(text)).toBe(printed)
})

test.each([
  ['<p>5*3 is <em>not</em> 16</p>', '5\\*3 is *not* 16'],
  ['<p>5*3 <a href="https://e.example/*">is</a> 15</p>', '5\\*3 [is](https://e.example/*) 15'],
  ['<p>~5 <del>people</del></p>', '~5 ~~people~~'],
  ['<p>a~b <del>people</del></p>', 'a\\~b ~~people~~'],
  ['<p>5*3</p><p>4*4</p>', '5*3\n\n4*4'],
  ['<h2>5*3</h2>', '## 5*3'],
])('a sign that needs a partner is inert alone in its paragraph: %s', (html, printed) => {
  expect(printHtml(html)).toBe(printed)
})

test('addresses become links unchanged, without the sentence around them', () => {
  expect(print('See (https://e.example/a_b_(c)). Or www.e.example/*x*!')).toBe(
    'See (<https://e.example/a_b_(c)>). Or [www.e.example/\\*x](http://www.e.example/*x)\\*!',
  )
})

test.each([
  ['/wiki/Bridge_(dental)', '/wiki/Bridge_(dental)'],
  ['/a_(b)_(c)', '/a_(b)_(c)'],
  ['/a(b', '/a\\(b'],
  ['/a)b', '/a\\)b'],
  ['/((a)b)', '/\\((a)b\\)'],
  ['/[a](b)', '/[a]\\(b\\)'],
])('an address keeps the brackets that are pairs: %s', (path, printed) => {
  expect(printHtml(`<p><a href="https://e.example${path}">words</a></p>`)).toBe(`[words](https://e.example${printed})`)
})

test('a link within a link stands beside it', () => {
  const inner: BlockContent = {
    type: 'paragraph',
    children: [
      {
        type: 'link',
        url: 'https://e.example/1',
        children: [
          { type: 'text', value: 'one ' },
          { type: 'link', url: 'https://e.example/2', children: [{ type: 'text', value: 'two' }] } as never,
        ],
      },
    ],
  }
  expect(printBlocks(cleanBlocks([inner], { headingsFrom: 2, pictures: true }))).toBe(
    '[one](https://e.example/1) [two](https://e.example/2)',
  )
})

test('control characters and half characters do not reach a file or a terminal', () => {
  expect(print('a\u001b[31mb\u0000\ud800c\r\nd')).toBe('a\ufffd[31mb\ufffd\ufffdc  \nd')
})

test('unsafe links and pictures keep their words only', () => {
  expect(
    printBlocks(
      cleanBlocks(
        [
          {
            type: 'paragraph',
            children: [
              { type: 'link', url: 'javascript:alert(1)', children: [{ type: 'text', value: 'click' }] },
              { type: 'text', value: ' ' },
              { type: 'image', url: 'data:image/svg+xml,x', alt: 'pic' },
              { type: 'html', value: '<b onclick=x>bold &#x26; *loud*</b>' },
            ],
          },
        ],
        { headingsFrom: 2, pictures: true },
      ),
    ),
  ).toBe('click picbold & \\*loud\\*')
})

test('code keeps its fence but no language that a program would run', () => {
  expect(
    printBlocks(
      cleanBlocks([{ type: 'code', lang: 'dataviewjs', value: '```\nx' }], { headingsFrom: 2, pictures: true }),
    ),
  ).toBe('````\n```\nx\n````')
  expect(
    printBlocks(cleanBlocks([{ type: 'code', lang: 'js', value: 'x' }], { headingsFrom: 2, pictures: true })),
  ).toBe('```js\nx\n```')
})

test('code side by side stays code, and Dataview code becomes words', () => {
  expect(printHtml('<p><code>a</code><code>`b</code> <code>= 1 + 1</code></p>')).toBe('``a`b`` = 1 + 1')
})

test('tables and deletions are printed the GitHub way', () => {
  const cell = (value: string) => ({ type: 'tableCell' as const, children: [{ type: 'text' as const, value }] })
  const table: BlockContent = {
    type: 'table',
    children: [
      { type: 'tableRow', children: [cell('a|b'), cell('c')] },
      { type: 'tableRow', children: [cell('1')] },
    ],
  }
  expect(printBlocks([table])).toBe('| a\\|b | c |\n| --- | --- |\n| 1 |  |')
  const struck: BlockContent = {
    type: 'paragraph',
    children: [
      { type: 'text', value: 'a' },
      { type: 'delete', children: [{ type: 'text', value: ' *old* ' }] },
      { type: 'text', value: 'b' },
    ],
  }
  expect(printBlocks([struck])).toBe('a ~~\\*old\\*~~ b')
})

test('headings stand below the title', () => {
  expect(printHtml('<h1>Part # one</h1><p>x</p>')).toBe('## Part # one\n\nx')
  expect(printHtml('<h1>[Note]: why</h1>')).toBe('## [Note]: why')
})

test.each([
  ['<h2>&nbsp;</h2><h3><b> </b></h3><p>words</p>', 'words'],
  ['<blockquote><p> </p><p>words<br></p><p>&nbsp;</p></blockquote>', '> words'],
  ['<blockquote><p>&nbsp;</p></blockquote><p>words</p>', 'words'],
  ['<h2><img src="https://e.example/a.png" alt=""></h2>', '## ![](https://e.example/a.png)'],
])('what shows nothing is left out: %s', (html, printed) => {
  expect(printHtml(html)).toBe(printed)
})

test('a table of one column is what stands in it', () => {
  const picture = '<a href="https://e.example/b.png"><img src="https://e.example/s.png" alt="A boat"></a>'
  expect(printHtml(`<table><tr><td>${picture}</td></tr><tr><td>The boat, 1998</td></tr></table>`)).toBe(
    '[![A boat](https://e.example/s.png)](https://e.example/b.png)\n\nThe boat, 1998',
  )
})

test('the spaces at the ends of a link stand outside it', () => {
  expect(printHtml('<p>the<a href="https://e.example/"> old boat </a>and</p>')).toBe(
    'the [old boat](https://e.example/) and',
  )
})
