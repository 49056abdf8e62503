// Timelines made of real threads: some are kept whole, some cut to two posts, most to the first one, which then stands
// for a post of its own. They teach how fast many people write threads; whole timelines of few people are too few for
// that.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Post } from '../../src/model.ts'
import { REAL } from '../real/files.ts'
import { type Timeline, type Tweet, toPost, trueLines } from './timelines.ts'

const WHOLE = 0.35
const PAIR = 0.5

/** One timeline an author; authors with a whole timeline of their own are left out. */
export function makeTimelines(known: readonly string[]): readonly Timeline[] {
  const folder = join(REAL, 'x-archive-threads')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, posts: thinOut(readThreads(join(folder, name, 'threads.jsonl'), name)) }))
}

function readThreads(path: string, author: string): readonly Post[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const tweets = lines.flatMap((line) => (JSON.parse(line) as { tweets: Tweet[] }).tweets)
  return tweets.map((tweet, at) => toPost(tweet, author, at))
}

function thinOut(posts: readonly Post[]): readonly Post[] {
  const byId = new Map(posts.map((post) => [post.ref?.id ?? '', post]))
  const random = makeRandom(7)
  return trueLines(posts).flatMap((line) => {
    const chance = random()
    const kept = chance < WHOLE ? line : line.slice(0, chance < PAIR ? 2 : 1)
    return kept.flatMap((id) => byId.get(id) ?? [])
  })
}

/** A linear congruential generator (Numerical Recipes): the same timelines in every run. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
