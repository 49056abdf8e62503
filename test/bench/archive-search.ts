// How long searches take: words by their frequency in the archive, from the rarest to the commonest, with phrases and prefixes.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openArchiveReader } from '../../src/archive/reader.ts'

const SEARCHES = 200
const HITS = 20
const TRIES = 5
/** Steps through the posts: a prime. */
const STRIDE = 7919

/** Milliseconds of each search, sorted. `posts`: how many there are. */
export function timeSearches(dir: string, posts: number): readonly number[] {
  const queries = makeQueries(dir, posts)
  const reader = openArchiveReader(dir)
  const times = queries.map((query) => timeOf(() => reader.search(query, HITS)))
  reader.close()
  return times.sort((a, b) => a - b)
}

function makeQueries(dir: string, posts: number): readonly string[] {
  const db = new Database(join(dir, 'archive.sqlite'), { readonly: true })
  const text = db.prepare('SELECT text FROM post_versions WHERE key > ? ORDER BY key LIMIT 1').pluck()
  const lines = Array.from({ length: SEARCHES }, (_, at) => String(text.get((at * STRIDE) % posts)).split(/[\s,]+/))
  db.close()
  return lines.map((words, at) => {
    const word = words[3 + (at % 20)] ?? 'me'
    return [word, `"${word} ${words[4 + (at % 20)]}"`, `${word.slice(0, 3)}*`, `${word} ${words[9]}`][at % 4] ?? word
  })
}

/** Of sorted numbers, the one below which this share of them lies. */
export function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

/** Milliseconds, the best of a few: others use the machine too. */
export function timeOf(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}
