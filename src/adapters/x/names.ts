// What things of X are called: hosts, addresses of posts and accounts, ids and the times in them. Every way to X's
// posts (its pages, its APIs, exports, Nitter) speaks in these, so that all of them give the same references.
import type { Author, PostRef } from '../../model.ts'
import { hostIs, resolve, urlOf } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'

export const PLATFORM = 'x'

/** X's ids carry their time since November 2010: milliseconds since this moment, above 22 bits of machine and count. */
const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
/** The first id of this kind. */
const FIRST_SNOWFLAKE = 29_700_859_247
/** What of an id stands for one millisecond. */
const IDS_A_MS = 2 ** 22
const MILLION = 1_000_000
const MAX_ID_DIGITS = 19
const HOSTS = ['x.com', 'twitter.com']
/** Sites that send people on to X and show chats a preview, under X's paths. */
const PREVIEWS = /^(?:(?:www|m|[dgct])\.)?(?:[fv]xtwitter|fixupx|fixvx|xfixup|twittpr)\.com$/
/** Front ends that keep the paths. */
const FRONT_ENDS = /^xcancel\.com$|(?:^|\.)nitter\./
const BASE = new URL('https://x.com/')
const QUERY = /\?.*/s
const ID = /^\d+$/
const HANDLE = /^\w{1,20}$/
/** Looked for before an address is parsed: exports hold tens of thousands. */
const STATUS_MARK = '/status'
const STATUS_PATH = /^\/(\w{1,20})\/status(?:es)?\/(\d{1,20})(?=\/|$)/
const WEB_STATUS_PATH = /^\/i\/web\/status\/(\d{1,20})(?=\/|$)/
const ACCOUNT_PATH = /^\/(\w{1,15})(?:\/(?:with_replies|media|articles)?)?$/
/** First path parts that are pages of the site and no accounts. */
const NOT_ACCOUNTS = new Set(
  'home explore search notifications messages settings compose login logout signup tos privacy jobs hashtag intent share about i'.split(
    ' ',
  ),
)
/** `Wed Apr 20 23:21:00 +0000 2023` (APIs) and `2013-05-01 12:13:14 +0000` (exports until 2018). */
const API_TIME = /^\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/
const EXPORT_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/

/** A post's place on X, or null. The handle is null where the address does not tell (`/i/status/…`). */
export interface StatusName {
  readonly id: string
  readonly handle: string | null
}

export function isXHost(url: URL): boolean {
  return HOSTS.some((host) => hostIs(url, host))
}

export function isPreviewHost({ hostname }: URL): boolean {
  return PREVIEWS.test(hostname)
}

function keepsPaths(url: URL): boolean {
  return isXHost(url) || isPreviewHost(url) || FRONT_ENDS.test(url.hostname)
}

/** The post that a path names, on X or on a front end that kept X's paths. */
export function statusInPath(path: string): StatusName | null {
  const web = WEB_STATUS_PATH.exec(path)?.[1]
  if (web !== undefined) return { id: web, handle: null }
  const [, handle, id] = STATUS_PATH.exec(path) ?? []
  return handle === undefined || id === undefined ? null : { id, handle: handle === 'i' ? null : handle }
}

/** The post an absolute URL of X, or of a site with X's paths, names, or null. */
export function statusInUrl(text: string | null): StatusName | null {
  const url = text?.includes(STATUS_MARK) === true ? urlOf(text) : null
  return url !== null && keepsPaths(url) ? statusInPath(url.pathname) : null
}

/** The account that a path names, or null. */
export function accountInPath(path: string): string | null {
  const handle = ACCOUNT_PATH.exec(path)?.[1]
  return handle === undefined || NOT_ACCOUNTS.has(handle.toLowerCase()) ? null : handle
}

/** Where a link of X's own markup leads. Hashtags carry how the reader came (`?src=…`). */
export function linkOnX(href: string | null): string | null {
  return resolve(href?.startsWith('/hashtag/') === true ? href.replace(QUERY, '') : href, BASE)
}

export function refOf(id: string): PostRef {
  return { platform: PLATFORM, id }
}

/** Without a handle the site still finds the post by its id. */
export function statusUrl(handle: string | null, id: string): string {
  return `https://x.com/${handle ?? 'i'}/status/${id}`
}

/** An account, or null when nothing is known of it. */
export function authorOf(id: string | null, handle: string | null, name: string | null): Author | null {
  const plain = handle?.replace('@', '') ?? null
  const known = plain !== null && HANDLE.test(plain) ? plain : null
  if (id === null && known === null && name === null) return null
  return { id, handle: known, name, url: known === null ? null : `https://x.com/${known}` }
}

/** The moment written in an id, to the millisecond; null for ids from before November 2010. */
export function snowflakeTime(id: string): string | null {
  if (!ID.test(id) || id.length > MAX_ID_DIGITS || Number(id) < FIRST_SNOWFLAKE) return null
  return new Date(SNOWFLAKE_EPOCH_MS + msOf(id)).toISOString()
}

/** Divided as on paper: an id is too long for one number, and its two halves cost a tenth of a BigInt. */
function msOf(id: string): number {
  const [millions, rest] = [Number(id.slice(0, -6)), Number(id.slice(-6))]
  const left = (millions % IDS_A_MS) * MILLION + rest
  return Math.floor(millions / IDS_A_MS) * MILLION + Math.floor(left / IDS_A_MS)
}

/** A time as one of X's own formats writes it, or null. */
export function timeOf(text: string | null): string | null {
  return text === null ? null : timeOfText(spelledForDate(text.trim()))
}

function spelledForDate(text: string): string {
  const api = API_TIME.exec(text)
  if (api !== null) return `${api[2]} ${api[1]} ${api[5]} ${api[3]} ${api[4]}`
  const old = EXPORT_TIME.exec(text)
  if (old !== null) return `${old[1]}T${old[2]}${old[3]}:${old[4]}`
  return ISO_TIME.test(text) ? text : ''
}
