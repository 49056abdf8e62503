// A small Mastodon-like server whose posts can be edited, deleted and answered while a test runs. It gives validators,
// says 304, tells its rate limit, and cuts contexts 20 posts deep and at 60 posts as the real ones do for strangers.
import { createHash } from 'node:crypto'
import type { Handler } from './fixture-web.ts'

export const SOCIAL = 'town.example'
/** Levels of answers that a stranger is shown. */
const DEPTH = 20
/** Answers that a stranger is shown at once, branch by branch (Mastodon 4, statuses_controller.rb). */
const MOST = 60
const STATUS = /^\/api\/v1\/statuses\/(\d+)(\/context)?$/

interface Toot {
  readonly id: string
  readonly parent: string | null
  readonly author: string
  text: string
  editedAt: string | null
}

export interface Social {
  readonly toots: Map<string, Toot>
  /** Adds a chain of numbered posts by one author; returns their ids. */
  addThread(author: string, texts: readonly string[]): readonly string[]
  answer(parent: string, author: string, text: string): string
  /** All pages, by `host/path`, for `startFixtureWeb`. */
  readonly handler: Handler
}

export function makeSocial(): Social {
  const toots = new Map<string, Toot>()
  const add = (parent: string | null, author: string, text: string): string => {
    const id = String(110_000_000_000_000_000n + BigInt(toots.size + 1))
    toots.set(id, { id, parent, author, text, editedAt: null })
    return id
  }
  return {
    toots,
    addThread: (author, texts) => {
      const ids: string[] = []
      for (const text of texts) ids.push(add(ids.at(-1) ?? null, author, text))
      return ids
    },
    answer: (parent, author, text) => add(parent, author, text),
    handler: (request, response) => {
      const [, id = '', context] = STATUS.exec(request.url ?? '') ?? []
      const toot = toots.get(id)
      const value = toot === undefined ? null : context === undefined ? statusOf(toots, toot) : contextOf(toots, toot)
      const body = JSON.stringify(value ?? { error: 'Record not found' })
      const etag = `W/"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
      const headers = { 'content-type': 'application/json; charset=utf-8', etag, ...LIMITS() }
      if (value === null) response.writeHead(404, headers).end(body)
      else if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end()
      else response.writeHead(200, headers).end(body)
    },
  }
}

const LIMITS = () => ({
  'x-ratelimit-limit': '300',
  'x-ratelimit-remaining': '299',
  'x-ratelimit-reset': new Date(Date.now() + 5_000).toISOString(),
})

function childrenOf(toots: Social['toots'], id: string): readonly Toot[] {
  return [...toots.values()].filter(({ parent }) => parent === id)
}

function contextOf(toots: Social['toots'], toot: Toot): unknown {
  const ancestors: Toot[] = []
  for (let at = toots.get(toot.parent ?? ''); at !== undefined; at = toots.get(at.parent ?? '')) ancestors.unshift(at)
  const descendants = below(toots, toot.id, DEPTH).slice(0, MOST)
  return {
    ancestors: ancestors.map((one) => statusOf(toots, one)),
    descendants: descendants.map((one) => statusOf(toots, one)),
  }
}

function below(toots: Social['toots'], id: string, levels: number): readonly Toot[] {
  return levels === 0 ? [] : childrenOf(toots, id).flatMap((child) => [child, ...below(toots, child.id, levels - 1)])
}

function statusOf(toots: Social['toots'], { id, parent, author, text, editedAt }: Toot): unknown {
  const home = `http://${SOCIAL}`
  return {
    id,
    created_at: new Date(
      Date.parse('2025-04-05T06:00:00.000Z') + Number(BigInt(id) % 1_000_000n) * 60_000,
    ).toISOString(),
    in_reply_to_id: parent,
    in_reply_to_account_id: parent === null ? null : accountId(toots.get(parent)?.author ?? ''),
    spoiler_text: '',
    visibility: 'public',
    language: 'en',
    uri: `${home}/users/${author}/statuses/${id}`,
    url: `${home}/@${author}/${id}`,
    replies_count: childrenOf(toots, id).length,
    edited_at: editedAt,
    content: `<p>${text}</p>`,
    reblog: null,
    account: {
      id: accountId(author),
      username: author,
      acct: author,
      display_name: author,
      url: `${home}/@${author}`,
      uri: `${home}/users/${author}`,
    },
    media_attachments: [],
    mentions: [],
    tags: [],
    emojis: [],
  }
}

/** Account ids are digits. */
function accountId(name: string): string {
  return [...name].map((letter) => letter.codePointAt(0)).join('')
}
