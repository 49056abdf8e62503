// What names a Discourse post: the site, the topic, and the post's number in it, which is also how answers name it. The
// site-wide post id is not used: replies, quotes and addresses all speak in numbers.
import type { Parent, PostRef } from '../../model.ts'

export const NAME = 'discourse'
export const READER = { name: NAME, version: 1 } as const
/** An answer to nobody in particular answers the topic; some of them answer the post above and do not say so. */
const TOPIC_P = 0.9

/** Where a post stands. `host` is null for a saved file that does not tell its site. */
export interface Place {
  readonly host: string | null
  readonly topic: string
}

export function keyOf(topic: string, number: number): string {
  return `${topic}/${number}`
}

export function refOf({ host, topic }: Place, number: number): PostRef | null {
  return host === null ? null : { platform: NAME, id: `${host}/${topic}/${number}` }
}

/** The parent a post declares by number. */
export function declaredParent(place: Place, number: number): Parent {
  const named = { ref: refOf(place, number), key: keyOf(place.topic, number) }
  return { ...named, basis: 'declared', p: 1, say: `in reply to post ${number}` }
}

/** The first post, for those that name no other; `p` where the page says less than the API. */
export function topicParent(place: Place, say: string, p: number = TOPIC_P): Parent {
  return { ref: refOf(place, 1), key: keyOf(place.topic, 1), basis: 'layout', p, say }
}
