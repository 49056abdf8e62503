// Laws over whole pages of Markdown: whatever a body nests in what, and whatever stands in a name, the words are shown,
// nothing of them is markup, and no block is added to the page.

import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { conversationToMarkdown, threadToMarkdown } from '../../../src/export/markdown/markdown.ts'
import { cleanBlocks } from '../../../src/export/markdown/rich.ts'
import { printMarkdown } from '../../../src/export/markdown/syntax.ts'
import { textChunks } from '../../../src/export/text.ts'
import type { Author } from '../../../src/model.ts'
import { bodyFromHtml } from '../../../src/text/body.ts'
import { htmlToMdast } from '../../../src/text/markdown.ts'
import fc from '../../laws.ts'
import { makeConversation, makeReply, makeThread, makeUnrolled } from '../build.ts'

const TAGS =
  'p b em del s code pre blockquote ul li dl dt dd table caption tr td th h2 details summary div mark kbd q a'.split(
    ' ',
  )
const WORDS = [
  'gate',
  ' ',
  'two words',
  '\n',
  '```',
  '</details>',
  '<b>',
  '<!--',
  '[x]: javascript:x',
  '~~',
  '**',
  '- a',
]
const PIECES = fc.oneof(
  fc.constantFrom(...TAGS).map((tag) => (tag === 'a' ? '<a href="http://x.example/">' : `<${tag}>`)),
  fc.constantFrom(...TAGS).map((tag) => `</${tag}>`),
  fc.constantFrom(...WORDS).map((words) => words.replaceAll('<', '&lt;')),
)

function readBack(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node
  if ('children' in node) for (const child of node.children) yield* nodesOf(child)
}

function lettersOf(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '')
}

function lettersIn(tree: Root): string {
  return [...nodesOf(tree)].map((node) => ('value' in node ? lettersOf(node.value) : '')).join('')
}

test('whatever a body nests, its words come back and nothing else', () => {
  fc.assert(
    fc.property(fc.array(PIECES, { maxLength: 14 }), (pieces) => {
      const { html, text } = bodyFromHtml(pieces.join(''), null)
      const blocks = cleanBlocks(htmlToMdast(html ?? ''), { headingsFrom: 2, pictures: true })
      const back = readBack(printMarkdown({ type: 'root', children: blocks }))
      const types = [...nodesOf(back)].map(({ type }) => type)
      expect(types).not.toContain('html')
      expect(types).not.toContain('definition')
      expect(lettersIn(back)).toBe(lettersOf(text))
    }),
    { numRuns: 1500, examples: [[['<table>', '<caption>', 'gate']]] },
  )
})

test.each([
  '<table><tr><td>a<th>word</table>',
  '<del><table><tr><td>word</td></tr></table></del>',
  '<table><tr><td><blockquote>word<tr>',
  '<table><a href="http://x.example/">word<td>',
])('cells out of their place are printed: %s', (html) => {
  expect(
    printMarkdown({ type: 'root', children: cleanBlocks(htmlToMdast(html), { headingsFrom: 2, pictures: true }) }),
  ).toContain('word')
})

test('code in a span stays code', () => {
  const blocks = cleanBlocks(htmlToMdast('<p>a <em><del>b<pre>&lt;script&gt;\n\n# c</pre></del></em></p>'), {
    headingsFrom: 2,
    pictures: true,
  })
  expect(printMarkdown({ type: 'root', children: blocks })).toBe('a *~~b `<script> # c`~~*\n')
})

const NAMES = [
  'Ann\n\n# Forged',
  'Ann\r\n\r\n---\r\n',
  'Ann *\n---',
  'Ann\u2028\u2028- Forged',
  '\n> Ann',
  'Ann\n```\n',
  'Ann _ \n_a_',
]

test.each(NAMES)('a name adds no block: %j', (name) => {
  const outline = (author: Author) => {
    const quote = { ref: null, author, text: 'Two.', url: null, createdAt: null }
    const thread = makeThread(['One.'], { author, id: `x:${author.name}`, statement: `by ${author.name}` })
    const replies = [
      makeReply(0, null, { author, quotes: [quote] }),
      makeReply(1, 0, { author }),
      ...Array.from({ length: 8 }, (_, index) => makeReply(index + 2, index + 1, { author })),
    ]
    const conversation = { ...makeConversation({}, replies), id: `x:${author.name}`, root: null }
    const pages = [
      threadToMarkdown(thread, { frontMatter: false }),
      conversationToMarkdown(conversation, { frontMatter: false }),
    ]
    return pages.map((page) => [...nodesOf(readBack(page))].map(({ type }) => type).filter((type) => type !== 'text'))
  }
  const author = (said: string) => ({ id: null, handle: null, name: said, url: null })
  expect(outline(author(name))).toEqual(outline(author('Ann')))
})

test.each(NAMES)('nor does it in plain text: %j', (name) => {
  const linesWith = (said: string) => {
    const author = { id: null, handle: null, name: said, url: null }
    const quote = { ref: null, author, text: 'Two.', url: null, createdAt: null }
    const thread = makeThread(['One.'], { author, title: said })
    const conversations = [makeConversation({}, [makeReply(0, null, { author, quotes: [quote] })])]
    return [...textChunks(makeUnrolled({ threads: [thread], conversations }))].join('').split('\n').length
  }
  expect(linesWith(name)).toBe(linesWith('Ann'))
})
