// Home pages, labels and archives of Blogger: articles that are there whole; of those behind a "read more" and of
// snippets only the addresses; and the page with older ones.
import type { Element } from 'domhandler'
import { attr, closest, selectOne } from '../../markup/markup.ts'
import { parseUrl, resolve } from '../../url.ts'
import { type ListPage, listOf } from '../article/list-page.ts'
import { readFacts } from '../article/metadata/metadata.ts'
import type { Page } from '../page/page.ts'
import { AROUND, bodiesIn, ownFacts, ownRef, readEntry } from './entries.ts'

/** Told by its address, for old templates say it nowhere else: `/`, `/search/label/tar`, `/2014/05/`. */
const INDEX = /^\/(?:index\.html|search(?:\/.*)?|\d{4}(?:\/\d\d)?\/?|\d{4}_\d\d_\d\d_archive\.html)?$/
const MORE = '.jump-link a[href]'
const SNIPPET = '.post-snippet, .snippet-item, .r-snippetized'
const COMMENT = 'li.comment, dl#comments-block dt'

/** Null for the page of one article, and where nothing is listed. */
export function readIndex(page: Page): ListPage | null {
  const { root } = page.html()
  const facts = readFacts(root, page.url)
  const url = page.url ?? facts.url
  if (url === null || !INDEX.test(url.pathname) || selectOne(COMMENT, root) !== null) return null
  const bodies = bodiesIn(root)
  if (bodies.length === 0) return null
  const entries = bodies.map((body) => ({ body, own: ownFacts(page, facts, body), more: moreOf(body) }))
  const posts = entries.flatMap(({ body, own, more }, index) => {
    const post = more === null ? readEntry(page, own, body, ownRef(body)) : null
    return post === null ? [] : [{ ...post, key: `${post.key}-${index + 1}`, index }]
  })
  const cut = entries.flatMap(({ own, more }) => (more === null ? [] : (own.url ?? parseUrl(resolve(more, url)) ?? [])))
  return listOf(page, { posts, cut: cut.map(({ href }) => href) })
}

/** Where an article goes on that only begins here; empty where only its title tells; null: it is whole. */
function moreOf(body: Element): string | null {
  const around = closest(body, AROUND) ?? body
  const link = attr(selectOne(MORE, around), 'href')
  return link ?? (selectOne(SNIPPET, around) === null ? null : '')
}
