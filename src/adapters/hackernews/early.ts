// Hacker News as HTML of 2007 to 2014: tables without names. A comment is a `td.default` with a head and words, its
// place the width of the empty picture before it; times are ages ("14 hours ago"), which is no time. A deleted comment
// has neither a number nor an author, only its place.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { authorOf, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { SITE } from './names.ts'
import { commentPost, countIn, extractionOf, storyPost, storyWords } from './rows.ts'
import { idInLink, levelOfGap, type TreeReading } from './tree.ts'

const ITEM = 'a[href*="item?id="]'
const USER = 'a[href*="user?id="]'
const UNDER_TITLE = 'td.subtext'
const COMMENT = 'td.default'
/** The form for an answer stands on the pages of single items. */
const ANSWER_FORM = 'form textarea[name="text"]'
const REPLY = 'a[href^="reply?"], a[href*="/reply?"]'
const WITHHELD = /^\[(flagged|dead|deleted)\]$/

export function isEarlyHtml(root: Document): boolean {
  if (selectOne('.pagetop a[href$="newcomments"]', root) === null) return false
  return selectOne(`${UNDER_TITLE} ${USER}, ${COMMENT} .comhead ${USER}`, root) !== null
}

export function readEarlyHtml(page: Page): Extraction {
  const { root } = page.html()
  const base = page.url ?? new URL(SITE)
  const stories = select(UNDER_TITLE, root)
  const cells = select(COMMENT, root).filter((cell) => selectOne('.comment', cell) !== null)
  const top = stories.length === 0 ? (cells.find((cell) => isAlone(cell)) ?? null) : null
  const isItem = top !== null || stories.length === 1
  const story = isItem ? (stories[0] ?? null) : null
  const storyId = story === null ? onStory(top) : idOfStory(story)
  const topId = top === null ? storyId : idOfComment(top)
  const reading: TreeReading = { page, base, isItem, storyId, topId, open: [], keys: new Set() }
  const posts = [
    ...stories.flatMap((one) => storyOf(one, reading)),
    ...cells.map((cell, at) => commentOf(cell, at, reading)),
  ]
  const replies = story === null ? null : countIn(select('a', story))
  return extractionOf(reading, posts, nextPages(root, base), replies)
}

/** The comment that a page is about stands in one table with the form for an answer. */
function isAlone(cell: Element): boolean {
  const table = closest(cell, 'table')
  return table !== null && selectOne(ANSWER_FORM, table) !== null
}

function storyOf(below: Element, reading: TreeReading): readonly Post[] {
  const link = titleOf(below)
  const id = idOfStory(below)
  if (link === null || id === null) return []
  const whole = reading.isItem ? closest(below, 'table') : null
  return [
    storyPost(reading, {
      id,
      title: textOf(link),
      author: userIn(below, reading.base),
      createdAt: null,
      link: attr(link, 'href'),
      words: whole === null ? null : storyWords(whole),
      element: whole ?? link,
    }),
  ]
}

/** A notice of a job has no link to comments: its title leads to its own page. */
function idOfStory(below: Element): string | null {
  const ids = select(ITEM, below).map((one) => idInLink(attr(one, 'href')))
  return ids.find((id) => id !== null) ?? idInLink(attr(titleOf(below), 'href'))
}

/** The link in the row before. */
function titleOf(below: Element): Element | null {
  for (let at = closest(below, 'tr')?.prev ?? null; at !== null; at = at.prev) {
    if (isTag(at)) return select('td.title a', at).at(-1) ?? null
  }
  return null
}

function commentOf(cell: Element, at: number, reading: TreeReading): Post {
  const id = idOfComment(cell)
  const parent = headLinks(cell).find((one) => textOf(one) === 'parent')
  return commentPost(reading, {
    id,
    key: id ?? `nameless-${at + 1}`,
    author: userIn(cell, reading.base),
    createdAt: null,
    ...wordsOf(cell, reading.base),
    level: levelOf(cell),
    linked: idInLink(attr(parent ?? null, 'href')),
    conversation: onStory(cell),
    element: closest(cell, 'tr') ?? cell,
  })
}

function headLinks(cell: Element): readonly Element[] {
  return select(`.comhead ${ITEM}`, cell)
}

function idOfComment(cell: Element): string | null {
  const link = headLinks(cell).find((one) => textOf(one) === 'link')
  return idInLink(attr(link ?? null, 'href'))
}

/** "on: <title>" beside a comment that is shown without its story. */
function onStory(cell: Element | null): string | null {
  const other =
    cell === null ? undefined : headLinks(cell).find((one) => !['link', 'parent'].includes(textOf(one) ?? ''))
  return idInLink(attr(other ?? null, 'href'))
}

function wordsOf(cell: Element, base: URL): { body: Body; withheld: string | null } {
  const said = selectOne('.comment', cell)
  const body = said === null ? NO_BODY : bodyFromNodes(said.children, base, isReply)
  return { body, withheld: WITHHELD.exec(body.text)?.[1] ?? null }
}

/** The paragraph with "reply" is never closed, so that it belongs to the words of most comments. */
function isReply(element: Element): boolean {
  return element.name === 'font' && attr(element, 'size') === '1' && selectOne(REPLY, element) !== null
}

function levelOf(cell: Element): number {
  const row = closest(cell, 'tr')
  return levelOfGap(row === null ? null : selectOne('td > img[width]', row))
}

function userIn(node: Element, base: URL): Author | null {
  const link = selectOne(USER, node)
  return authorOf(textOf(link), resolve(attr(link, 'href'), base))
}

/** "More" below a list, and below the comments of long discussions. */
function nextPages(root: Document, base: URL): string[] {
  const more = select('td.title > a', root).filter((link) => textOf(link) === 'More')
  return more.map((link) => resolve(attr(link, 'href'), base)).filter((url) => url !== null)
}
