// The next page of a list of posts: where its older ones stand. Only for lists: on a page of one article the same words
// and classes lead to another article.
import type { Element } from 'domhandler'
import { attr, closest, select } from '../../markup/markup.ts'
import { parseUrl, resolve, withoutFragment } from '../../url.ts'
import type { Page } from '../page/page.ts'
import { ownUrl } from './metadata/metadata.ts'

/** What the page says to machines goes before what themes of WordPress, Ghost and Blogger call their link. */
const LINKS = [
  'link[rel~="next" i][href]',
  'a[rel~="next" i][href]',
  'a.next.page-numbers[href], a.wp-block-query-pagination-next[href]',
  '.nav-previous a[href], .nav-older a[href], .previous-posts a[href], .older-posts a[href], a.older-posts[href]',
  'a.blog-pager-older-link[href], .blog-pager-older-link a[href], #blog-pager-older-link a[href]',
  '.pagination-next a[href], a.pagination-next[href], .pagination a.next[href], .pagination .next a[href]',
  '.pagination a.older[href], .pagination .older a[href], .pager .next a[href], .pager__item--next a[href]',
]
/** A link in an entry leads on in that entry. */
const ENTRY = 'article, .hentry, .h-entry, .post'
const WWW = /^www\./

/** Its address, on the same host; null when the list ends here or does not say. */
export function olderPageOf(page: Page): string | null {
  const { root } = page.html()
  // What a list calls its own address may be that of its first page.
  const base = page.url ?? ownUrl(root, null)
  for (const links of LINKS) {
    const found = select(links, root).find((link) => leadsOn(link, base))
    if (found !== undefined) return resolve(attr(found, 'href'), base)
  }
  return null
}

function leadsOn(link: Element, base: URL | null): boolean {
  const url = parseUrl(resolve(attr(link, 'href'), base))
  if (url === null || closest(link, ENTRY) !== null) return false
  return base === null || (hostOf(url) === hostOf(base) && withoutFragment(url.href) !== withoutFragment(base.href))
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(WWW, '')
}
