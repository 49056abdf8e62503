// Whole timelines of real accounts beside the repository, cut into bags: singles and answers to others among the
// threads. Ids and reply fields make the truth and are not shown to the engine.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Post } from '../../src/model.ts'
import { compareIds } from '../../src/post.ts'
import { extractPage, pageOf } from '../adapters/cases.ts'
import { REAL } from '../real/files.ts'
import { mainLinesOf } from '../real/truth.ts'
import { extractionOf, postOf, type TangleBag } from './tangle.ts'

const BAG = 40

export interface Tweet {
  readonly id_str: string
  readonly full_text?: string
  readonly text?: string
  readonly created_at: string
  readonly in_reply_to_status_id_str?: string | null
  readonly user?: { readonly screen_name: string }
}

/** A tweet with its declared parent. */
export function toPost(tweet: Tweet, author: string, index: number): Post {
  const text = tweet.full_text ?? tweet.text ?? ''
  const parent = tweet.in_reply_to_status_id_str
  const createdAt = new Date(tweet.created_at).toISOString()
  return {
    ...postOf({ author: tweet.user?.screen_name ?? author, text, id: tweet.id_str, createdAt }, index, author),
    parent:
      parent == null
        ? null
        : { ref: { platform: 'x', id: parent }, key: null, basis: 'declared', p: 1, say: 'replies' },
  }
}

export interface Timeline {
  readonly name: string
  readonly posts: readonly Post[]
}

/** Own posts of each account in the order of its export; reposts left out. */
export function readTimelines(): readonly Timeline[] {
  return [...readXArchives(), ...readOutboxes()]
}

function readXArchives(): readonly Timeline[] {
  const folder = join(REAL, 'x-archive')
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name, 'data/tweets.js'), 'utf8')
    const tweets = (JSON.parse(text.slice(text.indexOf('['))) as { tweet: Tweet }[]).map((one) => one.tweet)
    const own = tweets.filter((tweet) => !(tweet.full_text ?? '').startsWith('RT @'))
    return { name, posts: own.map((tweet, at) => toPost(tweet, name, at)) }
  })
}

function readOutboxes(): readonly Timeline[] {
  const folder = join(REAL, 'mastodon-archive')
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => {
    const body = readFileSync(join(folder, name, 'outbox.json'))
    const said = { folder: '', url: null, capturedAt: '2026-01-01T00:00:00.000Z', headers: [], browser: false }
    const { posts } = extractPage(pageOf({ platform: 'mastodon', name, kind: 'json', body, ...said }))
    return { name, posts: posts.map(numberPost) }
  })
}

/** Ids of a Mastodon server are addresses that end in a number that rises with time. */
function numberPost(post: Post): Post {
  const number = (id: string | undefined): string => id?.split('/').at(-1) ?? ''
  const parent =
    post.parent === null ? null : { ...post.parent, key: null, ref: { platform: 'x', id: number(post.parent.ref?.id) } }
  return { ...post, platform: 'jsonl', ref: { platform: 'x', id: number(post.ref?.id) }, parent }
}

/** Main lines of all self-reply trees by the stated rule. */
export function trueLines(posts: readonly Post[]): readonly (readonly string[])[] {
  return mainLinesOf(
    posts.map(({ ref, author, parent }) => ({
      id: ref?.id ?? '',
      author: author?.handle ?? '',
      parent: parent?.ref?.id ?? null,
    })),
  )
}

/** All posts of each self-reply tree, branches included, earliest first. */
export function trueTrees(posts: readonly Post[]): readonly (readonly string[])[] {
  const known = new Set(posts.map((post) => post.ref?.id ?? ''))
  const trees = new Map<string, string[]>()
  for (const post of sortByTime(posts)) {
    const [id, parent] = [post.ref?.id ?? '', post.parent?.ref?.id ?? '']
    const tree = (known.has(parent) ? trees.get(parent) : undefined) ?? []
    tree.push(id)
    trees.set(id, tree)
  }
  return [...new Set(trees.values())].filter((tree) => tree.length > 1)
}

/** Bags of neighbouring posts of a timeline without ids and parents. */
export function cutTimelines(timelines: readonly Timeline[]): readonly TangleBag[] {
  return timelines.flatMap(({ name, posts }) => {
    const lines = trueLines(posts)
    const byTime = sortByTime(posts)
    return Array.from({ length: Math.ceil(posts.length / BAG) }, (_, k) =>
      bagOf(name, k, byTime.slice(k * BAG, (k + 1) * BAG), lines),
    )
  })
}

/** Earliest first; an id tells which of two posts of one second came first. */
export function sortByTime(posts: readonly Post[]): readonly Post[] {
  return [...posts].sort((a, b) => {
    const [x, y] = [a.createdAt ?? '', b.createdAt ?? '']
    return x === y ? compareIds(a.ref?.id ?? '', b.ref?.id ?? '') : x < y ? -1 : 1
  })
}

function bagOf(name: string, k: number, posts: readonly Post[], lines: readonly (readonly string[])[]): TangleBag {
  const place = new Map(posts.map((post, at) => [post.ref?.id ?? '', at + 1]))
  const kept = lines
    .map((line) => line.flatMap((id) => (place.has(id) ? [[place.get(id) ?? 0]] : [])))
    .filter((line) => line.length > 1)
  const inThreads = new Set(kept.flat(2))
  const singles = [...place.values()].filter((line) => !inThreads.has(line)).map((line) => [[line]])
  const bare = posts.map((post, at) => ({
    ...post,
    ref: null,
    parent: null,
    key: String(at),
    index: at,
    provenance: { ...post.provenance, line: at + 1 },
  }))
  return {
    level: 'T',
    name: `${name} ${k}`,
    order: 'page',
    extraction: extractionOf(bare),
    truth: { threads: [...kept, ...singles], gaps: [] },
    texts: posts.map((post) => post.text),
  }
}
