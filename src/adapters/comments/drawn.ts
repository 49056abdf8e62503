// Where a page draws comments that its JSON-LD tells in full, in markup that names nothing: they are no part of the
// article around them.
import { type Document, type Element, isTag } from 'domhandler'
import { shortTextOf, walk } from '../../markup/markup.ts'
import type { Post } from '../../model.ts'

/** Characters of words too short to be known again. */
const MIN_WORDS = 12
/** Characters of words that are looked for. */
const MAX_WORDS = 5_000
/** Characters of name, date and buttons around the words. */
const MAX_AROUND = 80
/** Levels looked at around the words. */
const MAX_UP = 5
const SPACES = /\s+/gu

/** The boxes that hold nothing but one of the comments, its name and its buttons. */
export function drawnIn(root: Document, comments: readonly Post[]): ReadonlySet<Element> {
  const texts = new Set(comments.map(({ text }) => flat(text)).filter((text) => text.length >= MIN_WORDS))
  const found = new Set<Element>()
  if (texts.size === 0) return found
  const most = Math.min(
    MAX_WORDS,
    [...texts].reduce((length, text) => Math.max(length, text.length), 0),
  )
  for (const element of walk(root, (node) => found.has(node))) {
    const text = isTag(element) ? shortTextOf(element, 2 * most) : null
    if (text !== null && texts.has(flat(text))) found.add(boxAround(element as Element, text.length))
  }
  return found
}

function flat(text: string): string {
  return text.replace(SPACES, ' ').trim()
}

function boxAround(words: Element, length: number): Element {
  let box = words
  for (let i = 0; i < MAX_UP && box.parent !== null && isTag(box.parent); i += 1) {
    if (box.parent.name === 'body' || shortTextOf(box.parent, length + MAX_AROUND) === null) break
    box = box.parent
  }
  return box
}
