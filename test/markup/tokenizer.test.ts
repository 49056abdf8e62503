// The tokenizer with the long stride against the original: the same events for any text, whole or in pieces.

import { Tokenizer } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { StridingTokenizer } from '../../src/markup/tokenizer.ts'
import { allCases } from '../adapters/cases.ts'
import fc from '../laws.ts'

type Callbacks = ConstructorParameters<typeof Tokenizer>[1]

const EVENTS = [
  ...['onattribdata', 'onattribentity', 'onattribend', 'onattribname', 'oncdata', 'onclosetag', 'oncomment', 'onend'],
  ...['ondeclaration', 'onopentagend', 'onopentagname', 'onprocessinginstruction', 'onselfclosingtag', 'ontext'],
  'ontextentity',
]
/** What changes the state of a tokenizer, beside words. */
const PARTS = ['<', '>', '&', ';', '"', "'", '=', '/', '!', '-', ' ', '\n', '[', ']', '?', '#', 'a', 'é', '😀']
const WORDS = [
  '&amp;',
  '&amp',
  '&#x41;',
  '&notit;',
  '&;',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<a b="',
  "<a b='",
  '<a b=',
]
const SPECIAL = ['<script>', '</script>', '<title>', '</title>', '<textarea>', '</textarea>', 'long words of text']

function eventsOf(kind: typeof Tokenizer, pieces: readonly string[], xmlMode: boolean): readonly unknown[] {
  const events: unknown[] = []
  const callbacks = EVENTS.map((name) => [name, (...said: unknown[]) => void events.push([name, ...said])])
  const tokenizer = new kind({ xmlMode, decodeEntities: true }, Object.fromEntries(callbacks) as Callbacks)
  for (const piece of pieces) tokenizer.write(piece)
  tokenizer.end()
  return events
}

function expectSame(pieces: readonly string[]): void {
  for (const xmlMode of [false, true])
    expect(eventsOf(StridingTokenizer, pieces, xmlMode)).toEqual(eventsOf(Tokenizer, pieces, xmlMode))
}

describe('StridingTokenizer', () => {
  it('tells of every fixture what the original tells', () => {
    for (const { body } of allCases()) expectSame([Buffer.from(body).toString()])
  })

  it('tells of any text what the original tells, in whatever pieces it comes', () => {
    const text = fc
      .array(fc.constantFrom(...PARTS, ...WORDS, ...SPECIAL), { maxLength: 40 })
      .map((parts) => parts.join(''))
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), expectSame), { numRuns: 2000 })
  })

  it('reads a value that never ends once, however many references are in it', () => {
    const text = `<a b="${'&'.repeat(2_000_000)}`
    expect(eventsOf(StridingTokenizer, [text], false).at(-1)).toEqual(['onend'])
  })
})
