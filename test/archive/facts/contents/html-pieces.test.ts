// HTML kept as what it says beyond the text: every HTML comes back letter by letter, in the program and in SQL.

import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../../src/archive/database/sqlite.ts'
import { fromPieces, toPieces } from '../../../../src/archive/facts/contents/html-pieces.ts'
import { HTML_OF_V } from '../../../../src/archive/schema/facts.ts'
import { bodyFromHtml } from '../../../../src/text/body.ts'
import fc from '../../../laws.ts'

const inSql = new SqliteDatabase(':memory:')
  .prepare<[string, string], string>(`SELECT ${HTML_OF_V} FROM (SELECT ? AS text, ? AS markup) AS v`)
  .pluck()

function rebuilt(html: string, text: string): readonly (string | undefined)[] {
  const pieces = toPieces(html, text)
  return [fromPieces(pieces, text), inSql.get(text, pieces)]
}

/** Source of a body: tags, references and words in any order. */
const source = fc
  .array(
    fc.oneof(
      fc.constantFrom('<p>', '</p>', '<br>', '<b>', '</b>', '<ul><li>', '</ul>', '&amp;', '&nbsp;', '\n', '  '),
      fc.constant('<a href="http://pages.example/?a=1&amp;b=2">a link</a>'),
      fc.lorem({ maxCount: 4 }),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''))

describe('the HTML of a post', () => {
  it('comes back from its pieces, whatever the text', () => {
    const anything = fc.string({ unit: fc.constantFrom('<', '>', '&', 'ab cd', 'ab', '\n', ' ', '😀', '\u0000', '"') })
    fc.assert(
      fc.property(anything, anything, (html, text) => {
        expect(rebuilt(html, text)[0]).toBe(html)
        if (html !== '' && !html.includes('\0')) expect(rebuilt(html, text)[1]).toBe(html)
      }),
      { numRuns: 500 },
    )
  })

  it('comes back beside the text that was made of it', () => {
    fc.assert(
      fc.property(source, (written) => {
        const { html, text } = bodyFromHtml(written, null)
        if (html !== null && !html.includes('\0')) expect(rebuilt(html, text)).toEqual([html, html])
      }),
      { numRuns: 500 },
    )
  })

  it('says the words of the text only once', () => {
    const words = 'It was a dark and stormy night; 😀 the rain fell in torrents & the lamps were lit'
    const { html, text } = bodyFromHtml(
      `<p>${words}<br>and more of that</p><p><a href="http://pages.example/a">written here</a></p>`,
      null,
    )
    expect(JSON.parse(toPieces(html ?? '', text))).toEqual([
      ...[
        '<p>',
        59,
        ' &#x26; ',
        -3,
        18,
        '<br>',
        -1,
        16,
        '</p><p><a href="http://pages.example/a">',
        -2,
        12,
        '</a></p>',
      ],
    ])
  })

  it('says a few letters again where the numbers that stand for them are no shorter', () => {
    const text = 'The lamp of the lighthouse\n2/7'
    expect(JSON.parse(toPieces('<p>The lamp of the lighthouse<br>2/7</p>', text))).toEqual(['<p>', 26, '<br>2/7</p>'])
  })

  it('takes time in proportion to its length', () => {
    const html = '<i>words that are not there</i>'.repeat(20_000)
    expect(fromPieces(toPieces(html, 'other words, '.repeat(20_000)), 'other words, '.repeat(20_000))).toBe(html)
  })
})
