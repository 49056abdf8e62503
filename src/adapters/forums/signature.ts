// The lines that a writer puts below every post, where the software prints them into the post's own words: told by the
// rule above them, and no words of the post.
import { type ChildNode, Element, isTag, isText } from 'domhandler'
import { walk } from '../../markup/markup.ts'

/** The nodes before the signature; all of them where there is none. The tree itself is not changed. */
export function withoutSignature(nodes: readonly ChildNode[], rule: RegExp): readonly ChildNode[] {
  const at = nodes.findIndex(
    (node) => isRule(node, rule) || (isTag(node) && [...walk(node)].some((one) => isRule(one, rule))),
  )
  const node = nodes[at]
  if (node === undefined) return nodes
  if (!isTag(node)) return nodes.slice(0, at)
  const kept = new Element(node.name, node.attribs, [...withoutSignature(node.children, rule)])
  return [...nodes.slice(0, at), kept]
}

function isRule(node: ChildNode, rule: RegExp): boolean {
  return isText(node) && rule.test(node.data.trim())
}
