// Hacker News as HTML of 2007 to 2014: tables without names. A comment is a `td.default` with a head and words, its place
// the width of the empty picture before it; times are ages ("14 hours ago"), which is no time. A deleted comment has
// neither a number nor an author, only its place.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { makeExtraction, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { authorOf, listPosts, makePost, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { HACKER_NEWS, itemUrl, NAME, READER, refOf, SITE } from './names.ts'
import {
  countIn,
  idInLink,
  LIST_KEY,
  levelOfGap,
  listBlock,
  listNote,
  lostNotes,
  named,
  placedBelow,
  type Reading,
  storyBody,
} from './tree.ts'

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
  const reading: Reading = {
    page,
    base,
    storyId,
    topId: top === null ? storyId : idOfComment(top),
    open: [],
    keys: new Set(),
  }
  const posts = listPosts([
    ...stories.flatMap((one) => storyOf(one, page, base, isItem)),
    ...cells.map((cell, at) => commentOf(cell, at, reading, isItem)),
  ])
  return makeExtraction({
    posts,
    blocks: isItem ? [] : [listBlock(root, base)],
    next: nextPages(root, base),
    notes: [...withheldNotes(page, posts), ...lostNotes(page, posts), ...(isItem ? [] : [listNote(page)])],
    declared: {
      title: textOf(selectOne('title', root)),
      site: HACKER_NEWS,
      replies: story === null ? null : countIn(select('a', story)),
    },
  })
}

/** The comment that a page is about stands in one table with the form for an answer. */
function isAlone(cell: Element): boolean {
  const table = closest(cell, 'table')
  return table !== null && selectOne(ANSWER_FORM, table) !== null
}

function storyOf(below: Element, page: Page, base: URL, isItem: boolean): readonly Post[] {
  const link = titleOf(below)
  const id = idOfStory(below)
  if (link === null || id === null) return []
  const whole = isItem ? closest(below, 'table') : null
  const own = idInLink(attr(link, 'href')) === id
  return [
    makePost({
      key: id,
      ref: refOf(id),
      kind: 'article',
      platform: NAME,
      title: textOf(link),
      author: userIn(below, base),
      ...storyBody(own ? null : resolve(attr(link, 'href'), base), whole === null ? null : wordsBelow(whole), base),
      url: itemUrl(id, base),
      conversation: id,
      block: isItem ? null : LIST_KEY,
      provenance: placeInHtml(page, READER, whole ?? link, null),
    }),
  ]
}

/** A notice of a job has no link to comments: its title leads to its own page. */
function idOfStory(below: Element): string | null {
  const ids = select(ITEM, below).map((one) => idInLink(attr(one, 'href')))
  return ids.find((id) => id !== null) ?? idInLink(attr(titleOf(below), 'href'))
}

/** The words of a story stand in a cell without a name. */
function wordsBelow(whole: Element): Element | null {
  const cells = select('tr > td:last-child', whole)
  const bare = cells.find((cell) => Object.keys(cell.attribs).length === 0 && selectOne('form, input', cell) === null)
  return bare ?? null
}

/** The link in the row before. */
function titleOf(below: Element): Element | null {
  for (let at = closest(below, 'tr')?.prev ?? null; at !== null; at = at.prev) {
    if (isTag(at)) return select('td.title a', at).at(-1) ?? null
  }
  return null
}

function commentOf(cell: Element, at: number, reading: Reading, isItem: boolean): Post {
  const { page, base, storyId } = reading
  const id = idOfComment(cell)
  const key = id ?? `nameless-${at + 1}`
  const { words, withheld } = wordsOf(cell, base)
  const parent = parentOf(cell, key, reading)
  reading.keys.add(key)
  return makePost({
    key,
    ref: id === null ? null : refOf(id),
    kind: 'comment',
    platform: NAME,
    author: userIn(cell, base),
    ...words,
    url: id === null ? null : itemUrl(id, base),
    parent,
    conversation: storyId ?? onStory(cell),
    block: isItem ? null : LIST_KEY,
    provenance: placeInHtml(page, READER, closest(cell, 'tr') ?? cell, knownOf({ withheld })),
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

function wordsOf(cell: Element, base: URL): { words: Body; withheld: string | null } {
  const said = selectOne('.comment', cell)
  const words = said === null ? NO_BODY : bodyFromNodes(said.children, base, isReply)
  const withheld = WITHHELD.exec(words.text)?.[1] ?? null
  return { words: withheld === null ? words : NO_BODY, withheld }
}

/** The paragraph with "reply" is never closed, so that it belongs to the words of most comments. */
function isReply(element: Element): boolean {
  return element.name === 'font' && attr(element, 'size') === '1' && selectOne(REPLY, element) !== null
}

function parentOf(cell: Element, key: string, reading: Reading): Parent | null {
  const placed = key === reading.topId ? null : placedBelow(levelOf(cell), key, reading)
  const link = headLinks(cell).find((one) => textOf(one) === 'parent')
  const linked = idInLink(attr(link ?? null, 'href'))
  if (linked === null) return placed
  return { ...named(linked, reading), basis: 'declared', p: 1, say: 'its link to its parent' }
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
  return [...new Set(more.map((link) => resolve(attr(link, 'href'), base)).filter((url) => url !== null))]
}
