// Posts of X on pages that declare no parents: each with the element it stands in, and by the page's layout the post it
// stands under. Shared by the server-rendered pages; which classes tell the layout, each page says itself.
import type { Element } from 'domhandler'
import { pathOf, select } from '../../../markup/markup.ts'
import type { Note } from '../../../model.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import type { FoundTweet, LayoutParent, ReaderOfPage } from '../extraction.ts'
import type { XTweet } from '../tweet.ts'

export interface PlacedTweet {
  readonly element: Element
  readonly tweet: XTweet
}

interface Placing {
  readonly places: readonly PlacedTweet[]
  /** How many elements hold a post that nothing names. */
  readonly nameless: number
}

/** The posts in the elements of a selector, in the page's order. */
export function placePosts(page: Page, selector: string, postIn: (element: Element) => XTweet | null): Placing {
  const elements = select(selector, page.html().root)
  const places = elements.flatMap((element) => {
    const tweet = postIn(element)
    return tweet === null ? [] : [{ element, tweet }]
  })
  return { places, nameless: elements.length - places.length }
}

export function foundAt({ element, tweet }: PlacedTweet, layout: LayoutParent | null): FoundTweet {
  return { tweet, place: { selector: pathOf(element) }, title: null, layout }
}

export function under({ tweet }: PlacedTweet, p: number, say: string): LayoutParent {
  return { id: tweet.id, p, say }
}

export function moreNotes(reader: ReaderOfPage, count: number): readonly Note[] {
  return count === 0
    ? []
    : [noteOn(reader.page, 'info', 'more', `The page goes on at ${count} places that were not opened.`)]
}
