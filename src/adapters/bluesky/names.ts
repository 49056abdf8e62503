// What names a post and an account on Bluesky: at:// URIs, DIDs, handles, and the time that a record key holds.
// https://atproto.com/specs/at-uri-scheme and https://atproto.com/specs/tid, read January 2026.
import type { Author, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { type Json, textAt } from '../values/json-fields.ts'

export const PLATFORM = 'bluesky'
export const POST_COLLECTION = 'app.bsky.feed.post'

/** Answers without a login come from here; the limits below are this server's. */
export const PUBLIC_API = 'https://public.api.bsky.app'
/** Levels of answers and of ancestors a thread may be asked for (app.bsky.feed.getPostThread). */
const MAX_LEVELS = 1_000

/** A record's name, taken apart. */
interface AtUri {
  /** DID or handle. */
  readonly authority: string
  readonly collection: string
  readonly rkey: string
}

const AT_URI = /^at:\/\/(did:[a-z]{1,20}:[\w.:%-]{1,200}|[\w.-]{1,253})\/([a-zA-Z][\w.-]{1,300})\/([\w.~:-]{1,512})$/
const HANDLE = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z][a-z0-9-]{0,62}$/i
const DID = /^did:[a-z]{1,20}:[\w.:%-]{1,200}$/
/** The AppView's word for an account whose handle does not lead back to it. */
const NO_HANDLE = 'handle.invalid'
const TID = /^[2-7a-j][2-7a-z]{12}$/
const TID_ALPHABET = '234567abcdefghijklmnopqrstuvwxyz'
/** The last ten bits of a TID tell clocks apart and no time. */
const TID_CLOCK_BITS = 10n
const MICROSECONDS = 1_000n
const ISO = /^\d{4}-\d{2}-\d{2}T/

export function parseAtUri(uri: string | null): AtUri | null {
  const [, authority, collection, rkey] = AT_URI.exec(uri ?? '') ?? []
  if (authority === undefined || collection === undefined || rkey === undefined) return null
  return { authority, collection, rkey }
}

/** The post a URI names; null for feeds, lists and whatever is no post. */
export function refOf(uri: string | null): PostRef | null {
  return uri !== null && parseAtUri(uri)?.collection === POST_COLLECTION ? { platform: PLATFORM, id: uri } : null
}

/** The address people see. A DID stands for an account whose handle is not known. */
export function postUrl(ref: PostRef | null, author: Author | null): string | null {
  const uri = parseAtUri(ref?.id ?? null)
  return uri === null ? null : `https://bsky.app/profile/${author?.handle ?? uri.authority}/post/${uri.rkey}`
}

/** Where the thread around a post is to be had as JSON. */
export function threadRequest(origin: string, uri: string): string {
  const query = `uri=${encodeURIComponent(uri)}&depth=${MAX_LEVELS}&parentHeight=${MAX_LEVELS}`
  return `${origin}/xrpc/app.bsky.feed.getPostThread?${query}`
}

/** The account in a profile view (any of the three sizes). */
export function authorOf(profile: Json | null): Author | null {
  return profile === null
    ? null
    : author(textAt(profile, 'did'), textAt(profile, 'handle'), textAt(profile, 'displayName'))
}

/** An account, or null when neither id is one. */
export function author(did: string | null, handle: string | null, name: string | null): Author | null {
  const id = did !== null && DID.test(did) ? did : null
  const known = handle !== null && HANDLE.test(handle) && handle !== NO_HANDLE ? handle : null
  if (id === null && known === null) return null
  return { id, handle: known, name, url: `https://bsky.app/profile/${known ?? id}` }
}

/** The author a bare record has: nothing but the DID or handle in its own name. */
export function authorInUri(uri: string | null): Author | null {
  const authority = parseAtUri(uri)?.authority ?? null
  return authority?.startsWith('did:') ? author(authority, null, null) : author(null, authority, null)
}

/** A record's time as UTC. Some clients leave the zone out; their clock is then taken for UTC. */
export function timeOf(text: string | null): string | null {
  return text === null || !ISO.test(text) ? null : timeOfText(text)
}

/** When a record key was made: its first 53 bits are microseconds since 1970. Null for keys of other kinds. */
export function tidTime(rkey: string): string | null {
  if (!TID.test(rkey)) return null
  let value = 0n
  for (const sign of rkey) value = value * 32n + BigInt(TID_ALPHABET.indexOf(sign))
  const time = new Date(Number((value >> TID_CLOCK_BITS) / MICROSECONDS))
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** A web address as given, or null when it is none: a record may hold `javascript:`. */
export function webAddress(text: string | null): string | null {
  return parseUrl(text) === null ? null : text
}
