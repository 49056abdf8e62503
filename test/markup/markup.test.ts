// HTML and XML → a limited tree: words are kept at any depth, limits are said, a path finds its element again.

import { describe, expect, it } from 'vitest'
import { MAX_DEPTH } from '../../src/markup/handlers.ts'
import {
  attr,
  closest,
  elementWithId,
  parseHtml,
  parseXml,
  pathOf,
  rawTextOf,
  select,
  selectOne,
  textOf,
} from '../../src/markup/markup.ts'
import fc from '../laws.ts'

const depthOf = (html: string): number => {
  let depth = 0
  for (let at = select('*', parseHtml(html).root).at(-1)?.parent; at; at = at.parent) depth += 1
  return depth
}

describe('elementWithId', () => {
  it('finds the first of any id, also of one that no selector could hold unquoted', () => {
    const { root } = parseHtml('<p id="a&quot;] b">x</p><p id="2">y</p><p id="2">z</p>')
    expect(['a"] b', '2', 'a', ''].map((id) => textOf(elementWithId(root, id)))).toEqual(['x', 'y', null, null])
  })
})

describe('parseHtml', () => {
  it('reads any text without a throw and keeps its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.replaceAll(/[<&]/g, '')
        expect(rawTextOf(parseHtml(`<p>${plain}</p>`).root)).toBe(plain)
        expect(() => parseHtml(text)).not.toThrow()
      }),
    )
  })

  it('lays elements below the depth gate beside each other and goes on reading behind them', () => {
    const html = `${'<font>'.repeat(700)}<b id="deep">x</b>${'</font>'.repeat(700)}<p id="after">y</p>`
    const tree = parseHtml(html)
    expect(tree.flattened).toBe(true)
    expect(tree.truncatedAt).toBeNull()
    expect(depthOf(html)).toBeLessThanOrEqual(MAX_DEPTH + 1)
    expect(selectOne('#after', tree.root)?.parent).toBe(tree.root)
    expect(rawTextOf(tree.root)).toBe('xy')
  })

  it.each([
    ['open elements', '<div>'.repeat(100_000)],
    ['open links', '<a>'.repeat(100_000)],
    ['drawings in paragraphs', '<p><svg></p>'.repeat(100_000)],
    ['open tables', '<table><tr><td>'.repeat(50_000)],
    ['and far more bold words', '<b>x</b>'.repeat(600_000)],
  ])('stops at 100,000 %s and says where', (_, html) => {
    const tree = parseHtml(`<p>kept</p>${html}lost`)
    expect(tree.truncatedAt).toBeGreaterThan(0)
    expect(tree.truncatedAt).toBeLessThan(html.length)
    expect(textOf(tree.root)).toContain('kept')
  })

  it('reads a million attributes, a 10 MB text and 200,000 siblings whole', () => {
    // Counts only: a failed comparison of a million things would be printed for minutes.
    const attributes = Array.from({ length: 1_000_000 }, (_, i) => `a${i}=1`).join(' ')
    expect(Object.keys(selectOne('p', parseHtml(`<p ${attributes}>`).root)?.attribs ?? {}).length).toBe(1_000_000)
    expect(rawTextOf(parseHtml('ten bytes '.repeat(1_000_000)).root).length).toBe(10_000_000)
    expect(select('b', parseHtml('<b>x</b>'.repeat(200_000)).root).length).toBe(200_000)
  })

  it('keeps attributes named like prototypes in their place', () => {
    const element = selectOne('p', parseHtml('<p __proto__="x" constructor="y">').root)
    expect(attr(element, 'constructor')).toBe('y')
    expect(attr(element, 'toString')).toBeNull()
  })
})

describe('questions', () => {
  const { root } = parseHtml(
    '<div id="a"><p class="x y">one <b>two</b></p><p>three<script>four</script></p></div><i id="a"></i>',
  )

  it('selects in page order, from a node downwards', () => {
    expect(select('p, b', root).map(({ name }) => name)).toEqual(['p', 'b', 'p'])
    expect(select('p', selectOne('p', root) as never)).toEqual([])
  })

  it('runs white space together and leaves scripts out of texts', () => {
    expect(textOf(root)).toBe('one twothree')
    expect(textOf(parseHtml(' \n ').root)).toBeNull()
  })

  it('finds the nearest match upwards, itself included', () => {
    const bold = selectOne('b', root) as never
    expect(closest(bold, 'b')).toBe(bold)
    expect(closest(bold, 'div')).toBe(selectOne('div', root))
    expect(closest(bold, 'table')).toBeNull()
  })
})

describe('pathOf', () => {
  const block: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('word', '<br>', '<o:p>x</o:p>', '<p id="one">x</p>', '<p id="a:b">x</p>', '<i id="7">x</i>'),
      fc
        .tuple(fc.constantFrom('div', 'ul', 'b'), fc.array(tie('node'), { maxLength: 4 }))
        .map(([name, inner]) => `<${name}>${inner.join('')}</${name}>`),
    ),
  })).node

  it('finds exactly the same element again in the tree of the same text', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
        const { root } = parseHtml(blocks.join(''))
        for (const element of select('*', root)) expect(select(pathOf(element), root)).toEqual([element])
      }),
    )
  })

  it('is short where an id is unique', () => {
    const { root } = parseHtml('<div><div id="post"><p>x</p></div></div>')
    expect(pathOf(selectOne('p', root) as never)).toBe('#post > p:nth-child(1)')
  })
})

describe('parseXml', () => {
  const textIn = (xml: string) => textOf(selectOne('a', parseXml(xml).root))

  it('reads CDATA as text, names in lower case, and drops what only indents', () => {
    const { root } = parseXml('<R>\n  <A>one <![CDATA[<b>two</b>]]> &amp; three</A>\n</R>')
    expect(textOf(root)).toBe('one <b>two</b> & three')
    expect(root.children).toHaveLength(1)
    expect(selectOne('r', root)?.children).toHaveLength(1)
  })

  it('leaves the entities of a DTD as written', () => {
    expect(textIn('<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;">]><a>&c; &lt;</a>')).toBe('&c; <')
  })

  it('parts words in the prose of Atom', () => {
    expect(textIn('<a><div><b>one</b>\n<i>two</i></div></a>')).toBe('one two')
  })

  it('takes any number of elements that close themselves, and cuts nesting without end', () => {
    expect(parseXml(`<r>${'<title/>'.repeat(5_000)}<a>end</a></r>`).truncatedAt).toBeNull()
    expect(parseXml('<r>'.repeat(100_000)).truncatedAt).not.toBeNull()
  })
})
