// Reading the XML of exports and feeds, which is flat: records whose fields are child elements. Names in lower case,
// with their usual prefix (`dc:creator`). No knowledge of posts.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, rawTextOf } from '../../markup/markup.ts'

/** The child elements of that name, in order. */
export function childrenOf(node: ParentNode | null, name: string): Element[] {
  return (node?.children ?? []).filter(isTag).filter((child) => child.name === name)
}

export function childOf(node: ParentNode | null, name: string): Element | null {
  for (const child of node?.children ?? []) if (isTag(child) && child.name === name) return child
  return null
}

/** The text of the first child of that name, trimmed; null when it is missing or blank. */
export function fieldOf(node: ParentNode | null, name: string): string | null {
  const child = childOf(node, name)
  const text = child === null ? '' : rawTextOf(child).trim()
  return text === '' ? null : text
}

/** The first of the names that has text. */
export function firstField(node: ParentNode | null, names: readonly string[]): string | null {
  for (const name of names) {
    const text = fieldOf(node, name)
    if (text !== null) return text
  }
  return null
}

/** An attribute of the first child of that name. */
export function childAttr(node: ParentNode | null, name: string, attribute: string): string | null {
  return attr(childOf(node, name), attribute)
}

/** The document's root element, or null. */
export function rootElement(root: ParentNode): Element | null {
  return root.children.find(isTag) ?? null
}
