// Law: what a table becomes as Markdown is bounded by its own length, and its words are all there.
import { describe, expect, it } from 'vitest'
import { cleanBlocks } from '../../src/export/markdown/rich.ts'
import { printMarkdown } from '../../src/export/markdown/syntax.ts'
import { bodyFromHtml } from '../../src/text/body.ts'
import { htmlToMdast } from '../../src/text/markdown.ts'

const print = (html: string) =>
  printMarkdown({ type: 'root', children: cleanBlocks(htmlToMdast(html), { headingsFrom: 2, pictures: true }) })
const row = (cells: string) => `<tr>${cells}</tr>`
const cell = (said: number, spans = '') => `<td${spans}>gauge${said}</td>`
const list = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('')

describe('a table is written out to no more than its length allows', () => {
  it.each([
    ['a row of cells as wide as anything', row(list(50, (at) => cell(at, ' colspan="99999"')))],
    ['one wide cell above many rows', row(cell(0, ' colspan="99999"')) + list(300, (at) => row(cell(at)))],
    ['cells that span all rows', list(300, (at) => row(cell(at, ' rowspan="99999"')))],
    ['a wide row above many short ones', row(list(300, cell)) + list(300, (at) => row(cell(at + 300)))],
  ])('%s', (_, rows) => {
    const html = `<table>${rows}</table>`
    const printed = print(html)
    expect(printed.length).toBeLessThan(20 * html.length)
    const said = [...html.matchAll(/gauge\d+/g)].map(([word]) => word)
    expect([...printed.matchAll(/gauge\d+/g)].map(([word]) => word)).toEqual(said)
  })

  it('and one with spans as people make them stays a table', () => {
    const groups = list(40, (at) => row(cell(at, ' rowspan="3"') + cell(at)) + row(cell(at)) + row(cell(at)))
    const printed = print(`<table>${row(cell(0, ' colspan="2"'))}${groups}</table>`)
    expect(printed.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(123)
  })
})

describe('the text of', () => {
  it.each([
    ['a caption', '<table><caption>High water</caption><tr><td>a</td><td>b</td></tr></table>', 'High water\na\tb'],
    ['a table, beside its rows', '<table>one<tr><td>two</td></tr>three</table>', 'one\ntwo\nthree'],
    ['a row, beside its cells', '<table><tr>one<td>two</td></tr></table>', 'one\ttwo'],
    ['a list, beside its items', '<ul>one<li>two</li></ul>', '- one\n- two'],
  ])('%s is kept', (_, html, text) => {
    expect(bodyFromHtml(html, null).text).toBe(text)
  })
})
