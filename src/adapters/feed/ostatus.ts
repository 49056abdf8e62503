// Atom as the fediverse spoke it before ActivityPub (OStatus: GNU social, Mastodon and Pleroma until 2019): every entry
// is an activity, and only some of them are posts. Names are the uris by which servers knew each other's posts.
import type { Element } from 'domhandler'
import { parseUrl } from '../../url.ts'
import { PLATFORM } from '../mastodon/names.ts'
import { childOf, fieldOf } from '../values/xml-fields.ts'
import type { Status } from './item.ts'

const VERB = /\/([a-z-]+)$/
const LAST_PART = /\/@?([\w.-]+)\/?$/

/**
 * Why an activity is no post (`follow`, `favorite`, `share` …); null for a post, and for entries of all other feeds.
 */
export function otherActivity(entry: Element): string | null {
  const verb = verbOf(entry)
  return verb === 'post' ? null : verb
}

/** What a posted note is called, or null for an entry of any other feed. `writer` is the feed's own author. */
export function activityStatus(entry: Element, url: URL | null, writer: Element | null): Status | null {
  const id = fieldOf(entry, 'id')
  if (id === null || verbOf(entry) !== 'post') return null
  const account = childOf(entry, 'author') ?? writer
  return { ref: { platform: PLATFORM, id }, url: url?.href ?? null, author: authorOf(account) }
}

function verbOf(entry: Element): string | null {
  return VERB.exec(fieldOf(entry, 'activity:verb') ?? '')?.[1] ?? null
}

function authorOf(account: Element | null) {
  const url = parseUrl(fieldOf(account, 'uri'))
  const name = fieldOf(account, 'poco:preferredusername') ?? LAST_PART.exec(url?.pathname ?? '')?.[1] ?? null
  if (account === null || name === null || url === null) return null
  const shown = fieldOf(account, 'poco:displayname') ?? fieldOf(account, 'name')
  return { id: null, handle: `${name}@${url.host}`, name: shown, url: url.href }
}
