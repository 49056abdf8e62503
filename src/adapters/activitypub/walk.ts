// ActivityPub's JSON → the objects in it in their order: alone, wrapped in activities, in collections and their pages.
// What is no post is counted by what it is. Without recursion: how deep things are wrapped is the sender's choice.

import { parseUrl } from '../../url.ts'
import { asObject, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { idIn, listAt, typesOf } from './names.ts'
import type { FoundObject } from './object.ts'

export interface Walk {
  readonly found: FoundObject[]
  /** Addresses of objects that are only named here. */
  readonly named: string[]
  /** Addresses of further pages. */
  readonly pages: string[]
  /** Addresses of deleted posts. */
  readonly deleted: string[]
  /** Accounts, which are no posts, and where their posts are. */
  accounts: number
  readonly outboxes: string[]
  /** Posts of others that the account only passed on. */
  boosts: number
  /** Likes, follows and other activities, by type. */
  readonly others: string[]
}

/** What can be a post (https://www.w3.org/TR/activitystreams-vocabulary/#object-types). */
const OBJECTS = new Set(['Note', 'Article', 'Page', 'Question', 'Video', 'Audio', 'Image', 'Document', 'Event'])
const COLLECTIONS = new Set(['Collection', 'OrderedCollection', 'CollectionPage', 'OrderedCollectionPage'])
const ACTORS = new Set(['Person', 'Group', 'Organization', 'Service', 'Application'])
const WRAPPERS = new Set(['Create', 'Update', 'Add'])
const ACTIVITIES = new Set(
  'Accept Announce Arrive Block Delete Dislike Flag Follow Ignore Invite Join Leave Like Listen Move Offer Read Reject Remove TentativeAccept TentativeReject Travel Undo View EmojiReact'.split(
    ' ',
  ),
)
const ANSWERS = /\/(?:replies|comments)(?:\/|$)/
const NAMESPACE = 'www.w3.org/ns/activitystreams'
/** One of these stands in every object, activity or collection; other JSON that has a `type` has none of them. */
const SIGNS = ['attributedTo', 'actor', 'object', 'orderedItems', 'items', 'first', 'inbox', 'inReplyTo']

/** Whether this is ActivityPub: a type of its vocabulary, and its context or a property that nobody else has. */
export function isActivityPub(value: unknown): boolean {
  const object = asObject(value)
  const isKnown = typesOf(object).some((type) => isTypeOf(type) || type === 'Tombstone')
  if (object === null || !isKnown) return false
  const context = listAt(object, '@context').some((one) => typeof one === 'string' && one.includes(NAMESPACE))
  return context || (parseUrl(textAt(object, 'id')) !== null && SIGNS.some((key) => Object.hasOwn(object, key)))
}

function isTypeOf(type: string): boolean {
  return [OBJECTS, COLLECTIONS, ACTORS, WRAPPERS, ACTIVITIES].some((types) => types.has(type))
}

/** A value that waits, and its JSON Pointer. */
interface Place {
  readonly value: unknown
  readonly path: string
}

/** Everything in the document. */
export function walk(value: unknown): Walk {
  const result: Walk = {
    found: [],
    named: [],
    pages: [],
    deleted: [],
    outboxes: [],
    accounts: 0,
    boosts: 0,
    others: [],
  }
  const waiting: Place[] = [{ value, path: '' }]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    for (const inner of visit(result, place).toReversed()) waiting.push(inner)
  }
  return result
}

/** Reads one value and gives those that stand in it. */
function visit(result: Walk, { value, path }: Place): readonly Place[] {
  if (typeof value === 'string' && parseUrl(value) !== null) result.named.push(value)
  const object = asObject(value)
  if (object === null) return []
  const types = typesOf(object)
  const isOneOf = (set: ReadonlySet<string>) => types.some((type) => set.has(type))
  if (isOneOf(OBJECTS)) return seeObject(result, object, path)
  if (isOneOf(COLLECTIONS)) return insideCollection(result, object, path)
  if (isOneOf(WRAPPERS)) return [insideActivity(object, path)]
  if (isOneOf(ACTORS)) {
    result.accounts += 1
    keep(result.outboxes, valueAt(object, 'outbox'))
  } else if (types.includes('Tombstone')) keep(result.deleted, object)
  else if (types.includes('Delete')) keep(result.deleted, valueAt(object, 'object'))
  else if (types.includes('Announce')) return insideAnnounce(result, object, path)
  else result.others.push(types[0] ?? 'object without a type')
  return []
}

function keep(list: string[], value: unknown): void {
  const id = idIn(value)
  if (id !== null) list.push(id)
}

/** Answers that come along are read; that others exist is said by `next`. */
function seeObject(result: Walk, object: Json, path: string): readonly Place[] {
  result.found.push({ object, path })
  const key = objectAt(object, 'replies') === null ? 'comments' : 'replies'
  const replies = objectAt(object, key)
  return replies === null ? [] : itemsOf(replies, `${path}/${key}`)
}

// The answers of a listed post are not the list going on.
function insideCollection(result: Walk, collection: Json, path: string): readonly Place[] {
  for (const key of ANSWERS.test(path) ? [] : ['first', 'next']) {
    const page = valueAt(collection, key)
    if (typeof page === 'string' && parseUrl(page) !== null) result.pages.push(page)
  }
  return itemsOf(collection, path)
}

function itemsOf(collection: Json, path: string): readonly Place[] {
  const items = ['orderedItems', 'items'].flatMap((key) =>
    listAt(collection, key).map((value, i) => {
      const isList = Array.isArray(valueAt(collection, key))
      return { value, path: isList ? `${path}/${key}/${i}` : `${path}/${key}` }
    }),
  )
  const first = objectAt(collection, 'first')
  return first === null ? items : [...items, { value: first, path: `${path}/first` }]
}

// An activity's object need not repeat whom it is for.
function insideActivity(activity: Json, path: string): Place {
  const object = asObject(valueAt(activity, 'object'))
  const inner = `${path}/object`
  if (object === null) return { value: valueAt(activity, 'object'), path: inner }
  const isAddressed = ['to', 'cc'].some((key) => listAt(object, key).length > 0)
  return { value: isAddressed ? object : { ...object, to: activity['to'], cc: activity['cc'] }, path: inner }
}

/** Communities (Lemmy) pass on whole activities of their members; people pass on posts. */
function insideAnnounce(result: Walk, announce: Json, path: string): readonly Place[] {
  const object = objectAt(announce, 'object')
  if (typesOf(object).some((type) => WRAPPERS.has(type) || ACTIVITIES.has(type)))
    return [{ value: object, path: `${path}/object` }]
  result.boosts += 1
  return []
}
