// Laws over all fixtures: a page says the same however its markup is written. Savers leave out quotes and comments,
// frameworks put comments between words, extensions add attributes, builds add classes.
import { type AnyNode, Document, isTag, isText, type ParentNode } from 'domhandler'
import { describe, expect, it } from 'vitest'
import { readPage } from '../../src/adapters/page/page.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import { parseHtml } from '../../src/markup/markup.ts'
import { allCases, type Case, captureOf, pageOf } from './cases.ts'

/** How a page may be written; what is left out is as usual. */
interface Hand {
  readonly quote?: "'" | '"' | ''
  readonly upper?: true
  readonly doctype?: false
  /** Attributes of a tag, in another order or with others. */
  readonly attributes?: (all: [string, string][]) => [string, string][]
  /** What stands behind each element. */
  readonly behind?: string
  readonly references?: true
}

const HANDS: readonly (readonly [name: string, hand: Hand])[] = [
  ['attributes in another order', { attributes: (all) => all.reverse() }],
  ['attributes of extensions', { attributes: (all) => [['data-ext', ''], ...all, ['cz-shortcut-listen', 'true']] }],
  ['a class of a build beside the others', { attributes: withClass }],
  ['single quotes', { quote: "'" }],
  ['no quotes where none are needed', { quote: '' }],
  ['names in upper case', { upper: true }],
  ['no doctype', { doctype: false }],
  ['comments between elements', { behind: '<!-- -->' }],
  ['signs as character references', { references: true }],
]
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const RAW = new Set(['script', 'style', 'noscript', 'iframe'])
/** A comment is text inside of these. */
const NO_COMMENTS = new Set(['title', 'textarea', ...RAW])
const UNQUOTED = /^[^\s"'=<>`]+$/
const BEYOND_ASCII = /[^\0-\x7F]/gu

const pages = allCases().filter(({ kind }) => kind === 'html')

function withClass(all: [string, string][]): [string, string][] {
  return all.map(([name, value]) => [name, name === 'class' && value !== '' ? `${value} css-1x9` : value])
}

function written(node: AnyNode, hand: Hand): string {
  if (isText(node)) return textIn(node.data, node.parent, hand)
  if (!isTag(node)) return 'children' in node ? inside(node, hand) : ''
  const name = hand.upper ? node.name.toUpperCase() : node.name
  const attributes = Object.entries(node.attribs)
  const said = (hand.attributes?.(attributes) ?? attributes).map((one) => attributeOf(one, hand)).join('')
  const end = VOID.has(node.name) ? '' : `${inside(node, hand)}</${name}>`
  const around = node.parent !== null && isTag(node.parent) ? node.parent.name : ''
  return `<${name}${said}>${end}${NO_COMMENTS.has(around) ? '' : (hand.behind ?? '')}`
}

function inside({ children }: ParentNode, hand: Hand): string {
  return children.map((child) => written(child, hand)).join('')
}

function textIn(text: string, parent: ParentNode | null, hand: Hand): string {
  return parent !== null && isTag(parent) && RAW.has(parent.name) ? text : escaped(text, hand)
}

function attributeOf([name, value]: [string, string], hand: Hand): string {
  if (hand.quote === '' && (value === '' || UNQUOTED.test(value)))
    return value === '' ? ` ${name}` : ` ${name}=${escaped(value, hand)}`
  const quote = hand.quote === "'" ? "'" : '"'
  return ` ${name}=${quote}${escaped(value, hand).replaceAll(quote, quote === "'" ? '&#39;' : '&quot;')}${quote}`
}

function escaped(text: string, hand: Hand): string {
  const plain = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (!hand.references) return plain
  return plain.replace(BEYOND_ASCII, (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).replaceAll("'", '&#39;')
}

function rewritten(fixture: Case, hand: Hand): string {
  const { root } = parseHtml(pageOf(fixture).text)
  const doctype = hand.doctype === false ? '' : '<!DOCTYPE html>'
  return doctype + written(new Document([...root.children]), hand)
}

/** Who said what, when, below what: all that does not depend on how a page is written. */
function saidBy(fixture: Case, html: string) {
  const capture = { ...captureOf(fixture, html), mediaType: 'text/html', headers: [['content-type', UTF_8]] as const }
  const { adapter, extraction } = readPosts(readPage(capture))
  const posts = extraction.posts.map(({ provenance: _, html: __, text, quotes, ...post }) => ({
    ...post,
    text: words(text),
    quotes: quotes.map((quote) => ({ ...quote, text: words(quote.text ?? '') })),
  }))
  const { notes, blocks, next, declared } = extraction
  return { reader: adapter?.name, posts, notes: notes.map(({ code }) => code), blocks, next, declared }
}

const UTF_8 = 'text/html; charset=utf-8'

function words(text: string): string {
  return text.replace(/\s+/g, ' ')
}

const usual = new Map<Case, ReturnType<typeof saidBy>>()

function saidUsually(fixture: Case) {
  const said = usual.get(fixture) ?? saidBy(fixture, rewritten(fixture, {}))
  usual.set(fixture, said)
  return said
}

describe.each(HANDS)('%s', (_, hand) => {
  it.each(pages.map((fixture) => [`${fixture.platform}/${fixture.name}`, fixture] as const))('%s', (_, fixture) => {
    expect(saidBy(fixture, rewritten(fixture, hand))).toEqual(saidUsually(fixture))
  })
})
