// E-mail addresses that a site's proxy has hidden from harvesters (Cloudflare): a page holds them in hexadecimal, and
// its script shows them. Every reader of the page sees what it would show.
import { type Document, type Element, isTag, Text } from 'domhandler'

const HIDDEN = 'data-cfemail'
const DOOR = '/cdn-cgi/l/email-protection'
/** A key, then each byte of the address under it; behind `#` in a link. */
const CODE = /^(?:[\da-f]{2}){4,500}$/i
const ADDRESS = /^[^\s@]+@[^\s@?]+/

/** Whether the text of a page has any such address. */
export function hidesEmails(html: string): boolean {
  return html.includes(HIDDEN) || html.includes(DOOR)
}

/** Puts the addresses where the page's script would; what does not decode to one stays. */
export function showEmails(root: Document): void {
  const open: (Document | Element)[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isTag(node)) show(node)
    for (const child of node.children) if (isTag(child)) open.push(child)
  }
}

function show(element: Element): void {
  const { attribs } = element
  const shown = decoded(attribs[HIDDEN])
  if (shown !== null) {
    const text = new Text(shown)
    text.parent = element
    text.startIndex = element.startIndex
    element.children = [text]
  }
  const [door, code] = (attribs['href'] ?? '').split('#')
  const target = door?.endsWith(DOOR) ? (decoded(code) ?? shown) : null
  if (target !== null) attribs['href'] = `mailto:${target}`
}

function decoded(code: string | undefined): string | null {
  if (code === undefined || !CODE.test(code)) return null
  const [key = 0, ...bytes] = Buffer.from(code, 'hex')
  const address = Buffer.from(bytes.map((byte) => byte ^ key)).toString('utf8')
  return ADDRESS.test(address) ? address : null
}
