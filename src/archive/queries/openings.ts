// Keys of all threads or all discussions in short reads; a part of them by the posts that open them, the rest unread.
import type { Database } from 'better-sqlite3'
import type { MergedPost } from '../../model.ts'
import { createPostReader } from '../findings/posts/merged-posts.ts'

/** Keys read at once. */
const PAGE_ROWS = 500

type Table = 'threads' | 'conversations'

/** Asked of the post that opens a thread or discussion; null: it is not here. */
export type OpeningWanted = (opening: MergedPost | null) => boolean

interface OpenedRow {
  readonly key: number
  readonly id: string
  readonly opening: number | null
}

/** Keys in the order of their ids: of all, or of those that are wanted. */
export function createKeyWalker(db: Database): (table: Table, isWanted?: OpeningWanted) => Generator<number> {
  const posts = createPostReader(db)
  return function* (table, isWanted) {
    for (const page of pagesOf(db, table)) {
      const openings = isWanted === undefined ? null : posts.some(page.flatMap(({ opening }) => opening ?? []))
      for (const { key, opening } of page)
        if (openings === null || isWanted?.(openings.get(opening ?? -1) ?? null) === true) yield key
    }
  }
}

function* pagesOf(db: Database, table: Table): Generator<readonly OpenedRow[]> {
  const page = db.prepare<[string, number], OpenedRow>(
    `SELECT f.key, f.id, ${OPENING[table]} AS opening FROM ${table} AS f WHERE f.id > ? ORDER BY f.id LIMIT ?`,
  )
  for (let after = ''; ; ) {
    const rows = page.all(after, PAGE_ROWS)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.id
  }
}

const OPENING = {
  threads: `(SELECT tp.post_key FROM thread_posts AS tp
    WHERE tp.thread_key = f.key AND tp.branch = 0 ORDER BY tp.position LIMIT 1)`,
  conversations: 'f.root_key',
} satisfies Record<Table, string>
