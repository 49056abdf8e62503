// The two orders in which hits come: the best first, or what was stored last first. Both go on after the key of a hit.
import type { Database } from 'better-sqlite3'
import type { Asked } from './asked.ts'
import { listCandidates } from './candidates.ts'
import type { ReadFilter } from './filter.ts'
import { type Sifted, siftPosts } from './sieve.ts'

/** Posts sifted at once. */
const MOST_SIFTED = 200

export interface Search {
  readonly db: Database
  readonly asked: Asked
  readonly filter: ReadFilter
  readonly limit: number
}

export interface Bounds {
  /** Posts or matches that are read at once. */
  readonly window: number
  /** Posts or matches looked at, in whole windows. */
  readonly looked: number
}

export interface StoredPage {
  readonly posts: readonly Sifted[]
  /** What is left lies below this key; null when nothing is left. */
  readonly below: number | null
  readonly isFull: boolean
  /** Posts or matches looked at, as far as whole windows were. */
  readonly looked: number
}

/** Below a key, those that were stored last first. `match`: what the full-text index is asked; all else is sifted. */
export function findStored(search: Search, match: string, below: number, bounds: Bounds): StoredPage {
  const { db, asked, filter, limit } = search
  const posts: Sifted[] = []
  let looked = 0
  for (const window of listCandidates(db, { match, filter, size: bounds.window }, below)) {
    for (const keys of cutUp(window.keys, Math.min(limit + 1, MOST_SIFTED))) {
      posts.push(...siftPosts(db, keys, asked))
      if (posts.length > limit)
        return { posts: posts.slice(0, limit), below: posts[limit - 1]!.key, isFull: true, looked }
    }
    looked += window.looked
    if (window.below === null || looked >= bounds.looked) return { posts, below: window.below, isFull: false, looked }
  }
  return { posts, below: null, isFull: false, looked }
}

export interface Ranked {
  readonly key: number
  /** The less the better (bm25). */
  readonly rank: number
}

/** Before every rank and key. */
export const BEST: Ranked = { key: 0, rank: -Number.MAX_VALUE }

/** The best after a hit, and one more than the limit where there are more. */
export function findRanked({ db, asked, filter, limit }: Search, after: Ranked): readonly Ranked[] {
  const join = filter.sql === '' ? '' : 'CROSS JOIN posts AS p ON p.key = f.rowid'
  return db
    .prepare<Record<string, unknown>, Ranked>(`
      WITH found AS MATERIALIZED (
        SELECT f.rowid AS key, f.rank AS rank FROM posts_fts AS f ${join} WHERE f.posts_fts MATCH @match${filter.sql})
      SELECT key, rank FROM found WHERE (rank, key) > (@rank, @key) ORDER BY rank, key LIMIT @limit`)
    .all({ ...filter.values, match: asked.match, rank: after.rank, key: after.key, limit: limit + 1 })
}

function* cutUp(keys: readonly number[], size: number): Generator<readonly number[]> {
  for (let at = 0; at < keys.length; at += size) yield keys.slice(at, at + size)
}
