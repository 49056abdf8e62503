// The signature that ends what somebody wrote on a wiki's talk page: links to the writer's own pages and the time, in
// the words of any language. Where the links stand before the time, all of the same writer, the words are over.
import { type ChildNode, type Element, isTag, isText, Text } from 'domhandler'
import { attr, rawTextOf, select } from '../../markup/markup.ts'
import type { Author } from '../../model.ts'
import { percentDecoded, resolve, urlOf } from '../../url.ts'
import { type PrintedTime, readDate } from '../values/dates.ts'

export interface Signature {
  readonly author: Author
  readonly time: PrintedTime
  /** The line without it. */
  readonly words: readonly ChildNode[]
}

/** `10:12, 4 May 2021 (UTC)`, `4 mai 2021 à 10:12 (CEST)`, `2021年5月4日 (火) 10:12 (UTC)`, and a button behind it. */
const TIME = /([^\n]{0,60}?)\(([A-Z]{2,5})\)[\s.)\]]*(?:\[[^\]]{1,30}\]\s*)?$/
const CLOCK = /(?<!\d)\d{1,2}:\d\d(?!\d)/
const YEAR = /(?<!\d)\d{4}(?!\d)/
/** Of the page's title in a link: `User talk:Ann Lee/drafts`, `Spezial:Beiträge/203.0.113.9`. */
const TITLE = /^([^:/]{1,40}):([^#]{1,200})$/
const NAMESPACE = /[^/]*:/
const NO_USER =
  /^(?:file|image|category|template|help|mediawiki|wikipedia|project|module|portal|draft|book)(?:[ _]talk)?$/i
const SPECIAL = /^(?:special|spezial|spécial|especial|speciale|speciaal|служебная|特別|特殊|특수|specjalna)$/i
/** Hours before UTC's clock, of zones that wikis print. */
const ZONES: Readonly<Record<string, number>> = {
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  JST: 9,
  KST: 9,
}
const HOUR_MS = 3_600_000
/** Characters between the links of one signature. */
const MAX_BETWEEN = 30
const LOOSE_DASH = /(?<![\s\u2013\u2014~-])[\s\u2013\u2014~-]+$/

/** The signature at the end of a line, or null. */
export function signatureIn(nodes: readonly ChildNode[], base: URL | null): Signature | null {
  const time = timeAtEnd(nodes.map(rawText).join(''))
  if (time === null) return null
  const links = nodes.flatMap((node, at) => (isTag(node) ? usersIn(node).map((name) => ({ name, at })) : []))
  const own = links.at(-1)
  if (own === undefined) return null
  return { author: authorOf(nodes, own.name, base), time, words: wordsBefore(nodes, links, own.name) }
}

function rawText(node: ChildNode): string {
  return isText(node) ? node.data : isTag(node) ? rawTextOf(node) : ''
}

function timeAtEnd(text: string): PrintedTime | null {
  const [, said = '', zone = ''] = TIME.exec(text.slice(-120).replaceAll('\n', ' ').trim()) ?? []
  if (!CLOCK.test(said) || !YEAR.test(said)) return null
  const isUtc = zone === 'UTC' || zone === 'GMT'
  const read = readDate(isUtc ? `${said}(UTC)` : said)
  const hours = ZONES[zone]
  if (read === null || (hours === undefined && !isUtc)) return read
  return { iso: new Date(Date.parse(read.iso) - (hours ?? 0) * HOUR_MS).toISOString(), hasZone: true }
}

/** The accounts that links of the element lead to. */
function usersIn(element: Element): readonly string[] {
  const links = element.name === 'a' ? [element] : select('a[href]', element)
  return links.map((link) => userOf(link)).filter((name) => name !== null)
}

function userOf(link: Element): string | null {
  const [, space = '', rest = ''] = TITLE.exec(titleOf(link) ?? '') ?? []
  if (space === '' || NO_USER.test(space)) return null
  const parts = rest.split('/')
  const name = SPECIAL.test(space) ? parts[1] : parts[0]
  return name === undefined || name === '' ? null : name.replaceAll('_', ' ').trim()
}

/** `/wiki/User:Ann`, `/w/index.php?title=User:Ann&redlink=1` */
function titleOf(link: Element): string | null {
  const url = urlOf(attr(link, 'href'), new URL('http://wiki.invalid'))
  if (url === null) return null
  return percentDecoded(url.searchParams.get('title') ?? url.pathname.slice(url.pathname.search(NAMESPACE)))
}

function authorOf(nodes: readonly ChildNode[], name: string, base: URL | null): Author {
  const all = nodes.flatMap((node) => (isTag(node) ? (node.name === 'a' ? [node] : select('a[href]', node)) : []))
  const link = all.find((one) => userOf(one) === name) ?? null
  return { id: null, handle: name, name: null, url: resolve(attr(link, 'href'), base) }
}

/** What stands before the first of the links that belong to the signature. */
function wordsBefore(
  nodes: readonly ChildNode[],
  links: readonly { readonly name: string; readonly at: number }[],
  own: string,
): readonly ChildNode[] {
  let start = links.at(-1)?.at ?? nodes.length
  for (const { name, at } of links.toReversed()) {
    const between = nodes
      .slice(at + 1, start)
      .map(rawText)
      .join('')
    if (name !== own || between.length > MAX_BETWEEN) break
    start = at
  }
  const [words, last] = [nodes.slice(0, start), nodes[start - 1]]
  const inside = nodes[start]
  // A paragraph holds words and signature alike.
  if (inside !== undefined && isTag(inside) && inside.name === 'p') return [...words, ...withoutEnd(inside, own)]
  if (last === undefined || !isText(last)) return words
  return [...words.slice(0, -1), new Text(last.data.replace(LOOSE_DASH, ''))]
}

function withoutEnd(paragraph: Element, own: string): readonly ChildNode[] {
  const inner = paragraph.children.flatMap((node, at) =>
    isTag(node) ? usersIn(node).map((name) => ({ name, at })) : [],
  )
  return inner.length === 0 ? [paragraph] : wordsBefore(paragraph.children, inner, own)
}
