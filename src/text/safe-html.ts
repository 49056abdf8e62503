// A hast tree as toHast made it → HTML. Trees of a few plain elements, as nearly every post is, are written here; any
// other tree passes hast-util-sanitize, the second guard, and is written by hast-util-to-html. Both ways give the same
// letters.
import type { Element, Root, RootContent } from 'hast'
import { type Schema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { ALLOWED_ATTRIBUTES, ALLOWED_TAGS } from './tags.ts'

/** Elements that carry no attribute and may stand anywhere: nothing about them can be unsafe. */
const PLAIN_TAGS = new Set(
  'p blockquote ul h1 h2 h3 h4 h5 h6 em strong b i u s del ins code kbd q cite mark small sub sup'.split(' '),
)
/** Addresses that every reader takes for what they are; others are the guard's to judge. */
const PLAIN_HREF = /^(?:https?:\/\/|mailto:|#)/
const UNSAFE_IN_TEXT = /[<&]/g
const UNSAFE_IN_QUOTES = /[\0"&'`]/g

/** The second guard after toHast's own list: what this schema does not name never leaves the house. */
const SCHEMA: Schema = {
  tagNames: [...ALLOWED_TAGS],
  attributes: Object.fromEntries(ALLOWED_ATTRIBUTES),
  protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https'] },
  ancestors: { td: ['table'], th: ['table'], tr: ['table'], thead: ['table'], tbody: ['table'], tfoot: ['table'] },
  required: {},
  strip: [],
  clobber: [],
  allowComments: false,
  allowDoctypes: false,
}

/** A tree that holds only what is allowed, and its HTML. */
interface SafeTree {
  readonly tree: ReturnType<typeof sanitize>
  readonly html: string
}

export function makeSafe(tree: Root): SafeTree {
  const html = writePlain(tree.children)
  return html === null ? guard(tree) : { tree, html }
}

/** The way of any tree. */
export function guard(tree: Root): SafeTree {
  const safe = sanitize(tree, SCHEMA)
  return { tree: safe, html: toHtml(safe) }
}

/** Null when there is anything but text, breaks, links and plain elements. */
function writePlain(nodes: readonly RootContent[]): string | null {
  let html = ''
  for (const node of nodes) {
    const written = writeNode(node)
    if (written === null) return null
    html += written
  }
  return html
}

function writeNode(node: RootContent): string | null {
  if (node.type === 'text') return node.value.replace(UNSAFE_IN_TEXT, toReference)
  if (node.type !== 'element') return null
  if (node.tagName === 'br') return '<br>'
  const attributes = writeAttributes(node)
  const inside = attributes === null ? null : writePlain(node.children)
  return inside === null ? null : `<${node.tagName}${attributes}>${inside}</${node.tagName}>`
}

/** Null when they, or their element, are not plain. */
function writeAttributes({ tagName, properties }: Element): string | null {
  if (tagName === 'code' && 'className' in properties) return null
  if (tagName !== 'a') return PLAIN_TAGS.has(tagName) ? '' : null
  const { href } = properties
  if (typeof href !== 'string' || !PLAIN_HREF.test(href)) return null
  return ` href="${href.replace(UNSAFE_IN_QUOTES, toReference)}"`
}

function toReference(character: string): string {
  return `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`
}
