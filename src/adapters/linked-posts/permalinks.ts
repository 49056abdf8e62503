// Links that name a post of X, Bluesky or Mastodon, on its own site or on one that keeps the site's paths: mirrors,
// front ends, unrollers. They give the ids that every other sighting of the post gives.
import type { Element } from 'domhandler'
import { shortTextOf } from '../../markup/markup.ts'
import type { Author, PostRef } from '../../model.ts'
import { hostIs, resolve, urlOf } from '../../url.ts'
import * as bluesky from '../bluesky/names.ts'
import { saysWhen } from '../comments/boxes.ts'
import { refOfAddress } from '../mastodon/web-post.ts'
import * as x from '../x/names.ts'

export interface NamedPost {
  readonly ref: PostRef
  readonly author: Author | null
  readonly url: string | null
  readonly createdAt: string | null
}

/** With an account, as X and whoever keeps its paths; shorter numbers name posts of anything. */
const STATUS = /^\/(\w{1,15})\/status(?:es)?\/(\d{15,19})\/?$/
/** Without one, on sites known for it: other networks have such paths too. */
const LONE_STATUS = /^\/(?:i\/(?:web\/)?status|statuses|tweet)\/(\d{15,19})\/?$/
const LONE_HOSTS = ['x.com', 'twitter.com', 'sotwe.com']
const PROFILE_POST = /^\/profile\/([\w.:-]{3,253})\/post\/([2-7a-j][2-7a-z]{12})\/?$/
/** On the account's own server. */
const TOOT = /^\/@([\w.-]{1,64})\/(\d{17,18})\/?$/
/** Mastodon's ids are milliseconds since 1970 above 16 bits of chance (since version 2, 2017). */
const CHANCE_BITS = 16n
/** Where Mastodon and others have posts of their own. */
const NO_HANDLES = new Set(['i', 'web', 'users', 'user', 'api'])
/** What a link to a post is called, when it is no word of the post. One sign is read in one way only. */
const LABEL =
  /^(?:view|see|open|show|read|go to|original|source|src|tweet|toot|post|skeet|mastodon|status|perma|link|reply|on|in|to|the|this|x|twitter|bluesky|bsky|url|voir|ver|ansehen|auf|sur|en|\d|[^\p{L}\p{N}])+$/iu
/** `3h`, as networks print ages. */
const AGE = /^\d{1,3}\s?(?:s|m|mins?|h|hrs?|d|w|mo|yr?)(?: ago)?$/i
const MAX_LABEL = 80

/** The post that an address names, or null. */
export function postIn(href: string | null, base: URL | null): NamedPost | null {
  const url = urlOf(resolve(href, base))
  if (url === null) return null
  const [, handle, id] = STATUS.exec(url.pathname) ?? []
  if (handle !== undefined && id !== undefined && !NO_HANDLES.has(handle)) return ofX(id, handle)
  const lone = LONE_HOSTS.some((host) => hostIs(url, host)) ? LONE_STATUS.exec(url.pathname)?.[1] : undefined
  if (lone !== undefined) return ofX(lone, null)
  const [, user, toot] = TOOT.exec(url.pathname) ?? []
  if (user !== undefined && toot !== undefined) return ofMastodon(url, user, toot)
  const [, owner, rkey] = PROFILE_POST.exec(url.pathname) ?? []
  return owner === undefined || rkey === undefined ? null : ofBluesky(owner, rkey)
}

function ofX(id: string, handle: string | null): NamedPost {
  return {
    ref: x.refOf(id),
    author: x.authorOf(null, handle, null),
    url: x.statusUrl(handle, id),
    createdAt: x.snowflakeTime(id),
  }
}

function ofBluesky(owner: string, rkey: string): NamedPost | null {
  const ref = bluesky.refOf(`at://${owner}/${bluesky.POST_COLLECTION}/${rkey}`)
  const did = owner.startsWith('did:') ? owner : null
  const author = bluesky.author(did, did === null ? owner : null, null)
  return ref === null ? null : { ref, author, url: bluesky.postUrl(ref, author), createdAt: bluesky.tidTime(rkey) }
}

function ofMastodon(url: URL, user: string, id: string): NamedPost {
  const address = new URL(`/@${user}/${id}`, url)
  return {
    ref: refOfAddress(address),
    author: { id: null, handle: `${user}@${url.host}`, name: null, url: `${url.origin}/@${user}` },
    url: address.href,
    createdAt: new Date(Number(BigInt(id) >> CHANCE_BITS)).toISOString(),
  }
}

/** Whether a link only leads to the post: a time, a sign, a label. */
export function isBare(link: Element): boolean {
  const text = shortTextOf(link, MAX_LABEL)
  if (text === null) return link.children.length === 0 || shortTextOf(link, Number.MAX_SAFE_INTEGER) === null
  return saysTime(text) || LABEL.test(text)
}

/** A date or an age, and nothing beside it but a word or two. */
export function saysTime(text: string): boolean {
  return AGE.test(text) || saysWhen(text)
}
