// Markup whose line ends are line ends (`white-space: pre-wrap`, as on X and Nitter) → nodes that say so with <br>, for
// the body reader that knows only HTML. Emoji pictures become their characters; links lead where the caller says.
import { type ChildNode, Element, isTag, isText, Text } from 'domhandler'
import { attr, rawTextOf } from '../../markup/markup.ts'
import { urlOf } from '../../url.ts'

/** Where a link of the page leads: null keeps the words and drops the link. */
type HrefOf = (link: Element) => string | null

const LINE_END = /\r?\n/
/** Words that are an address: they change with a link that is mapped to another host. */
const ADDRESS = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\/\S*$/
/** Elements nested deeper are read as their words only. */
const MAX_NESTING = 64

/** New nodes; the given ones are not changed. */
export function lineNodes(nodes: readonly ChildNode[], hrefOf: HrefOf, nesting = 0): ChildNode[] {
  return nodes.flatMap((node) => {
    if (isText(node)) return linesOf(node.data)
    if (!isTag(node)) return []
    if (node.name === 'img') return emojiOf(node)
    if (node.name === 'br') return [new Element('br', {})]
    const inside = nesting < MAX_NESTING ? lineNodes(node.children, hrefOf, nesting + 1) : []
    return node.name === 'a' ? linkOf(node, inside, hrefOf) : inside
  })
}

/** The same markup, with <br> for its line ends; pictures of emoji become their characters. New nodes. */
export function keepMarkup(nodes: readonly ChildNode[], nesting = 0): ChildNode[] {
  return nodes.flatMap((node) => {
    if (isText(node)) return linesOf(node.data)
    if (!isTag(node)) return []
    if (node.name === 'img') return emojiOf(node)
    const inside = nesting < MAX_NESTING ? keepMarkup(node.children, nesting + 1) : linesOf(rawTextOf(node))
    return [new Element(node.name, { ...node.attribs }, inside)]
  })
}

function linesOf(text: string): ChildNode[] {
  const lines = text.split(LINE_END)
  return lines.flatMap((line, at) => (at === 0 ? [new Text(line)] : [new Element('br', {}), new Text(line)]))
}

function emojiOf(image: Element): ChildNode[] {
  const alt = attr(image, 'alt')
  return alt === null ? [] : [new Text(alt)]
}

function linkOf(link: Element, inside: ChildNode[], hrefOf: HrefOf): ChildNode[] {
  const href = hrefOf(link)
  if (href === null) return inside
  const isMoved = ADDRESS.test(rawTextOf(link).trim()) && hostOf(attr(link, 'href')) !== hostOf(href)
  return [new Element('a', { href }, isMoved ? [new Text(href)] : inside)]
}

/** Null for a relative address: it is on the host of the page. */
function hostOf(href: string | null): string | null {
  return urlOf(href)?.host ?? null
}
