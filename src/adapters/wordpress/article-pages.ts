// An article that its author cut into pages (`<!--nextpage-->`): all of them have one number and the same comments, and
// each has other words. Which of them this is, and where the others are.
import type { Document } from 'domhandler'
import { attr, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Note, Post } from '../../model.ts'
import { resolve, withoutFragment } from '../../url.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import type { Opening } from './comments.ts'

export interface ArticlePages {
  /** 1-based. */
  readonly at: number
  /** How many pages the links below the words count to. */
  readonly of: number
  /** Addresses of the others, in order. */
  readonly others: readonly string[]
}

/** What core and themes since 2003 call the links below the words. */
const LINKS = '.page-links a[href], .page-link a[href], a.post-page-numbers[href], .wp-link-pages a[href]'
const CURRENT = '.post-page-numbers.current, .page-links [aria-current], .page-links .current'
/** Of the body, since 2.8: `single-paged-2`. */
const PAGED = /(?:^|\s)(?:single|page)-paged-(\d{1,3})(?:\s|$)/
const IN_ADDRESS = /\/(\d{1,3})\/?$|[?&]page=(\d{1,3})\b/
const NUMBER = /^\D{0,20}(\d{1,3})\D{0,3}$/
const MAX_NAMED = 5

/** Null for an article on one page. */
export function articlePages(page: Page): ArticlePages | null {
  const { root } = page.html()
  const own = page.url === null ? null : withoutFragment(page.url.href)
  const links = new Map<string, number>()
  for (const link of select(LINKS, root)) {
    const href = resolve(attr(link, 'href'), page.url)
    if (href === null || withoutFragment(href) === own) continue
    links.set(withoutFragment(href), numberIn(textOf(link)) ?? numberInAddress(href) ?? 1)
  }
  if (links.size === 0) return null
  const at = ownNumber(root, page.url)
  const others = [...links].sort(([, a], [, b]) => a - b).map(([href]) => href)
  return { at, of: Math.max(at, ...links.values()), others }
}

/** The first page has the article's own name, the others one of theirs: their words are not its. */
export function asPart(article: Post, { at, of }: ArticlePages): Post {
  const { ref, provenance } = article
  const extra = { ...provenance.extra, articlePage: at, articlePages: of }
  const own = ref === null || at === 1 ? ref : { ...ref, id: `${ref.id}/page-${at}` }
  return { ...article, ref: own, provenance: { ...provenance, extra } }
}

/** What the comments are on, which stand below each page: the article, by the name of its first page. */
export function openingOf({ key, ref, conversation, url }: Post, pages: ArticlePages | null): Opening {
  if (pages === null || pages.at === 1 || ref === null) return { ref, key, conversation, url }
  return { ref, key: null, conversation, url: pages.others[0] ?? url }
}

export function pagesNote(page: Page, { at, of, others }: ArticlePages): Note {
  const named = others.slice(0, MAX_NAMED).join(', ')
  const message = `This is page ${at} of ${of} of the article; the others are ${named}`
  return noteOn(page, 'warning', 'article-page', message)
}

function ownNumber(root: Document, url: URL | null): number {
  const told = PAGED.exec(attr(selectOne('body', root), 'class') ?? '')?.[1]
  return Number(told ?? 0) || (numberIn(textOf(selectOne(CURRENT, root))) ?? numberInAddress(url?.href ?? '') ?? 1)
}

function numberIn(text: string | null): number | null {
  return Number(NUMBER.exec(text ?? '')?.[1] ?? 0) || null
}

function numberInAddress(href: string): number | null {
  const [, inPath, inQuery] = IN_ADDRESS.exec(href) ?? []
  return Number(inPath ?? inQuery ?? 0) || null
}
