// A post of X out of what a scraper wrote of it, with the post it quotes.
import type { Json } from '../../values/json-fields.ts'
import { authorOf } from '../names.ts'
import { quoteOf, tweetOf, type XTweet } from '../tweet.ts'
import { accountOf, asV1, folded, idOf, shownPost } from './scraper-row.ts'

/** The post of a row with folded keys; null without an id. */
export function scrapedTweet(known: Json, withQuote = true): XTweet | null {
  const id = idOf(known)
  if (id === null) return null
  const { id: account, handle, name } = accountOf(known)
  const quoted = withQuote ? shownPost(known, 'quote') : null
  const quote = quoted === null ? null : scrapedTweet(folded(quoted), false)
  return tweetOf(asV1(known, id), {
    id,
    author: authorOf(account, handle, name),
    long: null,
    quote: quote === null ? null : quoteOf(quote),
    versions: [],
  })
}
