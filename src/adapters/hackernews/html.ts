// Hacker News as HTML since 2014: one item with its comments, or a list of stories. A comment's place is its
// indentation and, since 2021, a link to its parent; times are exact since then, before it only "4 hours ago" was
// printed, which is no time.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Author, Extraction, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { authorOf, NO_BODY, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { SITE } from './names.ts'
import { commentPost, countIn, extractionOf, storyPost, storyWords } from './rows.ts'
import { idInLink, levelOfGap, type TreeReading } from './tree.ts'

const EPOCH_BEHIND = /\s\d{9,11}$/
/** Deeper trees than the site allows are hostile: each level keeps a place. */
const LEVEL = /^\d{1,3}$/
const DIGITS = /^\d{1,12}$/
/** What the site prints in the place of words, alone: people begin comments so too. */
const WITHHELD = /^\[(flagged|dead|deleted|delayed)\]$/
const WITHHELD_BESIDE = /^\[(flagged|dead|deleted|delayed)\]/

/** What else stands in a comment: its head, and its links. */
const BESIDE_WORDS = ['comhead', 'reply', 'navs', 'togg', 'votelinks']

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
  const topId = attr(top, 'id') ?? storyId
  const reading: TreeReading = { page, base, isItem, storyId, topId, open: [], keys: new Set() }
  const told = isItem ? (story === null ? [] : [story]) : stories
  const posts = [...told.map((row) => storyOf(row, reading)), ...comments.map((row) => commentOf(row, reading))]
  return extractionOf(reading, posts, nextPages(root, base), repliesOf(story))
}

/** Every comment has a `td.ind`, or words of its own, or stands alone with a link to what it answers. */
function isComment(row: Element): boolean {
  return hasClass(row, 'comtr') || selectOne('.commtext, .comment, .comhead .navs, td.ind', row) !== null
}

/** "on: <title>" beside a comment that is shown alone or in a list of its author's. */
function onStory(row: Element): string | null {
  return idInLink(attr(selectOne('.onstory a, .storyon a', row), 'href'))
}

function storyOf(row: Element, reading: TreeReading): Post {
  const link = selectOne('.titleline > a, a.storylink, a.titlelink', row) ?? selectOne('td.title a', row)
  const whole = closest(row, 'table.fatitem')
  const below = reading.isItem && whole !== null ? whole : nextRow(row)
  return storyPost(reading, {
    id: attr(row, 'id') ?? '',
    title: textOf(link) ?? textOf(selectOne('td.title:last-child', row)),
    author: below === null ? null : userIn(below, reading.base),
    createdAt: below === null ? null : ageIn(below),
    link: attr(link, 'href'),
    words: whole === null ? null : (selectOne('.toptext', whole) ?? storyWords(whole)),
    element: whole ?? row,
  })
}

function nextRow(row: Element): Element | null {
  for (let at = row.next; at !== null; at = at.next) if (isTag(at) && at.name === 'tr') return at
  return null
}

function commentOf(row: Element, reading: TreeReading): Post {
  const id = attr(row, 'id') ?? ''
  return commentPost(reading, {
    id,
    key: id,
    author: userIn(row, reading.base),
    createdAt: ageIn(row),
    ...wordsOf(row, reading.base),
    level: levelOf(row),
    linked: parentLink(row),
    conversation: onStory(row),
    element: row,
  })
}

function wordsOf(row: Element, base: URL): { body: Body; withheld: string | null } {
  const text = selectOne('.commtext', row)
  const said = textOf(selectOne('.comment', row)) ?? ''
  if (text === null) return wordsBeside(row, said, base)
  const body = bodyFromNodes(text.children, base, (element) => hasClass(element, 'reply'))
  return { body, withheld: WITHHELD.exec(body.text)?.[1] ?? null }
}

/** Without their own element words still stand in the comment's, unless the site says why there are none. */
function wordsBeside(row: Element, said: string, base: URL): { body: Body; withheld: string | null } {
  const withheld = WITHHELD_BESIDE.exec(said)?.[1]
  const cell = selectOne('.comment', row) ?? selectOne('td.default', row)
  if (withheld !== undefined || cell === null) return { body: NO_BODY, withheld: withheld ?? 'withheld' }
  const body = bodyFromNodes(cell.children, base, isBesideWords)
  return body.text === '' ? { body, withheld: 'withheld' } : { body, withheld: WITHHELD.exec(body.text)?.[1] ?? null }
}

function isBesideWords(element: Element): boolean {
  return BESIDE_WORDS.some((name) => hasClass(element, name))
}

function levelOf(row: Element): number {
  const cell = selectOne('td.ind', row)
  const written = attr(cell, 'indent')
  if (written !== null && LEVEL.test(written)) return Number(written)
  return levelOfGap(cell === null ? null : selectOne('img', cell))
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
  return countIn(select('.subtext a, .subline a', whole))
}

function nextPages(root: Document, base: URL): string[] {
  const more = select('a.morelink, a[rel="next"]', root).map((link) => resolve(attr(link, 'href'), base))
  return more.filter((url) => url !== null)
}
