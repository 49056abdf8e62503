// What an ActivityStreams object says of itself in one of several spellings: one value or a list, an address or an
// object, a handle only inside an address. Objects bear the platform name of the Mastodon API and the same ids, so that
// a post seen through the API, by its own address and in an export is one post.
import type { Author, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { PLATFORM } from '../mastodon/names.ts'
import { asObject, type Json, textAt, valueAt } from '../values/json-fields.ts'

/** Who may see a post, in the words of the Mastodon API. */
type Visibility = 'public' | 'unlisted' | 'private' | 'direct'

const PUBLIC = new Set(['https://www.w3.org/ns/activitystreams#Public', 'as:Public', 'Public'])
const FOLLOWERS = /\/(?:followers|subscribers)\b/
/** Paths of accounts that end in the name people use, by server: Mastodon and Pleroma, Lemmy, Friendica, PeerTube. */
const NAMED_ACTOR = /^\/(?:users|u|profile|accounts|@)\/?([\w.-]{1,100})\/?$/
const NAMED_POST = /^\/@([\w.-]{1,100})\//
/** Misskey and its forks put an account's number where others have its name. */
const MISSKEY_POST = /^\/notes\//
const DIGITS = /^\d+$/
const ISO = /^\d{4}-\d{2}-\d{2}T/

/** A property that may be absent, one value or a list (JSON-LD lets servers leave the brackets out). */
export function listAt(object: Json | null, key: string): readonly unknown[] {
  const value = valueAt(object, key)
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The name of what a property points to: an address, or an object with one. */
export function idIn(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  return textAt(asObject(value), 'id')
}

/** The post an address names, or null when it is no web address. */
export function refOf(id: string | null): PostRef | null {
  return id === null || parseUrl(id) === null ? null : { platform: PLATFORM, id }
}

/** The types of an object; servers that use extensions give several. */
export function typesOf(object: Json | null): readonly string[] {
  return listAt(object, 'type').filter((type) => typeof type === 'string')
}

/** Microseconds are cut to milliseconds; a time without a zone (old Pleroma) is UTC. */
export function timeAt(object: Json, key: string): string | null {
  const text = textAt(object, key)
  return text === null || !ISO.test(text) ? null : timeOfText(text)
}

/** Null when the object does not say whom it is for. */
export function visibilityOf(object: Json): Visibility | null {
  const to = addressesAt(object, 'to')
  const cc = addressesAt(object, 'cc')
  if (to.some((address) => PUBLIC.has(address))) return 'public'
  if (cc.some((address) => PUBLIC.has(address))) return 'unlisted'
  if (to.length + cc.length === 0) return null
  return [...to, ...cc].some((address) => FOLLOWERS.test(address)) ? 'private' : 'direct'
}

/** user@host where an address tells the name, else the account's own address as id. `url` is the post's page. */
export function authorOf(object: Json, url: string | null): Author | null {
  const given = [...listAt(object, 'attributedTo'), ...listAt(object, 'actor')]
  const actor = given.find((one) => typesOf(asObject(one)).includes('Person')) ?? given[0]
  const id = idIn(actor)
  const address = parseUrl(id)
  if (id === null || address === null) return null
  const page = parseUrl(url)
  const shown = page?.host === address.host ? (NAMED_POST.exec(page.pathname)?.[1] ?? null) : null
  const user = textAt(asObject(actor), 'preferredUsername') ?? shown ?? nameInAddress(address, textAt(object, 'id'))
  const profile = shown === null ? id : `${address.origin}/@${shown}`
  const name = textAt(asObject(actor), 'name')
  return { id: user === null ? id : null, handle: user === null ? null : `${user}@${address.host}`, name, url: profile }
}

function nameInAddress(actor: URL, post: string | null): string | null {
  const name = NAMED_ACTOR.exec(actor.pathname)?.[1] ?? null
  const isMisskey = actor.pathname.startsWith('/users/') && MISSKEY_POST.test(parseUrl(post)?.pathname ?? '')
  return isMisskey || DIGITS.test(name ?? '') ? null : name
}

function addressesAt(object: Json, key: string): readonly string[] {
  return listAt(object, key)
    .map(idIn)
    .filter((id) => id !== null)
}
