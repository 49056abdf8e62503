// Where a link leads, and whether the words shown for it are only that address, cut.
import type { Element } from 'domhandler'
import { attr } from '../markup/markup.ts'
import { resolve } from '../url.ts'

const LOCAL_PLACE = /^#[\w:.-]+$/
const SCHEME = /^(https?:\/\/)?(www\.)?/i
const CUT_END = /(…|\.\.\.)$/
const SPACE = /\s/
const STRAY_PERCENT = /%(?![0-9a-f]{2})/i

/** A place in the same body (`#fn1`) stays relative, so that references still find their notes. */
export function linkUrl(node: Element, base: URL | null): string | null {
  const href = attr(node, 'href')
  return href !== null && LOCAL_PLACE.test(href) ? href : resolve(href, base)
}

/**
 * `example.org/rep…` for `https://example.org/reports/7`; also Mastodon's spans, whose words together are the address.
 */
export function isShortened(shown: string, href: string): boolean {
  const words = shown.trim().replace(SCHEME, '').replace(CUT_END, '').toLowerCase()
  if (!words.includes('.') || SPACE.test(words)) return false
  const target = href.replace(SCHEME, '').toLowerCase()
  return target.startsWith(words) || decoded(target).startsWith(words)
}

function decoded(text: string): string {
  return STRAY_PERCENT.test(text) ? text : safeDecode(text)
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    return text // not UTF-8 behind the percent signs: the address stays as written
  }
}
