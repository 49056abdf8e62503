// Whose account an export is. Its posts do not name their author, but some of them tell: an answer to a post of the
// same file is an answer to the owner, and a picture's address carries the owner's handle before the post's own id. No
// guessing.
import type { Author } from '../../../model.ts'
import { compareIds } from '../../../post.ts'
import { idAt, type Json, objectsAt, textAt } from '../../values/json-fields.ts'
import { authorOf, statusInUrl } from '../names.ts'
import { tweetId, userOf } from '../tweet.ts'

/** The one author of all posts of an export, or null when none of them tells. Of several handles the newest counts. */
export function ownerOf(tweets: readonly Json[]): Author | null {
  const ids = new Set(tweets.map(tweetId))
  const newestFirst = [...tweets].sort((a, b) => compareIds(tweetId(b) ?? '', tweetId(a) ?? ''))
  const users = newestFirst.map((tweet) => userOf(asUser(tweet))).find((user) => user !== null)
  if (users !== undefined) return users
  const answers = newestFirst.filter((tweet) => ids.has(idAt(tweet, 'in_reply_to_status_id_str')))
  const id = firstOf(answers, (tweet) => idAt(tweet, 'in_reply_to_user_id_str'))
  const answered = answers.find((tweet) => textAt(tweet, 'in_reply_to_screen_name') !== null)
  const pictured = newestFirst.find((tweet) => handleInMedia(tweet) !== null)
  return authorOf(id, newestHandle(answered, pictured), null)
}

/** Grailbird's posts (to 2018) carry their author. */
function asUser(tweet: Json): Json | null {
  const user = tweet['user']
  return typeof user === 'object' && user !== null && !Array.isArray(user) ? (user as Json) : null
}

function newestHandle(answered: Json | undefined, pictured: Json | undefined): string | null {
  const told = [
    { id: tweetId(answered ?? {}), handle: textAt(answered, 'in_reply_to_screen_name') },
    { id: tweetId(pictured ?? {}), handle: pictured === undefined ? null : handleInMedia(pictured) },
  ].filter(({ handle }) => handle !== null)
  return told.sort((a, b) => compareIds(b.id ?? '', a.id ?? ''))[0]?.handle ?? null
}

function handleInMedia(tweet: Json): string | null {
  const id = tweetId(tweet)
  const links = objectsAt(tweet, 'entities', 'media').map((medium) => statusInUrl(textAt(medium, 'expanded_url')))
  return links.find((link) => link !== null && link.id === id)?.handle ?? null
}

function firstOf<T>(tweets: readonly Json[], read: (tweet: Json) => T | null): T | null {
  for (const tweet of tweets) {
    const found = read(tweet)
    if (found !== null) return found
  }
  return null
}
