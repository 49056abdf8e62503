// The Mastodon API's JSON, from any server that speaks it: a status, a context, a list of statuses, a post's history.
// The post's name is its uri, so that a thread seen from two servers is one. HTML pages are not read here: they are
// shells.
import type { Extraction, Note, Post, Provenance } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { isLocal, learnServer, localIdAt, PLATFORM, type Server } from './names.ts'
import { type FoundStatus, findStatuses, type Shape, shapeOfPage } from './places.ts'
import { bodyOf, isDeleted, postOfStatus, timeAt } from './status.ts'

const VERSION = 1
/** What a server shows of a context without a login (Mastodon 4, app/controllers/api/v1/statuses_controller.rb). */
const ANONYMOUS_DESCENDANTS = 60
const ANONYMOUS_ANCESTORS = 40
/** Contexts asked for to fill a cut one. */
const MAX_NEXT = 20

const POST_PATH =
  /^\/(?:(?:web\/|deck\/)?@[\w.-]+(?:@[\w.-]+)?|users\/[\w.-]+\/statuses|ap\/users\/\d+\/statuses|(?:web\/)?statuses|api\/v1\/statuses)\/(\d{10,20})(?:\/context|\/history)?\/?$/
const STATUS_IN_PATH = /\/statuses\/([\w-]{1,64})(?:\/|$)/

export const mastodon: Adapter = {
  name: PLATFORM,
  version: VERSION,
  generic: false,
  examples: [
    'https://mastodon.example/@ada/109876543210123456',
    'https://mastodon.example/@ada@other.example/109876543210123456',
    'https://mastodon.example/users/ada/statuses/109876543210123456',
    'https://mastodon.example/api/v1/statuses/109876543210123456/context',
  ],
  locate,
  recognises: (page) => shapeOfPage(page) !== null,
  extract: extractMastodon,
}

function locate(url: URL): Located | null {
  const id = POST_PATH.exec(url.pathname)?.[1]
  if (id === undefined) return null
  return { kind: 'post', id: `${url.host}/${id}`, fetch: `${url.origin}/api/v1/statuses/${id}` }
}

function extractMastodon(page: Page): Extraction {
  const shape = shapeOfPage(page)
  const value = page.kind === 'json' ? page.json() : null
  if (shape === 'history') return extractHistory(page, value as readonly unknown[])
  const { found, unread } = findStatuses(page, shape)
  const own = asVersions(found.filter(({ status }) => objectAt(status, 'reblog') === null))
  const server = learnServer(
    own.map(({ status }) => status),
    page.url,
  )
  const posts = own.map((one, i) => postOfStatus(one.status, server, i, provenanceOf(page, one, extraOf(one))))
  const missing = shape === 'context' ? missingReplies(own) : []
  return {
    posts,
    scrapes: [],
    blocks: [],
    next: nextUrls(page, shape, own, missing),
    notes: [
      ...unreadNote(page, unread),
      ...deletedNote(page, own.filter(({ status }) => isDeleted(status)).length),
      ...reblogNote(page, found.filter(({ status }) => objectAt(status, 'reblog') !== null).length),
      ...(shape === 'context' ? contextNotes(page, value, missing) : []),
    ],
    declared: { title: null, site: server.host, replies: declaredReplies(value, shape, own) },
  }
}

/** A timeline read in pieces shows a status twice; a collector may have come back after it was edited. */
function asVersions(found: readonly FoundStatus[]): readonly Versions[] {
  const byId = new Map<unknown, FoundStatus[]>()
  for (const one of found) {
    // An id that lost its last digits names no post: each such status stands for itself.
    const id = localIdAt(one.status, 'id') ?? textAt(one.status, 'uri') ?? one
    const same = byId.get(id)
    if (same === undefined) byId.set(id, [one])
    else same.push(one)
  }
  return [...byId.values()].map((all) => {
    const [newest, ...rest] = all.toSorted((a, b) => editOf(b.status).localeCompare(editOf(a.status))) as [FoundStatus]
    return { ...newest, older: distinct(rest, editOf(newest.status)) }
  })
}

interface Versions extends FoundStatus {
  readonly older: readonly Json[]
}

function editOf(status: Json): string {
  return timeAt(status, 'edited_at') ?? ''
}

/** The oldest first, each once. */
function distinct(found: readonly FoundStatus[], newest: string): readonly Json[] {
  const edits = new Set([newest])
  const older = found.filter(({ status }) => !edits.has(editOf(status)) && edits.add(editOf(status)))
  return older.map(({ status }) => status).toReversed()
}

// What the API says of a post beside its words: only what changes how it may be used or read.
function extraOf({ status, older }: Versions): Readonly<Record<string, unknown>> | null {
  const visibility = textAt(status, 'visibility')
  const warning = textAt(status, 'spoiler_text')
  const entries = [
    ...(visibility === null || visibility === 'public' ? [] : [['visibility', visibility] as const]),
    ...(warning === null ? [] : [['contentWarning', warning] as const]),
    ...(isDeleted(status) ? [['deleted', true] as const] : []),
    ...(older.length === 0 ? [] : [['olderVersions', older.map(versionOf)] as const]),
  ]
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

function versionOf(status: Json) {
  return { text: bodyOf(status).text, createdAt: timeAt(status, 'edited_at') ?? timeAt(status, 'created_at') }
}

/** `replies_count` counts direct replies, so it speaks for a root only. */
function declaredReplies(value: unknown, shape: Shape | null, own: readonly FoundStatus[]): number | null {
  if (shape === 'status') return countAt(value, 'replies_count')
  const first = own[0]
  return shape === 'context' && first?.path === '/ancestors/0' ? countAt(first.status, 'replies_count') : null
}

/** Descendants that say they have more direct replies than are here: the context was cut below them. */
function missingReplies(own: readonly FoundStatus[]): readonly Json[] {
  const children = new Map<string, number>()
  for (const { status } of own) {
    const parent = localIdAt(status, 'in_reply_to_id')
    if (parent !== null) children.set(parent, (children.get(parent) ?? 0) + 1)
  }
  return own
    .filter(({ path }) => path.startsWith('/descendants'))
    .map(({ status }) => status)
    .filter((status) => (countAt(status, 'replies_count') ?? 0) > (children.get(localIdAt(status, 'id') ?? '') ?? 0))
}

function nextUrls(
  page: Page,
  shape: Shape | null,
  own: readonly FoundStatus[],
  missing: readonly Json[],
): readonly string[] {
  const api = page.url === null ? null : `${page.url.origin}/api/v1/statuses/`
  if (api === null) return []
  if (shape === 'status' && own.some(({ status }) => isDeleted(status))) return []
  if (shape === 'status') return own.map(({ status }) => `${api}${localIdAt(status, 'id')}/context`)
  if (shape !== 'context') return []
  // A context leaves out the post it is the context of.
  const root = STATUS_IN_PATH.exec(page.url?.pathname ?? '')?.[1]
  const contexts = missing.slice(0, MAX_NEXT).map((status) => `${api}${localIdAt(status, 'id')}/context`)
  // Branches beside the way from the first post to this one stand in the first post's context only.
  const first = own.find(({ path }) => path === '/ancestors/0')
  if (first !== undefined) contexts.unshift(`${api}${localIdAt(first.status, 'id')}/context`)
  return root === undefined ? contexts : [`${api}${root}`, ...contexts]
}

function contextNotes(page: Page, value: unknown, missing: readonly Json[]): readonly Note[] {
  const isCut =
    lengthAt(value, 'descendants') >= ANONYMOUS_DESCENDANTS || lengthAt(value, 'ancestors') >= ANONYMOUS_ANCESTORS
  const limit = `Without a login a server shows ${ANONYMOUS_DESCENDANTS} replies, 20 deep; this context is at a limit.`
  const below = `${missing.length} replies say they have more answers than are here: cut by the server, deleted or not public.`
  return [
    noteOn(page, 'info', 'root-elsewhere', 'A context leaves out the post it belongs to; give its status too.'),
    ...(isCut ? [noteOn(page, 'warning', 'context-cut', limit)] : []),
    ...(missing.length === 0 ? [] : [noteOn(page, 'info', 'replies-missing', below)]),
  ]
}

function lengthAt(value: unknown, key: string): number {
  const list = valueAt(value, key)
  return Array.isArray(list) ? list.length : 0
}

// Versions carry no id: it stands in the URL, and the uri follows from it when the author lives on the server asked.
function extractHistory(page: Page, items: readonly unknown[]): Extraction {
  const versions = items.map(asObject).filter((item) => item !== null)
  const newest = versions.at(-1) as Json
  const id = STATUS_IN_PATH.exec(page.url?.pathname ?? '')?.[1] ?? null
  const account = objectAt(newest, 'account')
  const base = isLocal(account) ? (textAt(account, 'uri') ?? classicUri(account, page.url)) : null
  const uri = base === null || id === null ? {} : { uri: `${base}/statuses/${id}` }
  const [created, edited] = [versions[0], newest].map((version) => timeAt(version as Json, 'created_at'))
  const status: Json = { ...newest, ...uri, id, created_at: created, edited_at: versions.length > 1 ? edited : null }
  const older = versions
    .slice(0, -1)
    .map((version) => ({ text: bodyOf(version).text, createdAt: timeAt(version, 'created_at') }))
  const server: Server = learnServer([status], page.url)
  const extra = older.length === 0 ? null : { olderVersions: older }
  const post: Post = postOfStatus(
    status,
    server,
    0,
    provenanceOf(page, { path: `/${versions.length - 1}`, line: null }, extra),
  )
  return {
    posts: [post],
    scrapes: [],
    blocks: [],
    next: [],
    notes: [
      noteOn(
        page,
        'info',
        'history',
        `${versions.length} versions; the newest is the post, older ones are kept beside it.`,
      ),
    ],
    declared: { title: null, site: server.host, replies: null },
  }
}

function classicUri(account: Json | null, url: URL | null): string | null {
  const name = textAt(account, 'username')
  return name === null || url === null ? null : `${url.origin}/users/${name}`
}

type Place = Pick<FoundStatus, 'path' | 'line'>

function provenanceOf(page: Page, { path, line }: Place, extra: Provenance['extra']): Provenance {
  const { input, digest, capturedAt } = page.capture
  const reader = { adapter: PLATFORM, adapterVersion: VERSION }
  return {
    input,
    capture: digest,
    capturedAt,
    ...reader,
    selector: null,
    path: line === null || path !== '' ? path : null,
    line,
    endLine: line,
    extra,
  }
}

function unreadNote(page: Page, unread: number): readonly Note[] {
  if (unread === 0) return []
  return [
    noteOn(
      page,
      'warning',
      'status-unread',
      `${unread} items are no statuses (no id, content or account) and were left.`,
    ),
  ]
}

function deletedNote(page: Page, deleted: number): readonly Note[] {
  if (deleted === 0) return []
  const message = `${deleted} answers tell that a post was deleted: each is read as it was, in the words as they were typed, and marked.`
  return [noteOn(page, 'info', 'deleted-posts', message)]
}

function reblogNote(page: Page, reblogs: number): readonly Note[] {
  if (reblogs === 0) return []
  return [noteOn(page, 'info', 'reblogs', `${reblogs} boosts of other people's posts were left out.`)]
}
