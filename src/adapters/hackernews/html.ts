// Hacker News as HTML: one item with its comments, or a list of stories. A comment's place is its indentation and, since
// 2021, a link to its parent; times are exact since then, before it only "4 hours ago" was printed, which is no time.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Block, Extraction, Note, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { makeExtraction, noteOn, withheldNotes } from '../extraction/extraction.ts'
import { knownOf, placeInHtml } from '../extraction/place.ts'
import { authorOf, bodyWithLink, listPosts, makePost, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { HACKER_NEWS, itemUrl, NAME, READER, refOf, SITE } from './names.ts'

/** Pixels of one level, where no `indent` tells it (before 2021). */
const INDENT_PIXELS = 40
/** The site draws the tree it has: 0 exceptions against parent links. */
const INDENT_P = 0.99
const LIST_KEY = 'stories'
const EPOCH_BEHIND = /\s\d{9,11}$/
const ITEM_LINK = /(?:^|[?&])id=(\d{1,12})(?:$|&|#)/
const HASH_ID = /^#(\d{1,12})$/
/** Deeper trees than the site allows are hostile: each level keeps a place. */
const LEVEL = /^\d{1,3}$/
const DIGITS = /^\d{1,12}$/
const COMMENT_COUNT = /^(\d{1,6})\s+comments?$/
/** What the site prints in the place of words, alone: people begin comments so too. */
const WITHHELD = /^\[(flagged|dead|deleted|delayed)\]$/
const WITHHELD_BESIDE = /^\[(flagged|dead|deleted|delayed)\]/

export function isHackerNewsHtml(root: Document): boolean {
  return selectOne('#hnmain tr.athing, table.itemlist tr.athing, table.comment-tree tr.comtr', root) !== null
}

export function readHackerNewsHtml(page: Page): Extraction {
  const { root } = page.html()
  const base = page.url ?? new URL(SITE)
  const rows = select('tr.athing, tr.comtr', root).filter((row) => DIGITS.test(attr(row, 'id') ?? ''))
  const comments = rows.filter((row) => isComment(row))
  const stories = rows.filter((row) => !isComment(row))
  const top = selectOne('table.fatitem tr.athing', root)
  const isItem = top !== null || selectOne('table.comment-tree', root) !== null
  const story = isItem ? (stories[0] ?? null) : null
  const storyId = attr(story, 'id') ?? (top === null ? null : onStory(top))
  const reading: Reading = { page, base, storyId, topId: attr(top, 'id') ?? storyId, open: [], keys: new Set() }
  const told = isItem ? (story === null ? [] : [story]) : stories
  const posts = listPosts([
    ...told.map((row) => storyOf(row, page, base, isItem)),
    ...comments.map((row) => commentOf(row, reading, isItem ? null : LIST_KEY)),
  ])
  return makeExtraction({
    posts,
    blocks: isItem ? [] : [listBlock(root, base)],
    next: nextPages(root, base),
    notes: [...withheldNotes(page, posts), ...lostNotes(page, posts), ...(isItem ? [] : [listNote(page)])],
    declared: { title: textOf(selectOne('title', root)), site: HACKER_NEWS, replies: repliesOf(story) },
  })
}

/** Every comment has a `td.ind`, or words of its own, or stands alone with a link to what it answers. */
function isComment(row: Element): boolean {
  return hasClass(row, 'comtr') || selectOne('.commtext, .comment, .comhead .navs, td.ind', row) !== null
}

/** "on: <title>" beside a comment that is shown alone or in a list of its author's. */
function onStory(row: Element): string | null {
  return idInLink(attr(selectOne('.onstory a, .storyon a', row), 'href'))
}

function idInLink(href: string | null): string | null {
  return href === null ? null : (HASH_ID.exec(href)?.[1] ?? ITEM_LINK.exec(href)?.[1] ?? null)
}

function storyOf(row: Element, page: Page, base: URL, isItem: boolean): Post {
  const id = attr(row, 'id') ?? ''
  const link = selectOne('.titleline > a, a.storylink, a.titlelink', row) ?? selectOne('td.title a', row)
  const whole = closest(row, 'table.fatitem')
  const top = whole === null ? null : (selectOne('.toptext', whole) ?? textRow(whole))
  const below = isItem && whole !== null ? whole : nextRow(row)
  const target = resolve(attr(link, 'href'), base)
  const own = target !== null && idInLink(attr(link, 'href')) === id
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'article',
    platform: NAME,
    title: textOf(link) ?? textOf(selectOne('td.title:last-child', row)),
    author: below === null ? null : userIn(below, base),
    createdAt: below === null ? null : ageIn(below),
    ...storyBody(own ? null : target, top, base),
    url: itemUrl(id, base),
    conversation: id,
    block: isItem ? null : LIST_KEY,
    provenance: placeInHtml(page, READER, whole ?? row, null),
  })
}

/** Before 2021 the words of a story stood in a row without a name. */
function textRow(whole: Element): Element | null {
  const cells = select('tr > td:last-child', whole)
  return (
    cells.find((cell) => Object.keys(cell.attribs).length === 0 && selectOne('form, .athing, input', cell) === null) ??
    null
  )
}

function storyBody(target: string | null, top: Element | null, base: URL): Body {
  const words = top === null ? NO_BODY : bodyFromNodes(top.children, base)
  return bodyWithLink(target, words.html ?? '', base)
}

function nextRow(row: Element): Element | null {
  for (let at = row.next; at !== null; at = at.next) if (isTag(at) && at.name === 'tr') return at
  return null
}

interface Reading {
  readonly page: Page
  readonly base: URL
  readonly storyId: string | null
  /** What the comments at the left edge answer: the story, or the comment a page is about. */
  readonly topId: string | null
  /** The last comment met at each level. */
  readonly open: string[]
  readonly keys: Set<string>
}

function commentOf(row: Element, reading: Reading, block: string | null): Post {
  const { page, base, storyId } = reading
  const id = attr(row, 'id') ?? ''
  const { words, withheld } = wordsOf(row, base)
  const parent = parentOf(row, id, reading)
  reading.keys.add(id)
  return makePost({
    key: id,
    ref: refOf(id),
    kind: 'comment',
    platform: NAME,
    author: userIn(row, base),
    createdAt: ageIn(row),
    ...words,
    url: itemUrl(id, base),
    parent,
    conversation: storyId ?? onStory(row),
    block,
    provenance: placeInHtml(page, READER, row, knownOf({ withheld })),
  })
}

function wordsOf(row: Element, base: URL): { words: Body; withheld: string | null } {
  const text = selectOne('.commtext', row)
  const said = textOf(selectOne('.comment', row)) ?? ''
  if (text === null) return { words: NO_BODY, withheld: WITHHELD_BESIDE.exec(said)?.[1] ?? 'withheld' }
  const words = bodyFromNodes(text.children, base, (element) => hasClass(element, 'reply'))
  const withheld = WITHHELD.exec(words.text)?.[1] ?? null
  return { words: withheld === null ? words : NO_BODY, withheld }
}

/** The link to the parent where it is printed, else the last comment one level up. */
function parentOf(row: Element, id: string, reading: Reading): Parent | null {
  const linked = parentLink(row)
  const placed = id === reading.topId ? null : placedBelow(row, id, reading)
  if (linked !== null) return { ...named(linked, reading), basis: 'declared', p: 1, say: 'its link to its parent' }
  return placed
}

function placedBelow(row: Element, id: string, reading: Reading): Parent | null {
  const level = levelOf(row)
  const parent = level === 0 ? reading.topId : (reading.open[level - 1] ?? null)
  reading.open.length = Math.min(reading.open.length, level)
  reading.open[level] = id
  if (parent === null) return null
  const say = level === 0 ? 'stands at the left edge of the comments' : `indented ${level} deep`
  return { ...named(parent, reading), basis: 'layout', p: INDENT_P, say }
}

function named(id: string, { keys, topId }: Reading): Pick<Parent, 'ref' | 'key'> {
  return { ref: refOf(id), key: keys.has(id) || id === topId ? id : null }
}

function levelOf(row: Element): number {
  const cell = selectOne('td.ind', row)
  const written = attr(cell, 'indent')
  if (written !== null && LEVEL.test(written)) return Number(written)
  const width = Number(attr(cell === null ? null : selectOne('img', cell), 'width') ?? 0)
  return width > 0 && width < INDENT_PIXELS * 1000 ? Math.round(width / INDENT_PIXELS) : 0
}

function parentLink(row: Element): string | null {
  const link = select('.navs a, .par a, .comhead > a', row).find((one) => textOf(one) === 'parent')
  return idInLink(attr(link ?? null, 'href'))
}

function userIn(node: Element, base: URL): Author | null {
  const link = selectOne('a.hnuser', node)
  return authorOf(textOf(link), resolve(attr(link, 'href'), base))
}

/** `title="2024-01-02T03:04:05 1704164645"` since 2022, the first half alone in 2021; UTC. */
function ageIn(node: Element): string | null {
  return timeOfText(attr(selectOne('.age', node), 'title')?.replace(EPOCH_BEHIND, '') ?? null)
}

function repliesOf(story: Element | null): number | null {
  const whole = story === null ? null : closest(story, 'table.fatitem')
  if (whole === null) return null
  const counts = select('.subtext a, .subline a', whole).map((link) => COMMENT_COUNT.exec(textOf(link) ?? '')?.[1])
  const count = counts.find((one) => one !== undefined)
  return count === undefined ? null : Number(count)
}

function nextPages(root: Document, base: URL): string[] {
  const more = select('a.morelink, a[rel="next"]', root).map((link) => resolve(attr(link, 'href'), base))
  return [...new Set(more.filter((url) => url !== null))]
}

function listBlock(root: Document, base: URL): Block {
  return {
    key: LIST_KEY,
    kind: 'list',
    title: textOf(selectOne('title', root)),
    url: base.href,
    author: null,
    declaredTotal: null,
  }
}

function listNote(page: Page): Note {
  return noteOn(page, 'info', 'list-page', 'A list; the whole of each story is on its own page.')
}

/** A later page of comments may begin in the middle of a tree. */
function lostNotes(page: Page, posts: readonly Post[]): Note[] {
  const lost = posts.filter(({ kind, parent }) => kind === 'comment' && parent === null).length
  const message = `Comments that answer something neither on this page nor named by it: ${lost}.`
  return lost === 0 ? [] : [noteOn(page, 'warning', 'parent-unknown', message)]
}
