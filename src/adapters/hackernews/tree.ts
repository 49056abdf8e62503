// What all Hacker News pages have in common, whatever their rows are called: the tree as the gaps draw it, links to items,
// lists of stories and what is said about them.
import type { Document, Element } from 'domhandler'
import { attr, selectOne, textOf } from '../../markup/markup.ts'
import type { Block, Note, Parent, Post } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { noteOn } from '../extraction/extraction.ts'
import { bodyWithLink, NO_BODY } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { refOf } from './names.ts'

export const LIST_KEY = 'stories'
/** Pixels of one level, where no `indent` tells it (before 2021). */
const INDENT_PIXELS = 40
/** The site draws the tree it has: 0 exceptions against parent links. */
const INDENT_P = 0.99
const NUMBER = /^\d{1,12}$/
const ITEM_LINK = /(?:^|[?&])id=(\d{1,12})(?:$|&|#)/
const HASH_ID = /^#(\d{1,12})$/
const COMMENT_COUNT = /^(\d{1,6})\s+comments?$/

export interface Reading {
  readonly page: Page
  readonly base: URL
  readonly storyId: string | null
  /** What the comments at the left edge answer: the story, or the comment a page is about. */
  readonly topId: string | null
  /** The last comment met at each level. */
  readonly open: string[]
  readonly keys: Set<string>
}

/** The last comment one level up; the top at the left edge. */
export function placedBelow(level: number, id: string, reading: Reading): Parent | null {
  const parent = level === 0 ? reading.topId : (reading.open[level - 1] ?? null)
  reading.open.length = Math.min(reading.open.length, level)
  reading.open[level] = id
  if (parent === null) return null
  const say = level === 0 ? 'stands at the left edge of the comments' : `indented ${level} deep`
  return { ...named(parent, reading), basis: 'layout', p: INDENT_P, say }
}

/** What was deleted in the first years has no number any more, only a place. */
export function named(id: string, { keys, topId }: Reading): Pick<Parent, 'ref' | 'key'> {
  return { ref: NUMBER.test(id) ? refOf(id) : null, key: keys.has(id) || id === topId ? id : null }
}

/** The width of the empty picture before a comment, as a level. */
export function levelOfGap(picture: Element | null): number {
  const width = Number(attr(picture, 'width') ?? 0)
  return width > 0 && width < INDENT_PIXELS * 1000 ? Math.round(width / INDENT_PIXELS) : 0
}

export function idInLink(href: string | null): string | null {
  return href === null ? null : (HASH_ID.exec(href)?.[1] ?? ITEM_LINK.exec(href)?.[1] ?? null)
}

export function storyBody(target: string | null, top: Element | null, base: URL): Body {
  const words = top === null ? NO_BODY : bodyFromNodes(top.children, base)
  return bodyWithLink(target, words.html ?? '', base)
}

/** "73 comments" */
export function countIn(links: readonly Element[]): number | null {
  const counts = links.map((link) => COMMENT_COUNT.exec(textOf(link) ?? '')?.[1])
  const count = counts.find((one) => one !== undefined)
  return count === undefined ? null : Number(count)
}

export function listBlock(root: Document, base: URL): Block {
  return {
    key: LIST_KEY,
    kind: 'list',
    title: textOf(selectOne('title', root)),
    url: base.href,
    author: null,
    declaredTotal: null,
  }
}

export function listNote(page: Page): Note {
  return noteOn(page, 'info', 'list-page', 'A list; the whole of each story is on its own page.')
}

/** A later page of comments may begin in the middle of a tree. */
export function lostNotes(page: Page, posts: readonly Post[]): Note[] {
  const lost = posts.filter(({ kind, parent }) => kind === 'comment' && parent === null).length
  const message = `Comments that answer something neither on this page nor named by it: ${lost}.`
  return lost === 0 ? [] : [noteOn(page, 'warning', 'parent-unknown', message)]
}
