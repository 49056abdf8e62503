// Where a picture of a page lies, and whether it is no picture but a letter.
import type { Element } from 'domhandler'
import { attr } from '../markup/markup.ts'
import { resolve } from '../url.ts'

/** Longest emoji name or sequence taken from a picture's alt, in UTF-16 units. */
const MAX_EMOJI_ALT = 64
const EMOJI_CLASS = /(^|[\s_-])(emoji|emojione|wp-smiley|twemoji|custom-emoji|Emoji)([\s_-]|$)/
const EMOJI_SOURCE = /\/(emoji|twemoji|smilies)\//i
const SPACE = /\s/
const BETWEEN_CANDIDATES = /,\s+/
const MAX_CANDIDATES = 50

/** Whether a picture stands for the emoji that its `alt` names. */
export function isEmoji(node: Element, alt: string): boolean {
  if (alt.length > MAX_EMOJI_ALT) return false
  return EMOJI_CLASS.test(node.attribs['class'] ?? '') || EMOJI_SOURCE.test(node.attribs['src'] ?? '')
}

/** In the folder that a browser laid beside a page it saved: where the page has no address, a place of its own. */
const BESIDE = /^(?:\.\/)?([^\s"'/:?#<>]{1,300}_files\/[^\s"'/:?#<>]{1,300})$/

/** Lazy pages keep the picture's address beside a placeholder in `src`; some give only a set of sizes. */
export function imageUrl(node: Element, base: URL | null): string | null {
  for (const name of ['data-src', 'data-lazy-src', 'data-original', 'data-orig-file', 'src']) {
    const url = resolve(attr(node, name), base)
    if (url?.startsWith('http')) return url
  }
  const set = attr(node, 'data-srcset') ?? attr(node, 'data-lazy-srcset') ?? attr(node, 'srcset')
  const url = set === null ? null : resolve(largestOf(set), base)
  if (url?.startsWith('http')) return url
  return base === null ? (BESIDE.exec(attr(node, 'src') ?? '')?.[1] ?? null) : null
}

/** `small.jpg 300w, large.jpg 1200w`, or by density. Addresses may hold commas, but none before a blank. */
function largestOf(set: string): string | null {
  const candidates = set.split(BETWEEN_CANDIDATES, MAX_CANDIDATES).map((said) => said.trim().split(SPACE))
  const sizes = candidates.map(([, size]) => Number.parseFloat(size ?? '1') || 1)
  return candidates[sizes.indexOf(Math.max(...sizes))]?.[0] ?? null
}
