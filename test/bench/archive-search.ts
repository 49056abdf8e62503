// How long searches take: words by their frequency in the archive, from the rarest to the commonest; phrases,
// beginnings of two to four letters, two words, and words by an author, on a site, in a span of time.
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import type { SearchRequest } from '../../src/archive/queries/search/search.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'

const SEARCHES = 200
const HITS = 20
const TRIES = 5
/** Steps through the posts: a prime. */
const STRIDE = 7919
const SEPARATORS = /[\s,]+/

export interface SearchTimes {
  /**
   * Milliseconds of CPU of each search, sorted: by the clock no more on a quiet machine, and others use this one too.
   */
  readonly times: readonly number[]
  /** How many of them had too many matches to rank. */
  readonly unranked: number
}

/** `posts`: how many there are. */
export function timeSearches(dir: string, posts: number): SearchTimes {
  const queries = makeQueries(dir, posts)
  const reader = openArchiveReader(dir)
  const times = queries.map((query) => cpuOf(() => reader.search({ ...query, limit: HITS })))
  const pages = queries.map((query) => reader.search({ ...query, limit: HITS }))
  reader.close()
  return { times: times.sort((a, b) => a - b), unranked: pages.filter(({ order }) => order === 'stored').length }
}

type Query = Omit<SearchRequest, 'limit'>

function makeQueries(dir: string, posts: number): readonly Query[] {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const read = db.prepare<[number], { text: string; author: string; day: string }>(`
    SELECT text, author_handle AS author, substr(created_at, 1, 10) AS day FROM post_latest WHERE key > ? ORDER BY key LIMIT 1`)
  const found = Array.from({ length: SEARCHES }, (_, at) => read.get((at * STRIDE) % posts))
  db.close()
  return found.map((post, at) => makeQuery(at, post?.text.split(SEPARATORS) ?? [], post?.author ?? '', post?.day ?? ''))
}

function makeQuery(at: number, text: readonly string[], author: string, day: string): Query {
  const word = text[3 + (at % 20)] ?? 'me'
  const sites = [{ site: 'x.com' }, { site: 'elsewhere.example' }]
  const filters = [{ author }, ...sites, { since: `${day}T00:00:00.000Z`, until: `${day}T23:59:59.999Z` }]
  const kinds: Query[] = [
    { words: word },
    { words: `"${word} ${text[4 + (at % 20)]}"` },
    { words: `${word.slice(0, 2 + (at % 3))}*` },
    { words: `${word} ${text[9]}` },
    { words: word, ...filters[Math.floor(at / 5) % filters.length] },
  ]
  return kinds[at % kinds.length] ?? { words: word }
}

/** Of sorted numbers, the one below which this share of them lies. */
export function atShare(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}

function cpuOf(work: () => unknown): number {
  const times = Array.from({ length: TRIES }, () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return Math.min(...times)
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
