// We use cheerio's parts without its wrapper: on every page we have, both must select the same.
import { load } from 'cheerio/slim'
import { describe, expect, it } from 'vitest'
import { attr, parseHtml, select } from '../src/markup.ts'
import { allCases } from './adapters/cases.ts'

const SELECTORS = ['a[href]', 'p', 'li > *', '[id]', 'img[src], img[data-src]', 'div:first-child']

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
})
