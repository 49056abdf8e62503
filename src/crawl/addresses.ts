// The two spellings a crawl goes by: of a page to fetch, and of the host whose turn it is.
import { canonicalUrl } from '../url.ts'

const ROOT_DOT = /\.(:\d+)?$/

/** One spelling for one page to fetch; null when it is no web address. A place in a page is not fetched. */
export function pageUrl(text: string): string | null {
  return canonicalUrl(text)?.split('#', 1)[0] ?? null
}

/**
 * Host with its port when it is not the usual one: what manners are kept by. `a.example.` is the same machine as
 * `a.example`.
 */
export function hostOf(url: string): string {
  return new URL(url).host.replace(ROOT_DOT, '$1')
}
