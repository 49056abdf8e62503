// Powers in plain text: 10<sup>6</sup> is no 106. Where no digit stands before it, `m2` and `1st` are what people
// write.
import type { Nodes } from 'hast'

const MAX_SIGNS = 12
const PLAIN = '0123456789+-=()n'
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'
const NUMBER = /^[\d+\-−–=()n]+$/
const DASH = /[−–]/g
const NUMBER_END = /[\d)]$/

/** The signs of Unicode for what a `<sup>` right behind a number holds; null for anything else. */
export function raisedText(node: Nodes, before: Nodes | undefined): string | null {
  if (node.type !== 'element' || node.tagName !== 'sup') return null
  const [only, ...others] = node.children
  if (before?.type !== 'text' || !NUMBER_END.test(before.value) || only?.type !== 'text' || others.length > 0)
    return null
  const said = only.value.trim()
  if (said.length > MAX_SIGNS || !NUMBER.test(said)) return null
  return said.replace(DASH, '-').replace(/./g, (sign) => RAISED.charAt(PLAIN.indexOf(sign)))
}
