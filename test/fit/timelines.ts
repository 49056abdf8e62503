// Whole timelines of real accounts beside the repository, cut into bags: singles and answers to others among the threads.
// Ids and reply fields make the truth and are not shown to the engine.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Post } from '../../src/model.ts'
import { mainLinesOf } from '../real/truth.ts'
import { extractionOf, postOf, type TangleBag } from './tangle.ts'

export const REAL = join(import.meta.dirname, '../../../shared/real')
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

/** Own posts of each account, newest first as the export has them; reposts left out. */
export function readTimelines(): readonly { readonly name: string; readonly posts: readonly Post[] }[] {
  const folder = join(REAL, 'x-archive')
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name, 'data/tweets.js'), 'utf8')
    const tweets = (JSON.parse(text.slice(text.indexOf('['))) as { tweet: Tweet }[]).map((one) => one.tweet)
    const own = tweets.filter((tweet) => !(tweet.full_text ?? '').startsWith('RT @'))
    return { name, posts: own.map((tweet, at) => toPost(tweet, name, at)) }
  })
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

/** Bags of neighbouring posts of a timeline without ids and parents. */
export function readTimelineBags(): readonly TangleBag[] {
  return readTimelines().flatMap(({ name, posts }) => {
    const lines = trueLines(posts)
    const byTime = [...posts].sort((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? -1 : 1))
    return Array.from({ length: Math.ceil(posts.length / BAG) }, (_, k) =>
      bagOf(name, k, byTime.slice(k * BAG, (k + 1) * BAG), lines),
    )
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
