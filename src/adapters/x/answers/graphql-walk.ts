// Where posts stand in an answer of X's web GraphQL. Operations differ in their wrapping and change it every few
// months, so the whole answer is walked in page order and posts, holes and cursors are known by their own marks. It
// reads no post.
import { asObject, type Json, objectAt, pointerStep, textAt, valueAt } from '../../values/json-fields.ts'

export type Sighting =
  /** A post's object, still with its wrappers. */
  | { readonly kind: 'post'; readonly result: Json; readonly path: string; readonly entry: string }
  /** A place where a post was and is not served; `say` is the site's own reason. */
  | { readonly kind: 'gone'; readonly entry: string; readonly say: string | null }
  /** More is to be had: `Bottom`, `ShowMore`, `ShowMoreThreads` … */
  | { readonly kind: 'cursor'; readonly cursor: string; readonly entry: string }
  | { readonly kind: 'advert' }

const GONE_TYPES = new Set(['TweetTombstone', 'TweetUnavailable', 'TweetPreviewDisplay'])

/** Everything that stands in the answer, in its order. What is inside of a post (a quote) is left to its reader. */
export function walkAnswer(root: unknown): readonly Sighting[] {
  const sightings: Sighting[] = []
  const open: Place[] = [{ value: root, path: '', entry: '' }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const sighting = sightingAt(place)
    if (sighting !== null) sightings.push(sighting)
    else pushInside(open, place)
  }
  return sightings
}

interface Place {
  readonly value: unknown
  readonly path: string
  /** The `entryId` of the nearest entry around: it names the post even when the post is gone. */
  readonly entry: string
}

function sightingAt({ value, path, entry }: Place): Sighting | null {
  const object = asObject(value)
  if (object === null) return null
  const own = textAt(object, 'entryId') ?? entry
  if (isAdvert(object, own)) return { kind: 'advert' }
  if (GONE_TYPES.has(textAt(object, '__typename') ?? '')) return { kind: 'gone', entry: own, say: reasonOf(object) }
  if (isPost(object)) return { kind: 'post', result: object, path, entry: own }
  if (isEmptyPlace(object)) return { kind: 'gone', entry: own, say: null }
  const cursor = textAt(object, 'cursorType')
  return cursor === null ? null : { kind: 'cursor', cursor, entry: own }
}

function isAdvert(object: Json, entry: string): boolean {
  return Object.hasOwn(object, 'promotedMetadata') || entry.startsWith('promoted')
}

function isPost(object: Json): boolean {
  if (textAt(object, '__typename') === 'TweetWithVisibilityResults') return objectAt(object, 'tweet') !== null
  return typeof valueAt(object, 'legacy', 'full_text') === 'string'
}

/** Deleted posts often leave `tweet_results: {}` behind. */
function isEmptyPlace(object: Json): boolean {
  const results = objectAt(object, 'tweet_results')
  return results !== null && objectAt(results, 'result') === null
}

function reasonOf(object: Json): string | null {
  return textAt(object, 'tombstone', 'text', 'text') ?? textAt(object, 'reason')
}

function pushInside(open: Place[], { value, path, entry }: Place): void {
  if (typeof value !== 'object' || value === null) return
  const own = textAt(value, 'entryId') ?? entry
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  for (const [key, child] of inside.reverse()) {
    if (typeof child === 'object' && child !== null)
      open.push({ value: child, path: path + pointerStep(key), entry: own })
  }
}
