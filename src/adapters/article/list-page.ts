// Home pages, categories and archives: several entries beside each other, each headed by a link to its own page.
// Entries that are there whole are articles; of the others only the addresses are known. Never one article out of many.
// The page with older entries comes with them.
import type { Document, Element, ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, matches, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Note, Post, PostRef } from '../../model.ts'
import { parseUrl, resolve } from '../../url.ts'
import { limitNext, makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'
import { readDate, slashOrder } from '../values/dates.ts'
import { articlePost } from './blog-article.ts'
import { named } from './metadata/author.ts'
import type { PageFacts } from './metadata/metadata.ts'
import { olderPageOf } from './older-page.ts'

const ENTRIES =
  'article, .hentry, .h-entry, .type-post, .wp-block-post, .post, .entry, .blog-post, .post-preview, .postWrapper, .serendipity_entry, .node-teaser, .node--view-mode-teaser'
const HEADINGS =
  'h1 a[href], h2 a[href], h3 a[href], h4 a[href], .entry-title a[href], .post-title a[href], a.u-url[href]'
const BODIES =
  '.entry-content, .e-content, .post-content, .post-body, .entry-body, .entrytext, .storycontent, .serendipity_entry_body, .entry, [itemprop~="articleBody"]'
const EXCERPTS =
  '.entry-summary, .p-summary, .excerpt, .post-excerpt, .wp-block-post-excerpt, a.more-link, .read-more, .readmore, .more-link, [class*="excerpt" i]'
const AUTHORS =
  '.author .fn, .p-author, a[rel~="author"], .author a, .author, .post-author, .byline, .wp-block-post-author-name, [itemprop~="author"]'
const DATES =
  'time[datetime].published, time[datetime].entry-date, time[datetime], .published[title], .dt-published, .entry-date, .post-date, .published, .date, .posted-on, .post-meta, .entry-meta, .meta, small'
/** Themes of Ghost put a link around all of an entry. */
const LINKED_HEADINGS = 'a[href] h1, a[href] h2, a[href] h3, a[href] h4'
/** What only a page of one article has: its comments, and what themes call its body. */
const COMMENTS =
  '#respond, #commentform, .commentlist, .comment-list, #disqus_thread, .comment[id^="comment-"], li.comment'
const SINGLE =
  /(?:^|\s)(?:single(?:-[\w-]+)?|postid-\d+|page-id-\d+|post-template\S*|item-view|page-template\S*)(?=\s|$)/
/** Said by themes of WordPress and Ghost of the further pages of a list: the last may hold one entry. */
const LIST = /(?:^|\s)(?:paged|archive|search-results|(?:home|tag|author|index)-template)(?=\s|$)/
const OUTSIDE =
  'aside, nav, footer, .widget:not(.Blog), .sidebar:not(body), #sidebar, [class*="related" i]:not(body), [class*="recommend" i]:not(body)'
const CUT =
  /(?:\[(?:…|\.{3})\]|…|\.{3})\s*(?:\S+\s?){0,6}$|(?:continue reading|read more|weiterlesen|lire la suite|leer más|читать далее)\W{0,20}$/iu
const POST_ID = /(?:^|\s)post-(\d+)(?=\s|$)/
const MIN_ENTRIES = 2
/** Characters of an entry that is there whole. */
const MIN_BODY = 140
/** Characters of a line that says who and when. */
const MAX_LINE = 200
const MAX_ENTRIES = 200
/** Characters of a paragraph that is no headline, date or caption. */
const MIN_PARAGRAPH = 80
/** Characters of such beside the entries, from which on they are the page's own article if the entries have fewer. */
const MIN_OWN = 600

interface Entry {
  readonly element: Element
  readonly title: string
  readonly url: URL
  /** Null where only its beginning is shown. */
  readonly body: Element | null
}

interface ListReader {
  readonly page: Page
  readonly reader: Reader
  readonly facts: PageFacts
  readonly refOf: (entry: { readonly id: string | null; readonly url: URL }) => PostRef | null
}

export interface ListPage {
  readonly posts: readonly Post[]
  /** The entries that are cut, then the page with older ones. */
  readonly next: readonly string[]
  /** Of the entries that are cut. */
  readonly lists: readonly string[]
  readonly notes: readonly Note[]
}

/** The entries of a list, or null for any other page. */
export function readListPage({ page, reader, facts, refOf }: ListReader): ListPage | null {
  const { root } = page.html()
  const entries = entriesIn(root, facts.url ?? page.url)
  if (entries.length === 0) return null
  const whole = entries.flatMap((entry) => (entry.body === null ? [] : [{ ...entry, body: entry.body }]))
  const posts = whole.map(({ element, title, url, body }, index) => ({
    ...articlePost({
      page,
      platform: reader.name,
      ref: refOf({ id: idOf(element), url }),
      facts: factsOf(element, { ...facts, title, url }),
      body,
      provenance: placeInHtml(page, reader, body, null),
    }),
    key: `article-${index + 1}`,
    index,
  }))
  const cut = entries.filter(({ body }) => body === null).map(({ url }) => url.href)
  return listOf(page, { posts, cut })
}

/** `cut`: addresses of the entries that are not here whole. */
export function listOf(page: Page, { posts, cut }: { posts: readonly Post[]; cut: readonly string[] }): ListPage {
  const lists = [...new Set(cut)]
  const { next, notes } = limitNext(page, lists)
  const older = olderPageOf(page)
  const message = `A list of ${posts.length + lists.length} posts: ${posts.length} are here whole and were read, the addresses of the others are named.`
  return {
    posts,
    next: older === null ? next : [...next, older],
    lists,
    notes: [noteOn(page, 'info', 'list-page', message), ...notes],
  }
}

/** What an adapter gives for it. */
export function listExtraction({ lists, ...list }: ListPage, { site }: PageFacts): Extraction {
  return makeExtraction({ ...list, declared: { title: null, site, replies: null, lists } })
}

/** Whether the page lists several entries. */
export function isListPage(root: Document, base: URL | null): boolean {
  return entriesIn(root, base).length > 0
}

function entriesIn(root: Document, base: URL | null): Entry[] {
  if (isSingle(root)) return []
  const all = select(ENTRIES, root).filter((element) => closest(element, OUTSIDE) === null)
  if (all.some(isHeadedByItself)) return []
  const known: ReadonlySet<ParentNode> = new Set(all)
  const outer = all.filter((element) => !hasAncestor(element, (ancestor) => known.has(ancestor)))
  const read = largest(outer)
    .slice(0, MAX_ENTRIES)
    .flatMap((element) => entryOf(element, base))
  const seen = new Set<string>()
  const found = read.filter(({ url }) => !seen.has(url.href) && seen.add(url.href))
  const isList = LIST.test(attr(selectOne('body', root), 'class') ?? '')
  if (found.length < (isList ? 1 : MIN_ENTRIES)) return []
  return hasOwnWords(root, new Set(found.map(({ element }) => element))) ? [] : found
}

/** Whether its title leads nowhere: it is the page's own article, and what else is listed stands around it. */
function isHeadedByItself(element: Element): boolean {
  const title = selectOne('h1', element)
  return (
    title !== null && textOf(title) !== null && selectOne('a[href]', title) === null && closest(title, 'a') === null
  )
}

/** Whether more is said beside the entries than in them: an article that others are listed around. */
function hasOwnWords(root: Document, entries: ReadonlySet<ParentNode>): boolean {
  let [own, listed] = [0, 0]
  for (const paragraph of select('p', root)) {
    const length = textOf(paragraph)?.length ?? 0
    if (length < MIN_PARAGRAPH) continue
    if (hasAncestor(paragraph, (ancestor) => entries.has(ancestor))) listed += length
    else if (closest(paragraph, OUTSIDE) === null) own += length
  }
  return own >= MIN_OWN && own > listed
}

function isSingle(root: Document): boolean {
  const type = attr(selectOne('meta[property="og:type"]', root), 'content')
  if (type === 'article' || SINGLE.test(attr(selectOne('body', root), 'class') ?? '')) return true
  return selectOne(COMMENTS, root) !== null
}

/** Those that stand beside each other, of several such rows the longest. */
function largest(elements: readonly Element[]): readonly Element[] {
  const rows = new Map<ParentNode | null, Element[]>()
  for (const element of elements) {
    const row = rows.get(element.parent)
    if (row === undefined) rows.set(element.parent, [element])
    else row.push(element)
  }
  return [...rows.values()].reduce((best, row) => (row.length > best.length ? row : best), [])
}

function entryOf(element: Element, base: URL | null): Entry[] {
  const heading =
    select(HEADINGS, element).find((link) => textOf(link) !== null) ??
    select(LINKED_HEADINGS, element).find((words) => textOf(words) !== null)
  const title = textOf(heading ?? null)
  const url = heading === undefined ? null : parseUrl(resolve(attr(closest(heading, 'a'), 'href'), base))
  return title === null || url === null ? [] : [{ element, title, url, body: bodyOf(element) }]
}

function bodyOf(element: Element): Element | null {
  const body = matches(element, '.entry') ? element : selectOne(BODIES, element)
  const text = textOf(body) ?? ''
  if (body === null || text.length < MIN_BODY || CUT.test(text.slice(-MAX_LINE))) return null
  return selectOne(EXCERPTS, element) === null ? body : null
}

function idOf(element: Element): string | null {
  return POST_ID.exec(`${attr(element, 'id') ?? ''} ${attr(element, 'class') ?? ''}`)?.[1] ?? null
}

/** What the entry says of itself; the head tells of the list. */
function factsOf(element: Element, facts: PageFacts): PageFacts {
  const order = slashOrder(facts.lang)
  const lines = (selectors: string) => selectors.split(', ').flatMap((selector) => select(selector, element))
  const authors = lines(AUTHORS).flatMap((line) => named(textOf(line), resolve(attr(line, 'href'), facts.url)))
  const dates = lines(DATES).flatMap((line) => {
    const said = attr(line, 'datetime') ?? attr(line, 'title')
    return readDate(said) ?? readDate((textOf(line) ?? '').slice(0, MAX_LINE), order) ?? []
  })
  return {
    ...facts,
    author: authors[0] ?? null,
    published: dates[0] ?? null,
    modified: null,
  }
}
