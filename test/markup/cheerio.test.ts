// We use cheerio's parts without its wrapper: on every page we have, both must select the same.
import { load } from 'cheerio/slim'
import { compile, selectAll } from 'css-select'
import type { ChildNode, Element, ParentNode } from 'domhandler'
import { describe, expect, it } from 'vitest'
import { attr, parseHtml, select, selectOne } from '../../src/markup/markup.ts'
import { allCases } from '../adapters/cases.ts'
import fc from '../laws.ts'

const SELECTORS = [
  'a[href]',
  'p',
  'li > *',
  '[id]',
  'img[src], img[data-src]',
  'div:first-child',
  'p, a, div p, [class], p',
  'div :is(p, a)',
  'p + p, p ~ a',
  ':not(div) > a',
  '*',
]

describe('select', () => {
  const pages = allCases().filter(({ kind }) => kind === 'html')
  it.each(pages.map(({ platform, name, body }) => [`${platform}/${name}`, body] as const))(
    'agrees with cheerio on %s',
    (_, body) => {
      const html = new TextDecoder().decode(body)
      const [$, { root }] = [load(html), parseHtml(html)]
      for (const selector of SELECTORS) {
        const theirs = $(selector)
          .get()
          .map((element) => `${'name' in element ? element.name : ''} ${$(element).attr('id') ?? ''}`)
        expect(select(selector, root).map((element) => `${element.name} ${attr(element, 'id') ?? ''}`)).toEqual(theirs)
      }
    },
  )

  it('agrees with a walk through any tree, from the root and from within', () => {
    const name = fc.constantFrom('p', 'i', 'ul', 'li')
    const classes = fc.array(fc.constantFrom('a', 'b', 'a-b'), { maxLength: 3 }).map((all) => all.join(' \n'))
    const opening = fc.tuple(name, fc.nat(9), classes).map(([tag, id, c]) => `<${tag} id="n${id}" class="${c}">x`)
    const tags = fc.array(
      fc.oneof(
        opening,
        opening,
        name.map((tag) => `</${tag}>`),
      ),
      { maxLength: 40 },
    )
    const selectors = fc.constantFrom(
      '.a',
      'i.b, .a',
      '#n3',
      '.a .b',
      'li > [class~="a-b"]',
      '.a + i, #n1 ~ *',
      ':not(.a)',
    )
    fc.assert(
      fc.property(tags, selectors, (parts, selector) => {
        const { root } = parseHtml(parts.join(''))
        const from = [root, ...select('*', root)]
        const test = compile<ChildNode, Element>(selector)
        for (const start of from)
          expect(placesOf(select(selector, start))).toEqual(
            placesOf(selectAll<ParentNode | ChildNode, Element>(test, start)),
          )
        for (const start of from) expect(selectOne(selector, start)).toBe(select(selector, start)[0] ?? null)
      }),
    )
  })
})

function placesOf(elements: readonly Element[]): (number | null)[] {
  return elements.map(({ startIndex }) => startIndex)
}
