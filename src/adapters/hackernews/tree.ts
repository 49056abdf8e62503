// The comments of a Hacker News page as the gaps before them draw the tree, and the links to items that go before it.
import type { Element } from 'domhandler'
import { attr } from '../../markup/markup.ts'
import type { Parent } from '../../model.ts'
import type { Page } from '../page/page.ts'
import { refOf } from './names.ts'

/** Pixels of one level, where no `indent` tells it (before 2021). */
const INDENT_PIXELS = 40
/** The site draws the tree it has: 0 exceptions against parent links. */
const INDENT_P = 0.99
const NUMBER = /^\d{1,12}$/
const ITEM_LINK = /(?:^|[?&])id=(\d{1,12})(?:$|&|#)/
const HASH_ID = /^#(\d{1,12})$/

export interface TreeReading {
  readonly page: Page
  readonly base: URL
  /** One story or comment with its answers, no list. */
  readonly isItem: boolean
  readonly storyId: string | null
  /** What the comments at the left edge answer: the story, or the comment a page is about. */
  readonly topId: string | null
  /** The last comment met at each level. */
  readonly open: string[]
  readonly keys: Set<string>
}

/**
 * The comment that a link names, where one is printed; else the last one met one level up, and at the left edge the
 * top.
 */
export function parentOf(id: string, level: number, linked: string | null, reading: TreeReading): Parent | null {
  const placed = id === reading.topId ? null : placedBelow(level, id, reading)
  if (linked === null) return placed
  return { ...named(linked, reading), basis: 'declared', p: 1, say: 'its link to its parent' }
}

function placedBelow(level: number, id: string, reading: TreeReading): Parent | null {
  const parent = level === 0 ? reading.topId : (reading.open[level - 1] ?? null)
  reading.open.length = Math.min(reading.open.length, level)
  reading.open[level] = id
  if (parent === null) return null
  const say = level === 0 ? 'stands at the left edge of the comments' : `indented ${level} deep`
  return { ...named(parent, reading), basis: 'layout', p: INDENT_P, say }
}

/** What was deleted in the first years has no number any more, only a place. */
function named(id: string, { keys, topId }: TreeReading): Pick<Parent, 'ref' | 'key'> {
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
