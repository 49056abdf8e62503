// X's server-rendered pages from before 2020, as web archives keep them (layout of 2014–2019): a post's permalink page
// or overlay, and timelines. They declare no parents; the classes of ancestors, focal post and descendants tell them.
import type { Element } from 'domhandler'
import { attr, closest, hasClass, select, selectOne } from '../../../markup/markup.ts'
import type { Extraction, Note } from '../../../model.ts'
import type { Adapter } from '../../adapter.ts'
import { noteOn } from '../../extraction/extraction.ts'
import type { Page } from '../../page/page.ts'
import { extractionOf, type LayoutParent, NO_REMARKS, namelessNotes, type ReaderOfPage } from '../extraction.ts'
import { foundAt, moreNotes, type PlacedTweet, placePosts, under } from './placed.ts'
import { postIn } from './web-2016-post.ts'

const NAME = 'x-web-2016'
const VERSION = 1
const POST = '.tweet[data-tweet-id][data-screen-name]'
const FOCAL = 'permalink-tweet'
const ANCESTOR = 'permalink-ancestor-tweet'
const CHAIN = '.ThreadedConversation'
const LONE = '.ThreadedConversation--loneTweet'
const MORE = '.ThreadedConversation-moreReplies, .ThreadedConversation-showMoreThreads, .show-more-button'
const GONE = '.Tombstone-label, .Tombstone'
/** The page shows the whole way up to the root, one below the other. */
const ABOVE_P = 0.97
/** A chain of answers; its first answers the page's post. */
const CHAIN_P = 0.93
/** An answer that stands alone below the post. */
const LONE_P = 0.9

export const xWeb2016: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    return page.kind === 'html' && selectOne(POST, page.html().root) !== null
  },

  extract(page: Page): Extraction {
    const reader = { page, name: NAME, version: VERSION }
    const { places, nameless } = placePosts(page, POST, postIn)
    const focal = places.findIndex(({ element }) => hasClass(element, FOCAL))
    const found = places.map((place, at) => foundAt(place, layoutOf(places, at, focal)))
    const reposts = places.filter(({ element }) => attr(element, 'data-retweet-id') !== null).length
    return extractionOf(reader, found, { ...NO_REMARKS, notes: notesOn(reader, nameless), reposts })
  },
}

/** Timelines (no focal post) show excerpts of chains too. */
function layoutOf(places: readonly PlacedTweet[], at: number, focal: number): LayoutParent | null {
  const [before, own, page] = [places[at - 1], places[at], places[focal]]
  if (before === undefined || own === undefined) return null
  if (at <= focal) return hasClass(before.element, ANCESTOR) ? under(before, ABOVE_P, 'stands right below it') : null
  const chain = closest(own.element, CHAIN)
  const isInChain = chain !== null && chain === closest(before.element, CHAIN)
  if (isInChain) return under(before, CHAIN_P, 'stands below it in one chain')
  const p = closest(own.element, LONE) === null ? CHAIN_P : LONE_P
  return page === undefined ? null : under(page, p, 'stands among the answers below it')
}

function notesOn(reader: ReaderOfPage, nameless: number): readonly Note[] {
  const { root } = reader.page.html()
  const gone = select(GONE, root).filter((one) => closest(one.parent as Element, '.Tombstone') === null)
  return [
    ...gone.map(() =>
      noteOn(reader.page, 'warning', 'tombstone', 'A post is not shown by the site: it is unavailable.'),
    ),
    ...moreNotes(reader, select(MORE, root).length),
    ...namelessNotes(reader, nameless),
  ]
}
