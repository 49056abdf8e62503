// What names a Mastodon post or account everywhere. A server numbers every post it sees itself, so the same post has
// another id on each server; only `uri` (the ActivityPub id) is one and the same. Parents are given by the local id.
import type { Author, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'

export const PLATFORM = 'mastodon'

const LOCAL_ID = /^[\w-]{1,64}$/

/** The server that answered, and what its local ids mean as far as the page tells. */
export interface Server {
  readonly host: string | null
  /** Local post id → uri. */
  readonly uris: ReadonlyMap<string, string>
  /** Local account id → beginning of the uris of its posts, for accounts of this server. */
  readonly bases: ReadonlyMap<string, string>
}

/** A server's own id, as text: digits on Mastodon, letters too on Pleroma, Akkoma, GoToSocial and Sharkey. */
export function localIdAt(value: unknown, ...keys: readonly string[]): string | null {
  const id = valueAt(value, ...keys)
  if (typeof id === 'string') return LOCAL_ID.test(id) ? id : null
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : null
}

/** Learns from all statuses of a page which local id is which post. `url` is the page's own. */
export function learnServer(statuses: readonly Json[], url: URL | null): Server {
  const host = url?.host ?? statuses.map(localHost).find((found) => found !== null) ?? null
  const uris = new Map<string, string>()
  const bases = new Map<string, string>()
  for (const status of statuses) {
    const id = localIdAt(status, 'id')
    const uri = textAt(status, 'uri')
    if (id !== null && uri !== null) uris.set(id, uri)
    learnBases(status, host, bases)
  }
  return { host, uris, bases }
}

/** The post's name: its uri, or null when the status carries none. */
export function refOfStatus(status: Json): PostRef | null {
  const uri = textAt(status, 'uri')
  return uri === null ? null : { platform: PLATFORM, id: uri }
}

/**
 * The post a local id means. Not on the page, it is named by its author's uris when the author lives on this server,
 * else by the server's own address for it, which other servers do not share.
 */
export function refOfLocal(id: string, account: string | null, server: Server): PostRef | null {
  const uri = server.uris.get(id)
  if (uri !== undefined) return { platform: PLATFORM, id: uri }
  const base = account === null ? undefined : server.bases.get(account)
  if (base !== undefined) return { platform: PLATFORM, id: `${base}${id}` }
  return server.host === null ? null : { platform: PLATFORM, id: `https://${server.host}/statuses/${id}` }
}

/** user@host. Account ids differ from server to server and handles never change, so the handle is the name. */
export function authorOf(account: Json | null, server: Server): Author | null {
  const acct = textAt(account, 'acct') ?? textAt(account, 'username')
  if (account === null || acct === null) return null
  const url = urlAt(account, 'url')
  const host = hostOf(url) ?? server.host
  const handle = acct.includes('@') || host === null ? acct : `${acct}@${host}`
  return { id: null, handle, name: textAt(account, 'display_name') ?? textAt(account, 'username'), url }
}

/** A web address as given, or null when it is none: a server may send `javascript:`. */
export function urlAt(object: Json | null, key: string): string | null {
  const url = textAt(object, key)
  return parseUrl(url) === null ? null : url
}

export function isLocal(account: Json | null): boolean {
  return textAt(account, 'acct')?.includes('@') === false
}

function localHost(status: Json): string | null {
  const account = objectAt(status, 'account')
  return isLocal(account) ? hostOf(textAt(account, 'url')) : null
}

function hostOf(url: string | null): string | null {
  return parseUrl(url)?.host ?? null
}

// A local post's uri ends in its local id; what stands before it holds for all posts of the account. An account that is
// only mentioned has the classic form (since 2026 new accounts have /ap/users/<number>/ instead, which names nobody).
function learnBases(status: Json, host: string | null, bases: Map<string, string>): void {
  const account = objectAt(status, 'account')
  const accountId = localIdAt(account, 'id')
  const id = localIdAt(status, 'id')
  const uri = textAt(status, 'uri')
  if (isLocal(account) && accountId !== null && id !== null && uri?.endsWith(`/${id}`)) {
    bases.set(accountId, uri.slice(0, -id.length))
  }
  for (const mention of objectsAt(status, 'mentions')) {
    const mentioned = localIdAt(mention, 'id')
    const name = textAt(mention, 'username')
    if (mentioned === null || name === null || host === null || !isLocal(mention) || bases.has(mentioned)) continue
    bases.set(mentioned, `https://${host}/users/${name}/statuses/`)
  }
}
