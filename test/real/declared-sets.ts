// Real posts with declared parents beside the repository, with the truth about them read here from the raw bytes, so
// that it can disagree with adapters and engine: who answers whom, each author's main lines, and posts that are told of
// and lost.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Extraction } from '../../src/model.ts'
import { extractPage } from '../adapters/cases.ts'
import type { Tweet } from '../fit/timelines.ts'
import { filesUnder, pageOfBytes, REAL } from './files.ts'
import { mainLinesOf, type TrueReply } from './truth.ts'

export interface DeclaredSet {
  readonly name: string
  readonly extractions: readonly Extraction[]
  readonly replies: readonly TrueReply[]
  readonly lines: readonly (readonly string[])[]
  /** Ids that are answered or told of, and nowhere in the set. */
  readonly lost: readonly string[]
}

/** Chains of twelve accounts' exports, whole outboxes, and conversations of everybody, each unrolled by itself. */
export function readDeclaredSets(): readonly DeclaredSet[] {
  return existsSync(REAL) ? [...readChains(), ...readOutboxes(), ...readConversations()] : []
}

/** By the kind of their source. */
export function groupSets(sets: readonly DeclaredSet[]): ReadonlyMap<string, readonly DeclaredSet[]> {
  const kinds = new Map<string, DeclaredSet[]>()
  for (const set of sets) {
    const kind = set.name.split('/')[0] ?? ''
    kinds.set(kind, [...(kinds.get(kind) ?? []), set])
  }
  return kinds
}

function readChains(): readonly DeclaredSet[] {
  const folder = join(REAL, 'x-archive-threads')
  return readdirSync(folder).map((name) => {
    const lines = readFileSync(join(folder, name, 'threads.jsonl'), 'utf8')
      .trim()
      .split('\n')
    const tweets = lines.flatMap((line) => (JSON.parse(line) as { tweets: Tweet[] }).tweets)
    const body = `window.YTD.tweets.part0 = ${JSON.stringify(tweets.map((tweet) => ({ tweet })))}`
    return makeSet(
      `x-archive-threads/${name}`,
      [extract('tweets.js', body)],
      tweets.map((tweet) => toReply(tweet, name)),
    )
  })
}

function toReply(tweet: Tweet, author: string): TrueReply {
  const parent = tweet.in_reply_to_status_id_str ?? null
  return { id: `x:${tweet.id_str}`, author, parent: parent === null ? null : `x:${parent}` }
}

interface Outbox {
  readonly orderedItems: readonly { readonly type: string; readonly object: string | OutboxNote }[]
}

interface OutboxNote {
  readonly id: string
  readonly attributedTo: string
  readonly inReplyTo: string | null
}

function readOutboxes(): readonly DeclaredSet[] {
  const files = filesUnder(join(REAL, 'mastodon-archive')).filter((path) => basename(path) === 'outbox.json')
  return files.map((path) => {
    const body = readFileSync(path, 'utf8')
    const notes = (JSON.parse(body) as Outbox).orderedItems.flatMap(({ type, object }) =>
      type === 'Create' && typeof object !== 'string' ? [object] : [],
    )
    const replies = notes.map(({ id, attributedTo, inReplyTo }) => ({
      id: `mastodon:${id}`,
      author: attributedTo,
      parent: inReplyTo === null ? null : `mastodon:${inReplyTo}`,
    }))
    return makeSet(relative(REAL, dirname(path)), [extract(path, body)], replies)
  })
}

function readConversations(): readonly DeclaredSet[] {
  const trees = filesUnder(join(REAL, 'x-conversations')).filter((path) => basename(path) === 'structure.json')
  return trees.map((tree) => {
    const files = filesUnder(dirname(tree)).filter((path) => /[\\/](?:replies|source-tweet)[\\/]\d+\.json$/.test(path))
    const tweets = files.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Tweet)
    const replies = tweets.map((tweet) => toReply(tweet, tweet.user?.screen_name ?? ''))
    const told = idsIn(JSON.parse(readFileSync(tree, 'utf8'))).map((id) => `x:${id}`)
    const pages = [...files, tree].map((path) => extract(path, readFileSync(path, 'utf8')))
    return makeSet(`x-conversations/${basename(dirname(tree))}`, pages, replies, told)
  })
}

function idsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return []
  return Object.entries(node).flatMap(([id, below]) => [id, ...idsIn(below)])
}

function makeSet(
  name: string,
  extractions: readonly Extraction[],
  replies: readonly TrueReply[],
  told: readonly string[] = [],
): DeclaredSet {
  const here = new Set(replies.map(({ id }) => id))
  const named = new Set([...told, ...replies.flatMap(({ parent }) => parent ?? [])])
  return { name, extractions, replies, lines: mainLinesOf(replies), lost: [...named].filter((id) => !here.has(id)) }
}

export function extract(input: string, text: string): Extraction {
  return extractPage(pageOfBytes(input, new TextEncoder().encode(text)))
}
