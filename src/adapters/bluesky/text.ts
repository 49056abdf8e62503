// A record's words with their facets → plain text and safe HTML. Facets count UTF-8 bytes, not characters
// (https://docs.bsky.app/docs/advanced-guides/post-richtext). A link that the app shortened stands in full in both
// forms, as with X; a link under other words keeps them in the text and leads from them in the HTML.
import { type ChildNode, Element, isTag, Text } from 'domhandler'
import { rawTextOf } from '../../markup/markup.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { countAt, type Json, objectsAt, textAt } from '../values/json-fields.ts'
import { webAddress } from './names.ts'

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

/** The words of a record in both forms a Post carries. */
export function bodyOf(record: Json, card: Card | null): Body {
  const text = (typeof record['text'] === 'string' ? record['text'] : '').toWellFormed()
  const facets = facetsOf(record)
  return bodyFrom(facets.length === 0 ? linesOf(text) : nodesOf(new TextEncoder().encode(text), facets), card)
}

/**
 * The body of words that are nodes already. A card whose address the words do not hold ends the HTML as a link; the
 * text stays what the author wrote, so that the same post is the same text wherever it is seen.
 */
export function bodyFrom(words: readonly ChildNode[], card: Card | null): Body {
  const body = bodyFromNodes(words.map(unshortened), null)
  const isLinked = card === null || words.some((node) => isTag(node) && node.attribs['href'] === card.url)
  if (isLinked) return body
  const link = new Element('a', { href: card.url }, [new Text(card.title ?? card.url)])
  const shown = bodyFromNodes([new Element('p', {}, [link])], null)
  return { text: body.text, html: [body.html, shown.html].filter((part) => part !== null).join('\n') }
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
  const targets = objectsAt(facet, 'features').map(targetOf)
  const href = targets.find((target) => target !== null) ?? null
  return start === null || end === null || href === null || end <= start ? null : { start, end, href }
}

function targetOf(feature: Json): string | null {
  const did = textAt(feature, 'did')
  const tag = textAt(feature, 'tag')
  const link = webAddress(textAt(feature, 'uri'))
  if (link !== null) return link
  if (did !== null) return `https://bsky.app/profile/${encodeURI(did.toWellFormed())}`
  return tag === null ? null : `https://bsky.app/hashtag/${encodeURIComponent(tag.toWellFormed())}`
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
    nodes.push(...linesOf(wordsIn(from, start)), linkOf(wordsIn(start, end), facet.href))
    from = end
  }
  return [...nodes, ...linesOf(wordsIn(from, bytes.length))]
}

function isBoundary(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] ?? 0) & CONTINUES_MASK) !== CONTINUES
}

function linkOf(shown: string, href: string): Element {
  return new Element('a', { href }, linesOf(shown))
}

/** A link that the app cut for the eye, in full; any other node as it is. */
function unshortened(node: ChildNode): ChildNode {
  if (!isTag(node) || node.name !== 'a') return node
  const href = node.attribs['href'] ?? ''
  return isShortened(rawTextOf(node), href) ? new Element('a', { href }, [new Text(href)]) : node
}

/** `example.com/long/pa...` or `example.com/page` for `https://example.com/page`: the app leaves the scheme out. */
function isShortened(shown: string, href: string): boolean {
  const words = shown.trim().replace(SCHEME, '')
  const target = href.replace(SCHEME, '')
  const start = words.replace(CUT_END, '')
  return start !== '' && (start === words ? isSamePage(words, target) : target.startsWith(start))
}

function isSamePage(words: string, target: string): boolean {
  return words === target || `${words}/` === target
}

function linesOf(text: string): ChildNode[] {
  return text.split(LINE_END).flatMap((line, at) => [...(at === 0 ? [] : [new Element('br', {})]), new Text(line)])
}
