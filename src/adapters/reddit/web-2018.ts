// Reddit's pages of 2018–2023, drawn by React: class names are hashes and times "3 yr. ago". What stays readable are
// ids, and the lines left of a comment: one for each comment above it, each with that comment's name as its class.
import type { Document, Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Parent } from '../../model.ts'
import { resolve } from '../../url.ts'
import type { Page } from '../page/page.ts'
import { withCarried } from './carried.ts'
import type { Row, Rows } from './html.ts'
import { declaredParent, nameOf, refOf, SITE, userOf } from './names.ts'

/** "level 2" in a comment is exact; its parent is the last comment at level 1. */
const LEVEL_P = 0.99
const COMMENTS = '[id^="t1_"]'
/** The pages of 2019 spell the attribute with a dash more, and mark no names. */
const COMMENTER = '[data-testid="comment_author_link"], [data-testid="comment_author_icon"], a[href^="/user/"]'
const WORDS = '[data-testid="comment"], [data-test-id="comment"]'
const POST = '.Post[id^="t3_"]'
const LEVEL = /^level (\d{1,3})$/
const NAME_CLASS = /(?:^|\s)(t1_[a-z0-9]{1,13})(?:\s|$)/
const USER_PATH = /\/user\/([\w-]{1,40})/
const COUNT = /([\d,]{1,9})\s+(?:comments?|more repl)/i
const WITHHELD = /comment (deleted|removed) by\b/i
const MORE = /^moreComments-/
const SUBREDDIT = /\/(r\/\w{1,40})\//
const COMMAS = /,/g

export function isReddit2018(root: Document): boolean {
  return selectOne(`${POST}, .Comment[class*="t1_"]`, root) !== null
}

export function readReddit2018(page: Page, url: URL | null): Rows {
  const { root } = page.html()
  const post = selectOne(POST, root)
  const postName = nameOf(attr(post, 'id'))
  const comments = select(COMMENTS, root).filter((element) => nameOf(attr(element, 'id')) !== null)
  const open: string[] = []
  const rows = comments.map((element) => commentRow(element, postName, open))
  const stubs = select('[id^="moreComments-"]', root).filter((element) => MORE.test(attr(element, 'id') ?? ''))
  const count = textOf(selectOne('[data-test-id="comments-page-link-num-comments"]', root))
  return {
    rows: withCarried(post === null || postName === null ? rows : [submissionRow(post, postName, url), ...rows], page),
    left: stubs.reduce((sum, stub) => sum + (countOf(textOf(stub)) ?? 1), 0),
    deeper: select('[id^="continueThread-"] a', root).flatMap((link) => attr(link, 'href') ?? []),
    declaredReplies: countOf(count),
    site: SUBREDDIT.exec(url?.pathname ?? '')?.[1] ?? null,
  }
}

function submissionRow(post: Element, name: string, url: URL | null): Row {
  const words = selectOne('[data-click-id="text"] .RichTextJSON-root, [data-click-id="text"] .md', post)
  const link = attr(selectOne('a.styled-outbound-link, [data-testid="outbound-link"]', post), 'href')
  return {
    ...nothingOf(post, name),
    title: textOf(selectOne('h1', post)),
    author: userIn(selectOne('[data-testid="post_author_link"], [data-click-id="user"]', post)),
    words: words?.children ?? null,
    link: resolve(link, new URL(SITE)),
    permalink: url?.pathname ?? null,
  }
}

function commentRow(element: Element, postName: string | null, open: string[]): Row {
  const name = attr(element, 'id') ?? ''
  const level = levelOf(element)
  const words = selectOne(WORDS, element)
  const said = WITHHELD.exec(textOf(element) ?? '')?.[1]?.toLowerCase() ?? 'withheld'
  const link = attr(selectOne('[data-testid="comment_timestamp"], [id^="CommentTopMeta--Created"]', element), 'href')
  const parent = parentOf(element, level, level > 1 ? (open[level - 2] ?? null) : postName)
  open.length = Math.min(open.length, level - 1)
  open[level - 1] = name
  return {
    ...nothingOf(element, name),
    author: userIn(select(COMMENTER, element).find((link) => closest(link, WORDS) === null) ?? null),
    words: words?.children ?? null,
    permalink: resolve(link, new URL(SITE))?.replace(SITE, '').replace(QUERY, '') ?? null,
    parent,
    withheld: words === null ? said : null,
  }
}

function levelOf(element: Element): number {
  const label = select('span', element).find((span) => LEVEL.test(textOf(span) ?? ''))
  return Math.max(1, Number(LEVEL.exec(label === undefined ? '' : (textOf(label) ?? ''))?.[1] ?? 1))
}

const QUERY = /[?#].*/s

function nothingOf(element: Element, name: string): Row {
  const unknown = { title: null, author: null, createdAt: null, editedAt: null, words: null, link: null }
  return { element, name, ...unknown, isPostAuthor: false, permalink: null, parent: null, withheld: null }
}

/** The last line but its own; without lines, `above`, the last comment one level up. */
function parentOf(element: Element, level: number, above: string | null): Parent | null {
  const lines = select('.threadline', element).flatMap((line) => lineName(line) ?? [])
  const drawn = lines.filter((line) => line !== attr(element, 'id')).at(-1)
  if (level > 1 && drawn !== undefined) return declaredParent(drawn, 'the line drawn from its parent')
  if (above === null) return null
  return { ref: refOf(above), key: above, basis: 'layout', p: LEVEL_P, say: `printed at level ${level}` }
}

function lineName(line: Element): string | null {
  const box = line.parent
  return box === null || !('attribs' in box) ? null : (NAME_CLASS.exec(box.attribs['class'] ?? '')?.[1] ?? null)
}

function userIn(link: Element | null) {
  return userOf(USER_PATH.exec(attr(link, 'href') ?? '')?.[1] ?? null)
}

function countOf(text: string | null): number | null {
  const digits = COUNT.exec(text ?? '')?.[1]?.replace(COMMAS, '')
  return digits === undefined ? null : Number(digits)
}
