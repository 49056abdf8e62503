// Law: whatever a post says, a Markdown reader shows those words and nothing else. Read back by micromark, once as
// CommonMark and once as GitHub reads it.

import type { Nodes, Paragraph, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { toParagraphs } from '../../../src/export/markdown/prose.ts'
import { printMarkdown } from '../../../src/export/markdown/syntax.ts'
import fc from '../../laws.ts'

type Reader = (markdown: string) => Root

/** What text could mean to some reader of Markdown, piece by piece. */
const PIECES =
  '* _ ** __ ~ ~~ ` ``` [ ] ( ) ! < > # ## - + 1. 1) | \\ &amp; & $ $$ ^ %% == = --- *** a b word . , " \' : [^1] [x] [[w]] <b> </details> <!-- { } é “ … 日本 😀 [a](javascript:x) [foo]: @me me@x.example #x41; http://x.example/a_b https://e.example/(a) www.x.example <http://a.example>'
    .split(' ')
    .concat(' ', '  ', '\n', '\n\n', '\t', '    ', '## ', '- ', '\u00a0', '\r\n', '\u2028')

const TEXTS = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 25,
  })
  .map((pieces) => pieces.join(''))

const READERS: readonly (readonly [name: string, read: Reader])[] = [
  ['CommonMark', (markdown) => fromMarkdown(markdown)],
  ['GitHub', (markdown) => fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })],
]

describe('parse back', () => {
  test.each(READERS)('any text shows as itself in %s', (_, read) => {
    fc.assert(
      fc.property(TEXTS, (text) => expectSame(toParagraphs(text), read)),
      { numRuns: 2000 },
    )
  })
})

function expectSame(paragraphs: Paragraph[], read: Reader): void {
  const tree: Root = { type: 'root', children: paragraphs }
  const back = read(printMarkdown(tree))
  expect(typesOf(back).filter((type) => !['root', 'paragraph', 'text', 'break', 'link'].includes(type))).toEqual([])
  expect(shown(back)).toBe(shown(tree))
}

function typesOf(node: Nodes): string[] {
  return [node.type, ...('children' in node ? node.children.flatMap(typesOf) : [])]
}

/** The visible words; readers fold runs of spaces. */
function shown(node: Nodes): string {
  return wordsOf(node)
    .replace(/[ \t\v]*\n[\s]*/g, '\n')
    .replace(/[ \t\v]+/g, ' ')
    .trim()
}

function wordsOf(node: Nodes): string {
  if (node.type === 'break') return '\n'
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(wordsOf).join(node.type === 'root' ? '\n' : '') : ''
}

/** The parsers are development tools; without them there is nothing to read back with. */
