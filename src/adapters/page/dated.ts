// Whether a page says when its post was written: what stands in place of a post does not.
import type { Document, Element } from 'domhandler'
import { closest, select, selectOne, textOf } from '../../markup/markup.ts'

const IN_HEAD =
  'meta[property="article:published_time" i], meta[itemprop="datePublished" i], meta[name="date" i], meta[name="dc.date" i]'
const LINKED_DATA = 'script[type="application/ld+json" i]'
const IN_POST = 'time, .date, .published, .post-date, .entry-date, .dt-published, [itemprop="datePublished"], .byline'
const POSTS = 'article, main, .post, .hentry, .h-entry, .entry, #content, #main'

/** @param place in the post that is asked about; null: in the first of the page */
export function isDated(root: Document, place: Element | null = null): boolean {
  if (selectOne(IN_HEAD, root) !== null) return true
  if (select(LINKED_DATA, root).some((script) => textOf(script)?.includes('"datePublished"') === true)) return true
  const inside = place ?? selectOne('h1', root)
  const post = inside === null ? selectOne(POSTS, root) : closest(inside, POSTS)
  return post !== null && selectOne(IN_POST, post) !== null
}
