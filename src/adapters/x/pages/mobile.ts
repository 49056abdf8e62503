// Scriptless pages of mobile.twitter.com (2012–2020), as web archives and plain fetchers kept them: a post with those
// above and below it, and timelines. They declare no parents; the boxes above and below the post tell them, with a
// probability.
import { closest, select, selectOne } from '../../../markup/markup.ts'
import type { Extraction } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import type { Page } from '../../page/page.ts'
import { extractionOf, type LayoutParent, NO_REMARKS } from '../extraction.ts'
import type { XTweet } from '../tweet.ts'
import { postIn } from './mobile-post.ts'
import { foundAt, moreNotes, type PlacedTweet, placePosts, under } from './placed.ts'

const NAME = 'x-mobile'
const VERSION = 1
const POST = 'table.main-tweet, table.tweet'
const MARK = 'table.main-tweet .tweet-text[data-id], table.tweet .tweet-text[data-id]'
const FOCAL = 'table.main-tweet'
const ABOVE = '.inreplytos'
const BELOW = '.replies'
const MORE = '.w-button-more a[href]'
/** The page shows the way up, one below the other, though not always all of it. */
const ABOVE_P = 0.95
/** An author goes on below an own post. */
const CHAIN_P = 0.85
/** Answers to answers stand in the same list. */
const ANSWER_P = 0.8

export const xMobile: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(MARK, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const { places } = placePosts(page, POST, postIn)
    const focal = places.findIndex(({ element }) => closest(element, FOCAL) !== null)
    const found = places.map((place, at) => foundAt(place, layoutOf(places, at, focal)))
    const more = moreNotes(reader, select(MORE, page.html().root).length)
    const reposts = places.filter(({ element }) => selectOne('.tweet-social-context', element) !== null).length
    return extractionOf(reader, found, { ...NO_REMARKS, notes: more, reposts })
  },
}

/** Timelines have no focal post, and say nothing of parents. */
function layoutOf(places: readonly PlacedTweet[], at: number, focal: number): LayoutParent | null {
  const [before, own, page] = [places[at - 1], places[at], places[focal]]
  if (before === undefined || own === undefined || page === undefined) return null
  const isBelow = closest(own.element, BELOW) !== null
  if (!isBelow) return closest(before.element, ABOVE) === null ? null : under(before, ABOVE_P, 'stands right below it')
  const isOwn = [own, before].every(({ tweet }) => sameAuthor(tweet, page.tweet))
  if (isOwn) return under(before, CHAIN_P, 'stands right below it, by the same author')
  return under(page, ANSWER_P, 'stands among the answers below it')
}

function sameAuthor(one: XTweet, other: XTweet): boolean {
  const [a, b] = [one.author?.handle ?? null, other.author?.handle ?? null]
  return a !== null && a.toLowerCase() === b?.toLowerCase()
}
