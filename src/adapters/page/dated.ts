// Whether a page says when its post was written: what stands in place of a post does not.
import { type Document, type Element, isText } from 'domhandler'
import { closest, select, selectOne, textOf, walk } from '../../markup/markup.ts'

/** In the head, and where Blogger prints it: above the post. */
const IN_HEAD =
  'meta[property="article:published_time" i], meta[itemprop="datePublished" i], meta[name="date" i], meta[name="dc.date" i], .date-header, abbr.published'
const LINKED_DATA = 'script[type="application/ld+json" i]'
const IN_POST = 'time, .date, .published, .post-date, .entry-date, .dt-published, [itemprop="datePublished"], .byline'
const ASIDE: ReadonlySet<string> = new Set(['script', 'style', 'aside', 'nav', 'footer', 'a', 'li'])
const MAX_LINE = 80
/** `January 2nd, 2010`, `2. Januar 2010`, `02.01.2010`, `2010-01-02`. */
const DATE =
  /(?:\d{1,2}(?:st|nd|rd|th)?[ ./-]{1,2}(?:\d{1,2}|\p{L}{3,12})|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?),?[ ./-]{1,2}(?:19|20)\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d/u
const POSTS = 'article, main, .post, .hentry, .h-entry, .entry, #content, #main'

/** @param place in the post that is asked about; null: in the first of the page */
export function isDated(root: Document, place: Element | null = null): boolean {
  if (selectOne(IN_HEAD, root) !== null) return true
  if (select(LINKED_DATA, root).some((script) => textOf(script)?.includes('"datePublished"') === true)) return true
  const inside = place ?? selectOne('h1', root)
  const post = inside === null ? selectOne(POSTS, root) : closest(inside, POSTS)
  return post !== null && (selectOne(IN_POST, post) !== null || isPrinted(post))
}

/** A date in a short line of its own, as old templates print it. */
function isPrinted(post: Element): boolean {
  const texts = [...walk(post, ({ name }) => ASIDE.has(name))].filter(isText)
  return texts.some(({ data }) => data.length <= MAX_LINE && DATE.test(data) && !data.includes('©'))
}
