// A record's words with their facets → plain text and safe HTML. Facets count UTF-8 bytes, not characters
// (https://docs.bsky.app/docs/advanced-guides/post-richtext). A link that the app shortened stands in full in both forms, as
// with X; a link under other words keeps them in the text and leads from them in the HTML.
import { type ChildNode, Element, Text } from 'domhandler'
import { wellFormed } from '../charset.ts'
import { type Body, bodyFromNodes } from '../text.ts'
import { webAddress } from './bluesky-names.ts'
import { countAt, type Json, objectsAt, textAt } from './x-json.ts'

/** Longest text that is read, in characters: records hold 3,000 bytes, but nobody makes a hostile one keep to it. */
const MAX_TEXT = 1_000_000
const SCHEME = /^https?:\/\//i
const CUT_END = /(?:\.{3}|…)$/
const LINE_END = /\r\n|\r|\n/
/** A byte that continues a character in UTF-8 (0b10xxxxxx). */
const CONTINUES = 0x80
const CONTINUES_MASK = 0xc0

/** A page that the post shows below its words. */
export interface Card {
  readonly url: string
  readonly title: string | null
  readonly description: string | null
}

/** The words in both forms a Post carries. A card whose address the words do not hold ends the HTML as a link. */
export function bodyOf(record: Json, card: Card | null): Body {
  const text = wellFormed(typeof record['text'] === 'string' ? record['text'].slice(0, MAX_TEXT) : '')
  const facets = facetsOf(record)
  const nodes = facets.length === 0 ? linesOf(text) : nodesOf(new TextEncoder().encode(text), facets)
  const isLinked = card === null || facets.some(({ href }) => href === card.url)
  return isLinked ? bodyFromNodes(nodes, null) : withCard(nodes, card)
}

/** The tags in the words and the hidden ones beside them. */
export function hiddenTagsOf(record: Json): readonly string[] {
  const tags = record['tags']
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
}

interface Facet {
  readonly start: number
  readonly end: number
  readonly href: string
  /** True for links to pages, which may be shown shortened. */
  readonly isLink: boolean
}

function facetsOf(record: Json): readonly Facet[] {
  return objectsAt(record, 'facets')
    .map(facetOf)
    .filter((facet) => facet !== null)
    .sort((a, b) => a.start - b.start)
}

function facetOf(facet: Json): Facet | null {
  const start = countAt(facet, 'index', 'byteStart')
  const end = countAt(facet, 'index', 'byteEnd')
  const target = objectsAt(facet, 'features')
    .map(targetOf)
    .find((found) => found !== null)
  return start === null || end === null || target === undefined || end <= start ? null : { start, end, ...target }
}

function targetOf(feature: Json): Pick<Facet, 'href' | 'isLink'> | null {
  const link = webAddress(textAt(feature, 'uri'))
  if (link !== null) return { href: link, isLink: true }
  const did = textAt(feature, 'did')
  if (did !== null) return { href: `https://bsky.app/profile/${encodeURI(did)}`, isLink: false }
  const tag = textAt(feature, 'tag')
  return tag === null
    ? null
    : { href: `https://bsky.app/hashtag/${encodeURIComponent(wellFormed(tag))}`, isLink: false }
}

// A facet that begins inside another one or inside a character is a client's mistake: its words stay words.
function nodesOf(bytes: Uint8Array, facets: readonly Facet[]): ChildNode[] {
  const decoder = new TextDecoder()
  const wordsIn = (start: number, end: number) => decoder.decode(bytes.subarray(start, end))
  const nodes: ChildNode[] = []
  let from = 0
  for (const facet of facets) {
    const { start, end } = facet
    if (start < from || end > bytes.length || !isBoundary(bytes, start) || !isBoundary(bytes, end)) continue
    nodes.push(...linesOf(wordsIn(from, start)), linkOf(wordsIn(start, end), facet))
    from = end
  }
  return [...nodes, ...linesOf(wordsIn(from, bytes.length))]
}

function isBoundary(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] ?? 0) & CONTINUES_MASK) !== CONTINUES
}

function linkOf(shown: string, { href, isLink }: Facet): Element {
  const words = isLink && isShortened(shown, href) ? [new Text(href)] : linesOf(shown)
  return new Element('a', { href }, words)
}

/** `example.com/long/pa...` for `https://example.com/long/path`. */
function isShortened(shown: string, href: string): boolean {
  const start = shown.trim().replace(SCHEME, '').replace(CUT_END, '')
  return start !== '' && href.replace(SCHEME, '').startsWith(start)
}

function linesOf(text: string): ChildNode[] {
  return text.split(LINE_END).flatMap((line, at) => [...(at === 0 ? [] : [new Element('br', {})]), new Text(line)])
}

// The text stays what the author wrote, so that the same post is the same text wherever it is seen.
function withCard(nodes: ChildNode[], { url, title }: Card): Body {
  const { text, html } = bodyFromNodes(nodes, null)
  const link = bodyFromNodes([new Element('p', {}, [new Element('a', { href: url }, [new Text(title ?? url)])])], null)
  return { text, html: [html, link.html].filter((part) => part !== null).join('\n') }
}
