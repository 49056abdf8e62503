// Reddit's pages of three generations, each read into rows by its own file: old.reddit (to this day), the one of
// 2018–2023 and today's. Here rows become posts. None of them shows a large tree whole; the JSON twin shows more of it.
import type { ChildNode, Document, Element } from 'domhandler'
import { attr, selectOne } from '../../markup/markup.ts'
import type { Author, Extraction, Note, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { limitNext, makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { bodyWithLink, listPosts, makePost, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { isSubmission, NAME, originOf, permalinkOf, READER, refOf, SITE } from './names.ts'

/** One submission or comment as a page shows it. */
export interface Row {
  readonly element: Element
  /** Reddit's own; of a comment that the page does not name (`isNameless`) a name within the page. */
  readonly name: string
  readonly isNameless?: boolean
  readonly title: string | null
  readonly author: Author | null
  readonly isPostAuthor: boolean
  readonly createdAt: string | null
  readonly editedAt: string | null
  /** The nodes of its words; null when it has none. */
  readonly words: readonly ChildNode[] | null
  /** What a submission links to, or null. */
  readonly link: string | null
  readonly permalink: string | null
  readonly parent: Parent | null
  readonly withheld: string | null
}

/** A page in any generation's markup. */
export interface Rows {
  readonly rows: readonly Row[]
  /** Comments the page says it leaves out. */
  readonly left: number
  /** Where chains go on that are too deep for the page. */
  readonly deeper: readonly string[]
  readonly declaredReplies: number | null
  readonly site: string | null
}

const LIST_KEY = 'listing'

export function readRows(page: Page, found: Rows): Extraction {
  const { rows, left, deeper } = found
  const submissions = rows.filter(({ name }) => isSubmission(name))
  const isList = submissions.length > 1
  const posts = listPosts(rows.map((row) => postOf(page, row, submissions, isList ? LIST_KEY : null)))
  const { next, notes } = limitNext(page, nextUrls(page, posts, found))
  return makeExtraction({
    posts,
    blocks: isList
      ? [
          {
            key: LIST_KEY,
            kind: 'list',
            title: found.site,
            url: page.url?.href ?? null,
            author: null,
            declaredTotal: null,
          },
        ]
      : [],
    next,
    notes: [...withheldNotes(page, posts), ...leftNotes(page, left, deeper.length), ...notes],
    declared: {
      title: submissions[0]?.title ?? null,
      site: found.site,
      replies: isList ? null : found.declaredReplies,
    },
  })
}

/** The page's own permanent address. */
export function canonicalOf(page: Page, root: Document): URL | null {
  return parseUrl(attr(selectOne('link[rel="canonical"]', root), 'href')) ?? page.url
}

function postOf(page: Page, row: Row, submissions: readonly Row[], block: string | null): Post {
  const submission = isSubmission(row.name) ? row.name : (submissions[0]?.name ?? null)
  return makePost({
    key: row.name,
    ref: row.isNameless === true ? null : refOf(row.name),
    kind: isSubmission(row.name) ? 'article' : 'comment',
    platform: NAME,
    title: row.title,
    author: row.author,
    isPostAuthor: row.isPostAuthor,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    ...bodyOf(row),
    url: row.isNameless === true ? null : permalinkOf(row.permalink, row.name, submission),
    parent: isSubmission(row.name) ? null : row.parent,
    conversation: submission,
    block,
    provenance: placeInHtml(page, READER, row.element, knownOf({ withheld: row.withheld })),
  })
}

function bodyOf({ words, link, withheld }: Row): Body {
  if (withheld !== null) return NO_BODY
  const body = words === null ? NO_BODY : bodyFromNodes(words, new URL(SITE))
  return link === null ? body : bodyWithLink(link, body.html ?? '', new URL(SITE))
}

function nextUrls(page: Page, posts: readonly Post[], { left, deeper }: Rows): readonly string[] {
  const submission = posts.find(({ kind }) => kind === 'article')
  const whole = parseUrl(submission?.url ?? null)
  if (whole === null || (left === 0 && deeper.length === 0)) return []
  const origin = originOf(page.url)
  const twin = `${origin}${whole.pathname.replace(LAST_SLASH, '')}.json?raw_json=1`
  return [twin, ...deeper.map((path) => new URL(path, origin).href)]
}

const LAST_SLASH = /\/$/

function leftNotes(page: Page, left: number, deeper: number): Note[] {
  const message = `Comments behind "more" links, not on this page: ${left}.`
  const deep = `Chains that go on deeper than this page shows: ${deeper}.`
  return [
    ...(left > 0 ? [noteOn(page, 'warning', 'more', message)] : []),
    ...(deeper > 0 ? [noteOn(page, 'warning', 'continues-deeper', deep)] : []),
  ]
}
